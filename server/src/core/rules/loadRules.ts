import { comparePositions, type Position, type Range } from '../base/range.ts';
import type { Problem } from '../base/problem.ts';
import { readYamlDocuments, type YamlFile } from '../base/yamlDocument.ts';
import { partitionPoint } from '../base/partition.ts';
import type { LanguageSet } from '../syntax/languageSet.ts';
import { isMapping, ruleText } from './reading.ts';
import { readRule } from './readRule.ts';
import type { Rule } from './rule.ts';
import { ruleSetOf, type RuleSet } from './ruleSet.ts';

/** Text of a YAML file that may hold rules. */
export interface RuleFile {
  readonly path: string;
  readonly text: string;
  /** Comes with Traceward: its rules are known to compile. */
  readonly isBuiltIn?: true;
}

/**
 * Reads rule files, which may hold several documents. A file without a top-level `rules:` is not a rule file and is passed over; a rule that uses something
 * unsupported is left out and named in the problems, and the others load.
 */
export function loadRules(files: readonly RuleFile[], languages: LanguageSet): RuleSet {
  const rules: Rule[] = [];
  const problems: Problem[] = [];
  for (const file of files) {
    if (!/^\uFEFF?["']?rules["']?\s*:/m.test(file.text)) continue;
    for (const { document, problems: found } of readYamlDocuments(file.path, file.text)) {
      problems.push(...found);
      if (document === undefined) continue;
      const outcome = readRulesOf(file, document, languages, found);
      rules.push(...outcome.rules);
      problems.push(...outcome.problems);
    }
  }
  return ruleSetOf(rules, problems);
}

/** Rules that are there already, and those of more files. */
export function withMoreRules(known: RuleSet, files: readonly RuleFile[], languages: LanguageSet): RuleSet {
  if (files.length === 0) return known;
  const more = loadRules(files, languages);
  return ruleSetOf([...known.rules, ...more.rules], [...known.problems, ...more.problems]);
}

function readRulesOf(
  { path, text, isBuiltIn }: RuleFile,
  file: YamlFile,
  languages: LanguageSet,
  mistakes: readonly Problem[],
): { rules: Rule[]; problems: Problem[] } {
  const rules: Rule[] = [];
  const problems: Problem[] = [];
  const list = isMapping(file.value) ? file.value['rules'] : undefined;
  if (list === undefined) return { rules, problems };
  if (!Array.isArray(list)) {
    problems.push({
      code: 'rule-invalid',
      severity: 'error',
      message: '`rules` must be a list of rules.',
      path,
      range: file.rangeOf(['rules'], 'value'),
    });
    return { rules, problems };
  }
  const reading = ruleText(path, text, file);
  const broken = brokenEntries(file, list.length, mistakes);
  list.forEach((entry: unknown, index) => {
    const outcome = readRule(reading, entry, ['rules', index], languages);
    // The YAML of this rule has a mistake that is told already: what could be read of it may not be all that was written.
    const mistake = broken.get(index);
    problems.push(...outcome.problems);
    if (outcome.value === undefined) return;
    if (mistake === undefined) {
      const { source } = outcome.value;
      rules.push(isBuiltIn ? { ...outcome.value, source: { ...source, isBuiltIn } } : outcome.value);
    } else {
      const message = `Rule ${outcome.value.id} does not load: its YAML has a mistake in line ${mistake.range.start.line + 1}.`;
      problems.push({ code: 'rule-invalid', severity: 'error', message, path, range: mistake.range });
    }
  });
  return { rules, problems };
}

/** Entries of `rules` in which the YAML is not right. A mistake belongs to the last rule that begins before it. */
function brokenEntries(file: YamlFile, count: number, mistakes: readonly Problem[]): ReadonlyMap<number, { range: Range }> {
  const broken = new Map<number, { range: Range }>();
  for (const { range } of mistakes) {
    if (range === undefined) continue;
    const startOf = (index: number): Position => file.rangeOf(['rules', index], 'value').start;
    const last = partitionPoint(count, (index) => comparePositions(startOf(index), range.start) <= 0) - 1;
    if (last >= 0 && !broken.has(last)) broken.set(last, { range });
  }
  return broken;
}
