import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import fc from 'fast-check';

import { LineIndex } from '../../../server/src/core/base/lineIndex.ts';
import { completionContext, readTags, tagAt } from '../../../server/src/core/trace/tags.ts';
import { PREFIXES } from './trace.ts';

/** Reads the tags of a comment that starts at the given place of its file. */
function read(text: string, line = 0, column = 0) {
  const end = new LineIndex(text).positionAt(text.length);
  return readTags({ text, range: { start: { line, column }, end }, unit: 3 }, PREFIXES);
}

/** `verifies SR-A-1@2` for each tag of a comment. */
function tagsIn(text: string): string[] {
  return read(text).tags.map(
    ({ type, id, revision }) =>
      `${type === 'verifies' ? 'verifies ' : ''}${id}${revision === undefined ? '' : `@${revision}`}`,
  );
}

function nearMisses(text: string): string[] {
  return read(text).problems.map(({ message }) => message);
}

describe('tags in comments', () => {
  const tags: readonly (readonly [comment: string, expected: readonly string[]])[] = [
    ['// [SR-AUTH-003]', ['SR-AUTH-003']],
    ['//[SR-AUTH-003]', ['SR-AUTH-003']],
    ['// [ SR-AUTH-003 ]', ['SR-AUTH-003']],
    ['// [verifies SR-AUTH-003]', ['verifies SR-AUTH-003']],
    ['// [verifies SR-AUTH-003, SR-LOG-001]', ['verifies SR-AUTH-003', 'verifies SR-LOG-001']],
    ['// [SR-AUTH-003@2]', ['SR-AUTH-003@2']],
    ['// [SR-AUTH-003, SR-LOG-001@1]', ['SR-AUTH-003', 'SR-LOG-001@1']],
    ['// [SR-AUTH-003,SR-LOG-001]', ['SR-AUTH-003', 'SR-LOG-001']],
    ['// [TC-AUTH-003]', ['TC-AUTH-003']],
    ['// [SR-1]', ['SR-1']],
    ['// [SR-AUTH-003][SR-LOG-001]', ['SR-AUTH-003', 'SR-LOG-001']],
    ['// [SR-AUTH-003]: locks the PIN. See [3].', ['SR-AUTH-003']],
    ['// [[SR-AUTH-003]]', ['SR-AUTH-003']],
    ['/* a [SR-AUTH-003,\n *    SR-LOG-001] */', ['SR-AUTH-003', 'SR-LOG-001']],
    ['/*\r\n * [verifies\r\n * SR-AUTH-003]\r\n */', ['verifies SR-AUTH-003']],
  ];
  for (const [comment, expected] of tags) {
    it(`reads ${JSON.stringify(comment)}`, () => {
      assert.deepEqual(tagsIn(comment), expected);
      assert.deepEqual(nearMisses(comment), []);
    });
  }

  const nothing = [
    '// buf[0]',
    '// buf[SR-AUTH-003]',
    '// f(x)[SR-AUTH-003]',
    '// m[i][SR-1]',
    '// [SR]',
    '// [C++]',
    '// [TODO]',
    '// [REQ-AUTH-003]',
    '// [text](https://example.org/SR-AUTH-003)',
    '// [SR-AUTH-003](https://example.org)',
    '// int a[] = {1, [2] = 3};',
    '// [0-9A-F]',
    '// [sr-only]',
    '// [-Wall]',
    '// [see SR-AUTH-003]',
    '// [verifies]',
    '// [verifies nothing]',
    '// SR-AUTH-003',
    '// (SR-AUTH-003)',
    '// []',
    '// [',
    '// ]',
    '// [,]',
    '',
  ];
  for (const comment of nothing) {
    it(`reads nothing in ${JSON.stringify(comment)}`, () => {
      assert.deepEqual(read(comment), { tags: [], problems: [] });
    });
  }

  const misses: readonly (readonly [comment: string, advice: RegExp, tags?: readonly string[]])[] = [
    ['// [SR-auth-003]', /write the id as `SR-AUTH-003`/],
    ['// [sr-auth-003]', /write the id as `SR-AUTH-003`/],
    ['// [SR_AUTH_003]', /write the id as `SR-AUTH-003`/],
    ['// [SR\u2013AUTH\u2013003]', /write the id as `SR-AUTH-003`/],
    ['// [verify SR-AUTH-003]', /write `\[verifies SR-AUTH-003\]`/],
    ['// [Verifies SR-AUTH-003]', /write `\[verifies SR-AUTH-003\]`/],
    ['// [verifies: SR-AUTH-003]', /write `\[verifies SR-AUTH-003\]`/],
    ['// [implements SR-AUTH-003]', /write `\[SR-AUTH-003\]`/],
    ['// [SR-AUTH-003@]', /revision after `@` is a whole number/],
    ['// [SR-AUTH-003@0]', /revision after `@` is a whole number/],
    ['// [SR-AUTH-003@v2]', /revision after `@` is a whole number/],
    ['// [SR-AUTH-003 SR-LOG-001]', /comma between `SR-AUTH-003` and `SR-LOG-001`/],
    ['// [SR-AUTH-003 locks the PIN]', /only ids may stand in the brackets/],
    ['// [SR-AUTH-003', /close the bracket/],
    ['// [SR-AUTH-003\n// next line', /close the bracket/],
    ['// [SR-AUTH-003,]', /remove the comma/, ['SR-AUTH-003']],
    ['// [SR-AUTH-003, SR-log-001]', /write the id as `SR-LOG-001`/, ['SR-AUTH-003']],
    ['// [SR-AUTH-003, REQ-1]', /starts with `SR-` or `TC-`/, ['SR-AUTH-003']],
  ];
  for (const [comment, advice, expected = []] of misses) {
    it(`explains ${JSON.stringify(comment)}`, () => {
      const { problems } = read(comment);
      assert.equal(problems.length, 1);
      assert.match(problems[0]?.message ?? '', advice);
      assert.equal(problems[0]?.severity, 'information');
      assert.deepEqual(tagsIn(comment), expected);
    });
  }

  it('gives the place of every id, on the first line after the column of the comment', () => {
    const { tags } = read('/* [SR-AUTH-003,\r\n * SR-LOG-001@2] */', 10, 4);
    assert.deepEqual(
      tags.map(({ range }) => range),
      [
        { start: { line: 10, column: 8 }, end: { line: 10, column: 19 } },
        { start: { line: 11, column: 3 }, end: { line: 11, column: 15 } },
      ],
    );
    assert.deepEqual(
      tags.map(({ unit }) => unit),
      [3, 3],
    );
    assert.equal(tagAt(tags, { line: 11, column: 5 })?.id, 'SR-LOG-001');
    assert.equal(tagAt(tags, { line: 11, column: 1 }), undefined);
  });

  it('never throws, and its ranges cover the text of the ids', () => {
    const word = fc.constantFrom(
      '[',
      ']',
      ',',
      ' ',
      '\n',
      '\r\n',
      ' * ',
      '@',
      '2',
      'verifies ',
      'SR-AUTH-003',
      'TC-1',
      'SR-',
      'sr-a-1',
      '(',
      'x',
      '//',
      '😀',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(word, { maxLength: 40 }).map((words) => words.join('')),
    );
    fc.assert(
      fc.property(text, fc.nat(9), fc.nat(9), (comment, line, column) => {
        const { tags, problems } = read(comment, line, column);
        // A file in which the comment starts at that place.
        const file = '\n'.repeat(line) + ' '.repeat(column) + comment;
        const lines = new LineIndex(file);
        for (const { id, revision, range } of tags) {
          const written = file.slice(lines.offsetAt(range.start), lines.offsetAt(range.end));
          assert.equal(written.replace(/@0*/, '@'), revision === undefined ? id : `${id}@${revision}`);
        }
        for (const { range } of problems) {
          assert.ok(range !== undefined && lines.offsetAt(range.start) < lines.offsetAt(range.end));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('takes time in proportion to the length of a hostile comment', () => {
    const cost = (make: (length: number) => string, length: number): number => {
      const text = make(length);
      const start = process.cpuUsage();
      read(text);
      const { user, system } = process.cpuUsage(start);
      return user + system;
    };
    const hostile: readonly ((length: number) => string)[] = [
      (length) => '['.repeat(length),
      (length) => '[SR-1 '.repeat(length / 6),
      (length) => `[${'SR-1,'.repeat(length / 5)}`,
      (length) => `[SR-${'A-'.repeat(length / 2)}]`,
      (length) => `[SR-1${' '.repeat(length)}`,
      (length) => '[verify '.repeat(length / 8),
    ];
    for (const make of hostile) {
      cost(make, 20_000);
      const small = Math.max(2000, cost(make, 50_000));
      // Eight times the text; a quadratic reader would take 64 times as long.
      assert.ok(cost(make, 400_000) < small * 30, make(12));
    }
  });
});

describe('completion within a tag', () => {
  const cases: readonly (readonly [line: string, expected: string | undefined])[] = [
    ['// [', 'implements "" at 4'],
    ['// [S', 'implements "S" at 4'],
    ['// [SR-AU', 'implements "SR-AU" at 4'],
    ['// [sr-au', 'implements "sr-au" at 4'],
    ['// [ver', 'implements "ver" at 4'],
    ['// [verifies ', 'verifies "" at 13'],
    ['// [verifies TC-', 'verifies "TC-" at 13'],
    ['// [SR-A-1, ', 'implements "" at 12'],
    ['// [SR-A-1@2,SR', 'implements "SR" at 13'],
    ['// [SR-A-1] [', 'implements "" at 13'],
    ['// [SR-A-1]', undefined],
    ['// [SR-A-1@', undefined],
    ['// [note', undefined],
    ['// buf[', undefined],
    ['// buf[S', undefined],
    ['// SR-', undefined],
    ['', undefined],
  ];
  for (const [line, expected] of cases) {
    it(JSON.stringify(line), () => {
      const context = completionContext(line, PREFIXES);
      assert.equal(context && `${context.type} "${context.typed}" at ${context.start}`, expected);
    });
  }

  it('names the ids that the tag has already', () => {
    assert.deepEqual(completionContext('// [SR-A-1@2, SR-B-1, S', PREFIXES)?.others, ['SR-A-1', 'SR-B-1']);
  });
});
