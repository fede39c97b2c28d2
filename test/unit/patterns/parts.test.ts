import assert from 'node:assert/strict';

import { matches, patternError } from '../../support/engine.ts';

/** Language, pattern, code, text of each finding. */
type Case = readonly [language: string, pattern: string, code: string, found: readonly string[]];

const ANNOTATED =
  'class A { @F(1) int a; @F() int b; @F int c; @F(value = 1) int d; @F(value = 1, x = 2) int e; }';
const DECORATED = '@f(1)\ndef a(): pass\n@f()\ndef b(): pass\n@f\ndef c(): pass\n';
const DECLARED = 'class A { String f; void m(String p, final String q, int n) { String l; String k = p; } }';

/** What patterns say of parts of constructs. */
const CASES: readonly Case[] = [
  // Annotations: without a list anything goes, once one is written it is exact.
  ['java', '@F', ANNOTATED, ['@F(1)', '@F()', '@F', '@F(value = 1)', '@F(value = 1, x = 2)']],
  ['java', '@F(...)', ANNOTATED, ['@F(1)', '@F()', '@F', '@F(value = 1)', '@F(value = 1, x = 2)']],
  ['java', '@F()', ANNOTATED, ['@F()', '@F']],
  ['java', '@F(1)', ANNOTATED, ['@F(1)', '@F(value = 1)']],
  ['java', '@F(value = 1)', ANNOTATED, ['@F(1)', '@F(value = 1)']],
  ['java', '@F($X)', ANNOTATED, ['@F(1)', '@F(value = 1)']],
  ['java', '@F(..., value = $X, ...)', ANNOTATED, ['@F(1)', '@F(value = 1)', '@F(value = 1, x = 2)']],
  ['java', '@F(..., x = $X, ...)', ANNOTATED, ['@F(value = 1, x = 2)']],
  ['java', '@$A', 'class A { @B("x") int a; @C int b; int c; }', ['@B("x")', '@C']],
  ['java', '@B({"x", ...})', 'class A { @B({"x", "y"}) int a; @B({"y"}) int b; }', ['@B({"x", "y"})']],
  ['java', '@F() class $C { ... }', '@F(1) class A {}\n@F() class B {}', ['@F() class B {}']],
  [
    'python',
    '@f\ndef $F(...): ...',
    DECORATED,
    ['@f(1)\ndef a(): pass', '@f()\ndef b(): pass', '@f\ndef c(): pass'],
  ],
  ['python', '@f()\ndef $F(...): ...', DECORATED, ['@f()\ndef b(): pass', '@f\ndef c(): pass']],
  ['python', '@f($X)\ndef $F(...): ...', DECORATED, ['@f(1)\ndef a(): pass']],
  ['typescript', '@F() class $C { ... }', '@F(1) class A {}\n@F() class B {}', ['@F() class B {}']],
  [
    'typescript',
    'class $C { @In() $X: $T; }',
    "class A { @In() x: string; }\nclass B { @In('y') x: string; }",
    ['class A { @In() x: string; }'],
  ],
  // Without a `;` a parameter, too
  ['java', 'String $P', DECLARED, ['String f;', 'String p', 'final String q', 'String l;']],
  ['java', 'String $P;', DECLARED, ['String f;', 'String l;']],
  ['java', 'final String $P', DECLARED, ['final String q']],
  ['java', '@P String $P', 'class A { void m(@P String a, String b) {} }', ['@P String a']],
  [
    'csharp',
    'string $P',
    'class A { void M(string a, int b, string c = null) {} }',
    ['string a', 'string c = null'],
  ],
  ['csharp', '[Q] string $P', 'class A { void M([Q] string a, string b) {} }', ['[Q] string a']],
  ['csharp', 'ref int $P', 'class A { void M(ref int a, int b) {} }', ['ref int a']],
  ['cpp', 'const T &$P', 'void m(const T &a, T b) { const T &c = a; }', ['const T &a']],
  // Numbers by value, whatever they are written as
  [
    'java',
    'f(16.0)',
    'class A { void m() { f(16); f(1.6e1); f(16.0f); f(0x10); f(16.5); } }',
    ['f(16)', 'f(1.6e1)', 'f(16.0f)', 'f(0x10)'],
  ],
  ['python', 'f(16)', 'f(16.0)\nf(16.5)\nf(1_6)\n', ['f(16.0)', 'f(1_6)']],
  // Bytes are no text
  ['python', "f('a')", "f(b'a')\nf('a')\nf(r'a')\n", ["f('a')", "f(r'a')"]],
  ['python', "f(b'a')", "f(b'a')\nf('a')\nf(B\"a\")\n", ["f(b'a')", 'f(B"a")']],
  ['python', 'f(b"...")', "f(b'a')\nf('a')\n", ["f(b'a')"]],
  ['python', 'f("...")', "f(b'a')\nf('a')\n", ["f(b'a')", "f('a')"]],
  ['cpp', 'f("a")', 'void m() { f(u8"a"); f(L"a"); f("b"); }', ['f(u8"a")', 'f(L"a")']],
  // Texts are joined in the order written
  ['java', '"..." + $X', 'class A { void m() { f("a" + b); f(b + "a"); f(b + c); } }', ['"a" + b']],
  ['java', '$X + "..."', 'class A { void m() { f("a" + b); f(b + "a"); } }', ['b + "a"']],
  ['java', 'b + $X', 'class A { void m() { f("a" + b); f(b + "a"); f(1 + b); } }', ['b + "a"', '1 + b']],
  ['python', '"..." + $X', 'f("a" + b)\nf(b + "a")\n', ['"a" + b']],
  ['javascript', '"a" + $X', 'f("a" + b);\nf(b + "a");\nf(`a${b}` + c);\n', ['"a" + b']],
  ['go', '"..." + $X', 'package p\nvar a = "a" + b\nvar c = b + "a"\n', ['"a" + b']],
  // Types of Go
  ['go', '[]$T', 'package p\nvar a []int\nvar b [3]int\nfunc f(x []string) {}\n', ['[]int', '[]string']],
  ['go', '[]byte', 'package p\nvar a []int\nvar b = []byte(c)\n', ['[]byte']],
  ['go', 'map[$K]$V', 'package p\nvar a map[string]int\nvar b []int\n', ['map[string]int']],
  // C++
  ['cpp', 'extern "C" $T $F(...);', 'extern "C" int f(int);\nint g(int);', ['extern "C" int f(int);']],
  [
    'cpp',
    'int f(int);',
    'extern "C" int f(int);\nextern "C" { int f(int); }',
    ['extern "C" int f(int);', 'int f(int);'],
  ],
  [
    'cpp',
    '$C::$C(...) : ..., $M($X), ... { ... }',
    'A::A(int x) : a(x), b(1) { f(); }\nA::A() { }',
    ['A::A(int x) : a(x), b(1) { f(); }'],
  ],
  [
    'cpp',
    'virtual $T $F(...) = 0;',
    'class A { virtual int f(int) = 0; virtual int g(int); };',
    ['virtual int f(int) = 0;'],
  ],
  [
    'cpp',
    'class $C { ... virtual $T $F(...) = 0; ... };',
    'class A { virtual int f() = 0; };\nclass B { virtual int g(); };',
    ['class A { virtual int f() = 0; }'],
  ],
  [
    'cpp',
    'auto $F(...) -> $T { ... }',
    'auto f(int x) -> int { return 1; }\nauto g() { return 1; }',
    ['auto f(int x) -> int { return 1; }'],
  ],
  [
    'cpp',
    'auto $F(...) -> int;',
    'auto f(int x) -> int;\nauto g() -> long;\nint h();',
    ['auto f(int x) -> int;'],
  ],
  [
    'cpp',
    '$C &operator=(const $C &$X) { ... }',
    'struct A { A &operator=(const A &o) { return *this; } A &operator+=(const A &o) { return *this; } };',
    ['A &operator=(const A &o) { return *this; }'],
  ],
  [
    'cpp',
    '$T operator[](...) { ... }',
    'struct A { int operator[](int i) { return 1; } int operator()(int i) { return 1; } };',
    ['int operator[](int i) { return 1; }'],
  ],
  ['cpp', 'A $X{...};', 'void f() { A x{1, 2}; A y; A z(1); B w{1}; }', ['A x{1, 2};']],
  // A bare `finally` is no other block.
  [
    'java',
    'finally { ... }',
    'class A { void m() { try { a(); } finally { b(); } { c(); } } }',
    ['{ b(); }'],
  ],
  [
    'java',
    'finally { ... return $X; ... }',
    'class A { int m() { try { return 1; } finally { return 2; } } }',
    ['{ return 2; }'],
  ],
  ['javascript', 'finally { ... }', 'try { a(); } finally { b(); }\ntry { c() } catch (e) {}', ['{ b(); }']],
  ['python', 'finally:\n    ...', 'try:\n    a()\nfinally:\n    b()\nfor x in y:\n    c()\n', ['b()']],
];

describe('parts of constructs in patterns', () => {
  for (const [language, pattern, code, found] of CASES) {
    it(`${language}: ${pattern} in ${code}`.replace(/\s+/g, ' '), async () => {
      const block = pattern.split('\n').join('\n  ');
      assert.deepEqual(await matches(`pattern: |\n  ${block}`, code, language), found);
    });
  }

  for (const pattern of [
    '#ifdef $X\nf();\n#endif',
    'f();\n#if 0\ng();\n#endif',
    '  # ifndef A\n...\n#endif',
  ]) {
    it(`refuse conditions of the preprocessor: ${JSON.stringify(pattern)}`, async () => {
      assert.match((await patternError(pattern, 'c')) ?? '', /preprocessor/);
      assert.match((await patternError(pattern, 'cpp')) ?? '', /preprocessor/);
    });
  }

  for (const language of ['java', 'cpp', 'kotlin']) {
    it(`refuse a \`try\` with nothing behind it, which is no name: ${language}`, async () => {
      assert.match((await patternError('try { ... }', language)) ?? '', /is no .* statement/);
    });
  }

  it('refuse a companion object of Kotlin by itself, which is read as part of its class', async () => {
    assert.match((await patternError('companion object { ... }', 'kotlin')) ?? '', /part of its class/);
    assert.equal(
      await patternError('class $C {\n companion object { ... val $K = "..." ... }\n}', 'kotlin'),
      undefined,
    );
  });
});
