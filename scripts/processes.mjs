// Starting and ending other programs so that nothing hangs and nothing is left over.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const guard = fileURLToPath(new URL('guard.mjs', import.meta.url));

/**
 * @typedef {object} RunResult
 * @property {number} code exit code; 1 when the program was ended by a signal
 * @property {boolean} timedOut
 * @property {string} output standard output and error, in order of arrival
 */

/**
 * Starts a program in a process group of its own that ends with this process, whatever ends this process.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {import('node:child_process').ChildProcess} with stdout and stderr as pipes
 */
export function startGuarded(command, args, options = {}) {
  return spawn(process.execPath, [guard, command, ...args], {
    cwd: options.cwd,
    env: options.env ?? process.env,
    detached: true,
    windowsHide: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

/**
 * Ends the process group of a program started by startGuarded: politely first, then by force.
 * @param {import('node:child_process').ChildProcess} child
 * @param {number} graceMs time between SIGTERM and SIGKILL
 * @returns {Promise<void>} resolves when the program is gone
 */
export async function endGroup(child, graceMs = 3000) {
  const gone = hasEnded(child) ? Promise.resolve() : new Promise((resolve) => child.once('exit', resolve));
  if (!hasEnded(child)) {
    signalGroup(child, 'SIGTERM');
    const force = setTimeout(() => signalGroup(child, 'SIGKILL'), graceMs);
    await gone;
    clearTimeout(force);
  }
  // Grandchildren that ignored SIGTERM are still in the group.
  signalGroup(child, 'SIGKILL');
}

/** @param {import('node:child_process').ChildProcess} child */
function hasEnded(child) {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

/**
 * Without waiting, for exit hooks; endGroup is the usual way.
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
export function signalGroup(child, signal) {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F']);
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    // No such group: all of it has ended already, which is what was wanted.
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
  }
}

/**
 * Runs a program to its end, or to the end of its time.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs: number, onOutput?: (text: string) => void }} options
 * @returns {Promise<RunResult>}
 */
export async function runToEnd(command, args, options) {
  const child = startGuarded(command, args, options);
  let output = '';
  const collect = (/** @type {string} */ text) => {
    output += text;
    options.onOutput?.(text);
  };
  child.stdout?.setEncoding('utf8').on('data', collect);
  child.stderr?.setEncoding('utf8').on('data', collect);
  const drained = new Promise((resolve) => child.once('close', resolve));
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    void endGroup(child);
  }, options.timeoutMs);
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (exitCode) => resolve(exitCode ?? 1));
  });
  clearTimeout(timer);
  // What the program left running holds the pipes open: end it, then read the rest.
  await endGroup(child);
  await drained;
  return { code: timedOut ? 1 : code, timedOut, output };
}

/**
 * Where a program is, like `which`.
 * @param {readonly string[]} names
 * @returns {string | undefined} absolute path of the first one found
 */
export function findOnPath(names) {
  const extensions = process.platform === 'win32' ? ['.exe', '.cmd'] : [''];
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  for (const name of names) {
    for (const folder of folders) {
      for (const extension of extensions) {
        const path = join(folder, name + extension);
        if (existsSync(path) && statSync(path).isFile()) return path;
      }
    }
  }
  return undefined;
}

/**
 * The npm that belongs to this Node, as a command without a shell.
 * @returns {{ command: string, args: readonly string[] }}
 */
export function npmCommand() {
  const bin = dirname(process.execPath);
  const candidates = [
    process.env['npm_execpath'],
    join(bin, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(bin, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ];
  const script = candidates.find((path) => path?.endsWith('npm-cli.js') === true && existsSync(path));
  return script === undefined ? { command: 'npm', args: [] } : { command: process.execPath, args: [script] };
}

/**
 * A fresh folder with a short path (socket names are limited to about 100 characters), removed when this process ends.
 * @param {string} name
 */
export function temporaryFolder(name) {
  const folder = mkdtempSync(join(process.platform === 'darwin' ? '/tmp' : tmpdir(), `tw-${name}-`));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}

/** Makes the usual signals run the exit hooks (temporary folders are removed, guarded programs end). */
export function exitOnSignals() {
  process.once('SIGINT', () => process.exit(130));
  process.once('SIGTERM', () => process.exit(143));
  process.once('SIGHUP', () => process.exit(129));
}
