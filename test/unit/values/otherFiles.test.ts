import assert from 'node:assert/strict';

import { eventsIn } from '../../support/facts.ts';

type Files = Readonly<Record<string, string>>;

/** Other files of the workspace, and what is proved of code that calls their functions. */
const CASES: readonly (readonly [title: string, files: Files, code: string, events: readonly string[]])[] = [
  [
    'frees',
    { 'mem.c': '#include <stdlib.h>\nvoid give_back(void *p) { free(p); }' },
    'int f(void) { char *p = malloc(4); if (!p) return 0; give_back(p); return p[0]; }',
    ['use-after-free'],
  ],
  [
    'frees, through another file',
    {
      'mem.c': 'void give_back(void *p) { free(p); }',
      'obj.c':
        'struct obj { char *name; }; void obj_end(struct obj *o) { give_back(o->name); give_back(o); }',
    },
    'struct obj { char *name; }; void f(struct obj *o) { obj_end(o); obj_end(o); }',
    ['double-free', 'use-after-free'],
  ],
  [
    'fails with one of several codes, or fills in what it is given',
    {
      'get.c':
        '#include "codes.h"\nstruct info { int size; }; static int fill(struct info *i, const char *n, FILE **f) { char h[4]; *f = fopen(n, "r"); if (*f == NULL) return X_ERROR_NOT_THERE; if (fread(h, 1, 4, *f) != 4) return X_ERROR_DAMAGED; i->size = h[0]; return X_SUCCESS; } int get(struct info *i, const char *n) { FILE *f = NULL; int s = fill(i, n, &f); if (f != NULL) fclose(f); return s; }',
    },
    'struct info { int size; }; int f(const char *n) { struct info i; int s = get(&i, n); if (s != X_SUCCESS) return s; return i.size; }',
    [],
  ],
  [
    'frees only sometimes, as the caller says',
    { 'mem.c': 'void drop(void *p, int now) { if (now) free(p); }' },
    'void f(void) { char *p = malloc(4); if (!p) return; drop(p, 0); p[0] = 1; drop(p, 1); }',
    [],
  ],
  [
    'allocates, and may return null',
    { 'mem.c': 'void *get(size_t n) { return malloc(n); }' },
    'void f(void) { char *p = get(4); p[4] = 0; free(p); }',
    ['out-of-bounds-write', 'unchecked-allocation'],
  ],
  [
    'takes the place of a weak one',
    { 'board.c': 'void *get(size_t n) { return malloc(n); }' },
    '__weak void *get(size_t n) { static char all[8]; return all; } void f(void) { char *p = get(4); p[4] = 0; free(p); }',
    ['out-of-bounds-write', 'unchecked-allocation'],
  ],
  [
    'is weak, beside one that is not',
    {
      'weak.c': 'WEAK void *get(size_t n) { static char all[8]; return all; }',
      'board.c': 'void *get(size_t n) { return malloc(n); }',
    },
    'void *get(size_t n); void f(void) { char *p = get(4); p[4] = 0; free(p); }',
    ['out-of-bounds-write', 'unchecked-allocation'],
  ],
  [
    'is weak',
    { 'weak.c': 'int __attribute__((weak)) get(void) { return -1; }' },
    'int get(void); void f(void) { char a[4]; a[get()] = 0; }',
    [],
  ],
  [
    'allocates, and never returns null',
    {
      'mem.c': 'void *get(size_t n) { void *p = malloc(n); if (p == NULL) fail("memory"); return p; }',
      'fail.c': 'void fail(const char *s) { puts(s); exit(1); }',
    },
    'void f(void) { char *p = get(4); p[0] = 0; free(p); }',
    [],
  ],
  [
    'allocates, and nobody frees it',
    { 'mem.c': 'char *get(void) { char *p = malloc(4); if (p) p[0] = 0; return p; }' },
    'int f(void) { char *p = get(); return p != NULL; }',
    ['leak'],
  ],
  [
    'allocates two blocks, or none',
    {
      'list.c':
        'struct e { char *text; struct e *next; };\nstruct e *make(const char *s) { struct e *e; char *t = strdup(s); if (!t) return NULL; e = malloc(sizeof *e); if (!e) { free(t); return NULL; } e->text = t; e->next = NULL; return e; }',
    },
    'struct e { char *text; struct e *next; }; struct e *f(const char *s) { struct e *e = make(s); if (!e) return NULL; e->next = e; return e; }',
    [],
  ],
  [
    'keeps what it is given',
    { 'list.c': 'static struct e *all;\nvoid add(struct e *e) { e->next = all; all = e; }' },
    'struct e { struct e *next; }; void f(void) { struct e *e = malloc(sizeof *e); if (e) add(e); }',
    [],
  ],
  [
    'does not keep what it is given',
    { 'list.c': 'int look(const char *e) { return e[0]; }' },
    'void f(void) { char *e = malloc(1); if (e) { e[0] = 1; look(e); } }',
    ['leak'],
  ],
  [
    'writes as many bytes as its file says',
    { 'io.c': '#define LEN 16\nvoid clear(char *p) { memset(p, 0, LEN); }' },
    'void f(void) { char a[16], b[8]; clear(a); clear(b); use(a, b); }',
    ['out-of-bounds-write'],
  ],
  [
    'sets a variable where it succeeds',
    {
      'io.c':
        'enum { DONE, FAILED };\nint get(int n, int *to) { if (n < 4) return FAILED; *to = n; return DONE; }',
    },
    'int f(int n) { int v; if (get(n, &v) != 0) return 0; return v; }',
    [],
  ],
  [
    'returns null where its callers do not come to',
    {
      'pk.h':
        'struct pk { int type; void *data; };\nstatic inline void *ec(struct pk *p) { switch (p->type) { case 1: return p->data; default: return NULL; } }',
    },
    '#include "pk.h"\nint f(struct pk *p) { return *(int *)ec(p); }',
    [],
  ],
  [
    'is inline in a header',
    { 'io.h': 'static inline int add(int high, int low) { return high + low; }' },
    '#include "io.h"\nint a[4]; void f(void) { a[add(1, 3)] = 0; }',
    ['out-of-bounds-write'],
  ],
  [
    'is inline in a header that is not included',
    { 'io.h': 'static inline int add(int high, int low) { return high + low; }' },
    'int a[4]; void f(void) { a[add(1, 3)] = 0; }',
    [],
  ],
  [
    'is static in another file',
    { 'io.c': 'static int four(void) { return 4; }' },
    'int a[4]; void f(void) { a[four()] = 0; }',
    [],
  ],
  [
    'has a helper of its own in its file',
    {
      'io.c': 'static int half(int n) { return n / 2; }\nint four(void) { return half(8); }',
      'x.c': 'int half(int n) { return 0; }',
    },
    'int a[4]; void f(void) { a[four()] = 0; }',
    ['out-of-bounds-write'],
  ],
  [
    'is there twice, the same',
    { 'a.c': 'int four(void) { return 4; }', 'b.c': 'int four(void) { return 4; }' },
    'int a[4]; void f(void) { a[four()] = 0; }',
    ['out-of-bounds-write'],
  ],
  [
    'is there twice, and differs',
    { 'a.c': 'int four(void) { return 4; }', 'b.c': 'int four(void) { return 3; }' },
    'int a[4]; void f(void) { a[four()] = 0; }',
    [],
  ],
  [
    'is there twice in the file itself',
    { 'a.c': 'int four(void) { return 4; }' },
    '#if X\nstatic int four(void) { return 3; }\n#else\nstatic int four(void) { return 2; }\n#endif\nint a[4]; void f(void) { a[four()] = 0; }',
    [],
  ],
  [
    'has mistakes of its own',
    { 'a.c': 'int bad(int n) { int a[2]; a[2] = n; char *p = malloc(4); p[0] = 1; return 0; }' },
    'int f(int n) { return bad(n); }',
    [],
  ],
  [
    'follows what it is given',
    { 'a.c': 'int len(const char *s) { int n = 0; while (s[n]) n++; return n; }' },
    'int f(const char *s) { if (s == NULL) return len(s); return 0; }',
    ['null-dereference'],
  ],
  [
    'calls itself',
    {
      'a.c': 'int even(int n) { return n == 0 ? 1 : odd(n - 1); }',
      'b.c': 'int odd(int n) { return n == 0 ? 0 : even(n - 1); }',
    },
    'int a[4]; void f(int n) { if (even(n)) a[3] = 0; }',
    [],
  ],
  [
    'returns for a macro that returns',
    {
      'a.h': '#define CHECK(x) do { if (!(x)) return -1; } while (0)',
      'a.c': '#include "a.h"\nint get(int *to, int n) { CHECK(n > 0); *to = n; return 0; }',
    },
    'int f(int n) { int v; if (get(&v, n) == 0) return v; return 0; }',
    [],
  ],
];

describe('a function of another file', () => {
  for (const [title, files, code, expected] of CASES) {
    it(title, async () => {
      const found = async (headers: Files): Promise<string[]> =>
        (await eventsIn(code, 'c', headers)).flatMap((each) => /^\d+ proved (.*)/.exec(each)?.[1] ?? []);
      assert.deepEqual((await found(files)).sort(), [...expected].sort(), code);
      const reversed = Object.fromEntries(Object.entries(files).reverse());
      assert.deepEqual((await found(reversed)).sort(), [...expected].sort(), 'in another order of files');
    });
  }
});
