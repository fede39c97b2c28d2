import assert from 'node:assert/strict';

import { eventsIn } from '../../support/facts.ts';

/** What goes wrong, by name, in code with the usual headers; `possible` stands before what is not proved. */
const CASES: readonly [title: string, code: string, events: readonly string[]][] = [
  // Bounds
  [
    'one element too far',
    'void f(void) { int a[4]; for (int i = 0; i <= 4; i++) a[i] = 0; }',
    ['out-of-bounds-write'],
  ],
  ['all elements', 'void f(void) { int a[4]; for (int i = 0; i < 4; i++) a[i] = 0; }', []],
  [
    'an index that nobody checked',
    'int f(int i) { static int a[4]; return a[i]; }',
    ['possible out-of-bounds-read'],
  ],
  [
    'an index checked for one too many',
    'int f(int i) { static int a[4]; if (i <= 4) return a[i]; return 0; }',
    ['out-of-bounds-read'],
  ],
  [
    'as many elements as somebody says',
    'int f(void) { char a[8]; unsigned i, n; if (scanf("%u", &n) != 1) return 0; for (i = 0; i < n; i++) a[i] = 1; return 0; }',
    ['out-of-bounds-write'],
  ],
  [
    'an index from outside',
    'int f(const char *s) { static int a[4]; int i = atoi(s); if (i < 4) return a[i]; return 0; }',
    ['out-of-bounds-read'],
  ],
  [
    'a length put together of two bytes, checked',
    'static unsigned char in[256], out[256]; int main(void) { size_t n = fread(in, 1, sizeof in, stdin); if (n < 6) return 1; size_t all = (size_t)(in[0] << 8 | in[1]); if (all > n || all < 6) return 1; memcpy(out, in + 6, all - 6); return 0; }',
    [],
  ],
  [
    'a length put together of two bytes, not checked against what is taken off',
    'static unsigned char in[256], out[256]; int main(void) { size_t n = fread(in, 1, sizeof in, stdin); if (n < 6) return 1; size_t all = (size_t)(in[0] << 8 | in[1]); if (all > n) return 1; memcpy(out, in + 6, all - 6); return 0; }',
    ['out-of-bounds-read', 'out-of-bounds-write', 'unsigned-wrap'],
  ],
  [
    'an index from outside, checked',
    'int f(const char *s) { static int a[4]; int i = atoi(s); if (i >= 0 && i < 4) return a[i]; return 0; }',
    [],
  ],
  [
    'through a helper',
    'static void set(int *a, int i) { a[i] = 1; } void f(void) { int a[4]; set(a, 4); }',
    ['out-of-bounds-write'],
  ],
  [
    'through a macro',
    '#define SET(a, i) ((a)[i] = 1)\nvoid f(void) { int a[4]; SET(a, 4); }',
    ['out-of-bounds-write'],
  ],
  [
    'through a field',
    'struct s { char n[4]; int x; }; void f(struct s *s) { s->n[4] = 0; }',
    ['out-of-bounds-write'],
  ],
  [
    'behind a switch',
    'int f(int k) { static int a[4]; int i; switch (k) { case 0: i = 1; break; default: i = 4; } return a[i]; }',
    ['out-of-bounds-read'],
  ],
  [
    'a block of n and n + 1 elements',
    'void f(unsigned n) { char *p = malloc(n); if (!p) return; for (unsigned i = 0; i <= n; i++) p[i] = 0; free(p); }',
    ['out-of-bounds-write'],
  ],
  [
    'a block of n and n elements',
    'void f(unsigned n) { char *p = malloc(n); if (!p) return; for (unsigned i = 0; i < n; i++) p[i] = 0; free(p); }',
    [],
  ],
  [
    'a string of unknown length',
    'void f(const char *s) { char b[8]; strcpy(b, s); }',
    ['possible out-of-bounds-write'],
  ],
  [
    'a string cut to fit',
    'void f(const char *s) { char b[8]; strncpy(b, s, sizeof b - 1); b[7] = 0; puts(b); }',
    [],
  ],
  [
    'a number too long for its text',
    'void f(void) { char b[4]; sprintf(b, "%s", "abcd"); }',
    ['out-of-bounds-write'],
  ],
  [
    'a size clamped',
    'void f(const char *s, size_t n) { char b[8]; if (n > sizeof b) n = sizeof b; memcpy(b, s, n); }',
    [],
  ],

  [
    'in steps that leave out the end',
    'void f(void) { char a[64]; for (int i = 0; i < 64; i += 3) { a[i] = 0; if (i + 1 < 64) a[i + 1] = 0; if (i + 2 < 64) a[i + 2] = 0; } }',
    [],
  ],
  [
    'the last row of an array of arrays',
    'void f(void) { int m[3][4]; m[3][0] = 1; }',
    ['out-of-bounds-write'],
  ],
  [
    'up to the zero byte of a text from outside',
    'int main(int argc, char **argv) { int n = 0; for (const char *s = argv[1]; *s; s++) n++; return n; }',
    [],
  ],
  [
    'a negative index',
    'static int find(int k) { if (k > 3) return k; return -1; } void f(int k) { int a[4]; if (k < 3) a[find(k)] = 0; }',
    ['out-of-bounds-write'],
  ],
  [
    'an array in a structure, whose length a header gives',
    'struct s { char a[8]; char b[LENGTH]; }; char f(void) { struct s s; memset(&s, 0, sizeof s); return s.b[1]; }',
    [],
  ],

  // Null
  ['tested and then followed', 'int f(int *p) { if (!p) puts("null"); return *p; }', ['null-dereference']],
  ['tested and left', 'int f(int *p) { if (!p) return 0; return *p; }', []],
  [
    'an allocation that nobody checked',
    'void f(void) { int *p = malloc(4); *p = 1; free(p); }',
    ['unchecked-allocation'],
  ],
  [
    'a file that nobody checked',
    'void f(void) { FILE *f = fopen("a", "r"); fclose(f); }',
    ['unchecked-result'],
  ],
  [
    'set on one path, tested by a flag',
    'int f(int k) { int *p = 0; int v, ok = 0; if (k) { p = &v; v = 1; ok = 1; } if (ok) return *p; return 0; }',
    [],
  ],

  ['counted on by a macro of a header', 'int f(int *p) { CHECK(p != NULL); return *p; }', []],
  [
    'counted on by a macro in a macro',
    '#define CHECK(c) CHECK_IN_HEADER(c)\nint f(int *p) { CHECK(p != NULL); return *p; }',
    [],
  ],
  ['set by a macro of a header', 'int f(void) { int *p = NULL; FIND(table, p); return *p; }', []],
  [
    'set and used where code that is not seen says so',
    'int f(void) { int *p = NULL; if (first()) p = make(); if (second()) return *p; return 0; }',
    ['possible null-dereference'],
  ],

  // Memory
  [
    'used after it was freed',
    'void f(void) { char *p = malloc(4); if (!p) return; free(p); p[0] = 1; }',
    ['use-after-free'],
  ],
  [
    'freed in a helper',
    'static void drop(char *p) { free(p); } void f(void) { char *p = malloc(4); if (!p) return; drop(p); p[0] = 1; }',
    ['use-after-free'],
  ],
  [
    'freed on the path that leaves',
    'void f(int c) { char *p = malloc(4); if (!p) return; if (c) { free(p); return; } p[0] = 1; free(p); }',
    [],
  ],
  ['freed twice', 'void f(int c) { char *p = malloc(4); if (c) free(p); free(p); }', ['double-free']],
  ['freed and set to null', 'void f(void) { char *p = malloc(4); free(p); p = NULL; free(p); }', []],
  ['a variable freed', 'void f(void) { char b[4]; char *p = b; free(p); }', ['invalid-free']],
  ['lost', 'void f(void) { char *p = malloc(4); if (p) p[0] = 1; }', ['leak']],
  [
    'lost in the next round',
    'int f(int n) { for (int i = 0; i < n; i++) { char *p = malloc(4); if (!p) return -1; p[0] = 1; if (getchar() == 10) continue; free(p); } return 0; }',
    ['leak'],
  ],
  [
    'put onto a stack by a function that may fail, and taken off',
    'struct n { struct n *next; }; static struct n *push(struct n *h) { struct n *n = malloc(8); if (!n) return h; n->next = h; return n; } static struct n *pop(struct n *h) { struct n *next; if (!h) return 0; next = h->next; free(h); return next; } int main(void) { struct n *s = 0; for (int i = 0; i < 4; i++) s = push(s); if (!s) return 1; s = pop(s); while (s) s = pop(s); return 0; }',
    ['possible leak'],
  ],
  [
    'put into a list round by round',
    'struct n { struct n *next; }; int f(void) { struct n *head = 0; while (getchar() == 1) { struct n *it = malloc(8); if (!it) break; it->next = head; head = it; } while (head) { struct n *next = head->next; free(head); head = next; } return 0; }',
    ['possible use-after-free', 'unlimited-allocation'],
  ],
  [
    'nothing where the allocation failed',
    'int f(void) { int s = 0; for (int i = 0; i < 4; i++) { int *p = malloc(4); if (!p) return -1; *p = i; s += *p; free(p); } return s; }',
    [],
  ],
  [
    'only its first block freed',
    'struct n { struct n *next; }; void f(void) { struct n *a = malloc(8), *b = malloc(8); if (!a || !b) { free(a); free(b); return; } a->next = b; b->next = 0; free(a); }',
    ['leak'],
  ],
  [
    'closed twice',
    'void f(void) { FILE *f = fopen("a", "r"); if (f) { fclose(f); fclose(f); } }',
    ['double-close'],
  ],
  [
    'read after it was closed',
    'int f(void) { FILE *f = fopen("a", "r"); if (!f) return 0; fclose(f); return fgetc(f); }',
    ['use-after-close'],
  ],
  [
    'a descriptor that is lost where reading fails',
    'int f(void) { char c; int fd = open("a", O_RDONLY); if (fd < 0) return -1; if (read(fd, &c, 1) != 1) return -1; close(fd); return c; }',
    ['resource-leak'],
  ],
  [
    'a descriptor closed on each way, by a macro, in a field, where opening failed too',
    '#define DONE(fd) do { if ((fd) >= 0) close(fd); } while (0)\nstruct s { int fd; }; int f(struct s *s) { char c = 0; s->fd = -1; s->fd = open("a", O_RDONLY); if (s->fd == -1) goto out; if (read(s->fd, &c, 1) != 1) c = 0; out: DONE(s->fd); return c; }',
    [],
  ],
  [
    'a descriptor that is open on one way only',
    'int f(int k) { int fd = -1; char c = 0; if (k) fd = open("a", O_RDONLY); if (fd >= 0) { read(fd, &c, 1); close(fd); } return c; }',
    [],
  ],
  [
    'descriptors handed on, returned, kept, made a stream',
    'void g(int); int f(void) { g(open("a", O_RDONLY)); return socket(1, 2, 0); } static int k; void h(void) { k = open("b", O_RDONLY); } void i(void) { int fd = open("c", O_RDONLY); if (fd < 0) return; FILE *s = fdopen(fd, "r"); if (s) fclose(s); else close(fd); }',
    [],
  ],
  [
    'a descriptor compared with what a header calls failure',
    'int f(void) { int s = socket(1, 2, 0); if (s == NO_SOCKET) return -1; return s; }',
    [],
  ],
  [
    'a descriptor and a block in variables of unknown types',
    'int f(void) { sock_t s = socket(1, 2, 0); if (s == -1) return -1; block_t p = malloc(4); return use(s, p); }',
    [],
  ],
  [
    'a descriptor and a block given to macros of a header',
    'void f(void) { int s = socket(1, 2, 0); char *p = malloc(4); if (s != -1) CLOSE(s); if (p) FREE(p); }',
    [],
  ],
  [
    'descriptors opened in a loop and put into an array',
    'void f(int *to, int n) { for (int i = 0; i < n; i++) { int fd = open("a", O_RDONLY); if (fd < 0) break; to[i] = fd; } }',
    [],
  ],
  [
    'a descriptor closed twice, behind a jump',
    'int f(void) { int fd = open("a", O_RDONLY); char c; if (fd < 0) return -1; if (read(fd, &c, 1) != 1) { close(fd); goto out; } c = 0; out: close(fd); return c; }',
    ['double-close'],
  ],
  [
    'a descriptor written to after a helper closed it',
    'static void done(int *fd) { close(*fd); } void f(void) { int fd = socket(1, 2, 0); if (fd < 0) return; done(&fd); write(fd, "a", 1); }',
    ['use-after-close'],
  ],
  [
    'a descriptor opened anew',
    'void f(void) { int fd = open("a", O_RDONLY); if (fd < 0) return; close(fd); fd = open("b", O_RDONLY); if (fd < 0) return; write(fd, "a", 1); close(fd); }',
    [],
  ],
  [
    'a variable of a block that has been left',
    'int f(int k) { int *p = &k; if (k) { int x = 1; p = &x; } return *p; }',
    ['use-out-of-scope'],
  ],
  [
    'a text of a block that has been left, given on',
    'static int first(const char *s) { return s[0]; } int f(int k) { const char *p = ""; switch (k) { case 1: { char t[4] = "a"; p = t; break; } } return first(p); }',
    ['use-out-of-scope'],
  ],
  [
    'a literal of a structure in a block that has been left',
    'struct s { int a; }; int f(void) { struct s *p; { p = &(struct s){ 1 }; } return p->a; }',
    ['use-out-of-scope'],
  ],
  [
    'variables of blocks used inside of them, by helpers, in inner blocks, from one round to the next',
    'static int get(int *p) { return *p; } int f(int n) { int sum = 0; for (int i = 0; i < n; i++) { int x = i, *p = &x; if (n > 3) { int *q = p; sum += get(q); } sum += *p; } return sum; }',
    [],
  ],
  [
    'the variable of a loop, and what stands around a block',
    'int f(int n) { int *p = 0, y = 2; for (int i = 0; i < n; i++) { p = &y; } { p = &y; } return p ? *p : 0; }',
    [],
  ],
  [
    'called through null',
    'int f(int k) { int (*g)(void) = NULL; if (k == 77) return 1; return g(); }',
    ['null-dereference'],
  ],
  [
    'called by itself on each way',
    'int f(int n) { if (n) return f(n - 1); return f(n + 1); }',
    ['unbounded-recursion'],
  ],
  [
    'two functions that call each other on each way',
    'static int g(int n); int f(int n) { if (n > 3) n--; return g(n); } static int g(int n) { return f(n + 1); }',
    ['unbounded-recursion', 'unbounded-recursion'],
  ],
  [
    'two functions that call each other but for the end of one',
    'static int g(int n); int f(int n) { return g(n - 1); } static int g(int n) { return n <= 0 ? 0 : f(n); }',
    [],
  ],
  ['called by itself but for the end', 'int f(int n) { return n <= 0 ? 0 : f(n - 1); }', []],
  ['handed on', 'void g(char *); void f(void) { char *p = malloc(4); g(p); }', []],
  ['returned', 'char *f(void) { return malloc(4); }', []],
  [
    'a file left open',
    'int f(void) { FILE *f = fopen("a", "r"); if (!f) return -1; return fgetc(f); }',
    ['resource-leak'],
  ],
  [
    'a variable of a function that is over',
    'static int *g(void) { int x = 1; return &x; } int f(void) { return *g(); }',
    ['use-out-of-scope'],
  ],

  // Values
  ['read before it is written', 'int f(int c) { int x; if (c) x = 1; return x; }', ['uninitialized-read']],
  ['written on all paths', 'int f(int c) { int x; if (c) x = 1; else x = 2; return x; }', []],
  [
    'changed by itself: a variable',
    'volatile int v; void f(void) { char b[4]; while (v == 0) { } b[5] = 1; }',
    ['out-of-bounds-write'],
  ],
  [
    'changed by itself: one of this file',
    'static volatile int v; void f(void) { char b[4]; while (!v) ; b[5] = 1; }',
    ['out-of-bounds-write'],
  ],
  [
    'changed by itself: one of the function',
    'void f(void) { char b[4]; volatile int v = 0; while (v == 0) { } b[5] = 1; }',
    ['out-of-bounds-write'],
  ],
  [
    'changed by itself: behind a pointer',
    'void f(volatile int *v) { char b[4]; while (*v == 0) { } b[5] = 1; }',
    ['out-of-bounds-write'],
  ],
  [
    'changed by itself: a member',
    'struct u { volatile int s; }; void f(struct u *p) { char b[4]; while (!(p->s & 1)) { } b[5] = 1; }',
    ['out-of-bounds-write'],
  ],
  [
    'changed by itself: a register of CMSIS',
    'struct u { int n; __IO int s; }; void f(struct u *p) { char b[4]; while (p->s == 0) { } b[5] = 1; }',
    ['out-of-bounds-write'],
  ],
  [
    'changed by itself: two looks',
    'void f(volatile int *v) { char b[4]; int x = *v; int y = *v; if (x != y) b[5] = 1; }',
    ['out-of-bounds-write'],
  ],
  ['written by assembler', 'int f(void) { int x; __asm__ volatile("mov" : "=r"(x)); return x; }', []],
  [
    'written by a function, cast to a type of a header',
    'void f(void) { char *b; format((LPTSTR)&b, 1); puts(b); }',
    [],
  ],
  [
    'written unless an error of a header is returned',
    'static int get(int c, int *x) { if (c) return ERR_RANGE; *x = 1; return OK; } int f(int c) { int x; if (get(c, &x) != OK) return 0; return x; }',
    [],
  ],
  [
    'read where a function has failed',
    'static int get(int c, int *x) { if (c) return ERR_RANGE; *x = 1; return OK; } int f(int c) { int x; get(c, &x); return x; }',
    ['uninitialized-read'],
  ],
  [
    'a product whose factor is tested once more',
    'void f(unsigned short n, unsigned short w) { if (n == 0 || w <= 6) return; char *e = malloc(n * w); if (!e) return; if (w >= 30) e[29] = 0; free(e); }',
    ['possible out-of-bounds-write'],
  ],
  [
    'the newline of a line',
    'void f(FILE *in) { char l[80]; if (fgets(l, sizeof l, in)) { if (l[strlen(l) - 1] == 10) l[strlen(l) - 1] = 0; } }',
    [],
  ],
  [
    'a line that is written too far',
    'void f(FILE *in) { char l[80]; if (fgets(l, sizeof l, in)) l[strlen(l) + 1] = 0; }',
    ['out-of-bounds-write'],
  ],
  [
    'written by assembler that names it',
    'unsigned f(unsigned x) { unsigned r; __asm("rev16 r, x"); return r; }',
    ['possible uninitialized-read'],
  ],
  [
    'the size of a string in a macro',
    '#define V "2.28.3"\nvoid f(char *s) { memcpy(s, V, sizeof(V)); }\nvoid g(void) { char a[7]; memcpy(a, V, sizeof V); }',
    [],
  ],
  [
    'more than the size of a string in a macro',
    '#define V "2.28.3"\nvoid f(void) { char a[6]; memcpy(a, V, sizeof V); }',
    ['out-of-bounds-write'],
  ],
  [
    'a place that a search with two ends has found',
    'typedef struct { unsigned id; const void *p; int a[4]; } e; static e t[4];\nint r(unsigned l, const void *m) { size_t i; if (l == 0) return 1; if (l > 255) return -1; for (i = 0; i < 4; i++) { if (t[i].id == 0) break; if (t[i].id == l) return -2; } if (i == 4) return -3; t[i].id = l; t[i].p = m; return 0; }',
    [],
  ],
  [
    'given to the macro of a loop',
    'int f(cJSON *a) { cJSON *e; int n = 0; cJSON_ArrayForEach(e, a) { if (named(e)) n++; } return n; }',
    [],
  ],
  [
    'read in the head of a loop',
    'int f(int *a) { int n; while (n < 4) n++; return n; }',
    ['uninitialized-read'],
  ],
  ['divided by what is read', 'int f(const char *s) { return 10 / atoi(s); }', ['division-by-zero']],
  ['divided by what is checked', 'int f(const char *s) { int n = atoi(s); return n == 0 ? 0 : 10 / n; }', []],
  ['too large a number', 'int f(const char *s) { int n = atoi(s); return n * 2; }', ['signed-overflow']],
  [
    'a negative size',
    'void f(const char *s, char *to) { int n = atoi(s); if (n > 4) return; memcpy(to, "abcd", n); }',
    ['negative-size', 'out-of-bounds-read'],
  ],
];

describe('events of values and memory', () => {
  for (const [title, code, expected] of CASES) {
    it(title, async () => {
      const found = (await eventsIn(code)).map((each) => each.replace(/^\d+ /, '').replace(/^proved /, ''));
      assert.deepEqual(found.sort(), [...expected].sort(), code);
    });
  }

  it('are found in any order of functions, and are the same each time', async () => {
    const code = 'void f(void) { g(4); } static void g(int i) { int a[4]; a[i] = 0; }';
    assert.deepEqual(await eventsIn(code), ['1 proved out-of-bounds-write']);
    assert.deepEqual(await eventsIn(code), await eventsIn(code));
  });
});
