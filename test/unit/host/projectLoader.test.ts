import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { memoryHost, type MemoryFiles } from '../../../server/src/host/memoryHost.ts';
import { loadProject, type Project, type ProjectOptions } from '../../../server/src/host/projectLoader.ts';
import { builtInRules } from '../../support/builtIn.ts';

const hash = (text: string) => createHash('sha256').update(text).digest('hex');
const asset = (name: string) => readFileSync(new URL(`../../../dist/assets/${name}`, import.meta.url));

const RULES = `rules:
  - id: string-copy
    languages: [c]
    severity: ERROR
    message: copy
    pattern: strcpy(...)
  - id: gets
    languages: [c]
    severity: ERROR
    message: gets
    pattern: gets(...)
`;
const ASSETS: Record<string, string | Uint8Array> = {
  'languages.json': asset('languages.json'),
  'tree-sitter.wasm': asset('tree-sitter.wasm'),
  'c.wasm': asset('c.wasm'),
  'c.prepared.json': '{}',
  'cpp.wasm': asset('cpp.wasm'),
  'cpp.prepared.json': '{}',
  'rules.json': builtInRules('rules/a.yaml', RULES),
};
const BAD_C = 'void f(char *a, char *b) {\n  strcpy(a, b);\n  gets(a);\n}\n';

async function load(
  files: MemoryFiles['files'],
  options: Partial<ProjectOptions> = {},
  assets = ASSETS,
): Promise<Project> {
  const outcome = await loadProject(memoryHost({ files, assets }), { folder: 'memory:/w', ...options });
  assert.ok(outcome.ok, outcome.ok ? '' : JSON.stringify(outcome.problems));
  return outcome.project;
}

function found({ snapshot }: Project): string[] {
  return [...snapshot.files.keys()].flatMap((path) =>
    (snapshot.report(path)?.findings ?? []).map(
      ({ ruleId, severity, range }) => `${path}:${range.start.line + 1} ${ruleId} ${severity}`,
    ),
  );
}

describe('loading a project', () => {
  it('analyses every source with the built-in rules', async () => {
    const project = await load({ 'src/a.c': BAD_C, 'readme.md': 'strcpy' });
    assert.deepEqual(found(project), ['src/a.c:2 string-copy error', 'src/a.c:3 gets error']);
    assert.deepEqual(project.problems, []);
  });

  it('takes disabled rules and other severities from the configuration', async () => {
    const config = 'disable: [gets]\nseverity:\n  string-copy: info\n';
    const project = await load({ 'a.c': BAD_C, 'traceward.yaml': config });
    assert.deepEqual(found(project), ['a.c:2 string-copy info']);
    assert.deepEqual([...project.snapshot.rules.byId.keys()], ['string-copy']);
  });

  it('says when the configuration names a rule that does not exist', async () => {
    const project = await load({ 'a.c': '', 'traceward.yaml': 'disable: [get]\n' });
    assert.deepEqual(
      project.problems.map(({ code, path, message }) => [code, path, message]),
      [
        [
          'config-unknown-rule',
          'traceward.yaml',
          'There is no rule `get`, so this setting has no effect. Did you mean `gets`?',
        ],
      ],
    );
  });

  it('passes over the configuration when asked to', async () => {
    const project = await load({ 'a.c': BAD_C, 'traceward.yaml': 'disable: [gets]\n' }, { noConfig: true });
    assert.equal(found(project).length, 2);
  });

  it('leaves out excluded files, and takes them with noIgnore', async () => {
    const files = { 'a.c': '', 'third/b.c': BAD_C, 'traceward.yaml': 'exclude: [third]\n' };
    assert.deepEqual([...(await load(files)).snapshot.files.keys()], ['a.c']);
    assert.equal(found(await load(files, { noIgnore: true })).length, 2);
  });

  it('reads test code for its tags only, unless noIgnore', async () => {
    const files = { 'test/a.c': BAD_C };
    const project = await load(files);
    assert.deepEqual([found(project), project.snapshot.files.size], [[], 1]);
    assert.equal(found(await load(files, { noIgnore: true })).length, 2);
  });

  it('keeps to the scope, but reads all item files', async () => {
    const files = {
      'src/a.c': BAD_C,
      'src/b.c': '// [SR-A-1]\nint x;\n',
      'security/r.yaml': 'requirements:\n  - id: SR-A-1\n    title: t\n    text: t\n    category: logging\n',
    };
    const project = await load(files, { scope: [{ path: 'src/b.c', isFile: true }] });
    assert.deepEqual([...project.snapshot.files.keys()], ['src/b.c']);
    assert.deepEqual(
      project.snapshot.trace.links.map(({ to, status }) => [to, status]),
      [['SR-A-1', 'covered']],
    );
  });

  it('takes a file that is named even when it is ignored', async () => {
    const project = await load(
      { '.gitignore': 'a.c\n', 'a.c': BAD_C, 'b.c': '' },
      { scope: [{ path: 'a.c', isFile: true }] },
    );
    assert.equal(found(project).length, 2);
  });

  it('adds rules of the project to the built-in ones', async () => {
    const rule =
      RULES.replace('string-copy', 'project-rule').replace('strcpy', 'f').split('  - id: gets')[0] ?? '';
    const project = await load({
      'a.c': 'void g() { f(); }',
      'my/r.yaml': rule,
      'traceward.yaml': 'rules: [my]\n',
    });
    assert.deepEqual(found(project), ['a.c:1 project-rule error']);
  });

  it('says when rules that the configuration names are not there', async () => {
    const project = await load({ 'a.c': '', 'traceward.yaml': 'rules: [none.yaml]\n' });
    assert.deepEqual(
      project.problems.map(({ code, path }) => [code, path]),
      [['rules-unreadable', 'none.yaml']],
    );
  });

  it('refuses a broken configuration, with its line', async () => {
    const host = memoryHost({
      files: { 'a.c': '', 'traceward.yaml': 'exclude: []\nexlude: [a]\n' },
      assets: ASSETS,
    });
    const outcome = await loadProject(host, { folder: 'memory:/w' });
    assert.ok(!outcome.ok);
    assert.deepEqual(
      outcome.problems.map(({ path, range }) => [path, range?.start.line]),
      [['traceward.yaml', 1]],
    );
  });

  it('refuses to go on without any rule', async () => {
    const host = memoryHost({ files: { 'a.c': BAD_C }, assets: ASSETS });
    for (const text of ['', 'rules: []', RULES.replaceAll('pattern: ', 'pattern: if (')]) {
      const outcome = await loadProject(host, { folder: 'memory:/w', rules: [{ path: 'r.yaml', text }] });
      assert.ok(!outcome.ok, text);
      assert.equal(outcome.problems.at(-1)?.code, 'no-rules');
    }
  });

  it('goes on with the other rules when one is wrong', async () => {
    const text = RULES.replace('pattern: gets(...)', 'pattern: gets(');
    const project = await load({ 'a.c': BAD_C }, { rules: [{ path: 'r.yaml', text }] });
    assert.deepEqual(found(project), ['a.c:2 string-copy error']);
    assert.ok(project.snapshot.problems.some(({ path, range }) => path === 'r.yaml' && range !== undefined));
  });

  it('names files that cannot be read, and goes on with the others', async () => {
    const project = await load({
      'a.c': BAD_C,
      'b.c': { unreadable: 'no permission to read it' },
      'c.c': Uint8Array.of(0, 1, 2),
      'd.c': 'x'.repeat(200),
      'traceward.yaml': 'maxFileBytes: 100\n',
    });
    assert.equal(found(project).length, 2);
    assert.deepEqual(
      project.snapshot.skipped.map(({ path, reason }) => [path, reason]),
      [
        ['b.c', 'unreadable'],
        ['c.c', 'binary'],
        ['d.c', 'too-large'],
      ],
    );
  });

  it('says once that a grammar is missing, names each file, and analyses other languages', async () => {
    const assets = Object.fromEntries(Object.entries(ASSETS).filter(([name]) => name !== 'cpp.wasm'));
    const project = await load({ 'a.c': BAD_C, 'b.cpp': '', 'c.cpp': '' }, {}, assets);
    assert.deepEqual(
      project.problems.map(({ code }) => code),
      ['grammar-missing'],
    );
    assert.deepEqual(
      project.snapshot.skipped.map(({ path, reason }) => [path, reason]),
      [
        ['b.cpp', 'no-grammar'],
        ['c.cpp', 'no-grammar'],
      ],
    );
    assert.equal(found(project).length, 2);
  });

  it('says when a grammar is not one, and goes on', async () => {
    const project = await load({ 'a.c': BAD_C, 'b.cpp': '' }, {}, { ...ASSETS, 'cpp.wasm': 'no wasm' });
    assert.deepEqual(
      project.problems.map(({ code }) => code),
      ['grammar-not-loaded'],
    );
    assert.equal(found(project).length, 2);
  });

  it('hashes what it read when asked to', async () => {
    const project = await load({ 'a.c': 'int x;', 'traceward.yaml': '# nothing\n' }, { hashInputs: true });
    assert.deepEqual(
      project.inputs.map(({ path, role, bytes, sha256 }) => [path, role, bytes, sha256]),
      [
        ['a.c', 'source', 6, hash('int x;')],
        ['traceward.yaml', 'config', 10, hash('# nothing\n')],
      ],
    );
  });

  it('stops between files when the user cancels', async () => {
    const files = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`${index}.c`, 'int x;']));
    const controller = new AbortController();
    let seen = 0;
    const loading = loadProject(
      memoryHost({ files, assets: ASSETS }),
      { folder: 'memory:/w' },
      (done) => {
        seen = done;
        controller.abort();
      },
      controller.signal,
    );
    await assert.rejects(loading, { name: 'AbortError' });
    assert.ok(seen > 0 && seen < 100, String(seen));
  });

  it('tells how far it is', async () => {
    const files = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`${index}.c`, '']));
    const steps: string[] = [];
    await loadProject(memoryHost({ files, assets: ASSETS }), { folder: 'memory:/w' }, (done, total) =>
      steps.push(`${done}/${total}`),
    );
    assert.deepEqual(steps, ['16/40', '32/40', '40/40']);
  });
});
