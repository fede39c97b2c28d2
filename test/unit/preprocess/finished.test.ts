import assert from 'node:assert/strict';

import fc from 'fast-check';

import { finished } from '../../../server/src/core/preprocess/finished.ts';
import { readAst } from '../../../server/src/core/ast/readAst.ts';
import { freeFile, NO_PREPROCESSING, parseFile } from '../../../server/src/core/syntax/parsedFile.ts';
import { grammarOfFolder } from '../../support/ast.ts';

const G = 'static int g(void)\n{\n  return 1;\n}\n';
/** A text, and what the grammar is given for it; the same where nothing is to be done. */
const CASES: readonly (readonly [text: string, given?: string])[] = [
  [`void f(int a) {\n  if (a) {\n  b();\n}\n\n${G}`, `void f(int a) {\n  if (a) {\n  b();\n}}\n${G}`],
  [`void f(int a) {\n  if (a) { while (b) {\n}\n\n${G}`, `void f(int a) {\n  if (a) { while (b) {\n}}}${G}`],
  [`void f(void) {\n  b();\n\n/** g */\n${G}`, `void f(void) {\n  b();}\n/** g */\n${G}`],
  // A comment that is not closed has taken the end of the function.
  [`void f(void) {\n  b(); /* c\n}\n\n/* g */\n${G}`, `void f(void) {\n  b();}/* c\n}\n\n/* g */\n${G}`],
  [`void f(void) {\n  {\n}\n\n#if A\n#endif\n${G}`, `void f(void) {\n  {\n}}\n#if A\n#endif\n${G}`],
  [`void f(void) {\n  a(b[1]);\n#if A\n#endif\n${G}`, `              \n          \n#if A\n#endif\n${G}`],
  [`#if A\nvoid f(void) {\n\n\n${G}#else\n${G}#endif\n`, `#if A\nvoid f(void) {}\n\n${G}#else\n${G}#endif\n`],
  [`#if A\nvoid f(void) {\n#endif\n${G}`, `#if A\n              \n#endif\n${G}`],
  [`#if A\nvoid f(int a) {\n#else\nvoid f(void) {\n#endif\n}\n\n${G}`],
  [`void f(void) {\n  b("}", '}'); {\n}\n${G}`, `void f(void) {\n  b("}", '}'); {\n}}${G}`],
  [
    `namespace n {\nint *f(void) {\n  {\n}\n\nA::B A::g(int (*h)(void)) const {\n}\n}\n`,
    `namespace n {\nint *f(void) {\n  {\n}}\nA::B A::g(int (*h)(void)) const {\n}\n}\n`,
  ],
  [`void f(void) {\r\n  {\r\n}\r\n${G}`, `void f(void) {\r\n  {\r\n}}\n${G}`],
  // It is all closed in the end: functions within functions, and code at the begin of lines.
  [`void f(void) {\n${G}}\n`],
  [`void f(int a) {\nif (a) {\nelse_of (a) {\n}\n}\n}\n`],
  // No function begins behind the brace.
  [`void f(int a) {\n  if (a) {\n  b();\n}\n\nint g;\n`],
  [`void f(int a) {\n  if (a) {\nelse if (a) {\nFOREACH (b) {\n  b();\n}\n`],
  [`void f(int a) {\n  if (a) {\n  }\n  static int g(void)\n  {\n  }\n}\n`],
  [`extern "C" {\n${G}`],
  [`#define BEGIN {\n${G}`],
  ['}}} {{{ '],
  // Braces that are no code.
  [`void f(void) {\n  b(1'000, '{', 0xA'Bu, u8'{', R"x({)x");\n}\n${G}`],
  [`void f(void) {\r\n  b("{ \\\r\n {");\r\n}\r\n${G}`],
  [`void f(void) {\n  // in C:\\\n  {\n}\n${G}`],
  [`void f(void) {\n  b(FOR"{");\n}\n${G}`],
  [`void f(void) {\n#define ANY "*/*"\n#include "a.h" // a/*.h\n}\n${G}/* g */\n${G}`],
];

/** What is not finished, and what the grammar is given for it; the same where nothing is certain. */
const UNFINISHED: readonly (readonly [text: string, given?: string])[] = [
  // Parentheses, in code that goes on.
  ['void f(void) {\n  if (a\n  b(c);\n}\n', 'void f(void) {\n  if  a\n  b(c);\n}\n'],
  ['void f(void) {\n  a(b(c);\n}\n', 'void f(void) {\n  a b(c);\n}\n'],
  ['void f(void) {\n  a = b[c;\n}\n', 'void f(void) {\n  a = b c;\n}\n'],
  ['void f(void) {\n  a(b));\n}\n', 'void f(void) {\n  a(b) ;\n}\n'],
  ['void f(void) {\n  a(b]);\n}\n', 'void f(void) {\n  a(b );\n}\n'],
  ['void f(void) {\n  { a( }\n  { b(1); }\n}\n', 'void f(void) {\n  { a  }\n  { b(1); }\n}\n'],
  // A statement has ended in it before the line of a conditional.
  [
    'void f(void) {\n  if (a\n  b(c);\n#if A\n  d();\n#endif\n}\n',
    'void f(void) {\n  if  a\n  b(c);\n#if A\n  d();\n#endif\n}\n',
  ],
  // Of arms each may have its own.
  ['void f(void) {\n  a(\n#if A\n  b);\n#else\n  c);\n#endif\n}\n'],
  ['void f(void) {\n#if A\n  if (a &&\n#else\n  if (\n#endif\n    b) c();\n}\n'],
  ['void f(void) {\n#if A\n  a(b,\n#endif\n#if !A\n  c(d,\n#endif\n  e);\n}\n'],
  ['void f(void) {\n  E(a(); b();\n#if A\n  c();\n#endif\n  )\n}\n'],
  [
    'void f(void) {\n  a(if (b\n  c(d);\n#if A\n  e();\n#endif\n}\n',
    'void f(void) {\n  a if  b\n  c(d);\n#if A\n  e();\n#endif\n}\n',
  ],
  // Statements may stand in parentheses.
  ['void f(void) {\n  for (a; b; c) d();\n  E(a; b; c; d);\n  g(({ int h; h; }), [] { i(); });\n}\n'],
  // `do`, also of a macro that is the `while`.
  ['void f(void) {\n  do\n  a();\n}\n', 'void f(void) {\n    \n  a();\n}\n'],
  ['void f(void) {\n  do { a(); }\n  b();\n}\n', 'void f(void) {\n     { a(); }\n  b();\n}\n'],
  ['void f(void) {\n  do { a(); } while (b);\n  do c(); while (d);\n  do { e(); } WHILE_0;\n}\n'],
  ['void f(void) {\n  do { a(); } until (b);\n}\n'],
  ['void f(void) {\n  do {\n#if A\n  a(); } while (b);\n#else\n  } while (c);\n#endif\n}\n'],
  // Declarations and heads of functions before another function.
  [`static int n\n\n${G}`, `            \n\n${G}`],
  [`static int n(int a)\n/* g */\n${G}`, `                   \n/* g */\n${G}`],
  [`static int n(int a,\n#if A\n#endif\n\n${G}`, `                   \n#if A\n#endif\n\n${G}`],
  [`DECLARE(a)\n\n${G}`],
  [`BEGIN_MAP(a) ENTRY(b), END_MAP\n\n${G}`],
  [`IF_A(static int a(void);)\n\n${G}`],
  [`template<typename T>\n${G}`],
  [`#if A\nstatic int f(int a)\n#else\n\nstatic int f(void)\n#endif\n{\n}\n`],
  [`API\n${G}`],
  // What may be the begin of the function itself, or a label, is none.
  [`static\n/* g */\nint g(void)\n{\n}\n`],
  [`__attribute_cold__ __nonnull ((1))\nstatic\n/* g */\n${G}`],
  [`unsigned\n// g\nlong g(void)\n{\n}\n`],
  [`char *\n# ifdef A\n/* g */\nweak_function\n# endif\ng(void)\n{\n}\n`],
  [`template <size_t N>\n// static\nsize_t A::g(int n)\n{\n}\n`],
  [`[[nodiscard]]\n// g\n${G}`],
  [`extern "C"\n// g\n${G}`],
  [`class A {\npublic:\n\nexplicit A(int a)\n{\n}\npublic slots:\n\n${G}};\n`],
  [`static HASH(a,\n  b)\n\n${G}`],
  [`my_macro\n\n${G}`],
  // What is missing may stand in another file.
  [`static int n =\n#include "n.h"\n\n${G}`],
  ['void f(void) {\n  a(\n#include "n.h"\n}\n'],
  [`void f(void) {\n#include "n.h"\n#if A\n#endif\n${G}`],
  [`int n(a)\nint a;\n{\n}\n`],
  // Braces of one arm alone: what it opens may be closed elsewhere.
  [`void f(int a) {\n#if A\n  if (a) {\n#endif\n  b();\n#if B\n  }\n#endif\n}\n\n${G}`],
];

const kindsOf = async (text: string): Promise<readonly string[]> => {
  const grammar = await grammarOfFolder('c');
  const file = parseFile(grammar, text, NO_PREPROCESSING);
  const { root } = readAst(grammar, file.main.table, text);
  freeFile(file);
  return root.children.map(({ kind }) => kind);
};

describe('code that is not finished', () => {
  for (const [text, given = text] of UNFINISHED) {
    it(`has no say in how the code behind it is read: ${JSON.stringify(text)}`, () => {
      assert.equal(finished(text).text, given);
    });
  }

  // Each would take minutes if every bracket looked for its partner.
  for (const piece of [
    '(',
    ')',
    '(]',
    '{(',
    '(}',
    '{',
    '}',
    'do ',
    '#if A\n(',
    '#if A\n(\n#else\n',
    '#if A\n}\n#else\n',
    'a\nint f(',
    '\nint f(int a) {',
  ])
    it(`is looked for at a cost that grows with the text alone: ${JSON.stringify(piece)}`, () => {
      const { text } = finished(`{ ${piece.repeat(100_000)}`);
      assert.equal(text.length, 2 + piece.length * 100_000);
    });

  it('is named, and leaves the functions behind it as they are', async () => {
    const text = `void f(int a) {\n  if (a\n  b(a));\n  do c[0;\n  d);\n}\n\n${G}int h(void) { return 2; }\n`;
    assert.deepEqual(
      finished(text).strays.map(({ start, end }) => text.slice(start, end)),
      ['do', '[', ')'],
    );
    assert.deepEqual(await kindsOf(text), ['function', 'function', 'function']);
  });
});

describe('functions behind a brace that is open', () => {
  for (const [text, given = text] of CASES) {
    it(`begin where they stand: ${JSON.stringify(text)}`, () => {
      assert.equal(finished(text).text, given);
    });
  }

  // Each would take minutes if every sign looked for its own end, or for the begin of its line.
  for (const piece of ['#', '\\"', "\\'", '/', 'R"(', 'R"x(', "'", '{', 'a ', 'a(', '/*', '\t', '"\\'])
    it(`are looked for at a cost that grows with the text alone: ${piece}`, () => {
      for (const text of [
        `x "${piece.repeat(200_000)}`,
        `x '${piece.repeat(200_000)}`,
        `x ${piece.repeat(200_000)}`,
      ])
        assert.equal(finished(`{ ${text}`).text, `{ ${text}`);
    });

  it('are functions of their own', async () => {
    const text = `void f(int a) {\n  if (a) {\n  b();\n}\n\n${G}int h(void) { return 2; }\n`;
    assert.deepEqual(await kindsOf(text), ['function', 'function', 'function']);
  });

  // Each would take minutes if every word looked for a parenthesis.
  for (const text of [
    `"${'class '.repeat(200_000)}("`,
    `1${'.class'.repeat(200_000)}(`,
    `${'class$'.repeat(200_000)}(`,
  ])
    it(`are looked for behind words of any length: ${text.slice(0, 8)}`, () => {
      assert.equal(finished(`${text} {}`).text, `${text} {}`);
    });

  it('are looked for in a text that is one long line', () => {
    const text = `void f(void) {${'a # b '.repeat(100_000)}/*${'*'.repeat(10_000_000)}`;
    assert.equal(finished(text).text, text);
  });

  it('are looked for in any text without a change of its length, and once', () => {
    const part = fc.constantFrom(
      '{',
      '}',
      '\n',
      ' ',
      ';',
      '/*',
      '*/',
      '//',
      '"',
      "'",
      '#if A\n',
      '\\',
      G,
      'int f(int a) {\n',
      'R"(',
      '(',
      ')',
      '#endif\n',
      'do ',
      'while (a)',
      'x ',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
        const text = parts.join('');
        const given = finished(text).text;
        assert.equal(given.length, text.length);
        assert.equal(finished(text).text, given);
      }),
    );
  });
});
