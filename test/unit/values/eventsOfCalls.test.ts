import assert from 'node:assert/strict';

import { eventsIn } from '../../support/facts.ts';

const SHAPES =
  'struct shape { int type; }; struct circle { struct shape base; double r; }; struct named { struct shape base; char *name; }; ';
const LOCKS = 'static pthread_mutex_t a, b; ';

/** What goes wrong where functions of libraries are called, by name; `possible` stands before what is not proved. */
const CASES: readonly [title: string, code: string, events: readonly string[]][] = [
  [
    'a copy within itself',
    'void f(void) { char a[9] = "abcdef"; memcpy(a + 1, a, 3); }',
    ['overlapping-copy'],
  ],
  ['a copy downwards', 'void f(void) { char a[9] = "abcdef"; memcpy(a, a + 2, 3); }', ['overlapping-copy']],
  ['a copy to the very same place', 'void f(void) { char a[9] = "abcdef"; memcpy(a, a, 3); }', []],
  ['halves', 'void f(void) { char a[8] = "abcdef"; memcpy(a + 4, a, 4); }', []],
  ['a move', 'void f(void) { char a[9] = "abcdef"; memmove(a + 1, a, 3); }', []],
  [
    'a move by what a caller gives',
    'void f(unsigned n) { static char a[64]; if (n < 20) memcpy(a, a + n, 20); }',
    [],
  ],
  [
    'a number of elements from outside',
    'void f(const char *s) { unsigned n = atoi(s); char a[n]; use(a); }',
    ['large-stack-block'],
  ],
  [
    'a number of elements that is tested',
    'void f(const char *s) { unsigned n = atoi(s); if (n > 99 || n == 0) return; char a[n]; use(a); }',
    [],
  ],
  [
    'alloca',
    'void f(const char *s) { unsigned n = atoi(s); char *p = alloca(n); use(p); }',
    ['large-stack-block'],
  ],
  [
    'an assertion on a number from outside',
    'void f(const char *s) { int n = atoi(s); assert(n > 0); }',
    ['assertion-on-input'],
  ],
  [
    'an assertion on what was tested',
    'void f(const char *s) { int n = atoi(s); if (n < 1) return; assert(n > 0); }',
    [],
  ],
  ['an assertion on what a caller gives', 'void f(int n) { assert(n > 0); }', []],
  [
    'as much of a line as stands before a byte',
    'void f(FILE *in) { char line[99], name[9]; if (!fgets(line, 99, in)) return; char *c = strchr(line, 58); if (!c) return; memcpy(name, line, c - line); }',
    ['out-of-bounds-write'],
  ],
  [
    'as much of a line as there is room for',
    'void f(FILE *in) { char line[99], name[9]; if (!fgets(line, 99, in)) return; char *c = strchr(line, 58); if (!c || c - line > 9) return; memcpy(name, line, c - line); }',
    [],
  ],
  [
    'what is looked for in each round, and not found',
    `static int *find(int n) { static int a[2]; for (int i = 0; i < 2; i++) if (a[i] == n) return &a[i]; return 0; }
     void f(void) { int n; while (scanf("%d", &n) == 1) { int *p = find(n); use(*p); } }`,
    ['null-dereference'],
  ],
  [
    'what is looked for while a function that is not seen knows of more',
    `static int *a; static int *first(void) { return a != 0 ? a : 0; }
     void f(void) { while (more()) { int *p = first(); use(*p); drop(); } }`,
    ['possible null-dereference'],
  ],
  [
    'a structure that is taken for another one',
    `${SHAPES} static char *g(struct shape *s) { return ((struct named *)s)->name; }
     void f(void) { struct circle c = { { 1 }, 2 }; use(g(&c.base)); }`,
    ['type-confusion'],
  ],
  [
    'a structure that is taken for what it is, and for what it begins with',
    `${SHAPES} static double g(struct shape *s) { return s->type == 1 ? ((struct circle *)s)->r : 0; }
     void f(void) { struct circle c = { { 1 }, 2 }; use(g(&c.base)); }`,
    [],
  ],
  [
    'a block that is taken for another structure',
    `${SHAPES} static char *g(void *s) { return ((struct named *)s)->name; }
     void f(void) { struct circle *c = malloc(sizeof *c); if (!c) return; c->r = 1; use(g(c)); free(c); }`,
    ['type-confusion'],
  ],
  [
    'a pointer that is taken for a number, and back',
    `union u { long n; char *s; }; void f(char *s) { union u u; u.s = s; use(u.n); u.n = 3; free(u.s); }`,
    ['type-confusion', 'type-confusion'],
  ],
  [
    'an address that is looked at',
    `union u { unsigned long n; char *s; }; void f(void) { char c; union u u; u.s = &c; use(u.n % 8); }`,
    [],
  ],
  [
    'a thread that is given something else',
    `struct a { int n; double d; char s[9]; }; struct b { int n; };
     static void *g(void *p) { struct a *a = p; use(a->s); return 0; }
     void f(void) { static struct a a; static struct b b; pthread_t t; pthread_create(&t, 0, g, &a); pthread_create(&t, 0, g, &b); }`,
    ['type-confusion'],
  ],
  [
    'an assertion on a case that nothing handles',
    'void f(const char *s) { int n = atoi(s); switch (n) { case 1: break; default: assert(0 && "none"); } }',
    ['assertion-on-input'],
  ],
  [
    'an assertion on a case that was refused before',
    'void f(const char *s) { int n = atoi(s); if (n < 1 || n > 2) return; switch (n) { case 1: break; case 2: break; default: assert(0 && "none"); } }',
    [],
  ],
  [
    'an assertion of the file',
    `#define REQUIRE(c) do { if (!(c)) { log(#c); abort(); } } while (0)
     void f(const char *s) { int n = atoi(s); REQUIRE(n > 0); }`,
    ['assertion-on-input'],
  ],
  [
    'an assertion by another name',
    `#define CHECK(c) assert(c)
     void f(const char *s) { int n = atoi(s); CHECK(n > 0); }`,
    ['assertion-on-input'],
  ],
  [
    'a test of the file that leaves',
    `#define REQUIRE(c) do { if (!(c)) return -1; } while (0)
     int f(const char *s) { int n = atoi(s); REQUIRE(n > 0); return n; }`,
    [],
  ],
  [
    'locks in two orders',
    `${LOCKS}void f(void) { pthread_mutex_lock(&a); pthread_mutex_lock(&b); }
     void g(void) { pthread_mutex_lock(&b); pthread_mutex_lock(&a); }`,
    ['lock-order'],
  ],
  [
    'locks in one order',
    `${LOCKS}void f(void) { pthread_mutex_lock(&a); pthread_mutex_lock(&b); }
     void g(void) { pthread_mutex_lock(&a); pthread_mutex_lock(&b); }`,
    [],
  ],
  [
    'a lock of a lock that was released',
    `${LOCKS}void f(void) { pthread_mutex_lock(&a); pthread_mutex_lock(&b); }
     void g(void) { pthread_mutex_lock(&b); pthread_mutex_unlock(&b); pthread_mutex_lock(&a); }`,
    [],
  ],
  [
    'an access without the lock that others hold',
    `${LOCKS}int n; void f(void) { pthread_mutex_lock(&a); n++; pthread_mutex_unlock(&a); } int g(void) { return n; }`,
    ['unguarded-access'],
  ],
  [
    'an access that all callers guard',
    `${LOCKS}int n; static int h(void) { return n; } void f(void) { pthread_mutex_lock(&a); n++; pthread_mutex_unlock(&a); }
     int g(void) { pthread_mutex_lock(&a); int m = h(); pthread_mutex_unlock(&a); return m; }`,
    [],
  ],
  [
    'arguments that have changed places',
    'void set(int low, int high); void f(int low, int high) { set(high, low); }',
    ['arguments-out-of-order'],
  ],
  [
    'arguments whose order is meant',
    'void set(int low, int high); void f_inverted(int low, int high) { set(high, low); }',
    [],
  ],
  [
    'a statement that stands as if it belonged to a condition',
    'int f(int n) {\n  if (n > 3)\n    n--;\n    return 1;\n  return n;\n}',
    ['misleading-indentation'],
  ],
  ['two statements on one line', 'int f(int n) {\n  if (n > 3) n--;\n  return n;\n}', []],
  [
    'a lock that a way out keeps',
    `${LOCKS}int f(int n) { pthread_mutex_lock(&a); if (n > 3) return -1; pthread_mutex_unlock(&a); return 0; }`,
    ['lock-kept'],
  ],
  [
    'a lock that is released on each way out',
    `${LOCKS}int f(int n) { pthread_mutex_lock(&a); if (n > 3) { pthread_mutex_unlock(&a); return -1; }
     pthread_mutex_unlock(&a); return 0; }`,
    [],
  ],
  [
    'a lock that another function releases',
    `${LOCKS}int f(int n) { pthread_mutex_lock(&a); if (n > 3) return -1; pthread_mutex_unlock(&a); return 0; }
     void g(void) { pthread_mutex_unlock(&a); }`,
    [],
  ],
  [
    'an object that is handed over locked',
    `struct s { pthread_mutex_t m; int n; };
     struct s *f(struct s *s) { pthread_mutex_lock(&s->m); if (s->n > 3) return s; pthread_mutex_unlock(&s->m); return 0; }`,
    [],
  ],
  [
    'a step that may be 0',
    'void f(int d) { unsigned char b[64]; unsigned i = 0; if (read(d, b, 64) != 64) return; while (i < 64) { unsigned n = b[i]; i += n; } }',
    ['endless-loop', 'possible out-of-bounds-read'],
  ],
  [
    'a step that may be 0, as long as there is room for a structure',
    'struct h { char k, n; }; void f(int d) { static unsigned char b[64]; if (read(d, b, 64) != 64) return; const unsigned char *p = b, *e = b + 64; while (e - p >= (int)sizeof(struct h)) { unsigned char n = p[1]; if (n > e - p) return; p += n; } }',
    ['endless-loop', 'possible out-of-bounds-read'],
  ],
  [
    'a step that may be 0, and a counter',
    'void f(int d) { unsigned char b[64]; unsigned i = 0, c = 0; if (read(d, b, 64) != 64) return; while (i < 64) { if (c++ > 9) break; i += b[i]; } }',
    ['possible out-of-bounds-read'],
  ],
  [
    'a step of what is read anew',
    'void f(int d) { unsigned char b[64]; int i = 0; while (i < 64) { int n = read(d, b + i, 64 - i); if (n < 0) return; i += n; } }',
    ['endless-loop', 'possible out-of-bounds-write', 'possible truncation'],
  ],
  [
    'a text that says how deep',
    'static char t[65536]; static int p(const char *s) { return *s == 40 ? p(s + 1) : 0; } void f(int d) { if (read(d, t, 65536) > 0) p(t); }',
    ['recursion-on-input'],
  ],
  [
    'a text that says how deep, up to a limit',
    'static char t[65536]; static int p(const char *s, int n) { return n < 9 && *s == 40 ? p(s + 1, n + 1) : 0; } void f(int d) { if (read(d, t, 65536) > 0) p(t, 0); }',
    [],
  ],
  [
    'a number that says how deep',
    'static int p(int n) { return n < 1 ? 0 : p(n - 1); } void f(const char *s) { p(atoi(s)); }',
    ['recursion-on-input'],
  ],
  [
    'an assertion on what is looked for in a text from outside',
    'void f(FILE *s) { char t[64]; if (!fgets(t, 64, s)) return; char *p = strchr(t, 58); assert(p != NULL); }',
    ['assertion-on-input'],
  ],
  [
    'two locks of one structure',
    `struct s { pthread_mutex_t one, two; };
     void f(struct s *s) { pthread_mutex_lock(&s->one); pthread_mutex_lock(&s->two); }`,
    [],
  ],
  [
    'one lock of a structure twice',
    `struct s { pthread_mutex_t one, two; };
     void f(struct s *s) { pthread_mutex_lock(&s->two); pthread_mutex_lock(&s->two); }`,
    ['double-lock'],
  ],
  [
    'a number of a union as a pointer',
    'union u { long n; char *p; }; char f(void) { union u u; u.n = 7; return u.p[0]; }',
    ['type-confusion'],
  ],
  [
    'a pointer of a union',
    'union u { long n; char *p; }; char f(char *p) { union u u; u.p = p; return u.p[0]; }',
    [],
  ],
  [
    'a number of a union that is null as a pointer',
    'union u { long n; char *p; }; char *f(void) { union u u; u.n = 0; return u.p; }',
    [],
  ],
  [
    'a handler that prints',
    'static void h(int n) { printf("%d", n); } void f(void) { signal(2, h); }',
    ['unsafe-in-handler'],
  ],
  [
    'a handler that sets a flag',
    'static volatile int stop; static void h(int n) { stop = n; } void f(void) { signal(2, h); }',
    [],
  ],
  [
    'two threads that count',
    'static int n; static void *run(void *p) { n++; return p; } void f(void) { pthread_t a, b; pthread_create(&a, NULL, run, NULL); pthread_create(&b, NULL, run, NULL); }',
    ['data-race'],
  ],
  [
    'one thread that counts',
    'static int n; static void *run(void *p) { n++; return p; } void f(void) { pthread_t a; pthread_create(&a, NULL, run, NULL); }',
    [],
  ],
  [
    'two threads that count one after the other',
    'static int n; static void keep(void) { mutex_lock(); } static void *run(void *p) { keep(); n++; return p; } void f(void) { pthread_t a[2]; for (int i = 0; i < 2; i++) pthread_create(&a[i], NULL, run, NULL); }',
    [],
  ],
  [
    'a block as large as four bytes say',
    'void f(FILE *f) { unsigned char b[4]; if (fread(b, 1, 4, f) != 4) return; unsigned n = (unsigned)b[0] << 24 | (unsigned)b[1] << 16 | (unsigned)b[2] << 8 | b[3]; free(malloc(n)); }',
    ['unlimited-allocation'],
  ],
  [
    'a block as large as four bytes say that were tested',
    'void f(FILE *f) { unsigned char b[4]; if (fread(b, 1, 4, f) != 4) return; unsigned n = (unsigned)b[0] << 24 | (unsigned)b[1] << 16 | (unsigned)b[2] << 8 | b[3]; if (n > 4096) return; free(malloc(n)); }',
    [],
  ],
  [
    'a block for as many rows and columns as somebody says',
    'void f(FILE *f) { unsigned w, h; if (fread(&w, 4, 1, f) != 1 || fread(&h, 4, 1, f) != 1) return; free(malloc((size_t)w * h)); }',
    ['unlimited-allocation'],
  ],
  [
    'a block for rows and columns that were tested',
    'void f(FILE *f) { unsigned w, h; if (fread(&w, 4, 1, f) != 1 || fread(&h, 4, 1, f) != 1) return; size_t n = (size_t)w * h; if (w > 4096 || h > 4096) return; free(malloc(n)); }',
    [],
  ],
  [
    'a block for rows and columns whose product was tested',
    'void f(FILE *f) { unsigned w, h; if (fread(&w, 4, 1, f) != 1 || fread(&h, 4, 1, f) != 1) return; if ((size_t)w * h > 4096) return; free(malloc((size_t)w * h)); }',
    [],
  ],
  [
    'a block as large as somebody says',
    'void f(char *s) { size_t n = strtoul(s, NULL, 10); free(malloc(n)); }',
    ['unlimited-allocation'],
  ],
  [
    'an address from outside',
    'int f(void) { unsigned long a; if (scanf("%lx", &a) != 1) return 0; return *(int *)a; }',
    ['pointer-from-input'],
  ],
  [
    'an address from outside, within limits',
    'int f(void) { unsigned long a; if (scanf("%lx", &a) != 1 || a > 4096) return 0; return *(int *)a; }',
    [],
  ],
  [
    'a number of a text, in front of a test',
    'int f(const char *s) { long n = strtol(s, NULL, 10); if (n < 0) return 1; return (int)(100 / n); }',
    ['division-by-zero'],
  ],
  [
    'more bytes than a text from outside has, behind a search',
    'void f(void) { char l[64], o[64]; if (!fgets(l, 64, stdin)) return; int n = atoi(l); char *t = strchr(l, 32); if (!t || n < 0) return; memcpy(o, t + 1, (size_t)n); }',
    ['out-of-bounds-write', 'possible out-of-bounds-read'],
  ],
  [
    'half as many bytes as an argument has',
    'int f(void) { char a[8]; unsigned i, n; if (scanf("%u", &n) != 1) return 0; for (i = 0; i < n / 2; i++) a[i] = 1; return 0; }',
    ['out-of-bounds-write'],
  ],
  [
    'a block as long as a text',
    'void f(void) { char *s = getenv("A"); if (s) free(malloc(strlen(s) + 1)); }',
    [],
  ],
  [
    'a string that fills its member',
    'struct s { char a[4]; char b[4]; }; void f(void) { struct s s; memset(&s, 0, 8); strncpy(s.a, "abcdef", 4); puts(s.a); }',
    ['unterminated-string'],
  ],
  [
    'a structure without fields that are seen',
    'struct s {}; void f(void) { struct s s; memset(&s, 0, 12); }',
    [],
  ],
  ['a conversion without an argument', 'void f(int n) { printf("%d %d", n); }', ['format-mismatch']],
  [
    'a number that is stored behind the end',
    'void f(const char *s) { int n[2]; sscanf(s, "%d", &n[2]); }',
    ['out-of-bounds-write'],
  ],
  [
    'a number of one byte, by a pointer to more',
    'void f(const char *s) { unsigned char m[6]; sscanf(s, "%2hhx", (unsigned *)&m[5]); }',
    [],
  ],
  ['a number as a text', 'void f(int n) { printf("%s", n); }', ['format-mismatch']],
  ['a macro of a header as a text', 'void f(void) { printf("%s", VERSION); }', []],
  ['a conversion of its own word', 'void f(void) { syslog(3, "%m"); }', []],
  ['a format of a macro', '#define P(...) printf(__VA_ARGS__)\nvoid f(int n) { P("%d", n); }', []],
  [
    'a distance of two objects',
    'static char a[4], b[4]; long f(void) { return a - b; }',
    ['unrelated-pointers'],
  ],
  [
    'a distance between an argument of the command line and an array',
    'int main(int c, char **v) { char b[8]; char *e = c > 1 ? strchr(v[1], 61) : 0; if (!e) return 1; return e - b; }',
    ['unrelated-pointers'],
  ],
  ['a distance in one object', 'static char a[4]; long f(void) { char *p = a + 2; return p - a; }', []],
  [
    'a length that is cut',
    'void f(const char *s) { unsigned n = atoi(s); unsigned char m = n; char *p = malloc(m + 1u); if (!p) return; p[n] = 0; free(p); }',
    ['out-of-bounds-write', 'truncation'],
  ],
  [
    'a number from outside on two ways',
    'void f(int c, const char *s) { static int a[8]; int n; if (c) n = atoi(s); else n = atoi(s + 1); for (int i = 0; i < n; i++) a[i] = 0; }',
    ['out-of-bounds-write'],
  ],
  [
    'a text that nothing was written to',
    'void f(void) { char a[8]; strcat(a, "x"); }',
    ['possible out-of-bounds-write', 'uninitialized-read'],
  ],
  [
    'half of a length',
    'char f(const char *s, char *t) { size_t n = strlen(s) / 2; for (size_t i = 0; i < n; i++) t[i] = s[2 * i + 1]; return 0; }',
    [],
  ],
  [
    'behind what is found',
    'void f(const char *t) { char *s = strdup(t); if (!s) return; char *p = strpbrk(s, "@"); if (p) puts(p + 1); free(s); }',
    [],
  ],
  [
    'a string that fits its member',
    'struct s { char a[4]; char b[4]; }; void f(void) { struct s s; memset(&s, 0, 8); strncpy(s.a, "abc", 4); puts(s.a); }',
    [],
  ],
];

describe('events of calls', () => {
  for (const [title, code, expected] of CASES) {
    it(title, async () => {
      const found = (await eventsIn(code)).map((each) => each.replace(/^\d+ /, '').replace(/^proved /, ''));
      assert.deepEqual(found.sort(), [...expected].sort(), code);
    });
  }

  it('are found where functions call each other in a long chain, too', async () => {
    const last = 1_500;
    const calls = Array.from({ length: last }, (_, at) => `void f${at}(void) { f${at + 1}(); v++; }`);
    const code = `static pthread_mutex_t l; static int v;\n${calls.join('\n')}\nvoid f${last}(void) { pthread_mutex_lock(&l); v++; pthread_mutex_unlock(&l); }`;
    assert.deepEqual(await eventsIn(code), []);
  });
});
