// The extension as it is installed from its .vsix: what is in the package is enough for the main job.
import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';

import {
  closeEverything,
  extension,
  hoverAt,
  open,
  placeOf,
  rowOf,
  traceward,
  waitForUnderlined,
} from '../api.ts';

describe('the packaged extension', () => {
  afterEach(closeEverything);

  it('is the installed one and starts', async () => {
    await traceward();
    assert.equal(extension().isActive, true);
    const root = extension().extensionUri;
    await assert.rejects(async () => vscode.workspace.fs.stat(vscode.Uri.joinPath(root, 'client', 'src')));
  });

  it('underlines a weakness and explains it', async () => {
    await traceward();
    const editor = await open('src/access.c');
    await waitForUnderlined('src/access.c', ['156 warning timing-unsafe-comparison']);
    assert.match(await hoverAt(editor, placeOf(editor.document, 'memcmp(digest', 1)), /CWE-\d+/);
  });

  it('fills the traceability view', async () => {
    const api = await traceward();
    assert.equal(rowOf(await api.traceRows(), 'SR-AUTH-003').description, 'Lock after wrong PINs');
  });

  it('carries its licence, readme and schemas', async () => {
    const root = extension().extensionUri;
    for (const name of [
      'LICENSE.txt',
      'readme.md',
      'changelog.md',
      'schemas/items.schema.json',
      'media/icon.png',
    ]) {
      const { size } = await vscode.workspace.fs.stat(vscode.Uri.joinPath(root, name));
      assert.ok(size > 0, name);
    }
  });
});
