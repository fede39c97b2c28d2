// Settings count for the resource that they are made for.
import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';

import {
  closeEverything,
  diagnosticsOf,
  lensesOf,
  open,
  traceward,
  uriOf,
  waitFor,
  waitForUnderlined,
} from '../api.ts';

describe('settings', () => {
  before(traceward);
  afterEach(async () => {
    for (const key of ['enable', 'minimumSeverity', 'codeLens']) await set(key, undefined);
    await closeEverything();
  });

  it('hides findings below the minimum severity', async () => {
    await open('src/access.c');
    await waitForUnderlined('src/access.c', ['156 warning timing-unsafe-comparison']);
    await set('minimumSeverity', 'error');
    await waitForUnderlined('src/access.c', []);
    await set('minimumSeverity', undefined);
    await waitForUnderlined('src/access.c', ['156 warning timing-unsafe-comparison']);
  });

  it('switches code lenses off', async () => {
    const editor = await open('src/access.c');
    assert.ok((await lensesOf(editor)).length > 0);
    await set('codeLens', false);
    await waitFor('no lens', async () => ((await lensesOf(editor)).length === 0 ? true : undefined));
  });

  it('switches everything off', async () => {
    await open('src/access.c');
    await set('enable', false);
    await waitFor('no diagnostics', () => (diagnosticsOf('src/access.c').length === 0 ? true : undefined));
  });
});

async function set(key: string, value: unknown): Promise<void> {
  const settings = vscode.workspace.getConfiguration('traceward', uriOf('src/access.c'));
  await settings.update(key, value, vscode.ConfigurationTarget.WorkspaceFolder);
}
