import type { Problem } from '../base/problem.ts';
import { readYamlDocuments } from '../base/yamlDocument.ts';
import type { Formula, TaintFormula } from '../rules/formula.ts';
import { loadRules, type RuleFile } from '../rules/loadRules.ts';
import type { Rule } from '../rules/rule.ts';
import { RULE_KEYS } from '../rules/ruleKeys.ts';
import type { LanguageSet } from '../syntax/languageSet.ts';
import { compileSafely } from './runOnText.ts';

/** What loading and compiling a rule file, without running anything, says about it. */
export interface CheckedRules {
  /** Rules that can be used, in every language that they list and whose grammar is loaded. */
  readonly valid: readonly Rule[];
  /** How many rules of the file cannot. */
  readonly refused: number;
  readonly problems: readonly Problem[];
}

/**
 * Loads a rule file and compiles each rule for each of its languages. A language whose grammar is not loaded says nothing: load those that
 * `languagesOf` names first.
 */
export function checkRules(file: RuleFile, languages: LanguageSet): CheckedRules {
  const loaded = loadRules([file], languages);
  const problems = [...loaded.problems];
  const valid = loaded.rules.filter((rule) => {
    const found = rule.languages.flatMap((id) => {
      const grammar = languages.grammar(id);
      return grammar === undefined ? [] : compileSafely(rule, grammar, languages).problems;
    });
    problems.push(...found);
    return !found.some(({ severity }) => severity === 'error');
  });
  return { valid, refused: Math.max(0, ruleEntries(file).length - valid.length), problems };
}

/** Languages that the rules of a file list, and those that their conditions read texts in. */
export function languagesOf(file: RuleFile, languages: LanguageSet): readonly string[] {
  return languagesOfRules(loadRules([file], languages).rules);
}

/** Languages whose grammars rules need. */
export function languagesOfRules(rules: readonly Rule[]): readonly string[] {
  return [...new Set([...rules.flatMap((rule) => rule.languages), ...embeddedLanguages(rules)])];
}

/** Languages in which conditions of rules read the text of a metavariable; files of these languages need not be there. */
export function embeddedLanguages(rules: readonly Rule[]): readonly string[] {
  const ids = new Set<string>();
  const open: Formula[] = rules.flatMap(({ formula }) => formulasOf(formula));
  for (let formula = open.pop(); formula !== undefined; formula = open.pop()) {
    if (formula.op === 'any') open.push(...formula.of);
    if (formula.op === 'inside') open.push(formula.of);
    if (formula.op !== 'all') continue;
    open.push(...formula.clauses.map((clause) => clause.formula));
    for (const condition of formula.conditions) {
      if (condition.kind !== 'metavariable-pattern') continue;
      if (condition.language !== undefined) ids.add(condition.language);
      open.push(condition.formula);
    }
  }
  return [...ids];
}

function formulasOf(formula: Formula | TaintFormula): readonly Formula[] {
  if (formula.op !== 'taint') return [formula];
  const { sources, sinks, sanitizers, propagators } = formula;
  return [...sources, ...sinks, ...sanitizers, ...propagators].map((part) => part.formula);
}

/**
 * True for a YAML file that is meant to hold rules of this language. Others have a list `rules` at their top too (access rules of a
 * cluster, for example): what makes an entry a rule is its `id`.
 */
export function isRuleFile(file: RuleFile): boolean {
  return ruleEntries(file).some((entry) => typeof entry === 'object' && entry !== null && 'id' in entry);
}

/** True for a file that holds rules, or is about to: a list `rules` whose entries say nothing yet, or something that a rule says. */
export function mayHoldRules(file: RuleFile): boolean {
  const entries = ruleEntries(file);
  if (entries.length === 0) return /^["']?rules["']?[ \t]*:\s*$/m.test(file.text);
  return entries.some(
    (entry) =>
      typeof entry !== 'object' ||
      entry === null ||
      Object.keys(entry).some((key) => Object.hasOwn(RULE_KEYS, key)),
  );
}

/** The entries of the list `rules`; empty for a file without one. */
function ruleEntries({ path, text }: RuleFile): readonly unknown[] {
  if (!/^["']?rules["']?[ \t]*:/m.test(text)) return [];
  return readYamlDocuments(path, text).flatMap(({ document }): readonly unknown[] => {
    const value = document?.value;
    const list: unknown =
      typeof value === 'object' && value !== null && 'rules' in value ? value.rules : undefined;
    return Array.isArray(list) ? list : [];
  });
}
