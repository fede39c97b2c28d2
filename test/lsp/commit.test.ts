import assert from 'node:assert/strict';

import { ITEM_KINDS } from '../../server/src/core/trace/item.ts';
import { TRACE_ITEM_KINDS } from '../../server/src/protocol/messages.ts';
import { closeEditors, openEditor } from './fakeEditor.ts';
import { CODE, ITEMS, TEST_CODE } from './rules.ts';

const RESULTS = `<testsuites><testsuite name="pin">
  <properties><property name="commit" value="${'a'.repeat(40)}"/></properties>
  <testcase name="test_pin_lock"/>
</testsuite></testsuites>
`;
const FILES = {
  'traceward.yaml': `trace:\n  sources:\n    - format: junit\n      files: ['results/*.xml']\n`,
  'security/items.yaml': ITEMS,
  'src/pin.c': CODE,
  'tests/test_pin.c': TEST_CODE,
  'results/unit.xml': RESULTS,
};

describe('the commit that is checked out', () => {
  afterEach(closeEditors);

  it('makes results of another commit stale, also after a checkout', async () => {
    const git: Record<string, string> = { 'rev-parse HEAD': `${'a'.repeat(40)}\n` };
    const editor = await openEditor({ files: { ...FILES }, git });
    const items = editor.open('security/items.yaml');
    assert.match(await items.hover('TC-AUTH-003'), /\*\*Covered\*\*/);
    git['rev-parse HEAD'] = `${'b'.repeat(40)}\n`;
    await editor.write('.git/logs/HEAD', 'moved');
    await editor.until('the result is stale', async () =>
      /\*\*Not covered\*\*: .*commit/.test(await items.hover('TC-AUTH-003')),
    );
  });

  it('is not asked for again when git only writes objects', async () => {
    const git: Record<string, string> = { 'rev-parse HEAD': `${'a'.repeat(40)}\n` };
    const editor = await openEditor({ files: { ...FILES }, git });
    git['rev-parse HEAD'] = `${'b'.repeat(40)}\n`;
    await editor.write('.git/objects/aa/bb', 'x');
    await editor.write('src/other.c', 'int x;\n');
    await editor.until('the other file is read', async () =>
      (await editor.problems()).every((line) => !line.includes('stale')),
    );
    assert.match(await editor.open('security/items.yaml').hover('TC-AUTH-003'), /\*\*Covered\*\*/);
  });
});

describe('kinds of items', () => {
  it('are the same on both sides of the protocol', () => {
    assert.deepEqual(TRACE_ITEM_KINDS, ITEM_KINDS);
  });
});
