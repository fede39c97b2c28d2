import assert from 'node:assert/strict';

import { DEFAULT_CONFIG } from '../../../server/src/core/config/projectConfig.ts';
import { ruleSetOf } from '../../../server/src/core/rules/ruleSet.ts';
import { createWorkspace, type Workspace } from '../../../server/src/core/workspace.ts';
import { grammar, loadLanguages } from '../../support/engine.ts';

const ITEMS = `threats:
  - {id: T-1, title: Theft, stride: [spoofing]}
requirements:
  - id: SR-A-1
    title: Lock
    text: It locks properly.
    category: integrity
    mitigates: [T-1]
  - {id: SR-A-2, title: Wipe, text: It wipes., category: integrity, mitigates: [T-9]}
`;
const FILES = {
  'security/a.yaml': ITEMS,
  'security/b.yaml':
    'requirements:\n  - {id: SR-B-1, title: B, text: b, category: integrity, derives: [SR-A-2]}\n',
  'src/a.c': '// [SR-A-1]\nint f(void) { return 1; }\n// [SR-A-3]\nint g(void) { return 1; }\n',
};

async function workspaceOf(files: Readonly<Record<string, string>>): Promise<Workspace> {
  const languages = await loadLanguages();
  await grammar('c');
  const workspace = createWorkspace({ languages, rules: ruleSetOf([], []), config: DEFAULT_CONFIG });
  for (const [path, text] of Object.entries(files)) workspace.applyChange({ kind: 'file', path, text });
  return workspace;
}

const traceOf = (workspace: Workspace) => {
  const { items, links, problems } = workspace.snapshot().trace;
  return { items, links, problems };
};

describe('an edit of an item file', () => {
  it('gives the trace that the files give when they are read anew, whatever is edited', async () => {
    const typed = await workspaceOf(FILES);
    typed.applyChange({ kind: 'open', path: 'security/a.yaml', text: ITEMS });
    let text = ITEMS;
    for (const [from, to] of [
      ['Lock', 'Lock it'],
      ['requirements:', '\n\nrequirements:'],
      ['properly', 'in 3 s'],
      ['title: Wipe, ', ''],
      ['SR-A-2, ', 'SR-A-2, title: Wipe all, '],
      ['T-9', 'T-1'],
      ['Theft', 'Taking'],
      ['id: SR-A-1', 'id: SR-A-3'],
      ['Lock it', 'Lock'],
      ['SR-A-3', 'SR-A-2'],
      ['Wipe all', 'Wipe'],
      ['integrity', 'nonsense'],
      ['requirements:', 'requirements'],
      ['requirements', 'requirements:'],
    ] as const) {
      assert.ok(text.includes(from), from);
      text = text.replace(from, to);
      typed.applyChange({ kind: 'open', path: 'security/a.yaml', text });
      const fresh = await workspaceOf({ ...FILES, 'security/a.yaml': text });
      assert.deepEqual(traceOf(typed), traceOf(fresh), `${from} -> ${to}`);
      fresh.dispose();
    }
    typed.dispose();
  });

  it('leaves all other items as they are when words change', async () => {
    const workspace = await workspaceOf(FILES);
    workspace.applyChange({ kind: 'open', path: 'security/a.yaml', text: ITEMS });
    const before = workspace.snapshot().trace;
    workspace.applyChange({ kind: 'open', path: 'security/a.yaml', text: ITEMS.replace('Lock', 'Loot') });
    const after = workspace.snapshot().trace;
    const same = after.items.filter((item, at) => item === before.items[at]).map(({ item }) => item.id);
    // T-1 holds a link of SR-A-1.
    assert.deepEqual(same, ['SR-A-2', 'SR-B-1']);
    workspace.dispose();
  });
});
