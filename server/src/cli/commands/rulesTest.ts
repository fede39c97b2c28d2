import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import { Command } from 'commander';

import type { Problem } from '../../core/base/problem.ts';
import { languagesOfRules } from '../../core/match/checkRules.ts';
import {
  isBeside,
  isFixedFile,
  runRuleTests,
  stemOf,
  type RuleTestResult,
} from '../../core/match/ruleTests.ts';
import { loadRules, type RuleFile } from '../../core/rules/loadRules.ts';
import type { LoadableLanguageSet } from '../../core/syntax/loadLanguages.ts';
import { GrammarLoader, loadLanguageSet } from '../../host/assets.ts';
import { readText } from '../../host/decode.ts';
import { isYaml } from '../../host/projectRules.ts';
import { EXIT, UsageError, type CliIo } from '../io.ts';
import { formatOption, outputOption } from '../options.ts';
import { writeResult } from '../output.ts';
import { problemLines } from '../print/problemLines.ts';
import { ruleTestJson, ruleTestText } from '../print/ruleTestText.ts';
import { showProgress } from '../progress.ts';
import { isFolder, relativeTo } from '../ruleFiles.ts';

const MAX_FILE_BYTES = 8_000_000;

interface TestOptions {
  readonly format: 'text' | 'json';
  readonly json: boolean;
  readonly output?: string;
}

/** What all tests of a run came to. */
export interface RuleTestRun {
  readonly results: readonly RuleTestResult[];
  /** Rules that loaded and have no test file. */
  readonly untested: readonly { readonly id: string; readonly path: string }[];
  /** Rules that loaded. */
  readonly rules: number;
  readonly problems: readonly Problem[];
}

export function rulesTestCommand(io: CliIo, finish: (code: number) => void): Command {
  return new Command('test')
    .description('Run rules on the annotated files beside them (x.yaml on x.c, x.test.py, ...)')
    .argument('<path...>', 'rule files, or folders of them')
    .addOption(formatOption(['text', 'json']))
    .option('--json', 'the same as --format json', false)
    .addOption(outputOption())
    .addHelpText(
      'after',
      `
In the code, a comment names the rules that must report the next line, or must not:
  // ruleid: my-rule          must be reported
  // ok: my-rule              must not be reported
  // todoruleid: my-rule      should be reported, but is not yet
  // todook: my-rule          should not be reported, but is
A finding on a line without annotation fails. x.fixed.c holds the text of x.c after all fixes.

Exit codes: 0 all pass, 1 a test fails or a rule does not load, 2 there is nothing to test.

Examples:
  traceward rules test my-rules
  traceward rules test my-rules/weak-hash.yaml`,
    )
    .action(async (paths: readonly string[], options: TestOptions) =>
      finish(await rulesTest(paths, options, io)),
    );
}

async function rulesTest(paths: readonly string[], options: TestOptions, io: CliIo): Promise<number> {
  const languages = await loadLanguageSet(io.host);
  const problems: Problem[] = [];
  const groups = new Map<string, TestGroup>();
  for (const path of paths) {
    for (const group of await groupsAt(path, io)) groups.set(group.ruleFile, group);
  }
  const run = await runAll([...groups.values()], languages, problems, io);
  const asJson = options.json || options.format === 'json';
  if (!asJson) await io.err.write(problemLines(run.problems, (each) => each, io.err));
  if (run.rules === 0) throw new UsageError(`No rule of ${paths.join(', ')} could be loaded.`);
  const sink = options.output === undefined ? io.out : { colour: false };
  await writeResult(asJson ? ruleTestJson(run) : ruleTestText(run, sink), options.output, io);
  const passed = run.results.filter((result) => result.passed).length;
  const broken = run.problems.some(({ severity }) => severity === 'error');
  return passed < run.results.length || passed === 0 || broken ? EXIT.found : EXIT.clean;
}

/** A rule file and the files beside it that share its name; paths as the user would write them. */
interface TestGroup {
  readonly ruleFile: string;
  readonly tests: readonly string[];
  readonly read: (path: string) => Promise<RuleFile | Problem>;
}

/** Tests the rule files one by one, so that a big collection neither fills the memory nor goes on after Ctrl+C. */
async function runAll(
  groups: readonly TestGroup[],
  languages: LoadableLanguageSet,
  problems: Problem[],
  io: CliIo,
): Promise<RuleTestRun> {
  const grammars = new GrammarLoader(io.host, languages);
  const progress = showProgress(io, 'Tested', 'rule files');
  const results: RuleTestResult[] = [];
  const untested: { id: string; path: string }[] = [];
  let rules = 0;
  for (const [index, group] of groups.entries()) {
    io.signal.throwIfAborted();
    progress.step(index, groups.length);
    const ruleFile = await group.read(group.ruleFile);
    if (!('text' in ruleFile)) {
      problems.push(ruleFile);
      continue;
    }
    const loaded = loadRules([ruleFile], languages).rules;
    rules += loaded.length;
    const tests: RuleFile[] = [];
    for (const path of group.tests) {
      const test = await group.read(path);
      if ('text' in test) tests.push(test);
    }
    await grammars.prepareLanguages(languagesOfRules(loaded));
    for (const { path, text } of tests) await grammars.prepare(languages.ofFile(path, text));
    const outcome = runRuleTests({ rules: [ruleFile], tests }, languages);
    results.push(...outcome.results);
    problems.push(...outcome.problems);
    const tested = new Set(outcome.results.map(({ ruleId }) => ruleId));
    untested.push(
      ...loaded.filter(({ id }) => !tested.has(id)).map(({ id }) => ({ id, path: ruleFile.path })),
    );
  }
  await progress.end();
  return { results, untested, rules, problems: [...grammars.problems, ...problems] };
}

/** The rule files of a folder with their test files, or one rule file with its own. */
async function groupsAt(path: string, io: CliIo): Promise<readonly TestGroup[]> {
  const full = resolve(io.cwd, path);
  const single = !isFolder(full, path);
  const base = single ? dirname(full) : full;
  const folder = io.host.openFolder(pathToFileURL(base).href);
  const listed = await folder.list({ noIgnore: true, signal: io.signal });
  const named = relativeTo(io.cwd);
  const nameOf = (each: string): string => named(join(base, each));
  const read = async (each: string): Promise<RuleFile | Problem> => {
    const content = await readText(folder, each, MAX_FILE_BYTES);
    if (content.kind === 'text') return { path: nameOf(each), text: content.text };
    const message = `This file cannot be read: ${content.file.detail}.`;
    return { code: 'rules-unreadable', severity: 'error', message, path: nameOf(each) };
  };
  const yaml = listed.filter((each) => isYaml(each) && !isTestOfAnother(each, listed));
  const stems = yaml.map(stemOf);
  const wanted = single ? [basename(full)] : yaml;
  const byStem = groupedByStem(listed);
  const pathOf = new Map([...listed, ...wanted].map((each) => [nameOf(each), each]));
  return wanted.map((ruleFile) => ({
    ruleFile: nameOf(ruleFile),
    tests: (byStem.get(firstStem(ruleFile)) ?? [])
      .filter((each) => isBeside(ruleFile, each, stems))
      .map(nameOf),
    read: (each) => read(pathOf.get(each) ?? each),
  }));
}

/** `x.test.yaml` and `x.fixed.yaml` beside `x.yaml` are code that rules look at. */
function isTestOfAnother(path: string, listed: readonly string[]): boolean {
  const other = path.replace(/\.(?:test|fixed)(\.ya?ml)$/i, '$1');
  return other !== path && (listed.includes(other) || isFixedFile(path));
}

/** Path up to the first dot of the name: what a rule file and its tests have in common. */
function firstStem(path: string): string {
  const name = path.lastIndexOf('/') + 1;
  return path.slice(0, name) + (path.slice(name).split('.', 1)[0] ?? '');
}

function groupedByStem(listed: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const path of listed) {
    const group = groups.get(firstStem(path));
    if (group === undefined) groups.set(firstStem(path), [path]);
    else group.push(path);
  }
  return groups;
}
