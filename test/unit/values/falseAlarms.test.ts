import assert from 'node:assert/strict';

import { eventsIn } from '../../support/facts.ts';

/** Code as it is found in products: right code of which nothing must be said, and a wrong twin of it. */
const CASES: readonly (readonly [title: string, right: string, wrong: string, event: string])[] = [
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
