import assert from 'node:assert/strict';

import { eventsIn } from '../../support/facts.ts';

/** What goes wrong in a line of code by what comes from outside, or by how its loops are written; an empty list where nothing does. */
const CASES: readonly [title: string, code: string, events: readonly string[]][] = [
  // Loops that do not end.
  [
    'a sum of tenths that passes by',
    'void f(void) { for (float x = 0; x != 1.0f; x += 0.1f) printf("%f", x); }',
    ['endless-loop'],
  ],
  ['a sum of quarters', 'void f(void) { for (float x = 0; x != 1.0f; x += 0.25f) printf("%f", x); }', []],
  [
    'a full stop that never comes',
    "int f(void) { int c = getchar(); while (c != '.') { putchar(c); c = getchar(); } return 0; }",
    ['endless-loop'],
  ],
  [
    'the same that looks for the end',
    "int f(void) { int c = getchar(); while (c != '.' && c != EOF) { putchar(c); c = getchar(); } return 0; }",
    [],
  ],
  [
    'the end of a line that somebody types',
    "int f(void) { int c; while ((c = getchar()) != '\\n') ; return c; }",
    [],
  ],
  [
    'what is no number is refused for ever',
    'int f(void) { int n; while (scanf("%d", &n) != 1) puts("again"); return n > 1; }',
    ['endless-loop'],
  ],
  [
    'what is no number is read away',
    'int f(void) { int n, c; while (scanf("%d", &n) != 1) { do c = getchar(); while (c != \'\\n\' && c != EOF); if (c == EOF) return 0; } return n > 1; }',
    [],
  ],
  [
    'a line that is not there',
    'int f(void) { char l[80] = ""; for (;;) { fgets(l, sizeof l, stdin); if (l[0] == \'q\') break; } return 0; }',
    ['endless-loop'],
  ],
  [
    'a search whose lower bound stays',
    'int f(const int *a, int n, int k) { int lo = 0, hi = n - 1; while (lo <= hi) { int m = lo + (hi - lo) / 2; if (a[m] == k) return m; if (a[m] < k) lo = m; else hi = m - 1; } return -1; }',
    ['endless-loop'],
  ],
  [
    'a search whose bounds move',
    'int f(const int *a, int n, int k) { int lo = 0, hi = n - 1; while (lo <= hi) { int m = lo + (hi - lo) / 2; if (a[m] == k) return m; if (a[m] < k) lo = m + 1; else hi = m - 1; } return -1; }',
    [],
  ],
  [
    'a search for the first place',
    'int f(const int *a, int n, int k) { int lo = 0, hi = n; while (lo < hi) { int m = (lo + hi) / 2; if (a[m] < k) lo = m + 1; else hi = m; } return lo; }',
    [],
  ],
  [
    'a node that is passed over without a step',
    'struct n { struct n *next; int v; }; int f(struct n *n) { int k = 0; while (n) { if (n->v < 0) continue; k++; n = n->next; } return k; }',
    ['endless-loop'],
  ],
  [
    'a counter that goes away from its end',
    'void f(int n) { for (int i = n; i > 0; i++) printf("%d", i); }',
    ['endless-loop'],
  ],
  [
    'another counter moves',
    'void f(int n) { int i = 0, j = 0; while (i < n) { printf("%d", j); j++; } }',
    ['endless-loop'],
  ],
  [
    'a function that ends the program',
    'void f(int n) { int i = 0, j = 0; while (i < n) { if (j > 4) exit(1); j++; } }',
    [],
  ],
  [
    'a step of two over an odd number',
    'void f(void) { for (int i = 0; i != 101; i += 2) printf("%d", i); }',
    ['endless-loop'],
  ],
  [
    'a step of two to an even number',
    'void f(void) { for (int i = 0; i != 100; i += 2) printf("%d", i); }',
    [],
  ],
  [
    'at the end 0 is read',
    'int f(int fd, char *b, size_t n) { size_t got = 0; while (got < n) { ssize_t r = read(fd, b + got, n - got); if (r < 0) return -1; got += (size_t)r; } return 0; }',
    ['endless-loop'],
  ],
  [
    'at the end it is left',
    'int f(int fd, char *b, size_t n) { size_t got = 0; while (got < n) { ssize_t r = read(fd, b + got, n - got); if (r <= 0) return -1; got += (size_t)r; } return 0; }',
    [],
  ],
  [
    'random numbers, which have no end',
    'int f(char *b, size_t n) { int fd = open("/dev/urandom", 0); while (n > 0) { ssize_t r = read(fd, b, n); if (r < 0) return -1; b += r; n -= (size_t)r; } return 0; }',
    [],
  ],
  [
    'a table without a free place',
    'static int used[16]; void f(unsigned k) { unsigned i = k % 16; while (used[i]) i = (i + 1) % 16; used[i] = 1; }',
    ['endless-loop'],
  ],
  [
    'a table that somebody else keeps, and counts what is in it',
    'struct s { const char *key; }; struct t { struct s *slots; unsigned mask, used; }; static void place(struct s *slots, unsigned mask, const char *key) { unsigned i = key[0] & mask; while (slots[i].key != NULL) i = (i + 1) & mask; slots[i].key = key; } int insert(struct t *t, const char *key) { if (t->used * 4 > t->mask * 3) return -1; place(t->slots, t->mask, key); t->used++; return 0; }',
    [],
  ],
  [
    'a table whose places are counted in another function',
    'static int used[16], count; static unsigned place(unsigned k) { unsigned i = k % 16; while (used[i]) i = (i + 1) % 16; return i; } int f(unsigned k) { if (count == 16) return -1; count++; used[place(k)] = 1; return 0; }',
    [],
  ],
  [
    'a step of two over a number that callers give',
    'void f(char *p, size_t n) { while (n != 0) { char t = p[0]; p[0] = p[1]; p[1] = t; p += 2; n -= 2; } }',
    [],
  ],
  [
    'a step of two over a number that was set since',
    'void f(int m) { int n = 3; n = m * 2; while (n != 0) { putchar(n); n -= 2; } }',
    [],
  ],
  [
    'a step of three that comes round',
    'void f(void) { unsigned char n = 0; while (n != 100) { putchar(n); n += 3; } }',
    [],
  ],
  [
    'halves that are next to each other',
    'int f(const int *a, int n, int x) { int lo = 0, hi = n; while (lo < hi) { int mid = lo + (hi - lo) / 2; if (mid == lo) break; if (a[mid] <= x) lo = mid; else hi = mid; } return lo; }',
    [],
  ],
  [
    'a register that is waited for',
    'struct uart { unsigned SR, DR; }; void f(struct uart *uart, const char *p, size_t n) { while (n > 0) { if (!(uart->SR & 128)) continue; uart->DR = *p++; n--; } }',
    [],
  ],
  [
    'a node that another task works on',
    'struct n { struct n *next; volatile int busy; }; int f(struct n *n) { int k = 0; while (n) { if (n->busy) continue; k++; n = n->next; } return k; }',
    [],
  ],
  [
    'a clock that assembler reads',
    'unsigned f(void) { unsigned a, b; do { __asm__ volatile ("rd %0" : "=r" (a)); __asm__ volatile ("rd %0" : "=r" (b)); } while (a != b); return a; }',
    [],
  ],
  // Recursion.
  [
    'brackets in brackets, read one by one',
    "static void f(void) { int c; while ((c = getchar()) != EOF && c != '}') if (c == '{') f(); } int main(void) { f(); return 0; }",
    ['recursion-on-input'],
  ],
  [
    'brackets in brackets, counted',
    "static void f(int depth) { int c; if (depth > 8) exit(1); while ((c = getchar()) != EOF && c != '}') if (c == '{') f(depth + 1); } int main(void) { f(0); return 0; }",
    [],
  ],
  [
    'an answer that is asked for again',
    'static int ask(void) { char l[20]; int v; if (!fgets(l, sizeof l, stdin)) return -1; if (sscanf(l, "%5d", &v) != 1) return ask(); return v; } int main(void) { return ask() > 0; }',
    ['recursion-on-input'],
  ],
  [
    'a table whose entries may lead in a ring',
    'static int up[9]; static int f(int i) { if (i == 0) return 0; return 1 + f(up[i]); } int main(void) { int a, b; while (scanf("%2d %2d", &a, &b) == 2) if (a > 0 && a < 9 && b >= 0 && b < 9) up[a] = b; return f(1) > 2; }',
    ['recursion-on-input'],
  ],
  [
    'a table that is asked whether it leads to itself',
    'static int up[9]; static int f(int i) { return up[i] == i ? i : f(up[i]); } int main(void) { int a, b; while (scanf("%2d %2d", &a, &b) == 2) if (a > 0 && a < 9 && b >= 0 && b < 9) up[a] = b; return f(1) > 2; }',
    [],
  ],
  // Memory.
  [
    'a list of all lines',
    'struct n { struct n *next; char t[100]; }; int main(void) { struct n *h = NULL, *x; char l[100]; while (fgets(l, sizeof l, stdin)) { x = malloc(sizeof *x); if (!x) break; strcpy(x->t, l); x->next = h; h = x; } while (h) { x = h->next; free(h); h = x; } return 0; }',
    ['unlimited-allocation'],
  ],
  [
    'a list of some lines',
    'struct n { struct n *next; char t[100]; }; int main(void) { struct n *h = NULL, *x; char l[100]; int k = 0; while (k < 100 && fgets(l, sizeof l, stdin)) { x = malloc(sizeof *x); if (!x) break; k++; strcpy(x->t, l); x->next = h; h = x; } while (h) { x = h->next; free(h); h = x; } return 0; }',
    [],
  ],
  [
    'a text that grows with all that comes',
    'int main(void) { size_t cap = 16, n = 0; int c; char *b = malloc(cap), *q; if (!b) return 1; while ((c = getchar()) != EOF) { if (n == cap) { q = realloc(b, cap * 2); if (!q) { free(b); return 1; } b = q; cap *= 2; } b[n++] = (char)c; } free(b); return 0; }',
    ['unlimited-allocation'],
  ],
  [
    'a text that may become so long',
    'int main(void) { size_t cap = 16, n = 0; int c; char *b = malloc(cap), *q; if (!b) return 1; while ((c = getchar()) != EOF) { if (n == cap) { if (cap >= 4096) { free(b); return 1; } q = realloc(b, cap * 2); if (!q) { free(b); return 1; } b = q; cap *= 2; } b[n++] = (char)c; } free(b); return 0; }',
    [],
  ],
  // Threads.
  [
    'a lock for each of two threads',
    'static pthread_mutex_t a, b; static int stock; static void *in(void *p) { pthread_mutex_lock(&a); stock += 2; pthread_mutex_unlock(&a); return p; } static void *out(void *p) { pthread_mutex_lock(&b); if (stock > 0) stock--; pthread_mutex_unlock(&b); return p; } int main(void) { pthread_t s, t; pthread_create(&s, 0, in, 0); pthread_create(&t, 0, out, 0); pthread_join(s, 0); pthread_join(t, 0); return 0; }',
    ['data-race'],
  ],
  [
    'one lock for two threads',
    'static pthread_mutex_t a; static int stock; static void *in(void *p) { pthread_mutex_lock(&a); stock += 2; pthread_mutex_unlock(&a); return p; } static void *out(void *p) { pthread_mutex_lock(&a); if (stock > 0) stock--; pthread_mutex_unlock(&a); return p; } int main(void) { pthread_t s, t; pthread_create(&s, 0, in, 0); pthread_create(&t, 0, out, 0); pthread_join(s, 0); pthread_join(t, 0); return 0; }',
    [],
  ],
  [
    'what was asked before the lock was taken again',
    'struct acct { pthread_mutex_t mu; long cents; }; static struct acct acct; static long balance(struct acct *a) { pthread_mutex_lock(&a->mu); long v = a->cents; pthread_mutex_unlock(&a->mu); return v; } static int take(struct acct *a, long n) { if (balance(a) < n) return -1; pthread_mutex_lock(&a->mu); a->cents -= n; pthread_mutex_unlock(&a->mu); return 0; } static void *run(void *p) { while (take(&acct, 7) == 0) ; return p; } int main(void) { pthread_t s, t; pthread_create(&s, 0, run, 0); pthread_create(&t, 0, run, 0); pthread_join(s, 0); pthread_join(t, 0); return 0; }',
    ['data-race'],
  ],
  [
    'what is asked again with the lock',
    'struct acct { pthread_mutex_t mu; long cents; }; static struct acct acct; static int take(struct acct *a, long n) { int rc = -1; pthread_mutex_lock(&a->mu); if (a->cents >= n) { a->cents -= n; rc = 0; } pthread_mutex_unlock(&a->mu); return rc; } static void *run(void *p) { while (take(&acct, 7) == 0) ; return p; } int main(void) { pthread_t s, t; pthread_create(&s, 0, run, 0); pthread_create(&t, 0, run, 0); pthread_join(s, 0); pthread_join(t, 0); return 0; }',
    [],
  ],
  [
    'a table that is made when it is first asked for',
    'static int *table; static int *get(void) { if (table == NULL) { int *t = calloc(4, 4); if (!t) return NULL; table = t; } return table; } static void *run(void *p) { (void)get(); return p; } int main(void) { pthread_t t[2]; for (int i = 0; i < 2; i++) pthread_create(&t[i], 0, run, 0); for (int i = 0; i < 2; i++) pthread_join(t[i], 0); return 0; }',
    ['data-race'],
  ],
  // Assertions.
  [
    'a file that has to be there',
    'int f(const char *n) { FILE *s = fopen(n, "r"); assert(s != NULL); int c = fgetc(s); fclose(s); return c; }',
    ['assertion-on-input'],
  ],
  [
    'a file that was asked for before',
    'int f(const char *n) { FILE *s = fopen(n, "r"); if (!s) return -1; assert(s != NULL); int c = fgetc(s); fclose(s); return c; }',
    [],
  ],
  [
    'bytes that were read, as many as were wanted',
    'int f(int fd) { char b[8]; if (read(fd, b, 2) != 2) return -1; assert(memcmp(b, "2\\n", 2) == 0); return b[0]; }',
    [],
  ],
  [
    'an entry for a word that was read',
    'struct e { const char *n; int v; }; static const struct e tab[] = {{"a", 1}}; static const struct e *find(const char *n) { for (int i = 0; i < 1; i++) if (!strcmp(tab[i].n, n)) return &tab[i]; return NULL; } int f(void) { char w[20]; if (scanf("%19s", w) != 1) return 1; const struct e *x = find(w); assert(x != NULL); return x->v; }',
    ['assertion-on-input'],
  ],
  [
    'a stack that each word makes higher',
    'static int all[8], top; static void push(int v) { assert(top < 8); all[top++] = v; } int f(void) { char w[20]; while (scanf("%19s", w) == 1) push(w[0]); return all[0]; }',
    ['assertion-on-input'],
  ],
  [
    'a stack that is asked whether it is full',
    'static int all[8], top; static void push(int v) { assert(top < 8); all[top++] = v; } int f(void) { char w[20]; while (scanf("%19s", w) == 1) { if (top >= 8) return 1; push(w[0]); } return all[0]; }',
    [],
  ],
];

/** Loops of C++ that end, since something else changes what they ask for. */
const OF_CPP: readonly [title: string, code: string][] = [
  [
    'a counter that a function is given by reference',
    'static bool more(int &i) { i++; return i % 3 == 0; } int f(int n) { int i = 0, k = 0; while (i < n) { if (more(i)) k++; } return k; }',
  ],
  ['a counter with a second name', 'int f(int n) { int i = 0; int &r = i; while (i < n) r += 2; return r; }'],
  [
    'a counter that a function within takes with it',
    'static void put(int); int f(int n) { int i = 0, k = 0; auto step = [&] { i++; }; while (i < n) { step(); k++; } return k; }',
  ],
];

describe('what input does to loops, stacks and memory', () => {
  for (const [title, code, events] of CASES)
    it(title, async () => {
      const found = await eventsIn(`${HEADERS}${code}`);
      const asked = found.map((each) => each.split(' ').at(-1)).filter((each) => KINDS.has(each ?? ''));
      assert.deepEqual([...new Set(asked)], events);
    });

  for (const [title, code] of OF_CPP)
    it(`in C++ ${title}`, async () => {
      assert.deepEqual(
        (await eventsIn(code, 'cpp')).filter((each) => each.endsWith('endless-loop')),
        [],
      );
    });
});

const HEADERS =
  '#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n#include <unistd.h>\n#include <pthread.h>\n#include <assert.h>\n';
const KINDS: ReadonlySet<string> = new Set([
  'endless-loop',
  'recursion-on-input',
  'unlimited-allocation',
  'data-race',
  'assertion-on-input',
]);
