// The chain explorer follows the cursor, and stays where it is told to.
import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';

import type { TracewardApi } from '../../../client/src/api.ts';
import { closeEverything, command, findRow, open, outline, placeOf, traceward, waitFor } from '../api.ts';

describe('the chain explorer', () => {
  let api: TracewardApi;
  before(async () => {
    api = await traceward();
  });
  after(async () => {
    await command('traceward.followChain');
    await closeEverything();
  });

  const shown = async (label: string) =>
    waitFor(
      `the chain of ${label}`,
      async () => (await api.chainRows()).find((row) => row.label === label),
      () => label,
    );

  it('follows the cursor, and leads both ways', async () => {
    await command('traceward.showChain');
    const editor = await open('src/access.c');
    const at = placeOf(editor.document, 'failed_attempts = 0U;\n    current = user');
    editor.selection = new vscode.Selection(at, at);
    const code = await shown('pump_access_login');
    assert.match(
      outline(code).join('\n'),
      /What it is for {2}\d+\n +SR-AUTH-\d+ {2}implements · .*\n +C-AUTH-\d+ /,
    );
    const items = await open('security/requirements.yaml');
    const id = placeOf(items.document, 'SR-AUTH-003', 2);
    items.selection = new vscode.Selection(id, id);
    const requirement = await shown('SR-AUTH-003');
    assert.ok(findRow(requirement.children, 'What makes it true'));
    assert.ok(findRow(requirement.children, 'TC-AUTH-003'));
    assert.ok(findRow(requirement.children, 'pump_access_login'));
  });

  it('stays with a chain that is pinned', async () => {
    await command('traceward.pinChain');
    await open('src/access.c');
    await new Promise((done) => setTimeout(done, 600));
    assert.equal((await api.chainRows())[0]?.label, 'SR-AUTH-003');
  });

  it('serves the call hierarchy of item files', async () => {
    const editor = await open('security/requirements.yaml');
    const [item] = await command<vscode.CallHierarchyItem[]>(
      'vscode.prepareCallHierarchy',
      editor.document.uri,
      placeOf(editor.document, 'SR-AUTH-003', 2),
    );
    assert.equal(item?.name, 'SR-AUTH-003');
    const calls = await command<vscode.CallHierarchyIncomingCall[]>('vscode.provideIncomingCalls', item);
    assert.ok(calls.some(({ from }) => from.name === 'pump_access_login'));
  });
});
