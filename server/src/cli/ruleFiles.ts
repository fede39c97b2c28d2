import { statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

import { isYaml, readRuleFiles, type RuleFiles } from '../host/projectRules.ts';
import { errorCode } from '../host/systemError.ts';
import { UsageError, type CliIo } from './io.ts';

/**
 * Reads the rule files that `--rules` names: files, and all YAML files of folders.
 *
 * @param nameOf what a file is called in results, by its absolute path
 * @returns undefined when nothing is named
 * @throws UsageError for a path that does not exist
 */
export async function namedRules(
  paths: readonly string[],
  io: CliIo,
  nameOf: (full: string) => string,
): Promise<RuleFiles | undefined> {
  if (paths.length === 0) return undefined;
  const found = await Promise.all(paths.map((path) => rulesAt(path, io, nameOf)));
  return { files: found.flatMap(({ files }) => files), problems: found.flatMap(({ problems }) => problems) };
}

async function rulesAt(
  written: string,
  { host, cwd }: CliIo,
  nameOf: (full: string) => string,
): Promise<RuleFiles> {
  const full = resolve(cwd, written);
  const isFile = !isFolder(full, written);
  const folder = host.openFolder(pathToFileURL(isFile ? dirname(full) : full).href);
  const paths = isFile ? [basename(full)] : (await folder.list({ noIgnore: true })).filter(isYaml);
  const found = await readRuleFiles(folder, paths);
  const named = (path: string) => nameOf(join(isFile ? dirname(full) : full, path));
  return {
    files: found.files.map(({ path, text }) => ({ path: named(path), text })),
    problems: found.problems.map((problem) => ({ ...problem, path: named(problem.path ?? '') })),
  };
}

/** Names files by their way from a folder, with `/`: the same wherever the command is called. */
export function relativeTo(folder: string): (full: string) => string {
  return (full) => relative(folder, full).split(sep).join('/');
}

/** @throws UsageError for a path that does not exist */
export function isFolder(full: string, written: string): boolean {
  try {
    return statSync(full).isDirectory();
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    throw new UsageError(`There is no rule file or folder ${written}.`);
  }
}
