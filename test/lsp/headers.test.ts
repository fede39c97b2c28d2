import assert from 'node:assert/strict';

import { closeEditors, openEditor } from './fakeEditor.ts';
import { WEAK_KEY_FILES } from './weakKey.ts';

describe('a header', () => {
  afterEach(closeEditors);

  it('is known to the files that include it, and read again for them when it changes on disk', async () => {
    const editor = await openEditor({ files: { ...WEAK_KEY_FILES } });
    const has = async (count: number): Promise<boolean> =>
      (await editor.problems()).filter((line) => line.includes('weak-key')).length === count;
    await editor.until('the finding is there', () => has(1));
    await editor.write('include/keys.h', '#define KEY key_of_device()\n');
    await editor.until('the finding is gone', () => has(0));
    await editor.write('include/keys.h', WEAK_KEY_FILES['include/keys.h']);
    await editor.until('the finding is back', () => has(1));
  });

  it('counts for closed files once it is saved', async () => {
    const editor = await openEditor({ files: { ...WEAK_KEY_FILES } });
    const has = async (count: number): Promise<boolean> =>
      (await editor.problems()).filter((line) => line.includes('weak-key')).length === count;
    await editor.until('the finding is there', () => has(1));
    const header = editor.open('include/keys.h');
    await header.replace('"my secret"', 'other()');
    await header.save();
    await editor.until('the finding is gone', () => has(0));
  });
});

describe('a function of another file, for rules with `interfile`', () => {
  afterEach(closeEditors);

  const TAINT = `rules:
  - id: flow
    languages: [python]
    severity: ERROR
    message: arrives
    mode: taint
    options: { interfile: true }
    pattern-sources: [{ pattern: input() }]
    pattern-sinks: [{ pattern: eval(...) }]
`;
  const CODE = {
    'traceward.yaml': 'rules: [checks]\n',
    'checks/flow.yaml': TAINT,
    'app/main.py': 'from app.io import read\neval(read())\n',
    'app/io.py': 'def read():\n    return input()\n',
  };

  it('counts when it changes on disk and when it is saved', async () => {
    const editor = await openEditor({ files: { ...CODE } });
    const has = async (count: number): Promise<boolean> =>
      (await editor.problems()).filter((line) => line.includes('flow')).length === count;
    await editor.until('the finding is there', () => has(1));
    await editor.write('app/io.py', 'def read():\n    return 1\n');
    await editor.until('the finding is gone', () => has(0));
    const file = editor.open('app/io.py');
    await file.replace('return 1', 'return input()');
    await file.save();
    await editor.until('the finding is back', () => has(1));
  });

  it('has the finding when the sink is in it, while the file that calls it is edited', async () => {
    const editor = await openEditor({
      files: {
        ...CODE,
        'app/main.py': 'from app.io import show\nshow(1)\n',
        'app/io.py': 'def show(x):\n    eval(x)\n',
      },
    });
    const sink = editor.open('app/io.py');
    const main = editor.open('app/main.py');
    assert.deepEqual((await sink.diagnostics()).length, 0);
    await main.replace('show(1)', 'show(input())');
    const lines = async (): Promise<readonly number[]> =>
      (await sink.diagnostics()).map(({ range }) => range.start.line);
    await editor.until('the finding is there', async () => (await lines())[0] === 1);
    assert.deepEqual(await main.diagnostics(), []);
    await sink.replace('def show', '# shows\ndef show');
    assert.deepEqual(await lines(), [2]);
    await main.replace('show(input())', 'show(1)');
    await editor.until('the finding is gone', async () => (await lines()).length === 0);
  });

  it('is told of as a place of its own file', async () => {
    const editor = await openEditor({ files: { ...CODE } });
    const file = editor.open('app/main.py');
    const [diagnostic] = await file.diagnostics();
    assert.deepEqual(
      diagnostic?.relatedInformation?.map(({ location, message }) => `${location.uri} ${message}`),
      ['file:///ws/app/io.py Source: input()', 'file:///ws/app/main.py Sink: eval(read())'],
    );
  });
});
