// The matrix and the graph, as their pages say that they look.
import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';

import type { TracewardApi } from '../../../client/src/api.ts';
import {
  closeEverything,
  command,
  open,
  placeOf,
  readText,
  remove,
  traceward,
  uriOf,
  waitFor,
  writeText,
} from '../api.ts';

describe('the panels', () => {
  let api: TracewardApi;
  before(async () => {
    api = await traceward();
  });
  afterEach(closeEverything);

  it('show the matrix, with markup of files as text, and follow a change', async () => {
    await command('traceward.showMatrix');
    const shown = await waitFor('rows', () => ((api.matrix()?.count ?? 0) > 20 ? api.matrix() : undefined));
    assert.ok(
      shown.texts.some((text) => text.includes('SR-RES-006')),
      'gaps stand first',
    );
    const path = 'security/scratch_matrix.yaml';
    const title = '<img src=x onerror=alert(1)>';
    await writeText(path, `threats:\n  - {id: T-903, title: "${title}", stride: [spoofing]}\n`);
    try {
      const hostile = await waitFor(
        'the new threat',
        () => (api.matrix()?.texts.some((text) => text.includes(title)) === true ? api.matrix() : undefined),
        () => api.matrix(),
      );
      assert.deepEqual(
        [hostile.elements['img'], hostile.elements['script']],
        [undefined, shown.elements['script']],
      );
    } finally {
      await remove(path);
    }
  });

  it('show the graph of what the cursor is on', async () => {
    const editor = await open('src/access.c');
    const at = placeOf(editor.document, 'failed_attempts = 0U;\n    current = user');
    editor.selection = new vscode.Selection(at, at);
    await command('traceward.showGraph');
    const shown = await waitFor('boxes', () => ((api.graph()?.count ?? 0) > 3 ? api.graph() : undefined));
    assert.ok(shown.texts.some((text) => text.includes('pump_access_login')));
    assert.ok(shown.texts.some((text) => text.includes('SR-AUTH-003')));
    assert.ok(!shown.texts.some((text) => text.includes('SR-RES-006')), 'not the whole trace');
    const target = uriOf('trace.svg');
    await command('traceward.exportGraph', target);
    assert.match(await readText('trace.svg'), /^<svg [^]*pump_access_login[^]*<\/svg>\n$/);
    await remove('trace.svg');
  });

  it('show the graph of the whole trace from code that nothing is linked to', async () => {
    const editor = await open('src/ble_link.c');
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    await command('traceward.showGraph');
    // Only boxes in view have texts.
    await waitFor('the whole trace', () => (api.graph()?.count ?? 0) > 100 || undefined);
  });

  it('write the matrix as CSV', async () => {
    await command('traceward.exportMatrix', uriOf('matrix.csv'));
    assert.match(await readText('matrix.csv'), /^kind,id,[^]*\nrequirement,SR-AUTH-003,/);
    await remove('matrix.csv');
  });
});
