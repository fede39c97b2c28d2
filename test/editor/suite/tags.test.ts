// A tag in a comment leads from the code to requirement, threat and test, and back.
import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';

import {
  acceptQuickInput,
  applyAction,
  closeEverything,
  command,
  completionsAt,
  definitionsAt,
  hoverAt,
  labelOf,
  lensesOf,
  linksOf,
  open,
  placeOf,
  referencesAt,
  remove,
  traceward,
  underlined,
  waitFor,
  waitForFinding,
  waitForNoFinding,
  writeText,
} from '../api.ts';

const SCRATCH = 'src/scratch_tags.c';

describe('tags in the editor', () => {
  before(traceward);
  afterEach(closeEverything);

  it('shows the requirement behind a tag in the hover', async () => {
    const editor = await open('src/access.c');
    const text = await hoverAt(editor, placeOf(editor.document, 'SR-AUTH-003@2', 2));
    assert.match(text, /SR-AUTH-003/);
    assert.match(text, /Lock after wrong PINs/);
    assert.match(text, /T-004/);
    assert.match(text, /TC-AUTH-003/);
  });

  it('goes from the tag to the requirement, from there to the threat', async () => {
    const code = await open('src/access.c');
    const atTag = placeOf(code.document, 'SR-AUTH-003@2', 2);
    const [requirement] = await definitionsAt(code, atTag);
    const items = await open('security/requirements.yaml');
    const declared = placeOf(items.document, 'id: SR-AUTH-003', 4);
    assert.equal(requirement, `security/requirements.yaml:${declared.line + 1}`);
    const mitigates = items.document.positionAt(
      items.document.getText().indexOf('T-004', items.document.offsetAt(declared)) + 1,
    );
    const [threat] = await definitionsAt(items, mitigates);
    const threats = await open('security/threats.yaml');
    assert.equal(threat, `security/threats.yaml:${placeOf(threats.document, 'id: T-004').line + 1}`);
  });

  it('finds everything that names a requirement', async () => {
    const editor = await open('security/requirements.yaml');
    const references = await referencesAt(editor, placeOf(editor.document, 'id: SR-AUTH-003', 5));
    const files = references.map((each) => each.replace(/:\d+$/, ''));
    assert.ok(files.includes('src/access.c'), references.join(', '));
    assert.ok(files.includes('security/tests.yaml'), references.join(', '));
  });

  it('shows above a function what stands behind it', async () => {
    const editor = await open('src/access.c');
    const line = placeOf(editor.document, 'pump_status_t pump_access_login').line + 1;
    const lens = await waitFor(`a lens above line ${line}`, async () =>
      (await lensesOf(editor)).find((each) => each.line === line),
    );
    assert.match(lens.command.title, /SR-AUTH-003/);
    assert.match(lens.command.title, /T-004/);
    assert.match(lens.command.title, /\d+ tests?/);
  });

  it('walks the chain from the lens and opens what is chosen', async () => {
    const editor = await open('src/access.c');
    const line = placeOf(editor.document, 'pump_status_t pump_access_login').line + 1;
    const lens = (await lensesOf(editor)).find((each) => each.line === line);
    assert.ok(lens, 'no lens above the function');
    await acceptQuickInput(command(lens.command.command, ...((lens.command.arguments ?? []) as unknown[])));
    const opened = await waitFor('the first link of the chain to open', () => {
      const active = vscode.window.activeTextEditor;
      return active?.document.uri.path.includes('/security/') === true ? active : undefined;
    });
    // The chain begins with what may happen.
    assert.match(opened.document.uri.path, /(threats|assets)\.yaml$/);
    assert.match(opened.document.lineAt(opened.selection.active.line).text, /id: (T|A)-/);
  });

  it('completes ids inside a comment, and only there', async () => {
    await writeText(SCRATCH, '// [SR-AUTH-\nint unlock(void) { return SR_; }\n');
    const editor = await open(SCRATCH);
    const offered = await waitFor('ids to be offered', async () => {
      const items = await completionsAt(editor, new vscode.Position(0, 12));
      return items.some((item) => labelOf(item).startsWith('SR-AUTH-003')) ? items : undefined;
    });
    const entry = offered.find((item) => labelOf(item).startsWith('SR-AUTH-003'));
    const described = typeof entry?.label === 'object' ? JSON.stringify(entry.label) : entry?.detail;
    assert.match(`${described ?? ''} ${entry?.detail ?? ''}`, /Lock after wrong PINs/);
    const outside = await completionsAt(editor, new vscode.Position(1, 29));
    assert.ok(!outside.some((item) => labelOf(item).startsWith('SR-AUTH-003')));
  });

  it('links ids to their items', async () => {
    const editor = await open('src/access.c');
    const links = await waitFor('links in the comments', async () => {
      const found = await linksOf(editor);
      return found.length > 0 ? found : undefined;
    });
    const link = links.find(({ range }) => editor.document.getText(range).startsWith('SR-AUTH-003'));
    assert.match(link?.target?.path ?? '', /security\/requirements\.yaml$/);
  });

  it('finds items among the symbols of the workspace', async () => {
    const symbols = await command<vscode.SymbolInformation[]>(
      'vscode.executeWorkspaceSymbolProvider',
      'SR-AUTH-003',
    );
    const found = symbols.find(({ name }) => name.startsWith('SR-AUTH-003'));
    assert.match(found?.location.uri.path ?? '', /security\/requirements\.yaml$/);
  });

  it('inserts a tag above a function', async () => {
    const path = 'src/scratch_insert.c';
    await writeText(path, 'int first;\n\n  int unlock(void)\n  {\n    return 1;\n  }\n');
    const editor = await open(path);
    const at = placeOf(editor.document, 'return 1');
    editor.selection = new vscode.Selection(at, at);
    await command('traceward.tagFunction', undefined, 'SR-AUTH-003');
    assert.match(editor.document.getText(), /\n {2}\/\/ \[SR-AUTH-003\]\n {2}int unlock/);
    await waitFor('a lens above the function', async () =>
      (await lensesOf(editor)).find(({ line }) => line === 4),
    );
  });

  it('offers requirements for a function that calls cryptography without a tag', async () => {
    const editor = await open('src/diagnostics.c');
    const finding = await waitForFinding('src/diagnostics.c', 'untraced-cryptography');
    await applyAction(editor, finding.range, /^Tag/);
    await waitForNoFinding('src/diagnostics.c', 'untraced-cryptography');
  });

  it('underlines a tag that leads nowhere', async () => {
    await writeText(SCRATCH, '/* [SR-AUTH-999] */\nint unlock(void) { return 1; }\n');
    await open(SCRATCH);
    await waitFor(
      'the tag to be underlined',
      () => (underlined(SCRATCH).some((each) => each.startsWith('1 ')) ? true : undefined),
      () => underlined(SCRATCH),
    );
    await remove(SCRATCH);
  });

  after(async () => {
    await writeText(SCRATCH, '');
    await remove(SCRATCH);
  });
});
