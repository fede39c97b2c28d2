import assert from 'node:assert/strict';

import type { CodeAction } from 'vscode-languageserver/node';

import type { ReasonArguments } from '../../server/src/protocol/messages.ts';
import { closeEditors, openEditor } from './fakeEditor.ts';
import { CODE, ITEMS, TEST_CODE } from './rules.ts';

const FILES = { 'security/items.yaml': ITEMS, 'src/pin.c': CODE, 'tests/test_pin.c': TEST_CODE };

describe('quick fixes of links', () => {
  afterEach(closeEditors);

  it('create what a tag or a list names, of the kind that may stand there', async () => {
    const editor = await openEditor({
      files: {
        'security/items.yaml': ITEMS.replace('[C-AUTH-02]', '[C-AUTH-02, C-AUTH-09]').replace(
          'assets: [A-01]',
          'assets: [A-01, A-77]',
        ),
        'tests/test_pin.c':
          '// [TC-AUTH-009, verifies SR-AUTH-003]\n// [verifies SR-AUTH-003]\nvoid t(void) {\n}\n',
      },
    });
    const items = editor.open('security/items.yaml');
    await editor.apply(one(await items.actions('C-AUTH-09'), 'Create control C-AUTH-09').edit);
    assert.match(
      items.text(),
      /- id: C-AUTH-09\n {4}title: "TODO: .*"\n {4}category: authentication\n {4}mitigates: \[\]\n/,
    );
    await editor.apply(one(await items.actions('A-77'), 'Create asset A-77').edit);
    assert.match(items.text(), /- id: A-77\n {4}title: "TODO: what T-004 leads to"\nthreats:/);
    const test = editor.open(
      'tests/test_pin.c',
      '// [TC-AUTH-009]\n// [verifies SR-AUTH-003]\nvoid t(void) {\n}\n',
    );
    await editor.apply(one(await test.actions('TC-AUTH-009'), 'Create test case TC-AUTH-009').edit);
    assert.match(
      items.text(),
      /- id: TC-AUTH-009\n {4}title: "TODO: what t is for"\n {4}verifies: \[SR-AUTH-003\]\n/,
    );
    assert.deepEqual(await test.diagnostics(), []);
  });

  const REMOVED: readonly (readonly [name: string, before: string, after: string])[] = [
    ['a line of its own', '// [SR-NO-001]\nvoid f(void) {\n}\n', 'void f(void) {\n}\n'],
    ['a comment with text', '// Locks. [SR-NO-001]\nvoid f(void) {\n}\n', '// Locks. \nvoid f(void) {\n}\n'],
    ['the first of several', '// [SR-NO-001, SR-AUTH-003]\nint x;\n', '// [SR-AUTH-003]\nint x;\n'],
    ['the last of several', '// [SR-AUTH-003, SR-NO-001@2]\nint x;\n', '// [SR-AUTH-003]\nint x;\n'],
    ['a line of a block', '/*\n * [verifies SR-NO-001]\n */\nint x;\n', '/*\n */\nint x;\n'],
    ['the end of a block', '/* Locks.\n * [SR-NO-001] */\nint x;\n', '/* Locks.\n *  */\nint x;\n'],
    ['a block of its own', '/* [SR-NO-001] */\nint x;\n', 'int x;\n'],
  ];
  for (const [name, before, after] of REMOVED) {
    it(`remove an orphaned tag: ${name}`, async () => {
      const editor = await openEditor({ files: { ...FILES, 'src/x.c': before } });
      const file = editor.open('src/x.c');
      await editor.apply(one(await file.actions('SR-NO-001'), 'Remove the tag SR-NO-001').edit);
      assert.equal(file.text(), after);
    });
  }

  it('remove a link of an item file, in both styles', async () => {
    const editor = await openEditor({
      files: {
        'security/items.yaml': ITEMS.replace('[C-AUTH-02]', '[C-NO-001]').replace(
          '    verifies: [SR-AUTH-003]',
          '    verifies:\n      - SR-NO-001 # gone\n      - SR-AUTH-003',
        ),
      },
    });
    const items = editor.open('security/items.yaml');
    await editor.apply(one(await items.actions('C-NO-001'), 'Remove the link to C-NO-001').edit);
    assert.match(items.text(), /derives: \[\]/);
    await editor.apply(one(await items.actions('SR-NO-001'), 'Remove the link to SR-NO-001').edit);
    assert.match(items.text(), /verifies:\n {6}- SR-AUTH-003\n$/);
  });

  it('bring all revisions of the workspace up to date, in items and code', async () => {
    const editor = await openEditor({
      files: {
        'security/items.yaml': ITEMS.replace('verifies: [SR-AUTH-003]', 'verifies: ["SR-AUTH-003@1"]'),
        'src/pin.c': CODE.replace('003]', '003@1]'),
      },
    });
    const file = editor.open('src/pin.c');
    await editor.apply(
      one(await file.actions('SR-AUTH-003'), 'Update all 2 revisions in the workspace').edit,
    );
    assert.match(file.text(), /SR-AUTH-003@2\]/);
    assert.match(editor.open('security/items.yaml').text(), /verifies: \["SR-AUTH-003@2"\]/);
  });

  it('leave alone a revision that another format writes in its own way, and change one that it can', async () => {
    const editor = await openEditor({
      files: {
        'traceward.yaml': 'trace:\n  tags: [oft]\n  sources: [{format: oft, files: ["doc/*.md"]}]\n',
        'doc/a.md': '# Lock\n`req~lock~2`\n\nNeeds: impl\n',
        'src/a.c': '// [impl->req~lock~1]\nint x;\n',
      },
    });
    const file = editor.open('src/a.c');
    const actions = await file.actions('req~lock~1');
    const update = actions.find(({ title }) => title.startsWith('Update to'));
    if (update !== undefined) await editor.apply(update.edit);
    assert.match(file.text(), /impl->req~lock~[12]\]/);
    assert.doesNotMatch(file.text(), /@/);
  });

  it('accept a gap with a reason that the client asks for', async () => {
    const editor = await openEditor({ files: { ...FILES } });
    const items = editor.open('security/items.yaml');
    const action = one(
      await items.actions('SR-CRYPTO-001'),
      'Justify the gap of SR-CRYPTO-001 with a reason...',
    );
    const argument = action.command?.arguments?.[0] as ReasonArguments;
    assert.deepEqual(argument, {
      uri: 'file:///ws/security/justifications.yaml',
      version: null,
      subject: 'SR-CRYPTO-001',
      position: { line: 0, character: 0 },
      before:
        'justifications:\n  - id: J-001\n    title: "What SR-CRYPTO-001 lacks is accepted"\n' +
        '    justifies: [SR-CRYPTO-001]\n    text: >-\n      ',
      after: '\n',
      placeholder: 'TODO: why this gap is acceptable',
      create: true,
    });
    const reason = 'Records: never leave the device # by "design"';
    await editor.write('security/justifications.yaml', `${argument.before}${reason}${argument.after}`);
    await editor.until('the gap is justified', async () =>
      (await items.hover('SR-CRYPTO-001')).includes('Justified'),
    );
    assert.deepEqual(
      (await items.actions('SR-AUTH-003')).filter(({ title }) => title.startsWith('Justify')),
      [],
      'nothing to justify',
    );
  });

  it('accept a gap by an edit where the client has no command', async () => {
    const editor = await openEditor({ files: { ...FILES }, options: { views: true } });
    const items = editor.open('security/items.yaml');
    const title = 'Justify the gap of SR-CRYPTO-001 (then write the reason)';
    await editor.apply(one(await items.actions('SR-CRYPTO-001'), title).edit);
    await editor.until('the gap is justified', async () =>
      (await items.hover('SR-CRYPTO-001')).includes('Justified'),
    );
  });
});

describe('renaming an id', () => {
  afterEach(closeEditors);
  const REVIEW =
    'link: { from: "src/pin.c#pin_check", type: implements, to: SR-AUTH-003 }\n' +
    'fingerprints: { from: 5f0c9a1b2c3d4e5f, to: 0a1b2c3d4e5f6071 }\nby: R. Viewer\nat: "2026-01-02"\n';

  it('changes its item, tags, links and records of reviews', async () => {
    const editor = await openEditor({
      files: {
        ...FILES,
        'security/items.yaml': ITEMS.replace('verifies: [SR-AUTH-003]', 'verifies: ["SR-AUTH-003@2"]'),
        '.traceward/reviews/a.yaml': REVIEW,
        'src/more.c': '// [SR-AUTH-003@2, SR-AUTH-0031]\nvoid more(void) {\n}\n',
      },
    });
    const code = editor.open('src/pin.c');
    await editor.apply(await code.rename('SR-AUTH-003', 'SR-PIN-001'));
    assert.match(code.text(), /\[SR-PIN-001\]/);
    assert.match(editor.open('src/more.c').text(), /\[SR-PIN-001@2, SR-AUTH-0031\]/);
    assert.match(editor.open('.traceward/reviews/a.yaml').text(), /to: SR-PIN-001 \}/);
    const items = editor.open('security/items.yaml').text();
    assert.match(items, /id: SR-PIN-001/);
    assert.match(items, /verifies: \["SR-PIN-001@2"\]/);
    assert.doesNotMatch(items, /SR-AUTH-003/);
  });

  it('starts at a declaration too, and works on unsaved text', async () => {
    const editor = await openEditor({ files: { ...FILES } });
    const items = editor.open('security/items.yaml');
    const code = editor.open('src/pin.c');
    await code.replace('/* PIN entry. */\n', '');
    await editor.apply(await items.rename('T-004', 'T-014'));
    assert.equal(items.text().match(/T-014/g)?.length, 3);
    await editor.apply(await items.rename('SR-AUTH-003', 'SR-AUTH-013'));
    assert.equal(code.text(), CODE.replace('/* PIN entry. */\n', '').replace('003', '013'));
  });

  const REFUSED: readonly (readonly [newName: string, reason: RegExp])[] = [
    ['SR-CRYPTO-001', /There is an item SR-CRYPTO-001 already/],
    ['lower-case', /is no id/],
    ['REQ-AUTH-003', /REQ is none of the prefixes of tags \(SR, TC\)/],
    ['SR-AUTH-003', /It is called SR-AUTH-003 already/],
  ];
  for (const [newName, reason] of REFUSED) {
    it(`is refused with a reason: ${newName}`, async () => {
      const editor = await openEditor({ files: { ...FILES } });
      await assert.rejects(editor.open('src/pin.c').rename('SR-AUTH-003', newName), reason);
    });
  }

  it('is refused where no item has the id', async () => {
    const editor = await openEditor({ files: { ...FILES, 'src/x.c': '// [SR-NO-001]\nint x;\n' } });
    await assert.rejects(
      editor.open('src/x.c').rename('SR-NO-001', 'SR-NO-002'),
      /No item has the id SR-NO-001/,
    );
  });

  it('changes ids of another format where they stand as they are, and keeps revisions', async () => {
    const editor = await openEditor({
      files: {
        'traceward.yaml': 'trace:\n  tags: [oft]\n  sources: [{format: oft, files: ["doc/*.md"]}]\n',
        'doc/a.md': '# Lock\n`req~lock~2`\n\nNeeds: impl\n',
        'src/a.c': '// [impl->req~lock~2]\nint x;\n',
      },
    });
    const doc = editor.open('doc/a.md');
    const name = 'req~lock';
    const edit = await doc.rename(name, 'req~latch');
    await editor.apply(edit);
    assert.match(doc.text(), /`req~latch~2`/);
    assert.match(editor.open('src/a.c').text(), /impl->req~latch~2\]/);
    await assert.rejects(doc.rename('req~latch', 'LATCH'), /is not built like/);
  });

  const DOORSTOP =
    'active: true\nlevel: 1.0\nlinks: LINKS\nnormative: true\nref: ""\nreviewed: null\ntext: |\n  Lock.\n';
  it('is refused where a format keeps the id elsewhere', async () => {
    const editor = await openEditor({
      files: {
        'traceward.yaml':
          'trace:\n  sources: [{format: doorstop, files: ["req/*.yml", "req/.doorstop.yml"]}]\n',
        'req/.doorstop.yml': 'settings:\n  digits: 3\n  prefix: REQ\n  sep: ""\n',
        'req/REQ001.yml': DOORSTOP.replace('LINKS', '[]'),
        'req/REQ002.yml': DOORSTOP.replace('LINKS', '\n- REQ001: null'),
      },
    });
    const file = editor.open('req/REQ002.yml');
    await assert.rejects(
      file.rename('REQ001', 'REQ007'),
      /cannot be changed here, such as by the name of a file/,
    );
  });

  it('offers nothing elsewhere', async () => {
    const editor = await openEditor({ files: { ...FILES } });
    const code = editor.open('src/pin.c');
    const position = code.at('return');
    const answer = await editor.request('textDocument/prepareRename', {
      textDocument: { uri: code.uri },
      position,
    });
    assert.equal(answer, null);
  });
});

function one(actions: readonly CodeAction[], title: string): CodeAction {
  const found = actions.find((action) => action.title === title);
  assert.ok(found, `${title}\nis not one of\n${actions.map((action) => action.title).join('\n')}`);
  return found;
}
