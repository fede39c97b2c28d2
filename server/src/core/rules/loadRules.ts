import type { Problem } from '../base/problem.ts';
import { readYaml, type YamlFile } from '../base/yamlDocument.ts';
import type { LanguageSet } from '../syntax/languageSet.ts';
import { isMapping } from './readFormula.ts';
import { readRule } from './readRule.ts';
import type { Rule } from './rule.ts';
import { ruleSetOf, type RuleSet } from './ruleSet.ts';

/** Text of a YAML file that may hold rules. */
export interface RuleFile {
  readonly path: string;
  readonly text: string;
}

/**
 * Reads rule files. A file without a top-level `rules:` is not a rule file and is passed over; a rule that uses something
 * unsupported is left out and named in the problems, and the others load.
 */
export function loadRules(files: readonly RuleFile[], languages: LanguageSet): RuleSet {
  const rules: Rule[] = [];
  const problems: Problem[] = [];
  for (const file of files) {
    if (!/^["']?rules["']?\s*:/m.test(file.text)) continue;
    const { document, problems: found } = readYaml(file.path, file.text);
    problems.push(...found);
    if (document === undefined) continue;
    const outcome = readRulesOf(file.path, document, languages);
    rules.push(...outcome.rules);
    problems.push(...outcome.problems);
  }
  return ruleSetOf(rules, problems);
}

function readRulesOf(path: string, file: YamlFile, languages: LanguageSet): { rules: Rule[]; problems: Problem[] } {
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
  list.forEach((entry: unknown, index) => {
    const outcome = readRule(path, file, entry, ['rules', index], languages);
    if (outcome.value) rules.push(outcome.value);
    problems.push(...outcome.problems);
  });
  return { rules, problems };
}
