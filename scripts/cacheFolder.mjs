// Large optional parts (the editor, a browser) are installed once per machine, outside node_modules.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { npmCommand, runToEnd } from './processes.mjs';

const stampName = 'installed.json';
const stagingPrefix = '.staging-';
const minute = 60_000;

/** The folder for everything that is set up once: TRACEWARD_CACHE, or the system's place for caches. */
export function cacheFolder() {
  const own = process.env['TRACEWARD_CACHE'];
  if (own !== undefined && own !== '') return resolve(own);
  const system = process.env[process.platform === 'win32' ? 'LOCALAPPDATA' : 'XDG_CACHE_HOME'];
  return join(system === undefined || system === '' ? join(homedir(), '.cache') : system, 'traceward');
}

/**
 * Installs a part unless it is there already. The part appears in one step (rename), so an interrupted set-up leaves
 * nothing that looks finished.
 * @param {string} name with the version in it: another version is another folder
 * @param {(folder: string) => Promise<void>} install fills the folder it is given
 * @returns {Promise<string>} the part's folder
 */
export async function installOnce(name, install) {
  const cache = cacheFolder();
  const target = join(cache, name);
  if (existsSync(join(target, stampName))) return target;
  mkdirSync(cache, { recursive: true });
  removeAbandonedStaging(cache);
  const staging = mkdtempSync(join(cache, stagingPrefix));
  try {
    await install(staging);
    writeFileSync(join(staging, stampName), JSON.stringify({ name, node: process.version }) + '\n');
    if (!existsSync(join(target, stampName))) rmSync(target, { recursive: true, force: true });
    renameSync(staging, target);
  } catch (error) {
    // Another process was faster: what it made is as good.
    if (!existsSync(join(target, stampName))) throw error;
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
  return target;
}

/** A set-up that was killed leaves hundreds of megabytes; a running one may be a few minutes old. @param {string} cache */
function removeAbandonedStaging(cache) {
  for (const entry of readdirSync(cache)) {
    const path = join(cache, entry);
    if (entry.startsWith(stagingPrefix) && Date.now() - statSync(path).mtimeMs > 60 * minute) {
      rmSync(path, { recursive: true, force: true });
    }
  }
}

/**
 * Installs packages into a folder that is no part of this project. No package runs code of its own.
 * @param {string} folder
 * @param {readonly string[]} args of `npm install`: packages and options
 */
export async function npmInstall(folder, args) {
  const result = await runNpm(folder, ['install', '--ignore-scripts', ...args], 10 * minute);
  if (result.code !== 0) {
    throw new Error(`npm install ${args.join(' ')} failed in ${folder}:\n${result.output.trim()}`);
  }
}

/**
 * Runs npm away from this project's own configuration.
 * @param {string} folder
 * @param {readonly string[]} args
 * @param {number} timeoutMs
 * @param {NodeJS.ProcessEnv} [extraEnv]
 */
export async function runNpm(folder, args, timeoutMs, extraEnv = {}) {
  const npm = npmCommand();
  return runToEnd(npm.command, [...npm.args, ...args, '--no-audit', '--no-fund', '--no-progress'], {
    cwd: folder,
    env: { ...process.env, ...extraEnv },
    timeoutMs,
  });
}
