import assert from 'node:assert/strict';

import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  CallHierarchyOutgoingCall,
} from 'vscode-languageserver/node';

import type { ChainDirection, ChainNode } from '../../server/src/protocol/chain.ts';
import { closeEditors, openEditor, type FakeEditor } from './fakeEditor.ts';
import type { OpenFile } from './openFile.ts';
import { CODE, ITEMS, TEST_CODE } from './rules.ts';

const FILES = { 'security/items.yaml': ITEMS, 'src/pin.c': CODE, 'tests/test_pin.c': TEST_CODE };

function at(editor: FakeEditor, file: OpenFile, text: string): Promise<ChainNode | null> {
  return editor.request('traceward/chainAt', { textDocument: { uri: file.uri }, position: file.at(text) });
}

/** The chain below a start, unfolded as the view does, one line a row. */
async function drawn(
  editor: FakeEditor,
  start: ChainNode | null,
  direction: ChainDirection,
): Promise<string[]> {
  assert.ok(start);
  const walk = async (from: ChainNode, indent: string, above: readonly string[]): Promise<string[]> => {
    const steps = await editor.request<ChainNode[]>('traceward/chainSteps', {
      folder: from.folder,
      end: from.end,
      direction,
    });
    const lines = steps.map(async (step) => {
      const line = `${indent}${step.via} ${step.node.label} [${step.node.status}]`;
      return above.includes(step.key)
        ? [`${line} again`]
        : [line, ...(await walk(step, `${indent}  `, [...above, step.key]))];
    });
    return (await Promise.all(lines)).flat();
  };
  return walk(start, '', [start.key]);
}

describe('the chain', () => {
  afterEach(closeEditors);

  it('leads up from the function at the cursor to the asset', async () => {
    const editor = await openEditor({ files: { ...FILES } });
    const start = await at(editor, editor.open('src/pin.c'), 'return');
    assert.deepEqual(
      [start?.node.label, start?.node.kind, start?.up, start?.down],
      ['pin_check', 'unit', 1, 0],
    );
    assert.deepEqual(await drawn(editor, start, 'up'), [
      'implements SR-AUTH-003 [covered]',
      '  derives C-AUTH-02 [covered]',
      '    mitigates T-004 [below]',
      '      derives A-01 [below]',
    ]);
  });

  it('leads down from an asset to code and tests', async () => {
    const editor = await openEditor({ files: { ...FILES } });
    const start = await at(editor, editor.open('security/items.yaml'), 'Dosing commands');
    assert.equal(start?.node.label, 'A-01', 'a place inside of an entry is its item');
    assert.deepEqual(await drawn(editor, start, 'down'), [
      'derives T-004 [below]',
      '  mitigates C-AUTH-02 [covered]',
      '    derives SR-AUTH-003 [covered]',
      '      verifies TC-AUTH-003 [covered]',
      '        implements test_pin_lock [covered]',
      '      implements pin_check [covered]',
      '  mitigates SR-CRYPTO-001 [gap]',
    ]);
  });

  it('shows links that are wrong, ends that do not exist, and findings in code', async () => {
    const code = CODE.replace('003]', '003@1, SR-NO-001]').replace('return 0', 'strcpy(a, pin)');
    const editor = await openEditor({ files: { ...FILES, 'src/pin.c': code } });
    const file = editor.open('src/pin.c');
    const start = await at(editor, file, 'strcpy');
    assert.match(start?.node.description ?? '', /^src\/pin\.c:3, 1 finding$/);
    assert.deepEqual(
      (await drawn(editor, start, 'up')).filter((line) => line.startsWith('implements')),
      ['implements SR-AUTH-003 [broken]', 'implements SR-NO-001 [broken]'],
    );
    const orphan = await at(editor, file, 'SR-NO-001');
    assert.deepEqual([orphan?.node.status, orphan?.down], ['broken', 0]);
  });

  it('ends a circle where it closes', async () => {
    const items = `requirements:
  - {id: SR-A-1, title: a, text: a, category: update, derives: [SR-A-2]}
  - {id: SR-A-2, title: b, text: b, category: update, derives: [SR-A-1]}
`;
    const editor = await openEditor({ files: { 'security/items.yaml': items } });
    const start = await at(editor, editor.open('security/items.yaml'), 'SR-A-1');
    assert.deepEqual(await drawn(editor, start, 'up'), [
      'derives SR-A-2 [broken]',
      '  derives SR-A-1 [broken] again',
    ]);
  });

  it('is found again by its end after the text moved, unsaved', async () => {
    const editor = await openEditor({ files: { ...FILES } });
    const file = editor.open('src/pin.c');
    const start = await at(editor, file, 'return');
    await file.replace('/* PIN entry. */', '/* PIN */\n\n');
    const again = await editor.request<ChainNode>('traceward/chainAt', {
      folder: start?.folder,
      end: start?.end,
    });
    assert.equal(again.node.location?.range.start.line, 4);
  });

  it('is nothing where there is nothing', async () => {
    const editor = await openEditor({ files: { 'notes.txt': 'x' } });
    assert.equal(await at(editor, editor.open('notes.txt'), 'x'), null);
  });
});

describe('the chain as a hierarchy of calls', () => {
  afterEach(closeEditors);

  it('walks from code up and from a threat down', async () => {
    const editor = await openEditor({ files: { ...FILES } });
    const code = editor.open('src/pin.c');
    const prepare = (file: OpenFile, text: string) =>
      editor.request<CallHierarchyItem[] | null>('textDocument/prepareCallHierarchy', {
        textDocument: { uri: file.uri },
        position: file.at(text),
      });
    const [unit] = (await prepare(code, 'pin_check')) ?? [];
    const out = await editor.request<CallHierarchyOutgoingCall[]>('callHierarchy/outgoingCalls', {
      item: unit,
    });
    assert.deepEqual(
      out.map(({ to, fromRanges }) => [to.name, to.detail, fromRanges[0]?.start.line]),
      [['SR-AUTH-003', 'requirement: Lock after wrong PINs', 1]],
    );
    const [threat] = (await prepare(editor.open('security/items.yaml'), 'T-004')) ?? [];
    const incoming = await editor.request<CallHierarchyIncomingCall[]>('callHierarchy/incomingCalls', {
      item: threat,
    });
    assert.deepEqual(
      incoming.map(({ from }) => from.name),
      ['C-AUTH-02', 'SR-CRYPTO-001'],
    );
  });

  it('is registered for item files where the editor can tell, and offered for all files else', async () => {
    const full = await openEditor({ files: { ...FILES } });
    assert.equal(full.capabilities.callHierarchyProvider, false);
    const registered = full.registrations.find(
      ({ method }) => method === 'textDocument/prepareCallHierarchy',
    );
    assert.match(JSON.stringify(registered?.registerOptions), /"yaml"/);
    const bare = await openEditor({ files: { ...FILES }, client: 'bare' });
    assert.equal(bare.capabilities.callHierarchyProvider, true);
  });
});
