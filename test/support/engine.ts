import { readFileSync } from 'node:fs';

import type { Range } from '../../server/src/core/base/range.ts';
import { compilePattern } from '../../server/src/core/match/compilePattern.ts';
import { compileRule } from '../../server/src/core/match/compileRule.ts';
import { indexCompiled } from '../../server/src/core/match/ruleIndex.ts';
import { runRules, type RuleResults } from '../../server/src/core/match/runRules.ts';
import { loadRules } from '../../server/src/core/rules/loadRules.ts';
import type { RuleSet } from '../../server/src/core/rules/ruleSet.ts';
import type { Grammar } from '../../server/src/core/syntax/grammar.ts';
import type { LanguageDefinition } from '../../server/src/core/syntax/language.ts';
import {
  initParser,
  languageSet,
  type LoadableLanguageSet,
} from '../../server/src/core/syntax/loadLanguages.ts';
import { freeTree, parseText } from '../../server/src/core/syntax/syntaxTree.ts';

const assets = new URL('../../dist/assets/', import.meta.url);

let loading: Promise<LoadableLanguageSet> | undefined;

/** The real grammars, loaded once for all tests of a process. */
export function loadLanguages(): Promise<LoadableLanguageSet> {
  loading ??= load();
  return loading;
}

async function load(): Promise<LoadableLanguageSet> {
  await initParser(readFileSync(new URL('tree-sitter.wasm', assets)));
  const definitions = JSON.parse(
    readFileSync(new URL('languages.json', assets), 'utf8'),
  ) as LanguageDefinition[];
  const languages = languageSet(definitions);
  for (const { id } of definitions) {
    const problems = await languages.load(id, readFileSync(new URL(`${id}.wasm`, assets)));
    if (problems.length > 0) throw new Error(problems.map((problem) => problem.message).join('\n'));
  }
  return languages;
}

export async function grammar(id: string): Promise<Grammar> {
  const found = (await loadLanguages()).grammar(id);
  if (!found) throw new Error(`no grammar ${id}`);
  return found;
}

/** Reads one rule file; the tests look at its problems themselves. */
export async function rulesOf(yaml: string): Promise<RuleSet> {
  return loadRules([{ path: 'rule.yaml', text: yaml }], await loadLanguages());
}

/** Runs one rule on a text. Throws when the rule does not load, so that a test cannot pass by mistake. */
export async function run(yaml: string, source: string, language = 'c'): Promise<RuleResults> {
  const { rules, problems } = await rulesOf(yaml);
  const [rule] = rules;
  if (!rule) throw new Error(problems.map((problem) => problem.message).join('\n'));
  const target = await grammar(language);
  const languages = await loadLanguages();
  const { compiled, problems: failures } = compileRule(rule, target, (id) => languages.grammar(id));
  if (!compiled) throw new Error(failures.map((problem) => problem.message).join('\n'));
  const syntax = parseText(target, source);
  try {
    return runRules(`file.${language}`, syntax, indexCompiled([compiled]), () => rule.severity);
  } finally {
    freeTree(syntax);
  }
}

/** Source text of each place where a formula (the YAML below the rule's other keys) holds. */
export async function matches(
  formula: string,
  source: string,
  language = 'c',
  ruleLanguage = language,
): Promise<string[]> {
  const { findings, problems } = await run(ruleWith(formula, ruleLanguage), source, language);
  if (problems.length > 0) throw new Error(problems.map((problem) => problem.message).join('\n'));
  return findings.map(({ range }) => textAt(source, range));
}

/** The text at a range. */
export function textAt(source: string, { start, end }: Range): string {
  const lines = source.split('\n');
  const [first = '', ...rest] = lines.slice(start.line, end.line + 1);
  const last = rest.pop();
  if (last === undefined) return first.slice(start.column, end.column);
  return [first.slice(start.column), ...rest, last.slice(0, end.column)].join('\n');
}

export function ruleWith(formula: string, language = 'c'): string {
  const indented = formula
    .trim()
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
  return `rules:\n  - id: under-test\n    languages: [${language}]\n    severity: ERROR\n    message: found\n${indented}\n`;
}

/** The error of a pattern that is no code of the language; undefined when it compiles. */
export async function patternError(pattern: string, language = 'c'): Promise<string | undefined> {
  const outcome = compilePattern(pattern, await grammar(language));
  return 'error' in outcome ? outcome.error : undefined;
}
