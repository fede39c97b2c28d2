import assert from 'node:assert/strict';

import { eventsIn } from '../../support/facts.ts';

/** Code as it is found in products: right code of which nothing must be said, and a wrong twin of it. */
const CASES: readonly (readonly [title: string, right: string, wrong: string, event: string])[] = [
  [
    'the address of a variable that is named like a function',
    'int count(void) { return 1; }\nstatic int full(const int *n) { return *n >= 63; }\nint f(void) { int count = 0; return full(&count); }',
    'static int full(const int *n) { return *n >= 63; }\nint f(void) { int *count = 0; return full(count); }',
    'null-dereference',
  ],
  [
    'a text of the environment, read behind the beginning that it was compared with',
    'int f(void) { const char *p = getenv("QUERY"); return p != NULL && strncmp(p, "file", 4) == 0 && p[4] == 61; }',
    'int f(void) { const char *p = getenv("QUERY"); return p != NULL && p[4] == 61; }',
    'out-of-bounds-read',
  ],
  [
    'a number of entries that another function keeps within its limit',
    'static int w[50]; static unsigned n; static void add(int v) { if (n < 50) { w[n++] = v; return; } w[0] = v; } static int sum(void) { int s = 0; for (unsigned i = 0; i < n; i++) s += w[i]; return s; } int main(void) { while (getchar() > 0) { add(2); sum(); } return 0; }',
    'static int w[50]; static unsigned n; static void add(int v) { if (n < 50) { w[n++] = v; return; } w[0] = v; } static int sum(void) { int s = 0; for (unsigned i = 0; i <= n; i++) s += w[i]; return s; } int main(void) { while (getchar() > 0) { add(2); sum(); } return 0; }',
    'out-of-bounds-read',
  ],
  [
    'pairs of characters, counted by half of a length',
    'int main(int c, char **v) { unsigned char o[4]; if (c < 2) return 1; const char *h = v[1]; size_t n = strlen(h) / 2; if (n > 4) return 1; for (size_t i = 0; i < n; i++) o[i] = h[2 * i] | h[2 * i + 1]; return o[0]; }',
    'int main(void) { static const char h[3] = { 1, 2, 3 }; int o = 0; size_t n = 4 / 2; for (size_t i = 0; i < n; i++) o |= h[2 * i] | h[2 * i + 1]; return o; }',
    'out-of-bounds-read',
  ],
  [
    'a length from outside that is tested against a size which no header tells',
    'int f(FILE *s) { unsigned char h[2]; if (fread(h, 1, 2, s) != 2) return -1; size_t n = h[0] | h[1] << 8; char *p = malloc(n); if (!p) return -1; if (n < sizeof(header_t)) { free(p); return -1; } p[7] = 1; free(p); return 0; }',
    'int f(FILE *s) { unsigned char h[2]; if (fread(h, 1, 2, s) != 2) return -1; size_t n = h[0] | h[1] << 8; char *p = malloc(n); if (!p) return -1; if (n < 3) { free(p); return -1; } p[7] = 1; free(p); return 0; }',
    'out-of-bounds-write',
  ],
  [
    'a length from outside that is tested against what an unknown function says',
    'int f(FILE *s) { unsigned char h[2]; if (fread(h, 1, 2, s) != 2) return -1; size_t n = h[0] | h[1] << 8; char *p = malloc(n); if (!p) return -1; if (n < least_size(s)) { free(p); return -1; } p[7] = 1; free(p); return 0; }',
    'int f(FILE *s) { unsigned char h[2]; if (fread(h, 1, 2, s) != 2) return -1; size_t n = h[0] | h[1] << 8; char *p = malloc(n); if (!p) return -1; if (least_size(s)) { free(p); return -1; } p[7] = 1; free(p); return 0; }',
    'out-of-bounds-write',
  ],
  [
    'a pointer from a search, compared with where the search began',
    'void f(char *s) { char b[8]; strncpy(b, s, 7); b[7] = 0; char *p = strchr(b, 10); if (p) { if (p > b && p[-1] == 13) p[-1] = 0; } }',
    'void f(void) { char b[8]; char *p = b; if (p >= b) p[-1] = 0; }',
    'out-of-bounds-write',
  ],
  [
    'a number of so few digits that ten times as much fits',
    'int f(const char *s) { int n; if (sscanf(s, "%3d", &n) != 1) return 0; return 10 * n; }',
    'int f(const char *s) { int n; if (sscanf(s, "%9d", &n) != 1) return 0; return 10 * n; }',
    'signed-overflow',
  ],
  [
    'back to the start of a block',
    'void f(size_t n) { char *b = malloc(n + 1); if (!b) return; char *p = b; for (size_t i = 0; i < n; i++) *p++ = 1; while (p > b) { p--; if (*p == 2) break; } *p = 0; free(b); }',
    'void f(void) { char *b = malloc(2); if (!b) return; char *p = b + 1; while (p >= b) { p--; *p = 2; } free(b); }',
    'out-of-bounds-write',
  ],
  [
    'room that the same bit asks for twice',
    'struct s { unsigned flags; size_t n; char *d; }; void f(struct s *s) { char *p = malloc(4 + ((s->flags & 1) ? s->n : 0)); if (!p) return; if (s->flags & 1) memcpy(p + 4, s->d, s->n); free(p); }',
    'struct s { unsigned flags; }; void f(struct s *s) { char *p = malloc((s->flags & 1) ? 2 : 4); if (!p) return; if (s->flags & 1) p[2] = 1; free(p); }',
    'out-of-bounds-write',
  ],
  [
    'one less than a constant that no header explains',
    'void f(const char *s, char *to) { memcpy(to, s, ROOM - 1); } void g(const char *s, char *to) { memcpy(to, s, (ROOM) - 1); }',
    'void f(const char *s, char *to) { memcpy(to, s, (int)-1); }',
    'negative-size',
  ],
  [
    'a helper that tests for null what others give it',
    'static int is_file(const char *n) { if (n == NULL) return 0; return access(n, 0) == 0; } char *f(const char *s) { if (!is_file(s)) return strdup(s); return NULL; }',
    'static int is_file(const char *n) { return access(n, 0) == 0; } size_t f(const char *s) { if (s == NULL) return strlen(s); return is_file(s); }',
    'null-dereference',
  ],
  [
    'a macro that tests for null what others give it',
    '#define NAME(s) ((s) ? (s)->name : NULL)\nstruct s { char *name; int n; }; int f(struct s *s) { char *n = NAME(s); use(n); return s->n; }',
    '#define IS_NULL(s) ((s) == NULL)\nstruct s { int n; }; int f(struct s *s) { if (IS_NULL(s)) return s->n; return 0; }',
    'null-dereference',
  ],
  [
    'a pointer to constants that somebody else sets',
    'struct s { void (*run)(void); }; static const struct s none = { 0 }; const struct s *all = &none; void f(void) { all->run(); }',
    'struct s { void (*run)(void); }; static const struct s none = { 0 }; void f(void) { none.run(); }',
    'null-dereference',
  ],
  [
    'a field that is asked for again after a call',
    'struct s { int kind; char *name; }; void f(struct s *s) { char *p = NULL; if (s->kind == 1) p = s->name; work(s); if (s->kind == 1 && p[0]) work(s); }',
    'struct s { int kind; char *name; }; void f(struct s *s) { char *p = NULL; if (s->kind == 1) work(s); p[0] = 1; }',
    'null-dereference',
  ],
  [
    'the value of a `switch` that assigns, in a loop',
    'int f(const char *s) { int n = 0; while (*s) { char c; s++; switch (c = *s) { case 0: continue; case 9: c = 1; break; } n += c; } return n; }',
    'int f(const char *s) { int n = 0; while (*s) { char c; s++; switch (*s) { case 9: c = 1; break; } n += c; } return n; }',
    'uninitialized-read',
  ],
  [
    'a loop of a macro that goes on to the next one',
    'struct e { struct e *next; int n; }; int f(struct e *list) { struct e *each, *tmp; int n = 0; EACH_SAFE(list, each, tmp) { n += each->n; free(each); } return n; }',
    'struct e { struct e *next; int n; }; int f(struct e *list) { struct e *each, *tmp; int n = 0; EACH_SAFE(list, each, tmp) { free(each); n += each->n; } return n; }',
    'use-after-free',
  ],
  [
    'an error added to what is not seen',
    'static int add(int h, int l) { return h + l; } static int get(int *to) { int r = work(to); if (r != 0) return add(-16, r); *to = 1; return 0; } int f(void) { int v; if (get(&v) != 0) return 0; return v; }',
    'static int get(int *to) { int r = work(1); if (r != 0) return 0; *to = 1; return 0; } int f(void) { int v; if (get(&v) != 0) return 0; return v; }',
    'uninitialized-read',
  ],
  [
    'an array whose length a constant of a header gives, divided',
    'void f(void) { char a[(BITS + 7) / 8]; memset(a, 0, sizeof a); use(a); memset(a, 0, 4); }',
    'void f(void) { char a[(8 + 7) / 8]; memset(a, 0, 4); }',
    'out-of-bounds-write',
  ],
  [
    'a status of a type that is not known',
    'static st get(int n, int *to) { if (n > 4) return -134; *to = 1; return 0; } int f(int n) { int v; st s; s = get(n, &v); if (s != 0) return s; return v; }',
    'static st get(int n, int *to) { if (n > 4) return 0; *to = 1; return 0; } int f(int n) { int v; st s; s = get(n, &v); if (s != 0) return s; return v; }',
    'uninitialized-read',
  ],
  [
    'enumerators of the file',
    'enum { OK, BAD }; static int get(int n, int *to) { if (n < 10) return BAD; *to = n; return OK; } int f(int n) { int v; if (get(n, &v) != OK) return 0; return v; }',
    'enum { OK, BAD }; static int get(int n, int *to) { if (n < 10) return OK; *to = n; return OK; } int f(int n) { int v; if (get(n, &v) != OK) return 0; return v; }',
    'uninitialized-read',
  ],
  [
    'the end of a string',
    'size_t f(const char *s) { const char *e = strpbrk(s, " "); if (!e) e = strchr(s, 0); return strlen(e); }',
    'size_t f(const char *s) { const char *e = strpbrk(s, " "); if (!e) e = strchr(s, 1); return strlen(e); }',
    'unchecked-result',
  ],
  [
    'what the system writes',
    'long f(void) { time_t now; struct timeval tv; struct stat st; time(&now); gettimeofday(&tv, NULL); stat("f", &st); return now + tv.tv_sec + st.st_size; }',
    'long f(void) { long now; return now; }',
    'uninitialized-read',
  ],
  [
    'a number that is rounded up',
    'void f(const char *s) { size_t n = strlen(s); char *b = malloc((n + 2) / 3 * 4 + 1), *p = b; if (!p) return; while (n >= 3) { *p++ = 1; *p++ = 2; *p++ = 3; *p++ = 4; n -= 3; } *p = 0; free(b); }',
    'void f(const char *s) { size_t n = atoi(s) & 15; char *b = malloc(n / 2 + 1); if (!b) return; if (n == 3) b[2] = 0; free(b); }',
    'out-of-bounds-write',
  ],
  [
    'a shift in a type that is not known',
    'long long f(unsigned char *b) { return ((big_t)b[0] << 56) | ((big_t)b[1] << 48); }',
    'long long f(unsigned char *b) { return ((int)b[0] << 56); }',
    'shift-out-of-range',
  ],
  [
    'the highest bit',
    'int f(int x) { return x & (1 << 31); }',
    'int f(int x) { return x & (3 << 31); }',
    'signed-overflow',
  ],
  [
    'a handle of a type that is not known',
    'thread_t f(void) { thread_t t = malloc(8); if (t && start(t) != 0) { free(t); return 0; } return t; }',
    'void f(void) { char *t = malloc(8); if (t && start(1) != 0) { free(t); } }',
    'leak',
  ],
  [
    'a part of a string behind a known beginning',
    'int f(const char *s) { int n = 0; const char *b = strstr(s, "--"); if (!b) return 0; n = (int)(b - s); n += 26; const char *e = strstr(s + n, "-"); if (!e) return 0; int end = (int)(e - s); while (n < end) { if (s[n] == 10) return 1; n++; } return 0; }',
    'int f(void) { static const char s[] = "abc"; int n = 26; return s[n]; }',
    'out-of-bounds-read',
  ],
  [
    'a number that is changed byte by byte',
    'unsigned get(void); int f(void) { unsigned n = get(); unsigned char *p = (unsigned char *)&n; int i, s = 0; for (i = 0; i < 4; i++) { s += *p % 10; *p /= 10; p++; } return s; }',
    'int f(void) { unsigned n; unsigned char *p = (unsigned char *)&n; p[0] = 1; return p[1]; }',
    'uninitialized-read',
  ],
  [
    'an answer of code that is not seen, which is not 0',
    'int last(unsigned); struct s { int mask; unsigned char a[6]; }; void f(struct s *s) { unsigned i = last(s->mask); if (!i) return; s->a[i - 3] = 1; }',
    'struct s { int mask; unsigned char a[6]; }; void f(struct s *s, unsigned i) { if (i > 6) return; s->a[i] = 1; }',
    'out-of-bounds-write',
  ],
  [
    'an argument among those that a macro passes on',
    'char *quoted(const char *); int say(int, const char *, ...);\n#define SAY(...) say(1, __VA_ARGS__)\n#define TELL(level, ...) SAY(__VA_ARGS__)\nvoid f(const char *a, const char *b) { char *p; TELL(2, "%s", p = quoted(a)); free(p); TELL(2, "%s", p = quoted(b)); free(p); }',
    'char *quoted(const char *); int say(int, const char *, ...);\n#define SAY(...) say(1, __VA_ARGS__)\nvoid f(const char *a) { char *p; SAY("%d", 1); p = quoted(a); free(p); SAY("%d", *p); }',
    'use-after-free',
  ],
  [
    'a special value that a macro provides for',
    '#define SIZE(e) ((e) == -1 ? 0 : 1 << (e))\nstruct s { signed char e; }; int f(struct s *s, int n) { return n / SIZE(s->e); }',
    '#define SIZE(e) ((e) == -1 ? 0 : 1 << (e))\nint f(int n) { return n / SIZE(-1); }',
    'division-by-zero',
  ],
  [
    'a handler behind a pointer, called where memory ran out',
    'static void stop(size_t n) { abort(); } static void (*handler)(size_t) = stop; void *get(size_t n) { void *p = malloc(n); if (!p) handler(n); return p; } char *f(const char *s) { size_t n = strlen(s) + 1; char *p = get(n); memcpy(p, s, n); return p; }',
    'void *get(size_t n) { void *p = malloc(n); if (!p) return NULL; return p; } char *f(const char *s) { size_t n = strlen(s) + 1; char *p = get(n); memcpy(p, s, n); return p; }',
    'null-dereference',
  ],
  [
    'which of many ways out a function took',
    'static int digits(unsigned v) { if (v < 10) return 1; if (v < 100) return 2; if (v < 1000) return 3; if (v < 10000) return 4; if (v < 100000) return 5; if (v < 1000000) return 6; if (v < 10000000) return 7; return 8 + digits(v / 100000000); } void f(unsigned v) { char b[16]; int at = digits(v) - 1; if (v >= 10) b[at - 1] = 1; else b[at] = 1; }',
    'static int digits(unsigned v) { if (v < 10) return 1; return 2; } void f(unsigned v) { char b[16]; int n = digits(v); b[n - 2] = 1; }',
    'out-of-bounds-write',
  ],
  [
    'bits of a signed number, asked for twice',
    'struct s { int bits; } all; int f(void) { int v; if ((all.bits & 1) || (all.bits & 2)) v = 1; if (all.bits & 1) return v; return 0; }',
    'struct s { int bits; } all; int get(int); int f(void) { int v; if (all.bits & 1) v = get(1); return v; }',
    'uninitialized-read',
  ],
  [
    'bits in a constant',
    '#define CODE(op, a) (((op) << 26) | (a))\nunsigned f(void) { return CODE(0x3f, 1) | 0xE5 << 24; }',
    'int f(void) { int n = 0xE5; return n << 24; }',
    'signed-overflow',
  ],
  [
    'a number of a type that is not known, and 1',
    'unsigned f(wide_t n) { return (n + 1) >> 56; }',
    'unsigned f(int n) { return (n + 1) >> 56; }',
    'shift-out-of-range',
  ],
  [
    'the last one of a list',
    'struct n { struct n *next; }; struct n *all; void f(struct n *one) { if (all) { struct n *p = all; while (p && p->next) p = p->next; p->next = one; } else all = one; }',
    'struct n { struct n *next; }; struct n *all; void f(struct n *one) { if (all) { struct n *p = all; while (p) p = p->next; p->next = one; } else all = one; }',
    'null-dereference',
  ],
  [
    'what an assertion rules out',
    'static int at(long base) { switch (base) { case 0: return 0; case 8: return 1; default: return -1; } } struct s { char a[2]; }; void f(struct s *s, long b) { int k = at(b); assert(k >= 0); s->a[k] = 0; }',
    'static int at(long base) { switch (base) { case 0: return 0; case 8: return 1; default: return -1; } } struct s { char a[2]; }; void f(struct s *s, long b) { int k = at(b); s->a[k] = 0; }',
    'out-of-bounds-write',
  ],
  [
    'a search for what an unknown caller names',
    'struct e { int n; }; struct t { struct e *all; unsigned count; }; static struct e *get(struct t *t, unsigned i) { if (i < t->count) return &t->all[i]; return NULL; } int f(struct t *t, unsigned i) { struct e *e = get(t, i); return e->n; }',
    'struct e { int n; }; static struct e all[2]; static struct e *get(unsigned i) { if (i < 2) return &all[i]; return NULL; } int main(void) { struct e *e = get(2); return e->n; }',
    'null-dereference',
  ],
  [
    'an error of the system',
    'struct s { int n; }; static int make(struct s **to) { struct s *p = malloc(sizeof *p); if (!p) return -ENOMEM; p->n = 1; *to = p; return 0; } int f(void) { struct s *s; if (make(&s) != 0) return -1; int n = s->n; free(s); return n; }',
    'struct s { int n; }; static int make(struct s **to) { struct s *p = malloc(sizeof *p); if (!p) return 0; p->n = 1; *to = p; return 0; } int f(void) { struct s *s; if (make(&s) != 0) return -1; int n = s->n; free(s); return n; }',
    'uninitialized-read',
  ],
  [
    'what a function takes from its stack, after an early return',
    'int f(int c, size_t n) { char *p = alloca(n); if (c) return -1; memset(p, 0, n); return 0; }',
    'int f(int c, size_t n) { char *p = malloc(n); if (!p) return 1; if (c) return -1; free(p); return 0; }',
    'leak',
  ],
  [
    'a condition of a build within a case',
    'struct c { int n; }; struct c *make(int); int f(int kind) { struct c *c; switch (kind) { case 3: c = make(1);\n#if MORE\nif (c) { c->n = 1; }\n#endif\nbreak; default: return -1; } return c == 0; }',
    'struct c { int n; }; struct c *make(int); int f(int kind) { struct c *c; switch (kind) { case 3:\n#if MORE\nif (kind) { c->n = 1; }\n#endif\nbreak; default: return -1; } return c == 0; }',
    'uninitialized-read',
  ],
  [
    'room that a sum, which may wrap around, is compared with',
    'struct s { size_t n; }; static size_t save(struct s *s, char *b, size_t n) { char *p = b; size_t used = 0; used += 3 + s->n; if (used <= n) *p++ = 1; used += 1; if (used <= n) *p++ = 2; return used; } size_t f(struct s *s) { return save(s, NULL, 0); }',
    'struct s { size_t n; }; static size_t save(struct s *s, char *b, size_t n) { char *p = b; size_t used = 3; if (used > n) *p++ = 1; return used; } size_t f(struct s *s) { return save(s, NULL, 0); }',
    'null-dereference',
  ],
  [
    'a divisor that is a constant which no header explains, negated as a size',
    'size_t f(size_t n) { if (n > (size_t) -ALIGN) return 0; return n - n % ALIGN; }',
    'size_t f(size_t n) { size_t align = 4; if (n == 4) align = 0; return n - n % align; }',
    'division-by-zero',
  ],
  [
    'a macro that stands for two arguments',
    'static int get(const char *s, size_t n, const char *t, size_t m) { return m != 0 ? t[0] : s[n]; } int f(const char *s) { return get(WITH_LENGTH(s), NULL, 0); }',
    'static int get(const char *s, size_t n, const char *t, size_t m) { return m != 0 ? t[0] : s[n]; } int f(const char *s) { return get(s, 1, NULL, 2); }',
    'null-dereference',
  ],
  [
    'a macro that keeps the result of a call',
    'int f(int *r) { int ret; CHECK_CALL(step(r, 3)); cleanup: return ret; }',
    'int f(int *r) { int ret; LOG_TEXT("step"); cleanup: return ret; }',
    'uninitialized-read',
  ],
  [
    'a macro that returns',
    'int f(const char *s) { if (s == NULL) { TRACE_RETURN(-1); } return s[0]; }',
    'int f(const char *s) { if (s == NULL) { TRACE_TEXT(-1); } return s[0]; }',
    'null-dereference',
  ],
  [
    'a search for what an unknown caller names, by a number that was made narrower',
    'struct e { int n; }; struct t { struct e *all; int count; }; static struct e *get(struct t *t, int i) { if (i < t->count) return &t->all[i]; return NULL; } static int at(struct t *t, uint16_t i) { struct e *e = get(t, i); return e->n; } int f(struct t *t, int i) { return at(t, i); }',
    'struct e { int n; }; static struct e all[2]; static struct e *get(int i) { if (i < 2) return &all[i]; return NULL; } static int at(uint16_t i) { struct e *e = get(i); return e->n; } int main(void) { return at(3); }',
    'null-dereference',
  ],
  [
    'as much of a block as was read into it, looked at byte by byte',
    'int f(FILE *s) { long r = ftell(s); if (r < 0 || r > 100) return 0; size_t n = r, l = 0; char *b = malloc(n); if (!b) return 0; size_t c = fread(b, 1, n, s); for (size_t i = 0; i < c; i++) if (b[i] == 10) l++; free(b); return l; }',
    'int f(FILE *s) { long r = ftell(s); if (r < 0 || r > 100) return 0; size_t n = r, l = 0; char *b = malloc(n); if (!b) return 0; size_t c = fread(b, 1, n, s); for (size_t i = 0; i < 100; i++) if (b[i] == 10) l++; free(b); return l; }',
    'out-of-bounds-read',
  ],
  [
    'a round that is left in a loop of a macro that is not seen',
    'struct u { int n; char *t; }; void f(struct u **head) { struct u *u; char *t; EACH(h, *head, u) { t = strchr(u->t, 36); if (t == NULL) { continue; } u->n = atoi(t); } }',
    'struct u { int n; char *t; }; void f(struct u **head) { struct u *u; char *t; EACH(h, *head, u) { t = strchr(u->t, 36); if (t == NULL) { u->n = 0; } u->n = atoi(t); } }',
    'null-dereference',
  ],
  [
    'a number whose address an assertion gives away',
    'static int get(int a, int *n) { if (a) return 0; *n = 1; return 1; } void f(int a) { int n; assert(get(a, &n) == 0); }',
    'static int get(int a, int *n) { if (a) return 0; *n = 1; return 1; } void f(int a) { int n; assert(get(a, &n) == n); }',
    'uninitialized-read',
  ],
  [
    'a copy that is cut to a size which nothing tells, of a text that was cut to another one before',
    'void f(char *s, size_t n) { char a[10]; char b[10]; strlcpy(b, s, sizeof(b)); strlcpy(a, s, n); }',
    'void f(char *s) { char a[10]; char b[20]; strlcpy(b, s, sizeof(b)); strlcpy(a, s, sizeof(b)); }',
    'out-of-bounds-write',
  ],
  [
    'a number that two switches ask for',
    'void f(int k) { char *p; switch (k) { case 1: p = "a"; break; case 2: p = "b"; break; default: p = NULL; } switch (k) { case 1: case 2: puts(p); p[0]; break; default: break; } }',
    'void f(int k) { char *p; switch (k) { case 1: p = "a"; break; case 2: p = "b"; break; default: p = NULL; } switch (k) { case 1: case 3: p[0]; break; default: break; } }',
    'null-dereference',
  ],
  [
    'pointers to two blocks, which are equal where both are null',
    'void f(void) { char *p = malloc(1), *q = malloc(1); if (q) { free(q); if (p == q) free(q); } free(p); }',
    'void f(void) { char *p = malloc(1), *q = malloc(1); if (q) { free(q); if (p != q) free(q); } free(p); }',
    'double-free',
  ],
  [
    'a pointer that is null on two ways to where they meet',
    'struct n { struct n *next; }; void f(void) { struct n *r = malloc(sizeof *r); if (r) { free(r); r = NULL; } else puts(""); while (r) { struct n *next = r->next; free(r); r = next; } }',
    'struct n { struct n *next; }; void f(void) { struct n *r = malloc(sizeof *r); if (r) { free(r); } else puts(""); while (r) { struct n *next = r->next; free(r); r = next; } }',
    'use-after-free',
  ],
  [
    'threads that were started, counted in a loop that may be left',
    'int start(int *); void f(void) { int t[4]; int n = 0; for (int i = 0; i < 4; i++) { if (start(&t[i]) != 0) break; n++; } for (int j = 0; j < n; j++) use(t[j]); }',
    'int start(int *); void f(void) { int t[4]; int n = 0; for (int i = 0; i < 4; i++) { if (start(&t[i]) != 0) break; n++; } use(t[4]); }',
    'out-of-bounds-read',
  ],
  [
    'an option with a length that is compared with what is left',
    'static int g(const uint8_t *o, size_t len) { size_t i = 0; while (i < len) { uint8_t n; if (len - i < 2) return -1; n = o[i + 1]; if (n < 2 || n > len - i) return -1; if (n == 4) return o[i + 3]; i += n; } return 0; } int main(void) { uint8_t b[40]; size_t n = fread(b, 1, 40, stdin); return g(b, n); }',
    'static int g(const uint8_t *o, size_t len) { size_t i = 0; while (i < len) { uint8_t n; if (len - i < 2) return -1; n = o[i + 1]; if (n < 2) return -1; if (n == 4) return o[i + 3]; i += n; } return 0; } int main(void) { uint8_t b[40]; size_t n = fread(b, 1, 40, stdin); return g(b, n); }',
    'out-of-bounds-read',
  ],
  [
    'a part of a text, copied',
    'void f(const char *s) { const char *e = strchr(s, 61); if (!e) return; char *k = strndup(s, (size_t)(e - s)); if (!k) return; puts(k); free(k); }',
    'void f(const char *s) { const char *e = strchr(s, 61); if (!e) return; char *k = malloc((size_t)(e - s) + 1); if (!k) return; puts(k); free(k); }',
    'uninitialized-read',
  ],
  [
    'a constant of a header that says why something was not set',
    'static int get(const char *s, size_t *n) { int r = URL_MALFORMED; if (strlen(s) > 1) { *n = 1; r = 0; } return r; } size_t f(const char *s) { size_t n; int r = get(s, &n); if (r) return 0; return n + 1; }',
    'static int get(const char *s, size_t *n) { int r = 0; if (strlen(s) > 1) { *n = 1; r = 0; } return r; } size_t f(const char *s) { size_t n; int r = get(s, &n); if (r) return 0; return n + 1; }',
    'uninitialized-read',
  ],
  [
    'a text that was found in a block of a size from outside',
    'int f(FILE *s) { unsigned char h[1]; if (fread(h, 1, 1, s) != 1) return 0; size_t n = h[0]; char *b = malloc(n + 1); if (!b) return 0; if (fread(b, 1, n, s) != n) { free(b); return 0; } b[n] = 0; char *p = strstr(b, "BEGIN"); int r = 0; if (p && b[4] == 10) r = 1; free(b); return r; }',
    'int f(FILE *s) { unsigned char h[1]; if (fread(h, 1, 1, s) != 1) return 0; size_t n = h[0]; char *b = malloc(n + 1); if (!b) return 0; if (fread(b, 1, n, s) != n) { free(b); return 0; } b[n] = 0; int r = 0; if (b[4] == 10) r = 1; free(b); return r; }',
    'out-of-bounds-read',
  ],
  [
    'pointers that are copied to a place which is not seen',
    'struct list { char *items; size_t width, n; }; static void put(struct list *l, void *item) { memcpy(l->items + l->n * l->width, item, l->width); } int add(struct list *l, const char *t) { char *c = strdup(t); if (!c) return 0; put(l, &c); return 1; }',
    'struct list { char *items; size_t width, n; }; static void put(struct list *l, void *item) { l->items[0] = ((char *)item)[0]; } int add(struct list *l, const char *t) { char *c = strdup(t); if (!c) return 0; put(l, &c); return 1; }',
    'leak',
  ],
  [
    'a power of ten for each digit',
    'int f(unsigned short v, char *b, int n) { unsigned short d = UINT16_C(10000); int g = v / d; while (g == 0 && d > 1) { d /= 10; g = v / d; } while (n-- > 0) { *b++ = 48 + g; if (d == 1) return n; v %= d; d /= 10; g = v / d; } return 0; }',
    'int f(unsigned short v, char *b, int n) { unsigned short d = UINT16_C(10); while (n-- > 0) { *b++ = 48 + v / d; d = d - 10; } return 0; }',
    'division-by-zero',
  ],
  [
    'the thousandth of what is not 0',
    'unsigned f(unsigned n, unsigned ticks) { return ticks != 0 ? n / (ticks / 1000) : 0; }',
    'unsigned f(unsigned n, unsigned ticks) { return ticks >= 5 ? n / (ticks / 1000) : 0; }',
    'division-by-zero',
  ],
  [
    'a function whose result is a type with a body',
    'static enum { DONE, SHORT } head(ssize_t n) { const ssize_t whole = n; if (n < 10) return SHORT; return whole ? DONE : SHORT; } int g(ssize_t n) { return head(n); }',
    'static enum { DONE, SHORT } head(ssize_t n) { ssize_t whole; if (n < 10) return SHORT; return whole ? DONE : SHORT; } int g(ssize_t n) { return head(n); }',
    'uninitialized-read',
  ],
  [
    'a part of a list that a getter returns, which has nothing for some callers',
    'struct l { size_t n, w; char *items; }; static void *at(struct l *l, size_t i) { if (i < l->n) return l->items + i * l->w; return NULL; } static void drop(struct l *l) { if (l->n) memmove(l->items, l->items + l->w, l->w); } void f(struct l *l) { char **p = at(l, 0); if (p) free(*p); drop(l); }',
    'struct l { size_t n, w; char *items; }; static void *at(struct l *l, size_t i) { if (i < l->n) return l->items + i * l->w; return NULL; } void f(struct l *l) { char **p = at(l, 0); if (!p) free(*p); }',
    'null-dereference',
  ],
  [
    'a return that a macro is given',
    '#define CHECK(e, h) do { if (!(e)) { puts("no"); h; } } while (0)\n#define MUST(e, h) CHECK(e, h)\nint f(void) { char *p = malloc(4); CHECK(p != NULL, return -1); p[0] = 1; char *q = malloc(4); MUST(q, goto end); q[0] = 1; free(q); end: free(p); return 0; }\nvoid g(void) { char *p = malloc(4); CHECK(p, return); p[0] = 1; free(p); }',
    '#define CHECK(e, h) do { if (!(e)) { puts("no"); h; } } while (0)\nint f(int r) { char *p = malloc(4); CHECK(p != NULL, r = -1); p[0] = 1; free(p); return r; }',
    'null-dereference',
  ],
  [
    'a number in parentheses behind a type that no header tells',
    'static int put(char *to, const char *s, byte_t n) { if (n > 63) return 1; memcpy(to, s, n); return 0; } int f(char *to) { return put(to, "_services", (byte_t)(sizeof("_services") - 1)); }',
    'static int put(char *to, const char *s, byte_t n) { if (n > 63) return 1; memcpy(to, s, n); return 0; } int f(char *to) { return put(to, "_services", (byte_t)(sizeof("_services") + 1)); }',
    'out-of-bounds-read',
  ],
  [
    'a stream that is opened anew',
    'void f(void) { if (freopen("log", "w", stdout) == NULL) abort(); }',
    'void f(void) { if (fopen("log", "w") == NULL) abort(); }',
    'resource-leak',
  ],
  [
    'elements of a list that stand in another file',
    'struct d { int **tab; }; const struct d *const pools[4] = {\n#define POOL(n) &pool_ ## n,\n#include "pools.h"\n}; static void init(const struct d *x) { *x->tab = 0; } void f(void) { for (int i = 0; i < 4; i++) init(pools[i]); }',
    'struct d { int **tab; }; const struct d *const pools[4] = { 0 }; static void init(const struct d *x) { *x->tab = 0; } void f(void) { for (int i = 0; i < 4; i++) init(pools[i]); }',
    'null-dereference',
  ],
  [
    'variables that a function is given for its dots',
    '#include <stdarg.h>\nstatic int all(void **first, ...) { void **at = first; va_list l; va_start(l, first); while (at) { *at = malloc(4); at = va_arg(l, void **); } va_end(l); return 0; } int f(void) { void *a, *b; if (all(&a, &b, NULL)) return 1; return a && b; }',
    'static int all(void **first) { *first = malloc(4); return 0; } int f(void) { void *a, *b; if (all(&a)) return 1; return a && b; }',
    'uninitialized-read',
  ],
  [
    'a place that begins anew where it meets a length',
    'struct s { int at, length; char pad[8]; }; int f(struct s *s) { if (s->at < 0 || s->at > (int)sizeof(s->pad)) return 1; if (s->at == s->length) s->at = 0; s->pad[s->at] = 1; return 0; }',
    'struct s { int at, length; char pad[8]; }; int f(struct s *s) { if (s->at < 0 || s->at > (int)sizeof(s->pad)) return 1; s->pad[s->at] = 1; return 0; }',
    'out-of-bounds-write',
  ],
  [
    'a function that says in its name that memory has run out',
    'char *f(void) { char *p = malloc(4); if (p == NULL) novm("list"); p[0] = 0; return p; }',
    'char *f(void) { char *p = malloc(4); if (p == NULL) warn("list"); p[0] = 0; return p; }',
    'null-dereference',
  ],
];

describe('code of products that is right', () => {
  for (const [title, right, wrong, event] of CASES) {
    it(title, async () => {
      const proved = async (code: string): Promise<string[]> =>
        (await eventsIn(code)).flatMap((each) => /^\d+ proved (.*)/.exec(each)?.[1] ?? []);
      assert.deepEqual(await proved(right), [], right);
      assert.equal((await proved(wrong)).includes(event), true, wrong);
    });
  }
});
