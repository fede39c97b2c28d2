// What must be there before anything else: Node, the dependencies, the bundles. Each is done only when something
// changed. Uses Node's own modules alone, since it runs before `npm ci`.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { npmCommand, runToEnd } from './processes.mjs';

export const root = fileURLToPath(new URL('../', import.meta.url));

const oldestNode = [20, 19];
const installStamp = join(root, 'node_modules', '.traceward-stamp');
const buildStamp = join(root, 'dist', '.traceward-stamp');
const clientBundle = join(root, 'dist', 'client', 'node.cjs');
/** Everything that the bundles are made from. */
const sources = [
  'client',
  'server',
  'grammars',
  'macros',
  'rules',
  'package.json',
  'package-lock.json',
  'scripts/build.mjs',
];
const ignoredFolders = new Set(['node_modules', 'dist', 'out']);

/** Ends the process with a clear message where the product cannot work. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = oldestNode;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  console.error(
    `Traceward needs Node ${oldestNode.join('.')} or newer; this is Node ${process.versions.node}.`,
  );
  process.exit(1);
}

/**
 * Installs the dependencies unless they are those of package-lock.json.
 * @throws {Error} with npm's output
 */
export async function ensureInstalled() {
  requireNode();
  const wanted = sha256(readFileSync(join(root, 'package-lock.json')));
  if (readIfThere(installStamp) === wanted) return;
  if (!treeMatchesLock()) {
    console.log('Installing dependencies (npm ci) ...');
    const npm = npmCommand();
    const result = await runToEnd(npm.command, [...npm.args, 'ci'], { cwd: root, timeoutMs: 15 * 60_000 });
    if (result.code !== 0) throw new Error(`npm ci failed:\n${result.output.trim()}`);
  }
  writeFileSync(installStamp, wanted);
}

/**
 * Builds the bundles unless they were made from the sources as they are.
 * @throws {Error} with the build's output
 */
export async function ensureBuilt() {
  const wanted = hashSources();
  if (existsSync(clientBundle) && readIfThere(buildStamp) === wanted) return;
  console.log('Building ...');
  const result = await runToEnd(process.execPath, ['scripts/build.mjs'], {
    cwd: root,
    timeoutMs: 10 * 60_000,
  });
  if (result.code !== 0) throw new Error(`The build failed:\n${result.output.trim()}`);
  if (!existsSync(clientBundle)) throw new Error(`The build made no ${clientBundle}`);
  mkdirSync(dirname(buildStamp), { recursive: true });
  writeFileSync(buildStamp, wanted);
}

/** Whether somebody has run `npm ci` or `npm install` already: then there is no need to do it again. */
function treeMatchesLock() {
  const installed = readIfThere(join(root, 'node_modules', '.package-lock.json'));
  if (installed === undefined) return false;
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const tree = JSON.parse(installed).packages;
  // Packages for other systems are optional and not installed here.
  return Object.entries(lock).every(([path, entry]) => {
    if (path === '') return true;
    const there = tree[path];
    return there === undefined ? entry.optional === true : there.integrity === entry.integrity;
  });
}

function hashSources() {
  const hash = createHash('sha256');
  for (const path of sources.flatMap((source) => filesBelow(source)).sort()) {
    // The length keeps apart what is name and what is text.
    const text = readFileSync(join(root, path));
    hash.update(`${path}\0${text.length}\0`).update(text);
  }
  return hash.digest('hex');
}

/**
 * @param {string} path relative to the repository; a missing one has no files
 * @returns {string[]}
 */
function filesBelow(path) {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  try {
    return readdirSync(full, { withFileTypes: true }).flatMap((entry) => {
      if (entry.isDirectory())
        return ignoredFolders.has(entry.name) ? [] : filesBelow(`${path}/${entry.name}`);
      return [`${path}/${entry.name}`];
    });
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOTDIR') return [path];
    throw error;
  }
}

/** @param {string} path */
function readIfThere(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

/** @param {import('node:crypto').BinaryLike} data */
function sha256(data) {
  return createHash('sha256').update(data).digest('hex');
}
