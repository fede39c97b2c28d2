import { Command } from 'commander';

import type { Problem } from '../../core/base/problem.ts';
import { counted } from '../../core/evidence/text.ts';
import { checkRules, languagesOf } from '../../core/match/checkRules.ts';
import { GrammarLoader, loadLanguageSet } from '../../host/assets.ts';
import { EXIT, UsageError, type CliIo } from '../io.ts';
import { formatOption, outputOption } from '../options.ts';
import { writeResult } from '../output.ts';
import { jsonProblem, toJson } from '../print/places.ts';
import { problemLines } from '../print/problemLines.ts';
import { showProgress } from '../progress.ts';
import { namedRules, relativeTo } from '../ruleFiles.ts';

interface ValidateOptions {
  readonly format: 'text' | 'json';
  readonly json: boolean;
  readonly output?: string;
}

export function rulesValidateCommand(io: CliIo, finish: (code: number) => void): Command {
  return new Command('validate')
    .description('Load and compile rules for each of their languages, and run nothing')
    .argument('<path...>', 'rule files, or folders of them')
    .addOption(formatOption(['text', 'json']))
    .option('--json', 'the same as --format json', false)
    .addOption(outputOption())
    .addHelpText(
      'after',
      `
Exit codes: 0 every rule can be used, 1 a rule is refused, 2 there is no rule.

Examples:
  traceward rules validate my-rules
  traceward rules validate a.yaml b.yaml --json`,
    )
    .action(async (paths: readonly string[], options: ValidateOptions) =>
      finish(await validate(paths, options, io)),
    );
}

async function validate(paths: readonly string[], options: ValidateOptions, io: CliIo): Promise<number> {
  const languages = await loadLanguageSet(io.host);
  const grammars = new GrammarLoader(io.host, languages);
  const named = await namedRules(paths, io, relativeTo(io.cwd));
  const files = named?.files ?? [];
  const found: Problem[] = [];
  const progress = showProgress(io, 'Checked', 'rule files');
  let valid = 0;
  let refused = 0;
  for (const [index, file] of files.entries()) {
    io.signal.throwIfAborted();
    progress.step(index, files.length);
    await grammars.prepareLanguages(languagesOf(file, languages));
    const checked = checkRules(file, languages);
    valid += checked.valid.length;
    refused += checked.refused;
    found.push(...checked.problems);
  }
  await progress.end();
  const problems = [...(named?.problems ?? []), ...grammars.problems, ...found];
  if (options.json || options.format === 'json') {
    const json = toJson({ valid, refused, files: files.length, problems: problems.map(jsonProblem) });
    await writeResult(json, options.output, io);
  } else {
    // The problems are what was asked for: they are the result, not a remark beside it.
    const sink = options.output === undefined ? io.out : { colour: false };
    const summary = `${counted(valid, 'rule')} valid, ${refused} refused\n`;
    await writeResult(problemLines(problems, (path) => path, sink) + summary, options.output, io);
  }
  if (valid + refused === 0 && problems.length === 0) {
    throw new UsageError(`There is no rule in ${paths.join(', ')}: a rule file has a list \`rules\`.`);
  }
  return refused > 0 || problems.some(({ severity }) => severity === 'error') ? EXIT.found : EXIT.clean;
}
