import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import { Command } from 'commander';

import type { Problem } from '../../core/base/problem.ts';
import { runRuleTests } from '../../core/match/ruleTests.ts';
import type { RuleFile } from '../../core/rules/loadRules.ts';
import { GrammarLoader, loadLanguageSet } from '../../host/assets.ts';
import { readText } from '../../host/decode.ts';
import { isYaml } from '../../host/projectRules.ts';
import { EXIT, UsageError, type CliIo } from '../io.ts';
import { problemLines } from '../print/problemLines.ts';
import { ruleTestText } from '../print/ruleTestText.ts';
import { isFolder, relativeTo } from '../ruleFiles.ts';

const MAX_FILE_BYTES = 8_000_000;

export function rulesTestCommand(io: CliIo, finish: (code: number) => void): Command {
  return new Command('test')
    .description('Run rules on the annotated files beside them (x.yaml on x.c, x.cpp, ...)')
    .argument('<path>', 'rule file, or folder of them')
    .addHelpText(
      'after',
      `
In the code, a comment names the rules that must report the next line, or must not:
  // ruleid: my-rule          must be reported
  // ok: my-rule              must not be reported
  // todoruleid: my-rule      should be reported, but is not yet
  // todook: my-rule          should not be reported, but is

Examples:
  traceward rules test my-rules
  traceward rules test my-rules/weak-hash.yaml`,
    )
    .action(async (path: string) => finish(await rulesTest(path, io)));
}

async function rulesTest(path: string, io: CliIo): Promise<number> {
  const problems: Problem[] = [];
  const files = await readBeside(path, io, problems);
  const languages = await loadLanguageSet(io.host);
  const rules = files.filter((file) => isYaml(file.path));
  const tests = files.filter((file) => languages.ofPath(file.path) !== undefined);
  const grammars = new GrammarLoader(io.host, languages);
  for (const test of tests) await grammars.prepare(test.path, test.text);
  const outcome = runRuleTests({ rules, tests }, languages);
  const all = [...problems, ...grammars.problems, ...outcome.problems];
  await io.err.write(problemLines(all, (each) => each, io.err));
  const { text, passed, failed, ruleIds } = ruleTestText(outcome.results, rules, languages, io.out);
  if (ruleIds === 0) throw new UsageError(`No rule of ${path} could be loaded.`);
  await io.out.write(text);
  const broken = all.some(({ severity }) => severity === 'error');
  return failed > 0 || passed === 0 || broken ? EXIT.found : EXIT.clean;
}

/** All files of a folder, or the file with what stands beside it; paths as the user would write them. */
async function readBeside(path: string, io: CliIo, problems: Problem[]): Promise<readonly RuleFile[]> {
  const full = resolve(io.cwd, path);
  const single = !isFolder(full, path);
  const base = single ? dirname(full) : full;
  const folder = io.host.openFolder(pathToFileURL(base).href);
  const stem = basename(full).replace(/\.[^.]+$/, '');
  const listed = (await folder.list({ noIgnore: true, signal: io.signal })).filter(
    (each) => !single || (!each.includes('/') && each.startsWith(`${stem}.`)),
  );
  const nameOf = relativeTo(io.cwd);
  const files: RuleFile[] = [];
  for (const each of listed) {
    if (!/\.[A-Za-z+]+$/.test(each)) continue;
    const named = nameOf(join(base, each));
    const content = await readText(folder, each, MAX_FILE_BYTES);
    if (content.kind === 'text') files.push({ path: named, text: content.text });
    else if (isYaml(each)) {
      const message = `This file cannot be read: ${content.file.detail}.`;
      problems.push({ code: 'rules-unreadable', severity: 'error', message, path: named });
    }
  }
  return files;
}
