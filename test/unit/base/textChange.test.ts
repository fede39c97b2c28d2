import assert from 'node:assert/strict';

import fc from 'fast-check';

import { changeBetween } from '../../../server/src/core/base/textChange.ts';

const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n', '😀', '😁'), maxLength: 6 });
/** Long enough for the pieces that are compared at once. */
const around = fc.tuple(text, fc.nat(4000)).map(([part, times]) => part.repeat(times).slice(0, 6000));

describe('the stretch in which two texts differ', () => {
  it('makes one of the other, and is as short as can be', () => {
    fc.assert(
      fc.property(around, text, text, around, (before, old, now, behind) => {
        const [first, second] = [before + old + behind, before + now + behind];
        const { start, oldEnd, newEnd } = changeBetween(first, second);
        assert.equal(first.slice(0, start) + second.slice(start, newEnd) + first.slice(oldEnd), second);
        assert.equal(second.length - newEnd, first.length - oldEnd);
        assert.ok(newEnd - start <= now.length + 2 && oldEnd - start <= old.length + 2);
      }),
    );
  });

  it('does not cut a character in two', () => {
    assert.deepEqual(changeBetween('x😀y', 'x😁y'), { start: 1, oldEnd: 3, newEnd: 3 });
  });
});
