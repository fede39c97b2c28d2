import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { parse } from 'yaml';

import { NAME_HINTS, NameHints } from '../../../server/src/core/values/nameHints.ts';
import { readModels } from '../../../server/src/core/values/readModels.ts';
import { eventsIn } from '../../support/facts.ts';

const SHIPPED = new URL('../../../models/c/names.yaml', import.meta.url);
const shipped = parse(readFileSync(SHIPPED, 'utf8')) as { readonly names: Readonly<Record<string, unknown>> };

describe('what names say', () => {
  it('is shipped for each hint, without a mistake', () => {
    assert.deepEqual(Object.keys(shipped.names).sort(), [...NAME_HINTS].sort());
    assert.deepEqual(readModels([shipped]).mistakes, []);
  });

  it('is what any expression of any file says, each by itself', () => {
    const { hints } = readModels([shipped, { names: { 'never-returns': ['^stop_now$', '^halt$'] } }]);
    for (const name of ['usage', 'stop_now', 'halt', 'my_exit'])
      assert.ok(hints.says('never-returns', name), name);
    for (const name of ['stop_now_please', 'exit_count_of', 'memory_exit'])
      assert.ok(!hints.says('never-returns', name), name);
    assert.equal(hints.says('success', 'stop_now'), false);
  });

  it('names what cannot be read, and keeps the rest', () => {
    const { hints, mistakes } = readModels([
      { names: { success: ['^FINE$', '(', '^GOOD$'], failure: 'BAD', never_returns: ['x'] } },
      { names: ['success'] },
    ]);
    assert.equal(mistakes.length, 4);
    assert.match(mistakes[0] ?? '', /^The regular expression `\(` of `success` cannot be read: /);
    assert.equal(mistakes[1], '`failure` of `names` must be a list of regular expressions.');
    assert.match(mistakes[2] ?? '', /^`names` has no `never_returns`: it has never-returns, /);
    assert.equal(mistakes[3], '`names` must be a mapping.');
    assert.ok(hints.says('success', 'FINE') && hints.says('success', 'GOOD'));
  });

  it('takes an expression that never ends for one that says nothing', () => {
    const hints = new NameHints();
    hints.read({ answers: [String.raw`^(a+)+\1$`] }, []);
    assert.equal(hints.says('answers', `${'a'.repeat(5_000)}!`), false);
  });

  it('turns arguments around on purpose where the comment above says so, and not where other code does', async () => {
    const call = (before: string): string =>
      `void put(int row, int column);\nvoid f(int row, int column) {\n${before}\n  put(column, row);\n}\n`;
    const isTold = async (before: string): Promise<boolean> =>
      (await eventsIn(call(before))).some((event) => event.endsWith('arguments-out-of-order'));
    assert.equal(await isTold('  // transposed'), false);
    assert.equal(await isTold('  /* rows are\n   * swapped with columns here */'), false);
    assert.equal(await isTold('  int compared = row;'), true);
  });
});
