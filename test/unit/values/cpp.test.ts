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
