import assert from 'node:assert/strict';

import fc from 'fast-check';

import { IntMap } from '../../../server/src/core/values/intMap.ts';

const steps = fc.array(
  fc.record({
    map: fc.nat({ max: 3 }),
    key: fc.oneof(fc.nat({ max: 40 }), fc.nat({ max: 70_000 })),
    value: fc.option(fc.record({ of: fc.nat() }), { nil: undefined }),
    fork: fc.boolean(),
  }),
);

describe('a map from numbers whose copies share', () => {
  it('holds what a plain map holds, in every copy, and tells where two copies differ', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const maps = [IntMap.empty<object>()];
        const plain = [new Map<number, object>()];
        for (const { map, key, value, fork } of all) {
          const at = map % maps.length;
          const [own, known] = [maps[at], plain[at]];
          assert.ok(own !== undefined && known !== undefined);
          if (fork && maps.length < 4) {
            maps.push(own.fork());
            plain.push(new Map(known));
          }
          own.set(key, value);
          if (value === undefined) known.delete(key);
          else known.set(key, value);
        }
        const keys = [...new Set(all.map(({ key }) => key))].sort((a, b) => a - b);
        maps.forEach((map, index) => {
          for (const key of keys) assert.equal(map.get(key), plain[index]?.get(key));
          maps.forEach((other, position) => {
            const found: number[] = [];
            IntMap.differences(map, other, (key) => found.push(key));
            assert.deepEqual(
              found,
              keys.filter((key) => plain[index]?.get(key) !== plain[position]?.get(key)),
            );
          });
        });
      }),
      { numRuns: 60 },
    );
  });
});
