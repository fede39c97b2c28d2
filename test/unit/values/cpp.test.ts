import assert from 'node:assert/strict';

import { eventsIn } from '../../support/facts.ts';

/** C++, and what is proved of it. */
const CASES: readonly (readonly [title: string, code: string, events: readonly string[]])[] = [
  ['a variable that a method sets', 'int f(E *e) { int n; e->get(n); return n; }', []],
  ['a variable that nobody sets', 'int f(E *e) { int n; e->get(1); return n; }', ['uninitialized-read']],
  ['a pointer that a method sets', 'char f(E *e) { char *s = 0; e->get(s); return s[0]; }', []],
  ['what `tie` sets', 'int f(P p) { int n; std::tie(n) = p; return n; }', []],
  ['what a stream gives', 'long f(S &in) { long n; in >> n; return n; }', []],
  [
    'a number shifted by what was not written',
    'int f(int in) { int n; return in >> n; }',
    ['uninitialized-read'],
  ],
  [
    'a function of the file that takes a reference',
    'static int get(int &to) { to = 1; return 0; } int f(void) { int n; get(n); return n; }',
    [],
  ],
  [
    'a function of the file that takes a value',
    'static int get(int to) { return 0; } int f(void) { int n = 4; int a[4]; get(n); a[n] = 0; return 0; }',
    ['out-of-bounds-write'],
  ],
  ['a prototype with a reference', 'void get(int &to); int f(void) { int n; get(n); return n; }', []],
  ['text in a stream', "void f(S &out, int n) { out << '\"' << n << '\"'; }", []],
  [
    'text in a stream that a name of capitals stands for',
    "void f() { COUT << '.'; COUT << 'a' << 'b'; }",
    [],
  ],
  ['a constant that is shifted', 'enum { ONE = 1 }; int f() { return ONE >> 40; }', ['shift-out-of-range']],
  [
    'an object that says whether a function has set something',
    'static Condition get(int n, int *to) { if (n > 5) return EC_Bad; *to = n; return EC_Normal; } int f(int n) { int v; Condition c = get(n, &v); if (c.bad()) return 0; return v; }',
    [],
  ],
  [
    'an object that says whether a function has allocated something',
    'struct p { int a; }; static Condition make(p **to) { *to = (p *)malloc(sizeof(p)); if (*to == NULL) return EC_Bad; (*to)->a = 1; return EC_Normal; } int f() { p *v = NULL; Condition c = make(&v); if (c.bad()) return 0; int n = v->a; free(v); return n; }',
    [],
  ],
  [
    'an object that is returned wherever nothing was set',
    'static Condition get(int n, int *to) { if (n > 5) return EC_Bad; return EC_Normal; } int f(int n) { int v; Condition c = get(n, &v); if (c.bad()) return 0; return v; }',
    ['uninitialized-read'],
  ],
  [
    'a flag that a method may change, which says that a pointer was tested',
    'int f(E *e, int *a) { int is = 0; if (a) is = 1; e->get(is); if (is) return *a; return 0; }',
    [],
  ],
  [
    'a parameter without a name in front of others',
    'static int get(int, int m) { return 4 / m; } int f() { return get(0, 2); } int g() { return get(2, 0); }',
    ['division-by-zero'],
  ],
  ['an overload with more arguments', 'int f(int a) { return f(a, 1); }', []],
  ['a method that calls a function of its name', 'int A::f(int a) { return ::f(a); }', []],
  ['a method of a class that calls an overload', 'struct A { int f(B b) { return f(b.n); } };', []],
  ['a function that calls itself', 'int f(int a) { return f(a + 1); }', ['unbounded-recursion']],
];

describe('facts of C++', () => {
  for (const [title, code, expected] of CASES) {
    it(title, async () => {
      const found = (await eventsIn(code, 'cpp')).flatMap((each) => /^\d+ proved (.*)/.exec(each)?.[1] ?? []);
      assert.deepEqual(found, expected, code);
    });
  }
});
