import assert from 'node:assert/strict';

import fc from 'fast-check';

import { withClosedFunctions } from '../../../server/src/core/syntax/closedFunctions.ts';
import { astOf } from '../../support/ast.ts';

const G = 'static int g(void)\n{\n  return 1;\n}\n';
/** A text, and what the grammar is given for it; the same where nothing is to be done. */
const CASES: readonly (readonly [text: string, given?: string])[] = [
  [`void f(int a) {\n  if (a) {\n  b();\n}\n\n${G}`, `void f(int a) {\n  if (a) {\n  b();\n}}\n${G}`],
  [`void f(int a) {\n  if (a) { while (b) {\n}\n\n${G}`, `void f(int a) {\n  if (a) { while (b) {\n}}}${G}`],
  [`void f(void) {\n  b();\n\n/** g */\n${G}`, `void f(void) {\n  b();}\n/** g */\n${G}`],
  // A comment that is not closed has taken the end of the function.
  [`void f(void) {\n  b(); /* c\n}\n\n/* g */\n${G}`, `void f(void) {\n  b();}/* c\n}\n\n/* g */\n${G}`],
  [`void f(void) {\n  {\n}\n\n#if A\n#endif\n${G}`, `void f(void) {\n  {\n}}\n#if A\n#endif\n${G}`],
  [`void f(void) {\n  {\n}\n#if A\n#endif\n${G}`],
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

describe('functions behind a brace that is open', () => {
  for (const [text, given = text] of CASES) {
    it(`begin where they stand: ${JSON.stringify(text)}`, () => {
      assert.equal(withClosedFunctions(text), given);
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
        assert.equal(withClosedFunctions(`{ ${text}`), `{ ${text}`);
    });

  it('are functions of their own', async () => {
    const text = `void f(int a) {\n  if (a) {\n  b();\n}\n\n${G}int h(void) { return 2; }\n`;
    const { root } = await astOf('c', text);
    assert.deepEqual(
      root.children.map(({ kind }) => kind),
      ['function', 'function', 'function'],
    );
  });

  it('are looked for in a text that is one long line', () => {
    const text = `void f(void) {${'a # b '.repeat(100_000)}/*${'*'.repeat(10_000_000)}`;
    assert.equal(withClosedFunctions(text), text);
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
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
        const text = parts.join('');
        const given = withClosedFunctions(text);
        assert.equal(given.length, text.length);
        assert.equal(withClosedFunctions(text), given);
      }),
    );
  });
});
