import assert from 'node:assert/strict';

import { eventsIn } from '../../support/facts.ts';

describe('facts of large functions', () => {
  // Each mark that looked through the loop for itself would take minutes.
  it('cost no more for each mark that a loop sets, however many there are', async () => {
    const found = await eventsIn(
      `int f(int k) {\n  int found = 0;\n  while (k > 0) {\n${'    found = 1;\n'.repeat(30_000)}    if (k == 7)\n      continue;\n    k--;\n  }\n  return found;\n}\n`,
    );
    assert.deepEqual(found, ['30004 proved endless-loop']);
  });

  // The same for each variable that a loop moves.
  it('cost no more for each variable that a loop moves, however many there are', async () => {
    const moves = Array.from({ length: 30_000 }, (_, index) => `    v${index}++;\n`).join('');
    const found = await eventsIn(
      `void f(int n) {\n  int a[4];\n  int i;\n  n = 4;\n  for (i = 0; i < n; i++) {\n${moves}  }\n  a[i] = 0;\n}\n`,
    );
    assert.deepEqual(found, ['30007 proved out-of-bounds-write']);
  });
});
