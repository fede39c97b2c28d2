import { strict as assert } from 'node:assert';

import { restartLimit } from '../../../client/src/server/restartLimit.ts';

const MINUTE = 60_000;

describe('restarts of a server that dies', () => {
  it('are allowed five times in three minutes', () => {
    const limit = restartLimit(5, 3 * MINUTE);
    const verdicts = [1, 2, 3, 4, 5, 6].map((second) => limit.mayRestart(second * 1000));
    assert.deepEqual(verdicts, [true, true, true, true, true, false]);
  });

  it('are allowed for ever when deaths are far apart', () => {
    const limit = restartLimit(2, 3 * MINUTE);
    for (let death = 0; death < 20; death++) {
      assert.equal(limit.mayRestart(death * 2 * MINUTE), true);
    }
  });

  it('are allowed again after the user restarted the server', () => {
    const limit = restartLimit(1, 3 * MINUTE);
    assert.deepEqual([limit.mayRestart(0), limit.mayRestart(1)], [true, false]);
    limit.reset();
    assert.equal(limit.mayRestart(2), true);
  });
});
