import assert from 'node:assert/strict';

import fc from 'fast-check';
import { describe, it } from 'mocha';

import { brief, problemLines, readComments } from './reading.ts';

const CASES: readonly (readonly [comment: string, ...found: string[]])[] = [
  [
    '// @PIN lock, IMPL_PIN_1, impl, [SR_AUTH_003, SR_2]',
    '1:15 unit IMPL_PIN_1 "PIN lock" implements/links SR_AUTH_003 implements/links SR_2',
  ],
  ['/* text\n * @A title, IMPL_2 */', '2:14 unit IMPL_2 "A title"'],
  ['// @A\\, b, IMPL_3, unit_test, []', '1:12 test IMPL_3 "A, b"'],
  ['// @x, TEST_9, test, [SR_1]', '1:8 test TEST_9 "x" verifies/links SR_1'],
  // What is prose, with a comma behind.
  [' * @brief Computes CRC, then returns'],
  ['// mail a@b.c, d'],
  ['// @only a title'],
];

describe('one-line needs', () => {
  for (const [comment, ...found] of CASES) {
    it(JSON.stringify(comment), () => {
      const { items, tags, problems } = readComments('need-lines', [comment]);
      const shown = items.map((item) => {
        const { start } = item.location.range;
        return `${start.line + 1}:${start.column + 1} ${item.kind} ${brief(item)}`;
      });
      assert.deepEqual(shown, found);
      assert.deepEqual([tags, problems], [[], []]);
    });
  }

  it('say what is wrong with them', () => {
    const problems = (text: string) => problemLines(readComments('need-lines', [text]).problems);
    assert.deepEqual(problems('// @x, IMPL_1, impl, SR_1'), ['a.c:1 warning need-line']);
    assert.deepEqual(problems('// @x, IMPL_1, impl, [SR_1], y'), ['a.c:1 warning need-line']);
  });

  it('never throw', () => {
    const words = fc.array(fc.constantFrom('@', 'A, ', 'IMPL_1', ', ', '[', ']', '\\', '\n', '*/'), {
      maxLength: 20,
    });
    fc.assert(fc.property(words, (parts) => void readComments('need-lines', [parts.join('')])));
  });
});
