import assert from 'node:assert/strict';

import { freeFile, NO_PREPROCESSING } from '../../../server/src/core/syntax/parsedFile.ts';
import { at } from '../../../server/src/core/syntax/syntaxTable.ts';
import { openedFile, parseOpen } from '../../../server/src/core/workspaceFile.ts';
import { grammar } from '../../support/engine.ts';

describe('a file that is open', () => {
  it('keeps its tree and what is known of it when it settles and a fresh parse reads the same', async () => {
    const c = await grammar('c');
    const open = openedFile('int f(void) { return 1; }\nint g(void) { return 2; }\n');
    parseOpen(open, c, NO_PREPROCESSING, false);
    const { cache } = open;
    open.text = open.text.replace('1', '12');
    parseOpen(open, c, NO_PREPROCESSING, true);
    assert.equal(open.incremental, true);
    open.settles = true;
    const settled = parseOpen(open, c, NO_PREPROCESSING, false);
    assert.equal(open.cache, cache);
    assert.notEqual(settled.main.earlier, undefined, 'what stands unchanged is taken over');
    assert.deepEqual([open.incremental, open.settles], [false, false]);
    freeFile(settled);
  });

  it('is read afresh, and all of it forgotten, where edits have left another tree', async () => {
    const c = await grammar('c');
    const open = openedFile(`int f(void) { ${'step(); '.repeat(40)}return 1; }\nint g(void) { return 2; }\n`);
    const parsed = parseOpen(open, c, NO_PREPROCESSING, false);
    const { cache } = open;
    const { table } = parsed.main;
    // As if the parser had missed a change.
    table.kind[at(table.next, 1) - 3] = 1;
    open.settles = true;
    const settled = parseOpen(open, c, NO_PREPROCESSING, false);
    assert.equal(settled.main.earlier, undefined);
    assert.notEqual(open.cache, cache);
    freeFile(settled);
  });
});
