import { compileRegex, type RuleRegex } from '../rules/regex.ts';
import type { Condition, Formula, TaintFormula } from '../rules/formula.ts';
import type { Rule } from '../rules/rule.ts';
import type { Grammar } from '../syntax/grammar.ts';
import { namesAmong, wordsOfPattern } from './plainWords.ts';
import type { SoughtText } from './textSet.ts';

/** A word by itself, or a text that may also be part of a word. */
export type Needed = { readonly word: string } | SoughtText;

/**
 * What a text must contain for a rule to find anything in it: of each entry one; the fewest first. Never more than that, and told
 * without compiling the rule.
 */
export type Requirement = readonly (readonly Needed[])[];

const NOTHING: Requirement = [];
/** Shorter texts stand everywhere. */
const MIN_TEXT = 3;
/** Where a rule has more alternatives, some of them stands in most texts. */
const MAX_ALTERNATIVES = 300;

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
  { formula, languages, options }: Rule,
  grammar: Grammar,
  namesOf: (pattern: string) => readonly string[],
): Requirement {
  // A rule for any text looks for signs and words of its own, but its regular expressions for what these need.
  if (!languages.includes(grammar.definition.id))
    return formula.op === 'taint' ? NOTHING : sorted(ofFormula(withoutConditions(formula), () => []));
  if (formula.op !== 'taint') return sorted(ofFormula(formula, namesOf));
  // Source and sink may both be in other files.
  if (options.interfile) return NOTHING;
  const { sources, sinks } = formula;
  return sorted(
    all([sources, sinks].map((specs) => any(specs.map((spec) => ofFormula(spec.formula, namesOf))))),
  );
}

/** What a metavariable of a pattern for text stands for may leave out some of the text. */
function withoutConditions(formula: Formula): Formula {
  switch (formula.op) {
    case 'any':
      return { ...formula, of: formula.of.map(withoutConditions) };
    case 'inside':
      return { ...formula, of: withoutConditions(formula.of) };
    case 'all': {
      const clauses = formula.clauses.map((each) => ({ ...each, formula: withoutConditions(each.formula) }));
      return { ...formula, clauses, conditions: [] };
    }
    default:
      return formula;
  }
}

function sorted(requirement: Requirement): Requirement {
  return requirement.toSorted(byWorth);
}

/** The fewest first, then the longest. */
function byWorth(a: readonly Needed[], b: readonly Needed[]): number {
  return a.length - b.length || shortest(b) - shortest(a);
}

function shortest(either: readonly Needed[]): number {
  return either.reduce((least, each) => Math.min(least, lettersOf(each).length), Number.POSITIVE_INFINITY);
}

function lettersOf(needed: Needed): string {
  return 'word' in needed ? needed.word : needed.text;
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
      return namesOf(formula.text).map((word) => [{ word }]);
    case 'regex':
      return ofRegex(formula.regex);
    case 'tree-sitter':
    case 'fact':
      return NOTHING;
    case 'any':
      return any(formula.of.map((each) => ofFormula(each, namesOf)));
    case 'inside':
      return ofFormula(formula.of, namesOf);
    case 'all': {
      const positive = formula.clauses.filter(({ role }) => role === 'match' || role === 'inside');
      return all([
        ...positive.map((clause) => ofFormula(clause.formula, namesOf)),
        ...formula.conditions.map(ofCondition),
      ]);
    }
  }
}

/** What a metavariable stands for is a piece of the text. A constant's value need not be. */
function ofCondition(condition: Condition): Requirement {
  return condition.kind === 'metavariable-regex' && condition.constantPropagation !== true
    ? ofRegex(condition.regex)
    : NOTHING;
}

function ofRegex(source: string): readonly (readonly SoughtText[])[] {
  const outcome = compileRegex(source);
  return 'error' in outcome ? [] : textsOf(outcome.regex);
}

/** Texts of which whatever the expression matches has one of each list. */
export function textsOf({ required }: RuleRegex): readonly (readonly SoughtText[])[] {
  const worthIt = required.filter(({ texts }) => texts.every((text) => text.length >= MIN_TEXT));
  return worthIt.map(({ texts, ignoreCase }) => texts.map((text) => ({ text, ignoreCase })));
}

/** All texts that the conditions of a formula ask for, wherever in it they stand. */
export function* textsAskedIn(formula: Formula | TaintFormula): Generator<SoughtText> {
  switch (formula.op) {
    case 'any':
      for (const each of formula.of) yield* textsAskedIn(each);
      break;
    case 'inside':
      yield* textsAskedIn(formula.of);
      break;
    case 'all':
      for (const { formula: each } of formula.clauses) yield* textsAskedIn(each);
      for (const each of formula.conditions)
        if (each.kind === 'metavariable-regex') yield* ofRegex(each.regex).flat();
      break;
    case 'taint':
      for (const { formula: each } of [...formula.sources, ...formula.sinks]) yield* textsAskedIn(each);
      break;
    case 'pattern':
    case 'regex':
    case 'tree-sitter':
    case 'fact':
      break;
  }
}

function all(requirements: readonly Requirement[]): Requirement {
  return requirements.flat();
}

/** Each alternative brings its best entry. */
function any(requirements: readonly Requirement[]): Requirement {
  const [only, second] = requirements;
  if (only !== undefined && second === undefined) return only;
  const either = new Map<string, Needed>();
  for (const own of requirements) {
    const [best] = own.toSorted(byWorth);
    if (best === undefined) return NOTHING;
    for (const each of best) either.set(JSON.stringify(each), each);
    if (either.size > MAX_ALTERNATIVES) return NOTHING;
  }
  return either.size === 0 ? NOTHING : [[...either.values()]];
}
