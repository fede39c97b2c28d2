import type { RuleSet } from '../core/rules/ruleSet.ts';
import { loadRules } from '../core/rules/loadRules.ts';
import { loadBuiltInRules, loadLanguageSet } from '../host/assets.ts';
import { UsageError, type CliIo } from './io.ts';
import { problemLines } from './print/problemLines.ts';
import { namedRules, relativeTo } from './ruleFiles.ts';

/**
 * The rules that `--rules` names, or the built-in ones, for commands that analyse nothing. Those that do not load are told.
 *
 * @throws UsageError when none loads
 */
export async function loadNamedRules(paths: readonly string[], io: CliIo): Promise<RuleSet> {
  const languages = await loadLanguageSet(io.host);
  const named = await namedRules(paths, io, relativeTo(io.cwd));
  const rules = named === undefined ? await loadBuiltInRules(io.host) : loadRules(named.files, languages);
  const problems = [...(named?.problems ?? []), ...rules.problems];
  await io.err.write(problemLines(problems, (path) => path, io.err));
  if (rules.rules.length === 0) throw new UsageError('No rule could be loaded.');
  return rules;
}
