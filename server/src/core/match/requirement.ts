import { compileRegex, type RuleRegex } from '../rules/regex.ts';
import type { Formula, TaintFormula } from '../rules/formula.ts';
import { formulasIn } from '../rules/formulasIn.ts';
import type { Rule } from '../rules/rule.ts';
import type { Grammar } from '../syntax/grammar.ts';
import { namesAmong, wordsOfPattern } from './plainWords.ts';
import { textConditions } from './textConditions.ts';
import type { SoughtText } from './textSet.ts';

/** A word by itself, or a text that may also be part of a word. */
export type Needed = { readonly word: string } | SoughtText;

/**
 * What a text must contain for a rule to find anything in it: of each entry one; the fewest first. Never more than that, and told
 * without compiling the rule.
 */
export type Requirement = readonly (readonly Needed[])[];

/** Of each list one text must be there. */
export type AskedTexts = readonly (readonly SoughtText[])[];

/** The same of expressions, by their sources. Plain data. */
export type PreparedTexts = Readonly<Record<string, AskedTexts>>;

/** What is asked of patterns and of regular expressions. */
interface Asked {
  readonly namesOf: (pattern: string) => readonly string[];
  readonly textsOfRegex: (source: string) => AskedTexts;
}

const kept = new WeakMap<Grammar, Map<string, AskedTexts>>();
/** Expressions of which this is kept for each grammar. */
const MAX_KEPT = 5_000;

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
  const textsOfRegex = (source: string): AskedTexts => textsAsked(source, grammar);
  return rules.map((rule) => requirementOf(rule, grammar, { namesOf, textsOfRegex }));
}

function requirementOf({ formula, languages, options }: Rule, grammar: Grammar, asked: Asked): Requirement {
  // A rule for any text looks for signs and words of its own, but its regular expressions for what these need.
  if (!languages.includes(grammar.definition.id))
    return formula.op === 'taint'
      ? NOTHING
      : sorted(ofFormula(withoutConditions(formula), { ...asked, namesOf: () => [] }));
  if (formula.op !== 'taint') return sorted(ofFormula(formula, asked));
  // Source and sink may both be in other files.
  if (options.interfile) return NOTHING;
  const { sources, sinks } = formula;
  return sorted(
    all([sources, sinks].map((specs) => any(specs.map((spec) => ofFormula(spec.formula, asked))))),
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
function patternsIn(formula: Formula | TaintFormula): readonly string[] {
  return lookedFor(formula).flatMap((each) => (each.op === 'pattern' ? [each.text] : []));
}

/** What must be found for anything to be reported, with all that it is made of. */
function lookedFor(formula: Formula | TaintFormula): readonly Formula[] {
  const whole =
    formula.op === 'taint' ? [...formula.sources, ...formula.sinks].map((each) => each.formula) : [formula];
  return whole.flatMap((each) => [...formulasIn(each)]);
}

function ofFormula(formula: Formula, asked: Asked): Requirement {
  switch (formula.op) {
    case 'pattern':
      return asked.namesOf(formula.text).map((word) => [{ word }]);
    case 'regex':
      return asked.textsOfRegex(formula.regex);
    case 'tree-sitter':
    case 'fact':
      return NOTHING;
    case 'any':
      return any(formula.of.map((each) => ofFormula(each, asked)));
    case 'inside':
      return ofFormula(formula.of, asked);
    case 'all': {
      const positive = formula.clauses.filter(({ role }) => role === 'match' || role === 'inside');
      return all([
        ...positive.map((clause) => ofFormula(clause.formula, asked)),
        ...textConditions(formula).map(({ regex }) => asked.textsOfRegex(regex)),
      ]);
    }
  }
}

/** Texts of which whatever an expression matches has one of each list; none for one that does not compile. */
export function textsAsked(source: string, grammar: Grammar): AskedTexts {
  const known = textsFor(grammar);
  let texts = known.get(source);
  if (texts === undefined) {
    const outcome = compileRegex(source);
    texts = 'error' in outcome ? [] : textsOf(outcome.regex);
    if (known.size >= MAX_KEPT) known.clear();
    known.set(source, texts);
  }
  return texts;
}

function textsFor(grammar: Grammar): Map<string, AskedTexts> {
  let texts = kept.get(grammar);
  if (texts === undefined) kept.set(grammar, (texts = new Map<string, AskedTexts>()));
  return texts;
}

/** Takes what `preparedTexts` of the same build gave: these expressions need not be read for their texts again. */
export function keepTexts(grammar: Grammar, texts: PreparedTexts): void {
  const known = textsFor(grammar);
  for (const [source, asked] of Object.entries(texts)) known.set(source, asked);
}

/** What every expression asks for that was read for the grammar so far. */
export function preparedTexts(grammar: Grammar): PreparedTexts {
  return Object.fromEntries(textsFor(grammar));
}

function textsOf({ required }: RuleRegex): AskedTexts {
  const worthIt = required.filter(({ texts }) => texts.every((text) => text.length >= MIN_TEXT));
  return worthIt.map(({ texts, ignoreCase }) => texts.map((text) => ({ text, ignoreCase })));
}

/** All texts that the conditions of a formula ask for, wherever in it they stand. */
export function textsAskedIn(formula: Formula | TaintFormula, grammar: Grammar): readonly SoughtText[] {
  return lookedFor(formula).flatMap((each) =>
    each.op === 'all' ? textConditions(each).flatMap(({ regex }) => textsAsked(regex, grammar).flat()) : [],
  );
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
