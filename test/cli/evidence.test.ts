import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { sarifErrors } from '../unit/evidence/sarifSchema.ts';
import { ERROR_C, project, removeWorkspace, traceward, WARNING_C, workspace, type Outcome } from './cli.ts';

interface Manifest {
  readonly commit: {
    readonly id: string;
    readonly time: string;
    readonly folder: string;
    readonly changed: string[];
  } | null;
  readonly files: readonly { readonly path: string; readonly sha256: string }[];
  readonly inputs: readonly { readonly path: string; readonly sha256: string }[];
  readonly notAnalysed: { readonly files: readonly { readonly path: string }[] };
}

const ITEMS = 'requirements:\n  - {id: SR-A-1, title: t, text: t, category: logging}\n';
const FILES = {
  'src/a.c': ERROR_C,
  'src/b.c': WARNING_C,
  'src/bin.c': Uint8Array.of(0, 1),
  'security/r.yaml': ITEMS,
  'traceward.yaml': '# settings\n',
};

const elsewhere: string[] = [];

afterEach(() => {
  removeWorkspace();
  for (const folder of elsewhere.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function evidence(...args: readonly string[]): Promise<Outcome> {
  return traceward(['evidence', '--rules', 'rules.yaml', '--output', 'out', ...args]);
}

/** Text of every file of a bundle by its name. */
function bundle(folder = join(workspace(), 'out')): Map<string, string> {
  return new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

function manifest(): Manifest {
  return JSON.parse(bundle().get('manifest.json') ?? '') as Manifest;
}

function git(...args: readonly string[]): string {
  const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.org', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', ['-C', workspace(), ...identity, ...args], { encoding: 'utf8' }).trim();
}

describe('traceward evidence', () => {
  it('writes the bundle and says what it wrote', async () => {
    project(FILES);
    const { code, out } = await evidence();
    assert.equal(code, 0);
    assert.match(out, /^5 files written to out\n/);
    assert.deepEqual([...bundle().keys()].sort(), [
      'findings.sarif',
      'index.html',
      'manifest.json',
      'trace-matrix.csv',
      'trace-matrix.html',
    ]);
    assert.deepEqual(sarifErrors(JSON.parse(bundle().get('findings.sarif') ?? '')), []);
    assert.match(bundle().get('index.html') ?? '', /<mark>strcpy\(a, b\)<\/mark>/);
  });

  it('gives the same bytes in a second run, and from a copy elsewhere', async () => {
    const root = project(FILES);
    await evidence();
    const first = bundle();
    await evidence();
    assert.deepEqual(bundle(), first);
    const copy = mkdtempSync(join(tmpdir(), 'traceward-copy-'));
    elsewhere.push(copy);
    cpSync(root, copy, { recursive: true });
    rmSync(join(copy, 'out'), { recursive: true });
    await traceward(['evidence', '.', '--rules', 'rules.yaml', '-o', 'out'], { cwd: copy });
    assert.deepEqual(bundle(join(copy, 'out')), first);
  });

  it('gives the same bytes wherever it is called from', async () => {
    const root = project(FILES);
    await evidence();
    const first = bundle();
    await traceward(['evidence', '..', '--rules', '../rules.yaml', '-o', '../out'], {
      cwd: join(root, 'src'),
    });
    assert.deepEqual(bundle(), first);
  });

  it('has the hash of each of its files and of each file analysed', async () => {
    const root = project(FILES);
    await evidence();
    const sha256 = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex');
    const { files, inputs, notAnalysed } = manifest();
    assert.equal(files.length, 4);
    for (const file of files) assert.equal(file.sha256, sha256(bundle().get(file.path) ?? ''), file.path);
    assert.deepEqual(
      inputs.map(({ path }) => path),
      ['security/r.yaml', 'src/a.c', 'src/b.c', 'traceward.yaml'],
    );
    for (const input of inputs)
      assert.equal(input.sha256, sha256(readFileSync(join(root, input.path))), input.path);
    assert.deepEqual(
      notAnalysed.files.map(({ path }) => path),
      ['src/bin.c'],
    );
  });

  it('names the commit and what differs from it', async () => {
    const root = project(FILES);
    git('init', '--quiet');
    git('add', '.');
    git('commit', '--quiet', '--message', 'first');
    await evidence();
    assert.deepEqual(manifest().commit, {
      id: git('rev-parse', 'HEAD'),
      time: git('log', '-1', '--format=%cI'),
      folder: '',
      changed: [],
    });
    writeFileSync(join(root, 'src/b.c'), `${WARNING_C}\n`);
    writeFileSync(join(root, 'src/new.c'), WARNING_C);
    await evidence();
    assert.deepEqual(manifest().commit?.changed, ['src/b.c', 'src/new.c']);
    assert.match(bundle().get('index.html') ?? '', /2 files of the working folder differ/);
  });

  it('names the folder of the repository that it was made from', async () => {
    project({ 'fw/a.c': ERROR_C, 'fw/traceward.yaml': '' });
    git('init', '--quiet');
    git('add', '.');
    git('commit', '--quiet', '--message', 'first');
    await evidence('fw');
    assert.deepEqual([manifest().commit?.folder, manifest().commit?.changed], ['fw/', []]);
  });

  it('names no commit where there is none', async () => {
    project(FILES);
    await evidence();
    assert.equal(manifest().commit, null);
    git('init', '--quiet');
    await evidence();
    assert.equal(manifest().commit, null);
  });

  it('says on the screen what was not analysed', async () => {
    project(FILES);
    const { err } = await evidence();
    assert.match(err, /^src\/bin\.c: warning: Not analysed: /m);
  });

  it('fails for findings only when asked to', async () => {
    project(FILES);
    assert.equal((await evidence('--fail-on', 'error')).code, 1);
  });

  it('writes nothing when the configuration is wrong', async () => {
    const root = project({ ...FILES, 'traceward.yaml': 'wrong: 1\n' });
    assert.equal((await evidence()).code, 2);
    assert.ok(!readdirSync(root).includes('out'));
  });

  it('is refused where no folder can be made', async () => {
    project({ ...FILES, out: 'a file' });
    const { code, err } = await evidence();
    assert.equal(code, 2);
    assert.match(err, /error: The folder out cannot be made \(EEXIST\)\.\n$/);
  });
});
