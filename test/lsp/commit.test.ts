import assert from 'node:assert/strict';

import { HISTORY_COMMAND } from '../../server/src/core/threats/history.ts';
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

  it('comes with the history of files: a model may be older than the code', async () => {
    const git: Record<string, string> = { 'rev-parse --is-shallow-repository': 'false\n' };
    git[HISTORY_COMMAND.join(' ')] = '\x012\x02A\0\nm.yaml\0\0\x011\x02A\0\nble.c\0';
    const files = {
      'traceward.yaml': 'items: [m.yaml]\n',
      'm.yaml': 'elements:\n  - { id: E-1, title: BLE radio, type: process }\n',
      'ble.c': '#include <bluetooth/gatt.h>\n',
    };
    const editor = await openEditor({ files, git });
    const isOld = async () => (await editor.problems()).some((line) => line.includes('TM09'));
    assert.equal(await isOld(), false);
    git[HISTORY_COMMAND.join(' ')] = '\x012\x02A\0\nble.c\0\0\x011\x02A\0\nm.yaml\0';
    await editor.write('.git/logs/HEAD', 'moved');
    await editor.until('the model is old', isOld);
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
