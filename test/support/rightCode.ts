import assert from 'node:assert/strict';

import { eventsIn } from './facts.ts';

/** Right code, a wrong twin of it, and the event that the twin has. */
export type RightCase = readonly [title: string, right: string, wrong: string, event: string];

/** Nothing is proved of right code, and the event is of its twin. */
export function itSaysNothingOf(cases: readonly RightCase[]): void {
  for (const [title, right, wrong, event] of cases) {
    it(title, async () => {
      const proved = async (code: string): Promise<string[]> =>
        (await eventsIn(code)).flatMap((each) => /^\d+ proved (.*)/.exec(each)?.[1] ?? []);
      assert.deepEqual(await proved(right), [], right);
      assert.equal((await proved(wrong)).includes(event), true, wrong);
    });
  }
}
