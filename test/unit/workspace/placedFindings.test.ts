import assert from 'node:assert/strict';

import { DEFAULT_CONFIG } from '../../../server/src/core/config/projectConfig.ts';
import { createWorkspace, type Workspace } from '../../../server/src/core/workspace.ts';
import { loadLanguages, rulesOf } from '../../support/engine.ts';

type Files = Readonly<Record<string, string>>;

function rule(more = '', options = ''): string {
  return `rules:
  - id: flow
    languages: [python]
    severity: ERROR
    message: "$X arrives"
    mode: taint
    options: {interfile: true${options}}
    fix: safe($X)
    pattern-sources: [{pattern: source(...)}]
    pattern-sinks: [{pattern: sink($X)}]
${more}`;
}

/** @param onlyCode files that others call and that are not analysed */
async function workspaceOf(files: Files, rules = rule(), onlyCode: Files = {}): Promise<Workspace> {
  const ws = createWorkspace({
    languages: await loadLanguages(),
    rules: await rulesOf(rules),
    config: { ...DEFAULT_CONFIG, exclude: [] },
  });
  for (const [path, text] of Object.entries({ ...files, ...onlyCode }))
    ws.applyChange({ kind: 'code', path, text });
  for (const [path, text] of Object.entries(files)) ws.applyChange({ kind: 'file', path, text });
  return ws;
}

/** File, line and rule of every finding. */
function found(ws: Workspace): readonly string[] {
  const snapshot = ws.snapshot();
  return [...snapshot.files.keys()].flatMap((path) =>
    (snapshot.report(path)?.findings ?? []).map(
      ({ ruleId, range }) => `${path}:${range.start.line + 1} ${ruleId}`,
    ),
  );
}

function insert(ws: Workspace, path: string, line: number, column: number, text: string, length = 0): void {
  const range = { start: { line, column }, end: { line, column: column + length } };
  ws.applyChange({ kind: 'edit', path, edits: [{ range, text }] });
}

const CALLER = 'from b import show\nshow(source())\n';
const SHOWS = 'def show(x):\n    sink(x)\n';

describe('findings whose sink lies in another file', () => {
  const open: Workspace[] = [];
  const made = async (...args: Parameters<typeof workspaceOf>): Promise<Workspace> => {
    const ws = await workspaceOf(...args);
    open.push(ws);
    return ws;
  };
  afterEach(() => {
    for (const ws of open.splice(0)) ws.dispose();
  });

  it('are those of the file of the sink, without a fix', async () => {
    const ws = await made({ 'a.py': CALLER, 'b.py': SHOWS });
    assert.deepEqual(found(ws), ['b.py:2 flow']);
    assert.deepEqual(ws.snapshot().findings('a.py'), []);
    assert.equal(ws.snapshot().findings('b.py')[0]?.fix, undefined);
  });

  it('are one for each sink, however many files lead there', async () => {
    const ws = await made({
      'a.py': `${CALLER}show(source())\n`,
      'b.py': `${SHOWS}    sink(1)\nshow(source())\n`,
      'c.py': CALLER,
    });
    assert.deepEqual(found(ws), ['b.py:2 flow']);
    // The file itself tells the story, where it has one.
    const [own] = ws.snapshot().findings('b.py');
    assert.deepEqual([...new Set(own?.trace?.map(({ path }) => path))], [undefined]);
  });

  it('are two where a call leads to two sinks', async () => {
    const ws = await made({ 'a.py': CALLER, 'b.py': `${SHOWS}    sink(x)\n` });
    assert.deepEqual(found(ws), ['b.py:2 flow', 'b.py:3 flow']);
  });

  it('are hidden by a suppression at the sink, and not by one at the call', async () => {
    const text = SHOWS.replace('sink(x)', 'sink(x)  # traceward-ignore: flow -- tested');
    const ws = await made({ 'a.py': CALLER, 'b.py': text });
    assert.deepEqual(found(ws), []);
    assert.equal(ws.snapshot().report('b.py')?.suppressed.length, 1);
    const call = CALLER.replace('show(source())', 'show(source())  # traceward-ignore: flow -- tested');
    const other = await made({ 'a.py': call, 'b.py': SHOWS });
    assert.deepEqual(found(other), ['a.py:2 unused-suppression', 'b.py:2 flow']);
  });

  it('stay at the call where the file of the sink is not analysed', async () => {
    const ws = await made({ 'a.py': CALLER }, rule(), { 'b.py': SHOWS });
    assert.deepEqual(found(ws), ['a.py:2 flow']);
  });

  it('stay at the call where the rule does not look at the file of the sink', async () => {
    const ws = await made({ 'a.py': CALLER, 'b.py': SHOWS }, rule('    paths: {exclude: [b.py]}\n'));
    assert.deepEqual(found(ws), ['a.py:2 flow']);
  });

  it('are those of the file of the source, where a rule asks for that', async () => {
    const files = {
      'a.py': 'from b import read\nsink(read())\n',
      'b.py': 'def read():\n    return source()\n',
    };
    const ws = await made(files, rule('', ', taint_focus_on: source'));
    assert.deepEqual(found(ws), ['b.py:2 flow']);
  });

  it('come and go while the file of the source is edited', async () => {
    const ws = await made({ 'b.py': SHOWS });
    ws.applyChange({ kind: 'open', path: 'a.py', text: 'from b import show\nshow(1)\n' });
    assert.deepEqual(found(ws), []);
    insert(ws, 'a.py', 1, 5, 'source()', 1);
    assert.deepEqual(found(ws), ['b.py:2 flow']);
    insert(ws, 'a.py', 1, 5, '1', 'source()'.length);
    assert.deepEqual(found(ws), []);
  });

  it('move with the lines of the sink while its file is edited', async () => {
    const ws = await made({ 'a.py': CALLER, 'b.py': SHOWS });
    ws.applyChange({ kind: 'open', path: 'b.py', text: SHOWS });
    assert.deepEqual(found(ws), ['b.py:2 flow']);
    insert(ws, 'b.py', 0, 0, '# a\n# b\n');
    assert.deepEqual(found(ws), ['b.py:4 flow']);
    // Now callers are to be read again, and this one has not been.
    ws.applyChange({ kind: 'settle', path: 'b.py' });
    assert.deepEqual(found(ws), ['b.py:4 flow']);
    assert.deepEqual(ws.outdated(), ['a.py']);
    insert(ws, 'b.py', 4, 0, '# c\n');
    ws.applyChange({ kind: 'settle', path: 'b.py' });
    assert.deepEqual(found(ws), ['b.py:4 flow']);
  });

  it('stay at the call while the sink itself is edited', async () => {
    const ws = await made({ 'a.py': CALLER, 'b.py': SHOWS });
    ws.applyChange({ kind: 'open', path: 'b.py', text: SHOWS });
    insert(ws, 'b.py', 1, 9, 'y');
    assert.deepEqual(found(ws), ['a.py:2 flow']);
    ws.applyChange({ kind: 'settle', path: 'b.py' });
    assert.deepEqual(found(ws), ['a.py:2 flow']);
    ws.applyChange({ kind: 'file', path: 'a.py', text: CALLER });
    assert.deepEqual(found(ws), []);
  });

  it('stay at the call when the file of the sink was closed or changed and the caller was not read again', async () => {
    const ws = await made({ 'a.py': CALLER, 'b.py': SHOWS });
    ws.applyChange({ kind: 'file', path: 'b.py', text: `# a\n${SHOWS}` });
    assert.deepEqual(found(ws), ['a.py:2 flow']);
    ws.applyChange({ kind: 'file', path: 'a.py', text: CALLER });
    assert.deepEqual(found(ws), ['b.py:3 flow']);
    ws.applyChange({ kind: 'remove', path: 'b.py' });
    assert.deepEqual(found(ws), ['a.py:2 flow']);
  });
});
