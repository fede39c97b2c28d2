import { compileRegex } from '../rules/regex.ts';
import type { Formula, TaintFormula } from '../rules/formula.ts';
import type { Rule } from '../rules/rule.ts';
import type { Grammar } from '../syntax/grammar.ts';
import { namesAmong, wordsOfPattern } from './plainWords.ts';

/** What a text must contain for a rule to find anything in it. Never more than that, and told without compiling the rule. */
export interface Requirement {
  /** Of each entry one word; the fewest words first. */
  readonly words: readonly (readonly string[])[];
  /** All of these texts. */
  readonly texts: readonly string[];
}

const NOTHING: Requirement = { words: [], texts: [] };

/** The requirements of rules on code of a grammar, in their order. */
export function requirementsOf(rules: readonly Rule[], grammar: Grammar): readonly Requirement[] {
  const words = new Map<string, readonly string[]>();
  for (const { formula } of rules) {
    for (const text of patternsIn(formula)) words.set(text, wordsOfPattern(text, grammar));
  }
  const names = namesAmong([...words.values()].flat(), grammar);
  const namesOf = (text: string): readonly string[] =>
    (words.get(text) ?? []).filter((word) => names.has(word));
  return rules.map((rule) => requirementOf(rule, grammar, namesOf));
}

function requirementOf(
  { formula, languages }: Rule,
  grammar: Grammar,
  namesOf: (pattern: string) => readonly string[],
): Requirement {
  // A rule for any text looks for signs and words of its own.
  if (!languages.includes(grammar.definition.id)) return NOTHING;
  if (formula.op !== 'taint') return sorted(ofFormula(formula, namesOf));
  const { sources, sinks } = formula;
  return sorted(
    all([sources, sinks].map((specs) => any(specs.map((spec) => ofFormula(spec.formula, namesOf))))),
  );
}

function sorted({ words, texts }: Requirement): Requirement {
  return { words: words.toSorted(byWorth), texts };
}

/** The fewest words first, then the longest. */
function byWorth(a: readonly string[], b: readonly string[]): number {
  return a.length - b.length || shortest(b) - shortest(a);
}

function shortest(words: readonly string[]): number {
  return words.reduce((least, word) => Math.min(least, word.length), Number.POSITIVE_INFINITY);
}

/** Texts of the patterns that the requirement of a formula rests on. */
function* patternsIn(formula: Formula | TaintFormula): Generator<string> {
  switch (formula.op) {
    case 'pattern':
      yield formula.text;
      break;
    case 'any':
      for (const each of formula.of) yield* patternsIn(each);
      break;
    case 'inside':
      yield* patternsIn(formula.of);
      break;
    case 'all':
      for (const { formula: each } of formula.clauses) yield* patternsIn(each);
      break;
    case 'taint':
      for (const { formula: each } of [...formula.sources, ...formula.sinks]) yield* patternsIn(each);
      break;
    case 'regex':
    case 'tree-sitter':
    case 'fact':
      break;
  }
}

function ofFormula(formula: Formula, namesOf: (pattern: string) => readonly string[]): Requirement {
  switch (formula.op) {
    case 'pattern':
      return { words: namesOf(formula.text).map((word) => [word]), texts: [] };
    case 'regex': {
      const outcome = compileRegex(formula.regex);
      return 'regex' in outcome ? { words: [], texts: outcome.regex.required } : NOTHING;
    }
    case 'tree-sitter':
    case 'fact':
      return NOTHING;
    case 'any':
      return any(formula.of.map((each) => ofFormula(each, namesOf)));
    case 'inside':
      return ofFormula(formula.of, namesOf);
    case 'all': {
      const positive = formula.clauses.filter(({ role }) => role === 'match' || role === 'inside');
      return all(positive.map((clause) => ofFormula(clause.formula, namesOf)));
    }
  }
}

function all(requirements: readonly Requirement[]): Requirement {
  return {
    words: requirements.flatMap(({ words }) => words),
    texts: requirements.flatMap(({ texts }) => texts),
  };
}

/** Each alternative brings its longest word. */
function any(requirements: readonly Requirement[]): Requirement {
  const [only, second] = requirements;
  if (only !== undefined && second === undefined) return only;
  const words = new Set<string>();
  for (const { words: own } of requirements) {
    const [best] = own.toSorted(byWorth);
    if (best === undefined) return NOTHING;
    for (const word of best) words.add(word);
  }
  return words.size === 0 ? NOTHING : { words: [[...words]], texts: [] };
}
