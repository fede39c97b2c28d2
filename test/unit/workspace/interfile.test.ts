import assert from 'node:assert/strict';

import { DEFAULT_CONFIG } from '../../../server/src/core/config/projectConfig.ts';
import type { Finding } from '../../../server/src/core/match/finding.ts';
import { createWorkspace, type Workspace } from '../../../server/src/core/workspace.ts';
import { loadLanguages, rulesOf } from '../../support/engine.ts';
import { CASES, type Files } from './interfileCases.ts';

const LANGUAGES = 'c, cpp, python, javascript, typescript, java, go, csharp, kotlin, rust, swift';

function ruleWith(options: string): string {
  return `rules:
  - id: flow
    languages: [${LANGUAGES}]
    severity: ERROR
    message: "$X arrives"
    mode: taint
    options: ${options}
    pattern-sources: [{pattern: source(...)}]
    pattern-sinks: [{pattern: sink($X)}]
    pattern-sanitizers: [{pattern: clean(...)}]
`;
}

const INTERFILE = ruleWith('{interfile: true}');

async function workspaceOf(files: Files, rules = INTERFILE): Promise<Workspace> {
  const ws = createWorkspace({
    languages: await loadLanguages(),
    rules: await rulesOf(rules),
    config: { ...DEFAULT_CONFIG, exclude: [] },
  });
  for (const [path, text] of Object.entries(files)) ws.applyChange({ kind: 'code', path, text });
  for (const [path, text] of Object.entries(files)) ws.applyChange({ kind: 'file', path, text });
  return ws;
}

function findings(ws: Workspace, path: string): readonly Finding[] {
  return ws.snapshot().report(path)?.findings ?? [];
}

function linesWith(ws: Workspace, files: Files): string[] {
  return Object.keys(files).flatMap((path) =>
    findings(ws, path).map(
      ({ range: { start } }) => `${path}: ${files[path]?.split('\n')[start.line]?.trim() ?? ''}`,
    ),
  );
}

function expected(files: Files): string[] {
  return Object.entries(files).flatMap(([path, text]) =>
    text.split('\n').flatMap((line) => (/(?:\/\/|#) !$/.test(line) ? [`${path}: ${line.trim()}`] : [])),
  );
}

describe('taint through functions of other files', () => {
  for (const [name, files] of Object.entries(CASES)) {
    it(name, async () => {
      const ws = await workspaceOf(files);
      assert.deepEqual(linesWith(ws, files), expected(files));
      ws.dispose();
    });
  }

  it('is off unless a rule asks for it', async () => {
    const files = {
      'a.py': 'from b import read\nsink(read())\n',
      'b.py': 'def read():\n    return source()\n',
    };
    for (const options of ['{}', '{interfile: false}', '{interfile: true, taint_intrafile: false}']) {
      const ws = await workspaceOf(files, ruleWith(options));
      assert.deepEqual(linesWith(ws, files), [], options);
      if (options !== '{interfile: true, taint_intrafile: false}') assert.equal(ws.sharesCode('a.py'), false);
      ws.dispose();
    }
  });

  it('tells the way through the other file, and metavariables of there', async () => {
    const files = {
      'a.py': 'from b import show\nname = source()\nshow(name)\n',
      'b.py': 'def show(x):\n    y = x\n    sink(y)\n',
    };
    const ws = await workspaceOf(files);
    assert.deepEqual(findings(ws, 'a.py'), []);
    const [finding] = findings(ws, 'b.py');
    assert.equal(finding?.message, 'y arrives');
    assert.equal(finding.range.start.line, 2);
    assert.deepEqual(
      finding.trace?.map(({ path, range, message }) => `${path ?? ''}:${range.start.line + 1} ${message}`),
      [
        'a.py:2 Source: source()',
        'a.py:2 Step: name',
        'a.py:3 Step: show(name)',
        ':1 Step: x',
        ':2 Step: y',
        ':3 Sink: sink(y)',
      ],
    );
    ws.dispose();
  });

  it('goes through three files and no further', async () => {
    const hop = (from: string, to: string): string =>
      `from ${to} import ${to}\ndef ${from}():\n    return ${to}()\n`;
    const files: Record<string, string> = {
      'a.py': 'from b import b\nsink(b())\n',
      'b.py': hop('b', 'c'),
      'c.py': hop('c', 'd'),
      'd.py': 'def d():\n    return source()\n',
    };
    const near = await workspaceOf(files);
    assert.equal(findings(near, 'a.py').length, 1);
    near.dispose();
    const far = await workspaceOf({
      ...files,
      'd.py': hop('d', 'e'),
      'e.py': 'def e():\n    return source()\n',
    });
    assert.equal(findings(far, 'a.py').length, 0);
    far.dispose();
  });

  it('ends where files call each other in circles', async () => {
    const files = {
      'a.py': 'from b import b\ndef a(x):\n    sink(x) # !\n    return b(x)\nsink(a(source())) # !\n',
      'b.py': 'from a import a\ndef b(x):\n    return a(x)\nb(source())\n',
    };
    const ws = await workspaceOf(files);
    assert.deepEqual(linesWith(ws, files), expected(files));
    ws.dispose();
  });

  it('follows nobody where two functions may be meant', async () => {
    const files = {
      'a.c': 'void f(void) { sink(read_it()); }\n',
      'b.c': 'char *read_it(void) { return source(); }\n',
      'x/c.c': 'char *read_it(void) { return 0; }\n',
    };
    const ws = await workspaceOf({ ...files, 'x/d.c': 'char *g(void) { return 0; }\n' });
    // The one in the same folder is nearer.
    assert.equal(findings(ws, 'a.c').length, 1);
    ws.applyChange({ kind: 'file', path: 'e.c', text: files['x/c.c'] });
    assert.ok(ws.outdated().includes('a.c'));
    ws.applyChange({ kind: 'file', path: 'a.c', text: files['a.c'] });
    assert.equal(findings(ws, 'a.c').length, 0);
    ws.dispose();
  });

  it('knows which files to read again when a function of another one changes', async () => {
    const files = {
      'a.py': 'from b import read\nsink(read())\n',
      'b.py': 'from c import deep\ndef read():\n    return deep()\n',
      'c.py': 'def deep():\n    return 1\n',
      'd.py': 'print(1)\n',
    };
    const ws = await workspaceOf(files);
    assert.deepEqual([findings(ws, 'a.py').length, ws.outdated()], [0, []]);
    ws.applyChange({ kind: 'file', path: 'c.py', text: 'def deep():\n    return source()\n' });
    assert.deepEqual(ws.outdated(), ['a.py', 'b.py']);
    for (const path of ['a.py', 'b.py'] as const) ws.applyChange({ kind: 'file', path, text: files[path] });
    assert.deepEqual([findings(ws, 'a.py').length, ws.outdated()], [1, []]);
    ws.applyChange({ kind: 'remove', path: 'c.py' });
    assert.deepEqual(ws.outdated(), ['a.py', 'b.py']);
    ws.dispose();
  });

  it('shows in an open file what an open file that settles has become', async () => {
    const ws = await workspaceOf({});
    ws.applyChange({ kind: 'open', path: 'a.py', text: 'from b import read\nsink(read())\n' });
    ws.applyChange({ kind: 'open', path: 'b.py', text: 'def read():\n    return 1\n' });
    assert.equal(findings(ws, 'a.py').length, 0);
    const at = { line: 1, column: 11 };
    ws.applyChange({
      kind: 'edit',
      path: 'b.py',
      edits: [{ range: { start: at, end: { line: 1, column: 12 } }, text: 'source()' }],
    });
    ws.snapshot();
    ws.applyChange({ kind: 'settle', path: 'b.py' });
    assert.equal(findings(ws, 'a.py').length, 1);
    ws.dispose();
  });

  it('does not depend on the order of the files', async () => {
    const files = CASES['Java: static methods, objects, parents, one package'] ?? {};
    const backwards = Object.fromEntries(Object.entries(files).reverse());
    const [ws, other] = [await workspaceOf(files), await workspaceOf(backwards)];
    for (const path of Object.keys(files))
      assert.deepEqual(other.snapshot().files.get(path), ws.snapshot().files.get(path));
    ws.dispose();
    other.dispose();
  });
});
