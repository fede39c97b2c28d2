import assert from 'node:assert/strict';

import fc from 'fast-check';

import { partitionPoint } from '../../../server/src/core/base/partition.ts';

describe('the partition point', () => {
  it('is where a test ceases to hold, found with few questions', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.nat(1000), (count, where) => {
        let asked = 0;
        const found = partitionPoint(count, (index) => {
          asked++;
          assert.ok(index >= 0 && index < count);
          return index < where;
        });
        assert.equal(found, Math.min(count, where));
        assert.ok(asked <= 11, `${asked} questions`);
      }),
    );
  });
});
