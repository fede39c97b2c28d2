import type { Dirent } from 'node:fs';
import { readdir, readFile, realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';

import ignore, { type Ignore } from 'ignore';

import { compareText } from '../core/base/order.ts';
import type { ListOptions } from './host.ts';
import { errorCode } from './systemError.ts';

/** One `.gitignore`, with what turns a path relative to the root into one relative to the file's own folder. */
interface IgnoreFile {
  readonly rules: Ignore;
  /** Of a file in the root or below it: its folder, `''` or ending in `/`. */
  readonly prefix: string;
  /** Of a file above the root: the way down to the root, ending in `/`. Otherwise `''`. */
  readonly way: string;
}

/**
 * Paths of all files below `root`, relative to it, in path order. Links are never followed, so cycles cannot occur: what a link
 * inside the folder points to is listed under its own name, and a link that points out of the folder or to nothing is listed as
 * it is, so that reading it says why it was not analysed.
 */
export async function listFiles(root: string, options: ListOptions): Promise<string[]> {
  const files: string[] = [];
  const above = options.noIgnore === true ? [] : await ignoreFilesAbove(root);
  await walk('', above);
  return files.sort(compareText);

  async function walk(prefix: string, inherited: readonly IgnoreFile[]): Promise<void> {
    options.signal?.throwIfAborted();
    let entries: Dirent[];
    try {
      entries = await readdir(join(root, prefix), { withFileTypes: true });
    } catch (error) {
      const code = errorCode(error);
      if (code === undefined) throw error;
      options.onUnreadable?.(prefix === '' ? '.' : prefix, `the folder cannot be read (${code})`);
      return;
    }
    const ignores = options.noIgnore === true ? [] : await withOwnIgnores(root, prefix, entries, inherited);
    for (const entry of entries) {
      const path = prefix + entry.name;
      if (entry.isDirectory()) {
        if (!isLeftOut(entry.name, options) && !isIgnored(`${path}/`, ignores))
          await walk(`${path}/`, ignores);
      } else if (!isIgnored(path, ignores) && !(entry.isSymbolicLink() && (await leadsInside(root, path)))) {
        files.push(path);
      }
    }
  }
}

function isLeftOut(name: string, options: ListOptions): boolean {
  return name === '.git' || (name === 'node_modules' && options.noIgnore !== true);
}

async function leadsInside(root: string, path: string): Promise<boolean> {
  try {
    const way = relative(await realpath(root), await realpath(join(root, path)));
    return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return false;
  }
}

async function withOwnIgnores(
  root: string,
  prefix: string,
  entries: readonly Dirent[],
  inherited: readonly IgnoreFile[],
): Promise<readonly IgnoreFile[]> {
  if (!entries.some((entry) => entry.name === '.gitignore' && entry.isFile())) return inherited;
  const rules = await readIgnoreFile(join(root, prefix, '.gitignore'));
  return rules === undefined ? inherited : [...inherited, { rules, prefix, way: '' }];
}

/** The nearest `.gitignore` that says something about a path decides, as in git. */
function isIgnored(path: string, ignores: readonly IgnoreFile[]): boolean {
  for (let at = ignores.length - 1; at >= 0; at--) {
    const file = ignores[at];
    if (file === undefined || !path.startsWith(file.prefix)) continue;
    const verdict = file.rules.test(file.way + path.slice(file.prefix.length));
    if (verdict.ignored) return true;
    if (verdict.unignored) return false;
  }
  return false;
}

/**
 * The `.gitignore` files between the repository's root and `root`, outermost first. None when they ignore `root` itself: who names
 * an ignored folder wants it.
 */
async function ignoreFilesAbove(root: string): Promise<readonly IgnoreFile[]> {
  const found: IgnoreFile[] = [];
  let folder = root;
  while (!(await exists(join(folder, '.git')))) {
    const parent = dirname(folder);
    if (parent === folder) return [];
    folder = parent;
    const rules = await readIgnoreFile(join(folder, '.gitignore'));
    if (rules !== undefined) {
      found.unshift({ rules, prefix: '', way: `${relative(folder, root).split(sep).join('/')}/` });
    }
  }
  return found.some(({ rules, way }) => rules.ignores(way)) ? [] : found;
}

async function exists(path: string): Promise<boolean> {
  try {
    await realpath(path);
    return true;
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return false;
  }
}

async function readIgnoreFile(path: string): Promise<Ignore | undefined> {
  try {
    return ignore({ ignorecase: false }).add(await readFile(path, 'utf8'));
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return undefined;
  }
}
