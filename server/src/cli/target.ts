import { CONFIG_FILE } from '../core/base/configFile.ts';
import { existsSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

import type { ScopeEntry } from '../host/projectLoader.ts';
import { errorCode } from '../host/systemError.ts';
import { UsageError } from './io.ts';

/** What the paths of a command line stand for. */
export interface Target {
  /** Absolute path of the workspace's root. */
  readonly root: string;
  /** The parts that were named; absent when that is all of it. */
  readonly scope?: readonly ScopeEntry[];
}

interface NamedPath {
  readonly written: string;
  readonly full: string;
  readonly isFile: boolean;
}

/**
 * Finds the workspace that paths lie in: the nearest folder at or above the first that has a configuration, else the folder that
 * holds them all.
 *
 * @throws UsageError for a path that does not exist, or paths of different workspaces
 */
export function resolveTarget(paths: readonly string[], cwd: string, useConfig: boolean): Target {
  const named = (paths.length === 0 ? ['.'] : paths).map((path) => namedPath(path, cwd));
  const folders = named.map(({ full, isFile }) => (isFile ? dirname(full) : full));
  const shared = folders.reduce(sharedFolder);
  const root = (useConfig ? configuredFolder(folders[0] ?? cwd) : undefined) ?? shared;
  const outside = named.find(({ full }) => !isWithin(root, full));
  if (outside !== undefined) {
    throw new UsageError(
      `${outside.written} is not in the workspace ${root}, where ${CONFIG_FILE} was found: run one command for each workspace.`,
    );
  }
  const scope = named.map(({ full, isFile }) => ({
    path: relative(root, full).split(sep).join('/'),
    isFile,
  }));
  return scope.some(({ path }) => path === '') ? { root } : { root, scope };
}

function namedPath(written: string, cwd: string): NamedPath {
  const full = resolve(cwd, written);
  try {
    return { written, full, isFile: !statSync(full).isDirectory() };
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    throw new UsageError(
      code === 'ENOENT' ? `There is no file or folder ${written}.` : `${written} cannot be read (${code}).`,
    );
  }
}

function configuredFolder(start: string): string | undefined {
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, CONFIG_FILE))) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

function sharedFolder(a: string, b: string): string {
  let folder = a;
  while (!isWithin(folder, b)) folder = dirname(folder);
  return folder;
}

function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && resolve(folder, way) === path);
}
