import assert from 'node:assert/strict';

import type { CodeAction, CompletionItem, TextEdit } from 'vscode-languageserver/node';

import { closeEditors, openEditor } from './fakeEditor.ts';
import { CODE, ITEMS } from './rules.ts';

const MARKDOWN = `# Threats

## T-004: Guessing the PIN

- Stride: spoofing

# Controls

## C-AUTH-02: PIN entry is limited

- Category: authentication
- Mitigates: T-004

# Requirements

## SR-AUTH-003: Lock after wrong PINs

- Category: authentication
- Revision: 2
- Derives: C-AUTH-02, C-NO-001
- Mitigates:
  - T-777

The pump shall refuse further PIN entry after three wrong PINs.
`;
const FILES = { 'security/items.md': MARKDOWN, 'src/pin.c': CODE };

describe('items in Markdown', () => {
  afterEach(closeEditors);

  it('are shown, found and renamed like items in YAML', async () => {
    const editor = await openEditor({ files: { ...FILES } });
    const file = editor.open('security/items.md');
    const code = editor.open('src/pin.c');
    assert.match(await code.hover('SR-AUTH-003'), /Lock after wrong PINs/);
    assert.match(await file.hover('C-AUTH-02', 1, 2), /PIN entry is limited/);
    assert.deepEqual(await code.definition('SR-AUTH-003'), ['security/items.md:16']);
    await editor.apply(await file.rename('C-AUTH-02', 'C-AUTH-07'));
    assert.match(file.text(), /## C-AUTH-07: PIN[^]*- Derives: C-AUTH-07, C-NO-001/);
    await editor.apply(await code.rename('SR-AUTH-003', 'SR-AUTH-009'));
    assert.match(file.text(), /## SR-AUTH-009: Lock/);
  });

  it('have diagnostics at their lines, in the text as it is typed', async () => {
    const editor = await openEditor({ files: { ...FILES } });
    const file = editor.open('security/items.md');
    await file.replace('- Category: authentication\n- Revision', '- Category: authentcation\n- Revision');
    const found = (await file.diagnostics()).map(
      ({ range, code }) => `${range.start.line + 1} ${String(code)}`,
    );
    assert.deepEqual(found.filter((each) => /item-shape|orphaned/.test(each)).sort(), [
      '18 item-shape',
      '20 trace-orphaned',
      '22 trace-orphaned',
    ]);
  });

  it('are mended by quick fixes', async () => {
    const editor = await openEditor({
      files: { ...FILES, 'src/pin.c': '// [SR-AUTH-004]\nvoid f(void) {\n}\n' },
    });
    const file = editor.open('security/items.md');
    await editor.apply(one(await file.actions('C-NO-001'), 'Create control C-NO-001').edit);
    assert.match(
      file.text(),
      /- Mitigates: T-004\n\n## C-NO-001: TODO: what SR-AUTH-003 leads to\n\n- Category: authentication\n- Mitigates: none?\n\n# Requirements\n|- Mitigates:\n\n# Requirements/,
    );
    await editor.apply(one(await file.actions('T-777'), 'Remove the link to T-777').edit);
    assert.match(file.text(), /- Mitigates:\n\nThe pump/);
    const code = editor.open('src/pin.c');
    await editor.apply(one(await code.actions('SR-AUTH-004'), 'Create requirement SR-AUTH-004').edit);
    assert.match(
      file.text(),
      /wrong PINs\.\n\n## SR-AUTH-004: TODO: what f is for\n\n- Category: authentication\n\nTODO: say what the device shall do\.\n$/,
    );
  });

  it('lose one link of several', async () => {
    const editor = await openEditor({ files: { ...FILES } });
    const file = editor.open('security/items.md');
    await editor.apply(one(await file.actions('C-NO-001'), 'Remove the link to C-NO-001').edit);
    assert.match(file.text(), /- Derives: C-AUTH-02\n/);
  });

  it('are formatted on request, and nothing else is', async () => {
    const editor = await openEditor({ files: { ...FILES, 'other.yaml': 'a:   1\n' } });
    const file = editor.open('security/items.md');
    await file.replace('- Stride: spoofing', '* stride: spoofing');
    const format = (uri: string) =>
      editor.request<TextEdit[] | null>('textDocument/formatting', {
        textDocument: { uri },
        options: { tabSize: 2, insertSpaces: true },
      });
    assert.deepEqual(
      (await format(file.uri))?.map(({ newText }) => newText),
      [MARKDOWN.replace('- Revision: 2\n', '').replace('  - T-777\n', '  - T-777\n- Revision: 2\n')],
    );
    assert.equal(await format(editor.open('other.yaml').uri), null);
  });

  it('are completed: names of fields, their words, ids', async () => {
    const editor = await openEditor({
      files: { ...FILES, 'security/a.yaml': ITEMS.replace(/T-004/g, 'T-001') },
    });
    const file = editor.open('security/items.md');
    await file.replace('- Revision: 2\n', '- Revision: 2\n- \n');
    const names = labels(await file.completion('- Revision: 2\n- '));
    assert.ok(names.includes('Needs') && names.includes('Level'));
    assert.ok(!names.includes('Category') && !names.includes('Stride'));
    await file.replace('- Revision: 2\n- \n', '- Level: \n');
    assert.deepEqual(labels(await file.completion('- Level: ')), [
      'user',
      'system',
      'software',
      'unit',
      'integration',
    ]);
    assert.deepEqual(labels(await file.completion('Mitigates:\n  - ')), ['T-001', 'T-004']);
    assert.ok(labels(await file.completion('- Derives: C-AUTH-02, ')).includes('C-AUTH-02'));
    assert.deepEqual(await file.completion('The pump '), []);
  });
});

function labels(items: readonly CompletionItem[]): string[] {
  return items.map(({ label }) => label);
}

function one(actions: readonly CodeAction[], title: string): CodeAction {
  const found = actions.find((each) => each.title === title);
  assert.ok(found, `${title} among: ${actions.map((each) => each.title).join('; ')}`);
  return found;
}
