// The extension as it is developed: it starts, and an insecure call in a C file is underlined.
import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';

const source = `#include <string.h>
void copy(char *to, const char *from) {
  char name[8];
  strcpy(name, from);
  strcpy(to, name);
}
`;

describe('the extension in the editor', () => {
  it('is there and starts', async () => {
    const extension = vscode.extensions.getExtension('traceward.traceward');
    assert.ok(extension, 'traceward.traceward is not installed');
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it('underlines an unbounded copy', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(folder, 'no folder is open');
    const file = vscode.Uri.joinPath(folder.uri, 'src', 'smoke.c');
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(source));
    await vscode.window.showTextDocument(file);
    assert.notEqual((await findingsOf(file)).length, 0);
  });
});

/** Waits up to 30 seconds for the first findings. */
async function findingsOf(file: vscode.Uri): Promise<readonly vscode.Diagnostic[]> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const found = vscode.languages.getDiagnostics(file).filter(({ source }) => source === 'traceward');
    if (found.length > 0 || Date.now() > deadline) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
