import assert from 'node:assert/strict';

import type { ReviewEntry, ReviewQueue, SignOffResult } from '../../server/src/protocol/review.ts';
import { closeEditors, openEditor, type FakeEditor } from './fakeEditor.ts';
import { CODE, ITEMS, TEST_CODE } from './rules.ts';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const GIT = {
  'var GIT_AUTHOR_IDENT': 'R. Viewer <rv@example.org> 1767312000 +0100\n',
  'rev-parse HEAD': `${COMMIT}\n`,
};
const NEEDS = `trace:
  needs:
    - { of: requirement, where: { category: cryptography }, require: [review] }
`;
const FILES = {
  'traceward.yaml': NEEDS,
  'security/items.yaml': ITEMS,
  'src/pin.c': CODE,
  'src/plain.c': 'int plain(void) {\n  return 1;\n}\n',
  'tests/test_pin.c': TEST_CODE,
};

function queue(editor: FakeEditor): Promise<ReviewQueue> {
  return editor.request<ReviewQueue>('traceward/reviewQueue', {});
}

async function drawn(editor: FakeEditor): Promise<string[]> {
  const { entries, done, total } = await queue(editor);
  return [...entries.map(({ state, kind, label }) => `${state} ${kind} ${label}`), `${done} of ${total}`];
}

/** Does what the client does with the answer. */
async function sign(editor: FakeEditor, keys: readonly string[], more: object = {}): Promise<string[]> {
  const result = await editor.request<SignOffResult>('traceward/signOff', {
    folder: 'file:///ws',
    keys,
    ...more,
  });
  assert.ok(result.kind === 'files');
  for (const { uri, text } of result.files) await editor.write(uri, text);
  return result.files.map(({ text }) => text);
}

describe('the review queue', () => {
  afterEach(closeEditors);

  it('has code with tags and items that ask for a review, in the order of the files', async () => {
    const editor = await openEditor({ files: { ...FILES }, git: GIT });
    assert.deepEqual(await drawn(editor), [
      'open item SR-CRYPTO-001',
      'open unit pin_check',
      'open unit test_pin_lock',
      '0 of 3',
    ]);
  });

  it('takes a sign-off with who, when, commit and why, until the code changes in meaning', async () => {
    const editor = await openEditor({ files: { ...FILES }, git: GIT });
    const file = editor.open('src/pin.c');
    const [text] = await sign(editor, ['unit src/pin.c#pin_check'], { reason: 'Limits fit.' });
    assert.match(
      text ?? '',
      new RegExp(
        '^unit: src/pin.c#pin_check\\nfingerprint: [0-9a-f]{32}\\nby: R\\. Viewer\\nat: "?20[^\\n]*Z"?\\n' +
          `commit: "?${COMMIT}"?\\nreason: Limits fit\\.\\n$`,
      ),
    );
    await editor.until('it is done', async () => (await queue(editor)).done === 1);
    await file.replace('/* PIN entry. */', '/* Entry of a PIN. */');
    assert.equal((await queue(editor)).done, 1, 'a comment does not count');
    await file.replace('return 0', 'return 1');
    assert.ok((await drawn(editor)).includes('changed unit pin_check'), 'on unsaved text');
    const [entry] = (
      await editor.request<ReviewEntry[]>('traceward/reviewsIn', { textDocument: { uri: file.uri } })
    ).filter(({ kind }) => kind === 'unit');
    assert.deepEqual(
      entry?.records.map(({ by, reason, commit, fits }) => ({ by, reason, commit, fits })),
      [{ by: 'R. Viewer', reason: 'Limits fit.', commit: COMMIT, fits: false }],
    );
    assert.deepEqual([entry.location.range.start.line, entry.whole.end.line], [2, 4]);
    await file.replace('return 1', 'return 0');
    assert.equal((await queue(editor)).done, 1, 'the record fits again');
  });

  it('shows a link that is suspect, and clears it', async () => {
    const editor = await openEditor({ files: { ...FILES }, git: GIT });
    const record =
      'link: { from: "src/pin.c#pin_check", type: implements, to: SR-AUTH-003 }\n' +
      'fingerprints: { from: 5f0c9a1b2c3d4e5f, to: 0a1b2c3d4e5f6071 }\nby: A\nat: "2026-01-02"\n';
    await editor.write('.traceward/reviews/old.yaml', record);
    await editor.until('the link is suspect', async () =>
      (await drawn(editor)).includes('suspect link pin_check implements SR-AUTH-003'),
    );
    await sign(editor, ['link src/pin.c#pin_check implements SR-AUTH-003']);
    await editor.until('the link is confirmed', async () => (await queue(editor)).done === 1);
    assert.deepEqual(await editor.open('src/pin.c').diagnostics(), []);
  });

  it('takes a review of an item, which covers what asks for it', async () => {
    const editor = await openEditor({ files: { ...FILES }, git: GIT });
    await sign(editor, ['item SR-CRYPTO-001']);
    await editor.until('it is done', async () => (await queue(editor)).done === 1);
    assert.doesNotMatch(await editor.open('security/items.yaml').hover('SR-CRYPTO-001'), /review/);
  });

  it('accepts a finding in a function until the function changes', async () => {
    const code = CODE.replace('return 0', 'strcpy(a, pin)');
    const editor = await openEditor({ files: { ...FILES, 'src/pin.c': code }, git: GIT });
    const file = editor.open('src/pin.c');
    const action = (await file.actions('strcpy')).find(({ title }) => title.startsWith('Accept'));
    assert.equal(action?.title, 'Accept unbounded-string-copy until `pin_check` changes...');
    assert.deepEqual(action.command?.arguments, [
      {
        folder: 'file:///ws',
        uri: file.uri,
        rule: 'unbounded-string-copy',
        unit: 'src/pin.c#pin_check',
      },
    ]);
    await sign(editor, ['finding unbounded-string-copy src/pin.c#pin_check'], {
      reason: 'Both have 8 bytes.',
    });
    await editor.until('the finding is accepted', async () => (await file.diagnostics()).length === 0);
    await file.replace('strcpy(a, pin)', 'strcpy(b, pin)');
    assert.deepEqual(
      (await file.diagnostics()).map(({ code: rule }) => rule),
      ['unbounded-string-copy'],
    );
  });

  it('asks who signs where git does not know', async () => {
    const editor = await openEditor({ files: { ...FILES } });
    const ask = (more: object) =>
      editor.request<SignOffResult>('traceward/signOff', {
        folder: 'file:///ws',
        keys: ['unit src/pin.c#pin_check'],
        ...more,
      });
    assert.deepEqual(await ask({}), { kind: 'who' });
    const signed = await ask({ by: 'Somebody: "else"' });
    assert.ok(signed.kind === 'files');
    assert.match(signed.files[0]?.text ?? '', /by: 'Somebody: "else"'\nat: /);
    assert.doesNotMatch(signed.files[0]?.text ?? '', /commit/);
  });

  it('signs nothing that is not there', async () => {
    const editor = await openEditor({ files: { ...FILES }, git: GIT });
    assert.deepEqual(await sign(editor, ['unit src/gone.c#gone']), []);
  });
});
