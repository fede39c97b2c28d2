import assert from 'node:assert/strict';

import { eventsIn } from '../../support/facts.ts';

/** What is proved of memory that comes from outside: what it is, the code, the events. */
const CASES: readonly [title: string, code: string, events: readonly string[]][] = [
  // An index that only what comes from outside limits.
  [
    'a count that is held against one too many',
    'int main(void) { int v[6], n = 0, x; while (scanf("%d", &x) == 1) { if (n > 6) break; v[n++] = x; } return v[0]; }',
    ['out-of-bounds-write'],
  ],
  [
    'a count that is held against the size',
    'int main(void) { int v[6], n = 0, x; while (scanf("%d", &x) == 1) { if (n > 5) break; v[n++] = x; } return n ? v[0] : 0; }',
    [],
  ],
  [
    'the same in a function that the loop calls',
    'struct s { int v[8]; int n; };\nstatic int push(struct s *s, int x) { if (s->n > 8) return -1; s->v[s->n++] = x; return 0; }\nint main(void) { struct s s; int x; s.n = 0; while (scanf("%d", &x) == 1) if (push(&s, x) != 0) break; return s.n; }',
    ['out-of-bounds-write'],
  ],
  [
    'the same with room',
    'struct s { int v[8]; int n; };\nstatic int push(struct s *s, int x) { if (s->n >= 8) return -1; s->v[s->n++] = x; return 0; }\nint main(void) { struct s s; int x; s.n = 0; while (scanf("%d", &x) == 1) if (push(&s, x) != 0) break; return s.n; }',
    [],
  ],
  [
    'rows of texts without a limit',
    'static char rows[5][16]; static int n;\nstatic void add(const char *s) { snprintf(rows[n], sizeof rows[0], "%s", s); n++; }\nint main(void) { char b[16]; while (fgets(b, sizeof b, stdin)) add(b); return 0; }',
    ['out-of-bounds-write'],
  ],
  [
    'bytes between two signs',
    'enum { IDLE, BODY };\nint main(void) { char m[24]; int n = 0, state = IDLE, c; while ((c = getchar()) != EOF) { if (state == IDLE) { if (c == 60) { state = BODY; n = 0; } } else if (c == 62) state = IDLE; else m[n++] = 1; } return n; }',
    ['out-of-bounds-write'],
  ],
  [
    'states that are passed through once',
    'enum { ONE, TWO, REST };\nstatic int state, n; static char h[2];\nstatic void on(int c) { switch (state) { case ONE: h[n++] = 1; state = TWO; break; case TWO: h[n++] = 1; state = REST; break; default: if (c == 10) { state = ONE; n = 0; } } }\nint main(void) { int c; while ((c = getchar()) != EOF) on(c); return h[0]; }',
    [],
  ],
  [
    'a limit in a macro',
    '#define FULL (n >= 32)\nstatic char b[32]; static int n;\nstatic void on(int c) { if (FULL) n = 0; b[n++] = 1; }\nint main(void) { int c; while ((c = getchar()) != EOF) on(c); return b[0]; }',
    [],
  ],
  [
    'a limit in a function',
    'static char b[32]; static int n;\nstatic int full(void) { return n == 32; }\nstatic void on(int c) { if (full()) return; b[n++] = 1; }\nint main(void) { int c; while ((c = getchar()) != EOF) on(c); return b[0]; }',
    [],
  ],
  [
    'as many rounds as a number from outside says',
    'int main(int c, char **v) { if (c < 2) return 1; double b[6]; int u = 0, n = atoi(v[1]); for (int i = 0; i < n; i++) { if (u > 6) continue; b[u] = 1; u++; } return u; }',
    ['out-of-bounds-write'],
  ],
  [
    'a line that is kept without a limit',
    'int f(void) { char b[64]; int i = 0, c; while ((c = getchar()) != EOF) b[i++] = 1; return b[0]; }',
    ['out-of-bounds-write'],
  ],
  [
    'the same through a pointer',
    'int f(void) { char b[64]; char *p = b; int c; while ((c = getchar()) != EOF) *p++ = 1; return b[0]; }',
    ['out-of-bounds-write'],
  ],
  [
    'the same through a function, with jumps, counted on its own',
    'static int next(void) { int c = getchar(); return c == 13 ? getchar() : c; }\nint main(void) { static char b[64]; int n = 0; for (;;) { int c = next(); if (c == EOF || c == 59) break; if (c == 32) continue; b[n] = 1; n++; } return b[0]; }',
    ['out-of-bounds-write'],
  ],
  [
    'the same in a structure that begins anew',
    'struct { unsigned long n; char b[32]; } s;\nint main(void) { int c; while ((c = fgetc(stdin)) != EOF) { if (c == 126) { s.n = 0; continue; } s.b[s.n++] = 1; } return 0; }',
    ['out-of-bounds-write'],
  ],
  [
    'a word of a longer line',
    'int f(void) { char in[256], b[32]; int n = 0; const char *p = in; if (!fgets(in, sizeof in, stdin)) return 1; while (*p && *p != 32) b[n++] = *p++; return b[0]; }',
    ['out-of-bounds-write'],
  ],
  [
    'a number of each line',
    'int f(FILE *in) { int v[8]; int n = 0, x; char line[80]; while (fgets(line, sizeof line, in)) { if (sscanf(line, "%d", &x) == 1) v[n++] = x; } return v[0]; }',
    ['out-of-bounds-write'],
  ],
  [
    'a line that is kept with a limit in the loop, in its head, by what is left, through a function, by the end of the array, by beginning anew, by bits',
    [
      'int a(void) { char b[64]; int i = 0, c; while ((c = getchar()) != EOF && i < 63) b[i++] = 1; return b[0]; }',
      'int b(void) { char b[64]; int i = 0, c; while ((c = getchar()) != EOF) { if (i == 63) break; b[i++] = 1; } return b[0]; }',
      'int c(void) { char b[64]; unsigned long left = sizeof b; int i = 0, c; while ((c = getchar()) != EOF && left > 1) { b[i++] = 1; left--; } return b[0]; }',
      'struct w { char b[64]; int n; };\nstatic void room(struct w *w) { if (w->n == 64) w->n = 0; }\nint m(struct w *w) { int c; while ((c = getchar()) != EOF) { room(w); w->b[w->n++] = 1; } return 0; }',
      'struct r { unsigned char data[64]; unsigned head; };\nvoid n(struct r *r) { int c; while ((c = getchar()) != EOF) { r->data[r->head++] = 1; r->head &= 63; } }',
      'int lowest(int a, int b);\nint o(void) { char b[64]; int n = 0, c; while ((c = getchar()) != EOF) b[lowest(n++, 63)] = 1; return b[0]; }',
      'int p(int fd) { char in[256], b[32]; int k = 0; ssize_t n = read(fd, in, 31); if (n < 0) return 1; in[n] = 0; for (char *p = in; *p; p++) b[k++] = 1; return b[0]; }',
      'int l(void) { char b[64]; int n = 0, c; while ((c = getchar()) != EOF) { int left = 63 - n; if (left == 0) break; b[n++] = 1; } return b[0]; }',
      'int k(void) { char b[64]; int n = 0; unsigned count; if (scanf("%u", &count) != 1 || count > 64) return 1; while (count) { b[n++] = 1; count = count - 1; } return b[0]; }',
      'static int full(const int *n) { return *n >= 63; }\nint d(void) { char b[64]; int i = 0, c; while ((c = getchar()) != EOF && !full(&i)) b[i++] = 1; return b[0]; }',
      'int e(void) { char b[64]; char *p = b, *end = b + 63; int c; while (p != end && (c = getchar()) != EOF) *p++ = 1; return b[0]; }',
      'int g(void) { char b[64]; int i = 0, c; while ((c = getchar()) != EOF) { b[i++] = 1; if (i == sizeof b) i = 0; } return b[0]; }',
      'int h(void) { char b[64]; int i = 0, c; while ((c = getchar()) != EOF) b[i++ & 63] = 1; return b[0]; }',
    ].join('\n'),
    [],
  ],
  [
    'a word of a line that is no longer, and digits of a number',
    [
      'int a(void) { char in[32], b[64]; int n = 0; if (!fgets(in, sizeof in, stdin)) return 1; for (char *p = in; *p; p++) if (*p != 45) b[n++] = *p; return b[0]; }',
      'int e(void) { char line[64]; unsigned char b[32]; int n = 0; unsigned v; if (!fgets(line, sizeof line, stdin)) return 1; const char *p = line; while (sscanf(p, "%2x", &v) == 1) { b[n++] = 1; p += 2; } return b[0]; }',
      'int g(void) { char line[64]; unsigned char b[32]; int n = 0; if (!fgets(line, sizeof line, stdin)) return 1; const char *p = line; while (*p && *p != 10) { b[n] = *p++ == 49; b[n++] |= *p++ == 49; } return b[0]; }',
      'struct q { char b[64]; int n; };\nstatic struct q q;\nstatic void room(void) { if (q.n == 64) q.n = 0; }\nint main(void) { int c; while ((c = getchar()) != EOF) { room(); q.b[q.n++] = 1; } return 0; }',
      'int b(int v) { char b[16]; int n = 0; do { b[n++] = (char)(48 + v % 10); v /= 10; } while (v > 0); return b[0]; }',
      'static struct { int v[8]; int n; } s;\nstatic int add(int x) { if (s.n == 8) return -1; s.v[s.n++] = x; return 0; }\nint c(void) { int x; while (scanf("%d", &x) == 1) if (add(x) < 0) break; return s.v[0]; }',
    ].join('\n'),
    [],
  ],
  [
    'a count of something else than bytes, a checksum behind the bytes, and a function that says when to stop',
    [
      'unsigned a(const uint8_t *rgb, size_t count) { unsigned s = 0; for (size_t i = 0; i < count; i++) s += rgb[i * 3 + 1]; return s; }',
      'unsigned b(const void *src, size_t count) { const uint32_t *w = src; unsigned s = 0; for (size_t i = 0; i < count; i++) s += w[i]; return s; }',
      'void c(uint8_t *out, const uint8_t *hex, size_t len) { for (size_t i = 0; i < len; i++) out[i] = hex[2 * i] + hex[2 * i + 1]; }',
      'int d(const uint8_t *data, uint8_t len) { uint16_t crc = 0; for (uint8_t i = 0; i < len; i++) crc ^= data[i]; return crc == (uint16_t)(data[len] | data[len + 1] << 8); }',
      'struct rx { uint8_t buf[8]; int n; };\nint e(struct rx *r, uint8_t b) { r->buf[r->n++] = b; return r->n == sizeof r->buf; }',
    ].join('\n'),
    [],
  ],
  [
    'a length read from a file',
    'void f(FILE *in) { unsigned n; char b[16]; if (fread(&n, sizeof n, 1, in) != 1) return; fread(b, 1, n, in); }',
    ['out-of-bounds-write'],
  ],
  [
    'a length read from a file, compared with the room',
    'void f(FILE *in) { unsigned n; char b[16]; if (fread(&n, sizeof n, 1, in) != 1 || n > sizeof b) return; fread(b, 1, n, in); }',
    [],
  ],
  [
    'a length in a header that is copied out of a packet, in the order of the network',
    'struct h { unsigned short type, length; };\nvoid f(int s, char *to) { char raw[64]; struct h h; if (recv(s, raw, sizeof raw, 0) < 4) return; memcpy(&h, raw, sizeof h); memcpy(to, raw + 4, ntohs(h.length)); }',
    ['out-of-bounds-read'],
  ],
  [
    'the same, compared with what has come',
    'struct h { unsigned short type, length; };\nvoid f(int s, char *to) { char raw[64]; struct h h; ssize_t n = recv(s, raw, sizeof raw, 0); if (n < 4) return; memcpy(&h, raw, sizeof h); unsigned short len = ntohs(h.length); if (len > (size_t)n - 4) return; memcpy(to, raw + 4, len); }',
    [],
  ],
  [
    'a length of two bytes put together',
    'void f(int s, char *to) { unsigned char raw[64]; if (recv(s, raw, sizeof raw, 0) < 4) return; unsigned len = (raw[0] << 8) | raw[1]; memcpy(to, raw + 2, len); }',
    ['out-of-bounds-read'],
  ],
  [
    'a byte at a place that moves',
    'static int t[8];\nint f(int s) { unsigned char raw[64]; int sum = 0; ssize_t n = recv(s, raw, sizeof raw, 0); for (int i = 0; i < n; i++) sum += t[raw[i]]; return sum; }',
    ['out-of-bounds-read'],
  ],
  [
    'a byte at a place that moves, cut to fit',
    'static int t[8];\nint f(int s) { unsigned char raw[64]; int sum = 0; ssize_t n = recv(s, raw, sizeof raw, 0); for (int i = 0; i < n; i++) sum += t[raw[i] & 7]; return sum; }',
    [],
  ],
  [
    'a loop as long as a byte of a structure says, which it does not change',
    'typedef struct { unsigned char n; unsigned char p[64]; } F;\nint f(int fd, F *f) { if (read(fd, &f->n, 1) != 1) return -1; for (int i = 0; i < f->n; i++) if (read(fd, &f->p[i], 1) != 1) return -1; return 0; }',
    ['out-of-bounds-write'],
  ],
  [
    'the same, with a limit',
    'typedef struct { unsigned char n; unsigned char p[64]; } F;\nint f(int fd, F *f) { if (read(fd, &f->n, 1) != 1 || f->n > sizeof f->p) return -1; for (int i = 0; i < f->n; i++) if (read(fd, &f->p[i], 1) != 1) return -1; return 0; }',
    [],
  ],
  [
    'what is read has no end',
    'size_t f(int fd) { char b[16]; if (read(fd, b, sizeof b) <= 0) return 0; return strlen(b); }',
    ['unterminated-string'],
  ],
  [
    'what is read gets an end',
    'size_t f(int fd) { char b[16]; ssize_t n = read(fd, b, sizeof b - 1); if (n <= 0) return 0; b[n] = 0; return strlen(b); }',
    [],
  ],
  [
    'what is read stands before a zero',
    'size_t f(int fd) { char b[16] = { 0 }; if (read(fd, b, sizeof b - 1) <= 0) return 0; return strlen(b); }',
    [],
  ],
  [
    'given to code that is not seen',
    'void check(char *); size_t f(int fd) { char b[16]; if (read(fd, b, sizeof b) <= 0) return 0; check(b); return strlen(b); }',
    [],
  ],
  [
    'a product of sizes that is too large',
    'char *f(FILE *in) { unsigned w, h; if (fscanf(in, "%u %u", &w, &h) != 2) return NULL; return malloc(w * h); }',
    ['size-overflow', 'unlimited-allocation', 'unsigned-wrap'],
  ],
  [
    'a product of sizes with limits',
    'char *f(FILE *in) { unsigned w, h; if (fscanf(in, "%u %u", &w, &h) != 2 || w > 4096 || h > 4096) return NULL; return malloc(w * h); }',
    [],
  ],
  [
    'a product of sizes that was tested by a division',
    'char *f(const char *a, const char *b) { size_t w = strtoull(a, 0, 0), h = strtoull(b, 0, 0); if (w == 0 || h == 0 || w > SIZE_MAX / h) return NULL; return malloc(w * h); }',
    [],
  ],
  [
    'a byte that reaches the sign',
    'unsigned f(int fd) { unsigned char b[4]; if (read(fd, b, 4) != 4) return 0; return (b[0] << 24) | b[1]; }',
    [],
  ],
  [
    'numbers made of bytes',
    'struct h { unsigned short id, n; }; int f(void) { unsigned char raw[4] = { 1, 0, 9, 0 }; static int a[9]; struct h h; memcpy(&h, raw, sizeof h); return a[h.n]; }',
    ['out-of-bounds-read'],
  ],
  [
    'an index in a message that a caller gives with its length',
    'static int t[8];\nint f(const uint8_t *m, size_t m_len) { if (m_len < 1) return 0; return t[m[0]]; }',
    ['out-of-bounds-read'],
  ],
  [
    'the same of bytes without a length, and of a table that may be written',
    'static int t[8];\nint f(const uint8_t *m, int mode) { return mode ? t[m[0]] : 0; }\nint g(uint8_t *m, size_t n) { return n > 1 ? t[m[0]] : 0; }',
    [],
  ],
  [
    'the same of a function of which the callers are seen',
    'static int t[8];\nstatic int f(const uint8_t *m, size_t n) { return n > 0 ? t[m[0]] : 0; }\nint g(void) { static const uint8_t m[1] = { 7 }; return f(m, 1); }',
    [],
  ],
  [
    'a length in a message that is larger than the message',
    'int f(const uint8_t *m, size_t len) { if (len < 4) return -1; size_t at = m[0] | m[1] << 8; return m[2 + at]; }',
    ['out-of-bounds-read'],
  ],
  [
    'the same, tested',
    'int f(const uint8_t *m, size_t n) { if (n < 4) return -1; size_t at = m[0] | m[1] << 8; return at < n - 2 ? m[2 + at] : -1; }',
    [],
  ],
  [
    'a message of which nothing tests the length, which its callers may know',
    'int f(const uint8_t *m, size_t n) { return n + m[0]; }',
    [],
  ],
  [
    'the zero byte of a text that is given with its length',
    'int f(const char *text, size_t text_len) { size_t i; for (i = 0; i < text_len; i++) if (text[i] == 10) break; return text[i]; }',
    [],
  ],
  [
    'an index that a call leaves too large for the next one',
    'struct r { int d[8]; unsigned at; };\nvoid f(struct r *r, int v) { r->d[r->at] = v; r->at++; if (r->at > 8) r->at = 0; }',
    ['out-of-bounds-write'],
  ],
  [
    'the same, begun anew in time, in three ways',
    'struct r { int d[8]; unsigned at; };\nvoid f(struct r *r, int v) { r->d[r->at] = v; if (++r->at == 8) r->at = 0; }\nvoid g(struct r *r, int v) { r->d[r->at] = v; r->at = (r->at + 1) % 8; }\nvoid h(struct r *r, int v) { if (r->at < 8) r->d[r->at++] = v; }',
    [],
  ],
  [
    'a structure that is released by each call, which its callers do once',
    'struct r { char *p; int d[8]; unsigned at; };\nvoid f(struct r *r) { r->d[r->at & 7] = 0; free(r->p); }\nvoid g(struct r *r) { r->d[r->at & 7] = 0; r->p = malloc(4); }',
    [],
  ],
  [
    'how far a copy of a text is from the text',
    'long f(const char *t) { char b[8]; if (strlen(t) > 7) return 0; strcpy(b, t); char *c = strchr(b, 58); return c == NULL ? 0 : c - t; }',
    ['unrelated-pointers'],
  ],
  [
    'how far a place in a text is from its start',
    'long f(const char *t) { const char *c = strchr(t, 58); return c == NULL ? 0 : c - t; }',
    [],
  ],
  [
    'a length of other bytes that stands behind a text',
    'int f(const unsigned char *name, int payload_len, const void *payload) { if (payload_len != 1 || payload == NULL) return 0; return name[1]; }',
    [],
  ],
];

describe('what comes from outside', () => {
  for (const [title, code, expected] of CASES) {
    it(title, async () => {
      const found = (await eventsIn(code)).flatMap((each) => /^\d+ proved (.*)$/.exec(each)?.[1] ?? []);
      assert.deepEqual(found.sort(), [...expected].sort(), code);
    });
  }
});
