import { join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

import { globTest } from '../core/base/glob.ts';
import { sha256Hex } from '../core/base/hash.ts';
import { compareText } from '../core/base/order.ts';
import { NOTHING_LEFT_OUT, type LeftOut } from '../core/evidence/evidence.ts';
import { readText } from '../host/decode.ts';
import { loadProject, type Project, type ProjectOptions } from '../host/projectLoader.ts';
import type { CliIo } from './io.ts';
import { problemLines } from './print/problemLines.ts';
import { showProgress } from './progress.ts';
import { namedRules, relativeTo } from './ruleFiles.ts';
import { resolveTarget, type Target } from './target.ts';

/** What every command that analyses a workspace takes from its options. */
export interface ProjectArguments {
  readonly paths: readonly string[];
  /** Values of `--rules`; `none` for a command that asks for no findings. */
  readonly rules: readonly string[] | 'none';
  readonly useConfig: boolean;
  readonly useIgnore: boolean;
  readonly hashInputs?: boolean;
  /** What is asked of the sources at least; `all` when absent. */
  readonly asks?: ProjectOptions['asks'];
  /** Value of `--jobs`. */
  readonly jobs?: number | undefined;
  /** Value of `--cache`. */
  readonly cache?: string | undefined;
  /** False: the paths only tell which workspace is meant. */
  readonly narrow?: boolean;
}

export interface OpenedProject extends Project {
  readonly target: Target;
  readonly leftOut: LeftOut;
  /** A path of the workspace as the user would write it from the current folder. */
  readonly display: (path: string) => string;
}

/**
 * Loads and analyses the workspace that a command line means. When its configuration is wrong, says so.
 *
 * @returns undefined when the command must end with exit code 2
 * @throws UsageError
 */
export async function openProject(args: ProjectArguments, io: CliIo): Promise<OpenedProject | undefined> {
  const target = resolveTarget(args.paths, io.cwd, args.useConfig);
  const display = displayFrom(io.cwd, target.root);
  const named = args.rules === 'none' ? undefined : await namedRules(args.rules, io, relativeTo(target.root));
  const rules = args.rules === 'none' ? 'none' : named?.files;
  const progress = showProgress(io);
  const outcome = await loadProject(
    io.host,
    {
      folder: pathToFileURL(target.root).href,
      ...(target.scope === undefined || args.narrow === false ? {} : { scope: target.scope }),
      ...(rules === undefined ? {} : { rules }),
      noConfig: !args.useConfig,
      noIgnore: !args.useIgnore,
      hashInputs: args.hashInputs === true,
      ...(args.asks !== undefined && { asks: args.asks }),
      ...(args.jobs === undefined ? {} : { threads: args.jobs }),
      ...(args.cache === undefined ? {} : { cache: resolve(io.cwd, args.cache) }),
    },
    progress.step,
    io.signal,
  ).finally(() => progress.end());
  const leftOut = outcome.ok ? leftOutOf(outcome.project, args.useIgnore) : NOTHING_LEFT_OUT;
  const problems = [
    ...(named?.problems ?? []),
    ...(outcome.ok ? outcome.project.problems : outcome.problems),
  ];
  if (outcome.ok) return { ...outcome.project, problems, target, display, leftOut };
  await io.err.write(problemLines(problems, display, io.err));
  return undefined;
}

function leftOutOf({ config, snapshot }: Project, useIgnore: boolean): LeftOut {
  const isTest = globTest(config.tests).test;
  return {
    testFiles: useIgnore ? [...snapshot.files.keys()].filter(isTest) : [],
    exclude: useIgnore ? config.exclude : [],
    disabledRules: [...new Set(config.disable)].sort(compareText),
  };
}

/** Shows paths of a workspace as the user would write them from a folder. */
export function displayFrom(cwd: string, root: string): (path: string) => string {
  return (path) => {
    const full = join(root, path);
    const way = relative(cwd, full);
    return (way.startsWith('..') ? full : way).split(sep).join('/');
  };
}

/** Text of some files, for excerpts; of a file that changed meanwhile the excerpt would lie, so it is left out. */
export async function textsOf(
  project: Project,
  paths: Iterable<string>,
): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for (const path of new Set(paths)) {
    const content = await readText(project.folder, path, project.config.maxFileBytes);
    if (content.kind !== 'text') continue;
    const hash = project.snapshot.files.get(path)?.hash;
    if (hash === undefined || sha256Hex(content.text) === hash) texts.set(path, content.text);
  }
  return texts;
}
