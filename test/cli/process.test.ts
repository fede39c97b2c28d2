import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { CLEAN_C, ERROR_C, LINE_INPUT_C, project, removeWorkspace, workspace } from './cli.ts';

afterEach(removeWorkspace);

const bundle = fileURLToPath(new URL('../../dist/cli/main.cjs', import.meta.url));
/** The program as it is shipped. */
const program = [bundle];

function environment(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  // With CI set some libraries colour whatever they write to.
  return { ...process.env, CI: 'true', NO_COLOR: '', FORCE_COLOR: '', ...more };
}

function start(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...program, ...args], {
    cwd: workspace(),
    env: environment(env),
    encoding: 'utf8',
    maxBuffer: 64_000_000,
  });
  return { code: status, out: stdout, err: stderr };
}

describe('the program', () => {
  it('ends with the exit codes', () => {
    project({ 'bad/a.c': ERROR_C, 'good/a.c': CLEAN_C });
    const codeOf = (...args: readonly string[]) => start(['scan', '--rules', 'rules.yaml', ...args]).code;
    assert.deepEqual([codeOf('good'), codeOf('bad'), codeOf('gone')], [0, 1, 2]);
  });

  it('finds its rules and grammars', () => {
    project({ 'a.c': LINE_INPUT_C });
    const { code, out } = start(['scan']);
    assert.equal(code, 1);
    assert.match(out, /unbounded-line-input-to-pointer {2}CWE-242 {2}CWE-787 {2}a\.c:2:3/);
  });

  it('writes no colours into a pipe, unless it is told to', () => {
    project({ 'a.c': LINE_INPUT_C, 'bin.c': Uint8Array.of(0) });
    const plain = start(['scan']);
    assert.ok(!(plain.out + plain.err).includes('\u001b'));
    assert.ok(start(['scan'], { FORCE_COLOR: '1' }).out.includes('\u001b[31m'));
    assert.ok(!start(['scan'], { FORCE_COLOR: '1', NO_COLOR: '1' }).out.includes('\u001b'));
  });

  it('writes all of a long result into a pipe', () => {
    project({ 'a.c': `void f(char *a, char *b) {\n${'  strcpy(a, b);\n'.repeat(3000)}}\n` });
    const { code, out } = start(['scan', '--rules', 'rules.yaml', '--format', 'json']);
    assert.equal(code, 1);
    assert.equal((JSON.parse(out) as { findings: unknown[] }).findings.length, 3000);
  });

  it('does not mind a reader that has enough', async () => {
    project({ 'a.c': `void f(char *a, char *b) {\n${'  strcpy(a, b);\n'.repeat(3000)}}\n` });
    const child = spawn(process.execPath, [...program, 'scan', '--rules', 'rules.yaml'], {
      cwd: workspace(),
      env: environment(),
    });
    let err = '';
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    child.stdout.once('data', () => child.stdout.destroy());
    const code = await new Promise((resolve) => child.once('close', resolve));
    assert.deepEqual([code, err], [1, '']);
  });

  it('ends cleanly on Ctrl+C', async () => {
    const many = Array.from({ length: 400 }, (_, index) => [`${index}.c`, ERROR_C.repeat(200)]);
    project(Object.fromEntries(many) as Record<string, string>);
    const child = spawn(process.execPath, [...program, 'scan', '--output', 'out.txt'], {
      cwd: workspace(),
      env: environment(),
    });
    let err = '';
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    setTimeout(() => child.kill('SIGINT'), 900);
    const code = await new Promise((resolve) => child.once('close', resolve));
    assert.deepEqual([code, err], [130, 'Cancelled.\n']);
  });
});
