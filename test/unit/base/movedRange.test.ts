import assert from 'node:assert/strict';

import * as fc from 'fast-check';

import { LineIndex } from '../../../server/src/core/base/lineIndex.ts';
import { movedRange } from '../../../server/src/core/base/movedRange.ts';
import { changeBetween } from '../../../server/src/core/base/textChange.ts';

const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n'), maxLength: 12 });

describe('a range in a later text', () => {
  it('has the text that it had', () => {
    const versions = fc.array(fc.tuple(text, text), { minLength: 2, maxLength: 4 });
    fc.assert(
      fc.property(versions, text, (around, middle) => {
        const texts = around.map(([before, after]) => `${before}${middle}${after}`);
        const [first = ''] = texts;
        const last = texts.at(-1) ?? '';
        const start = around[0]?.[0].length ?? 0;
        const range = new LineIndex(first).rangeOf({ start, end: start + middle.length });
        const changes = texts.slice(1).map((each, index) => changeBetween(texts[index] ?? '', each));
        const moved = movedRange(range, first, changes, last);
        const lines = new LineIndex(last);
        if (moved !== undefined)
          assert.equal(last.slice(lines.offsetAt(moved.start), lines.offsetAt(moved.end)), middle);
      }),
    );
  });

  it('is known unless something in it changed', () => {
    const old = 'a\nfree(x)\nb';
    const range = new LineIndex(old).rangeOf({ start: 2, end: 9 });
    const inText = (...texts: readonly string[]): unknown =>
      movedRange(
        range,
        old,
        texts.map((each, index) => changeBetween(texts[index - 1] ?? old, each)),
        texts.at(-1) ?? '',
      );
    const lower = { start: { line: 3, column: 0 }, end: { line: 3, column: 7 } };
    assert.deepEqual(inText('1\n2\na\nfree(x)\nb'), lower);
    assert.deepEqual(inText('a\nfree(x)\nc\nd'), range);
    assert.deepEqual(inText('a\nfree(x)\nc\nd', '1\n2\na\nfree(x)\nc\nd'), lower);
    assert.equal(inText('a\nfree(xy)\nb'), undefined);
  });
});
