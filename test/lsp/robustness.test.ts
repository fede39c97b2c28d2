import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';

import { createWorkspace, type Workspace } from '../../server/src/core/workspace.ts';
import { languageSet } from '../../server/src/core/syntax/loadLanguages.ts';
import type { ScanResult } from '../../server/src/protocol/messages.ts';
import { closeEditors, openEditor } from './fakeEditor.ts';
import { CODE, ITEMS, TEST_CODE } from './rules.ts';

const COPY = 'void f(void) {\n  strcpy(a, b);\n}\n';
const FILES = { 'security/items.yaml': ITEMS, 'src/pin.c': CODE, 'tests/test_pin.c': TEST_CODE, 'a.c': COPY };

describe('a bare client', () => {
  afterEach(closeEditors);

  it('is sent diagnostics of open and closed files, and what changes in them', async () => {
    const editor = await openEditor({ files: { ...FILES }, client: 'bare' });
    const expected = ['a.c:2 error unbounded-string-copy', 'security/items.yaml:21 warning trace-uncovered'];
    const seen = async () => (await editor.problems()).filter((line) => !line.includes(' info '));
    await editor.until('everything is pushed', async () => (await seen()).length === 2);
    assert.deepEqual(await seen(), expected);
    const file = editor.open('a.c');
    await file.replace('strcpy', 'strlcpy');
    await editor.until('the finding is gone', async () => (await file.diagnostics()).length === 0);
    await file.close();
    await editor.until('what is on disk counts again', async () =>
      (await seen()).includes(expected[0] ?? ''),
    );
  });

  it('is asked for nothing that it does not know', async () => {
    const editor = await openEditor({ files: { ...FILES }, client: 'bare' });
    await editor.until('everything is pushed', async () => (await editor.problems()).length > 0);
    const file = editor.open('src/pin.c');
    await file.type('{\n', ' ');
    await sleep(700);
    const methods = new Set(editor.received.map(({ method }) => method));
    assert.deepEqual([...methods], ['textDocument/publishDiagnostics']);
    assert.equal(editor.capabilities.diagnosticProvider, undefined);
    assert.equal(editor.capabilities.positionEncoding, 'utf-16');
    assert.deepEqual(
      (await file.lenses()).map((lens) => lens.command),
      [
        {
          title: 'SR-AUTH-003 | mitigates T-004 | 1 test',
          command: '',
          arguments: [{ uri: file.uri, position: file.at('pin_check', 0) }],
        },
      ],
    );
    assert.deepEqual(editor.logged, []);
  });
});

describe('the scan', () => {
  afterEach(closeEditors);
  const many = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`src/f${index}.c`, COPY]));

  it('shows a bar that counts and can be cancelled; what was read stays', async () => {
    const editor = await openEditor({ files: { ...many }, readDelay: 20, doNotWait: true });
    const bar = () =>
      editor.messages('$/progress') as {
        token: string;
        value: { kind: string; cancellable?: boolean; percentage?: number };
      }[];
    await editor.until('the bar is there', () => bar().length > 0);
    assert.deepEqual([bar()[0]?.value.kind, bar()[0]?.value.cancellable], ['begin', true]);
    await editor.client.sendNotification('window/workDoneProgress/cancel', { token: bar()[0]?.token });
    await editor.until('the bar is gone', () => bar().at(-1)?.value.kind === 'end');
    await editor.ready();
    const folder = editor.summary()?.folders[0];
    assert.equal(folder?.incomplete, true);
    assert.ok(folder.filesDone < 300, `${folder.filesDone} files`);
    assert.equal(folder.errors, folder.filesDone);
    const again = await editor.request<ScanResult>('traceward/scanWorkspace', {});
    assert.deepEqual([again.outcome, again.summary.folders[0]?.errors], ['done', 300]);
  });

  it('ends when the request for it is withdrawn', async () => {
    const editor = await openEditor({ files: { ...many }, readDelay: 5 });
    const { CancellationTokenSource } = await import('vscode-languageserver/node');
    const source = new CancellationTokenSource();
    const asked = editor.client.sendRequest('traceward/scanWorkspace', {}, source.token);
    await sleep(30);
    source.cancel();
    await assert.rejects(asked, { code: -32800 });
    await editor.until('it stopped', () => editor.summary()?.folders[0]?.incomplete === true);
  });

  it('of a folder whose configuration changes meanwhile starts again', async () => {
    const editor = await openEditor({ files: { ...many }, readDelay: 5, doNotWait: true });
    await editor.until('it runs', () => (editor.summary()?.folders[0]?.filesTotal ?? 0) > 0);
    await editor.write('traceward.yaml', 'exclude: [src/f1*]\n');
    await editor.until('it has ended', () => {
      const folder = editor.summary()?.folders[0];
      return folder?.state === 'ready' && folder.filesTotal < 300;
    });
    const folder = editor.summary()?.folders[0];
    assert.deepEqual([folder?.filesDone, folder?.errors, folder?.incomplete], [189, 189, false]);
  });

  it('asks to be told of changed files', async () => {
    const editor = await openEditor({ files: {} });
    const [watched, settings] = editor.registrations;
    assert.deepEqual(watched?.registerOptions, { watchers: [{ globPattern: '**/*' }] });
    assert.equal(settings?.method, 'workspace/didChangeConfiguration');
  });

  it('lets keystrokes through', async () => {
    const large = 'static int g(int x) {\n  return x + 1;\n}\n'.repeat(150);
    const files = Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`src/f${index}.c`, large]));
    const editor = await openEditor({ files: { ...files, 'a.c': COPY }, doNotWait: true });
    const file = editor.open('a.c');
    await file.hover('strcpy');
    let answered = 0;
    while (answered < 10 && editor.summary()?.state !== 'ready') {
      await file.hover('strcpy');
      answered++;
    }
    assert.equal(answered, 10, 'hovers that were answered before the scan had ended');
  });

  it('does not say that code or tests are missing before it has read them', async () => {
    const editor = await openEditor({ files: { ...FILES, ...many }, readDelay: 10, doNotWait: true });
    const items = editor.open('security/items.yaml');
    const early = await items.diagnostics();
    assert.deepEqual(
      early.map((each) => each.code),
      [],
    );
    await editor.ready();
    await editor.until('the gap is told', async () =>
      (await items.diagnostics()).some((each) => each.code === 'trace-uncovered'),
    );
  });
});

describe('what must not happen', () => {
  afterEach(closeEditors);

  it('60 files opened, edited and closed leave no tree behind', async () => {
    const names = Array.from({ length: 60 }, (_, index) => `src/f${index}.c`);
    let languages: ReturnType<typeof languageSet> | undefined;
    const parts = {
      createWorkspace: (options: Parameters<typeof createWorkspace>[0]): Workspace => {
        languages = options.languages as ReturnType<typeof languageSet>;
        return createWorkspace(options);
      },
    };
    const editor = await openEditor({
      files: Object.fromEntries(names.map((name) => [name, COPY])),
      settings: { '': { analysisDelay: 0 } },
      parts,
    });
    const files = names.map((name) => editor.open(name));
    for (const file of files) {
      await file.type('strcpy(a, b);', ' ');
      await file.diagnostics();
    }
    // A file that settles has none for a moment.
    assert.ok((languages?.liveTrees() ?? 0) > 45);
    for (const file of files) await file.close();
    await editor.until('every tree is freed', () => languages?.liveTrees() === 0);
  });

  it('a file whose analysis throws is switched off in that version, and the rest goes on', async () => {
    const parts = {
      createWorkspace: (options: Parameters<typeof createWorkspace>[0]): Workspace => {
        const core = createWorkspace(options);
        return {
          applyChange: (change) => core.applyChange(change),
          roleOf: (path) => core.roleOf(path),
          inputOf: (path) => core.inputOf(path),
          analyst: () => core.analyst(),
          outdated: () => core.outdated(),
          sharesCode: (path) => core.sharesCode(path),
          sharedFiles: () => core.sharedFiles(),
          textOf: (path) => core.textOf(path),
          commentAt: (path, position) => core.commentAt(path, position),
          dispose: () => core.dispose(),
          snapshot: () => {
            if (core.textOf('a.c')?.includes('CRASH') === true) throw new Error('the matcher fell over');
            return core.snapshot();
          },
        };
      },
    };
    const editor = await openEditor({ files: { ...FILES, 'b.c': COPY }, parts });
    const file = editor.open('a.c');
    const other = editor.open('b.c');
    assert.equal((await file.diagnostics()).length, 1);
    await file.replace('void f', 'CRASH f');
    assert.deepEqual(
      (await file.diagnostics()).map((each) => each.code),
      ['not-analysed'],
    );
    assert.equal((await other.diagnostics()).length, 1);
    await file.type('CRASH', ' ');
    await file.diagnostics();
    assert.equal(
      editor.logged.filter((line) => line.includes('the matcher fell over')).length,
      1,
      'logged once',
    );
    await file.replace('CRASH  f', 'void f');
    assert.deepEqual(
      (await file.diagnostics()).map((each) => each.code),
      ['unbounded-string-copy'],
    );
  });

  it('nonsense from the client does not end the server', async () => {
    const editor = await openEditor({ files: { ...FILES } });
    const file = editor.open('a.c');
    const nonsense = {
      textDocument: { uri: 'untitled:x%%' },
      position: { line: 1e9, character: 1e9 },
      context: { diagnostics: [] },
    };
    for (const method of ['hover', 'definition', 'codeLens', 'documentLink', 'completion', 'diagnostic']) {
      await editor.request(`textDocument/${method}`, nonsense);
    }
    await editor.client.sendNotification('textDocument/didChange', {
      textDocument: { uri: 'file:///no', version: 1 },
      contentChanges: [],
    });
    await editor.client.sendNotification('textDocument/didClose', { textDocument: { uri: 'file:///no' } });
    await assert.rejects(
      Promise.resolve(editor.request('traceward/traceAt', { textDocument: 1 })).then((answer) =>
        assert.ok(answer),
      ),
    );
    assert.equal((await file.diagnostics()).length, 1);
  });

  it('URIs that are spelt differently are still one file', async () => {
    const editor = await openEditor({ files: { 'my src/ä#1.c': COPY } });
    assert.equal((await editor.problems()).length, 1);
    const file = editor.open('file:///ws/my%20src/%C3%A4%231.c', COPY);
    assert.equal((await file.diagnostics()).length, 1);
    assert.equal((await editor.problems()).length, 1, 'not two');
  });

  it('missing data files are said once, and every request still gets an answer', async () => {
    const parts = {
      createWorkspace: (): Workspace => {
        throw new Error('no engine');
      },
    };
    const editor = await openEditor({ files: { ...FILES }, parts, doNotWait: true });
    const file = editor.open('a.c');
    assert.deepEqual(await file.diagnostics(), []);
    assert.equal(await file.hover('strcpy'), '');
    assert.equal(editor.messages('window/showMessage').length, 1);
  });
});
