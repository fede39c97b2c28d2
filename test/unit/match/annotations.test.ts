import assert from 'node:assert/strict';

import { annotationsOf, namesRule } from '../../../server/src/core/match/annotations.ts';

/** `line kind rules` of each annotation; lines count from 1 as a reader counts them. */
function said(text: string): string[] {
  return annotationsOf(text).map(({ kind, rules, line }) => `${line + 1} ${kind} ${rules.join('+')}`);
}

describe('annotations of a test file', () => {
  for (const [what, comment] of [
    ['C, Java, Go', '// ruleid: a'],
    ['C, Java, Go without a space', '//ruleid:a'],
    ['a documentation comment', '/// ruleid: a'],
    ['Python, Ruby, YAML, a shell', '# ruleid: a'],
    ['a block comment', '/* ruleid: a */'],
    ['JSX', '{/* ruleid: a */}'],
    ['HTML and XML', '<!-- ruleid: a -->'],
    ['SQL, Lua, Haskell', '-- ruleid: a'],
    ['OCaml', '(* ruleid: a *)'],
    ['Lisp', ';; ruleid: a'],
    ['Basic', "' ruleid: a"],
  ] as const) {
    it(`stand in a comment of ${what}`, () => {
      assert.deepEqual(said(`${comment}\ncode\n`), ['2 ruleid a']);
      assert.deepEqual(
        said(`  ${comment}  \r\n  code\r\n`),
        ['2 ruleid a'],
        'indented, with Windows line ends',
      );
    });
  }

  it('are of four kinds and name several rules', () => {
    assert.deepEqual(said('// ruleid: a, b.c-d\nx\n// ok: a,b\nx\n// todoruleid: a\nx\n// todook: a\nx\n'), [
      '2 ruleid a+b.c-d',
      '4 ok a+b',
      '6 todoruleid a',
      '8 todook a',
    ]);
  });

  it('made for another engine say nothing about this one', () => {
    assert.deepEqual(said('// proruleid: a\nx\n// deepok: a\nx\n// todoproruleid: a\nx\n'), [
      '2 any a',
      '4 any a',
      '6 any a',
    ]);
  });

  it('add up above one line', () => {
    assert.deepEqual(said('// ruleid: a\n// ok: b\n/* todook: c */\ncode\n'), [
      '4 ruleid a',
      '4 ok b',
      '4 todook c',
    ]);
  });

  it('speak of the very next line, empty or not', () => {
    assert.deepEqual(said('// ruleid: a\n\ncode\n'), ['2 ruleid a']);
    assert.deepEqual(said('// ruleid: a\n// a remark\ncode\n'), ['2 ruleid a']);
  });

  it('within a comment of several lines speak of the line after it', () => {
    assert.deepEqual(said('/*\n * ruleid: a\n */\ncode\n'), ['4 ruleid a']);
    assert.deepEqual(said('/* ruleid: a\n   more */\n// ok: b\ncode\n'), ['4 ruleid a', '4 ok b']);
    assert.deepEqual(said('<!-- ruleid: a\n-->\n<p>\n'), ['3 ruleid a']);
  });

  it('behind code speak of the line after it', () => {
    assert.deepEqual(said('f(); // ruleid: a\ng();\n'), ['2 ruleid a']);
    assert.deepEqual(said('// ok: b\nf(); // ruleid: a\ng();\n'), ['2 ok b', '3 ruleid a']);
    assert.deepEqual(said('// ok: b\n/* ruleid: a */ f();\ng();\n'), ['2 ok b', '3 ruleid a']);
  });

  it('are not found where a comment only looks like one', () => {
    for (const text of [
      '// this is ok: a',
      '// book: a',
      'x ? ok: a',
      '// ruleid a',
      'a * ok: b',
      '// ruleids: a',
    ]) {
      assert.deepEqual(said(`${text}\ncode`), [], text);
    }
  });

  it('are read in linear time', () => {
    const start = performance.now();
    said('#'.repeat(300_000) + '\n' + '-'.repeat(300_000) + '\n' + ' '.repeat(300_000));
    assert.ok(performance.now() - start < 500);
  });
});

describe('an annotation names a rule', () => {
  for (const [written, id, names] of [
    ['my-rule', 'my-rule', true],
    ['a.b.my-rule', 'my-rule', true],
    ['my-rule', 'a.b.my-rule', true],
    ['x.my-rule', 'y.my-rule', true],
    ['a/b/my-rule', 'my-rule', true],
    ['rule', 'my-rule', false],
    ['my-rule', 'rule', false],
    ['', 'rule', false],
  ] as const) {
    it(`${names ? '' : 'not '}as ${written === '' ? 'nothing' : written} for ${id}`, () => {
      assert.equal(namesRule({ kind: 'ok', rules: [written], line: 0 }, id), names);
    });
  }
});
