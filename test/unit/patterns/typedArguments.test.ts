import assert from 'node:assert/strict';

import { matches } from '../../support/engine.ts';

/** Language, pattern, code, how many times it is found. */
const CASES: readonly (readonly [string, string, string, number])[] = [
  ['typescript', 'f($X: string)', 'function g(a: string, b: number) { f(a); f(b); h(f("c")); }', 2],
  [
    'typescript',
    'o.f(..., $X: Map<string, T>, ...)',
    'let a: Map<string, T>; let b: T; o.f(1, a); o.f(b);',
    1,
  ],
  ['typescript', 'h(1, f($X: string), $Y)', 'function g(a: string) { h(1, f(a), 2); h(1, f(1), 2); }', 1],
  ['rust', 'f($X: String)', 'fn g(a: String, b: u32) { f(a); f(b); o.f(a); }', 1],
  ['rust', '$O.f($X: &str, ...)', 'fn g(a: &str, b: u32) { o.f(a, 1); o.f(b, 1); }', 1],
  ['kotlin', 'f($X: String)', 'fun g(a: String, b: Int) { f(a)\n f(b)\n h(f(a)) }', 2],
  [
    'kotlin',
    'f("a", $X: Map<String, Int>)',
    'fun g(a: Map<String, Int>, b: Int) { f("a", a)\n f("a", b) }',
    1,
  ],
  ['python', 'f($X: str)', 'def g(a: str, b: int):\n    f(a)\n    f(b)\n', 1],
  ['go', 'f($X: []byte)', 'package p\nfunc g(a []byte, b int) { f(a); f(b) }', 1],
  // A label in Swift
  ['swift', 'f($X: a)', 'f(x: a)\nf(a)\nf(x: b)', 1],
  // Parameters of what no call looks like
  ['typescript', 'constructor($X: string)', 'class A { constructor(a: string) {} }\nconstructor(b);', 1],
  ['typescript', 'f($X: string): number', 'interface I { f(a: string): number; g(a: string): number }', 1],
  [
    'typescript',
    'function f($X: string) {...}',
    'function f(a: string) { g(); }\nfunction h(a: string) {}',
    1,
  ],
  ['typescript', '($X: string) => $Y', 'const a = (b: string) => c; const d = (e: number) => c;', 1],
  ['rust', 'fn f($X: String) {...}', 'fn f(a: String) { g(); }\nfn h(a: String) {}', 1],
  ['kotlin', 'fun f($X: String) {...}', 'fun f(a: String) { g() }\nfun h(a: String) { g() }', 1],
  ['kotlin', 'class A($X: String)', 'class A(val a: String)\nclass B(val a: String)', 1],
  ['python', 'def f($X: str): ...', 'def f(a: str): pass\ndef h(a: str): pass\n', 1],
];

describe('a type behind an argument', () => {
  for (const [language, pattern, code, times] of CASES) {
    it(`${pattern} is ${times} times in the ${language} ${code}`, async () => {
      const found = await matches(`pattern: |-\n  ${pattern}`, code, language);
      assert.equal(found.length, times, found.join('\n'));
    });
  }
});
