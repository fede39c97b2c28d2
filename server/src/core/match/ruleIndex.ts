import type { Problem } from '../base/problem.ts';
import type { Rule } from '../rules/rule.ts';
import type { Grammar } from '../syntax/grammar.ts';
import type { CompiledRule } from './compileRule.ts';
import type { MacroNames } from '../resolve/macroAliases.ts';
import { FileWords, type WordsOfPiece } from './fileWords.ts';
import { requirementsOf, textsAskedIn, type Needed } from './requirement.ts';
import { Vocabulary } from './vocabulary.ts';

/** Rules for one grammar, found by the words that a text must have for them. What a text costs does not depend on how many there are. */
export interface RuleIndex {
  readonly vocabulary: Vocabulary;
  /** Rules that may find something where these words stand, in the order in which they were given. Compiles those that are new. */
  candidates(words: WordsOfPiece): readonly CompiledRule[];
  /** Whether a candidate may find something in a piece of the text that has these words. */
  mayMatch(rule: CompiledRule, words: WordsOfPiece): boolean;
  /** What keeps rules from running, in their order. Compiles those that no text needed; not the built-in ones, which tests compile. */
  problems(): readonly Problem[];
}

interface Entry {
  readonly rule: Rule;
  readonly order: number;
  /** Of each entry one must be there. */
  readonly needs: readonly (readonly number[])[];
  outcome: Outcome | undefined;
}

interface Outcome {
  readonly compiled?: CompiledRule;
  readonly problems: readonly Problem[];
}

/** @param compile called once for each rule, when a text first has its words */
export function indexRules(
  rules: readonly Rule[],
  grammar: Grammar,
  compile: (rule: Rule) => Outcome,
): RuleIndex {
  return indexEntries(rules, grammar, compile);
}

/** Rules that are compiled already: all of them are candidates everywhere. */
export function indexCompiled(compiled: readonly CompiledRule[]): RuleIndex {
  const vocabulary = new Vocabulary();
  return { vocabulary, candidates: () => compiled, mayMatch: () => true, problems: () => [] };
}

const NO_WORDS: WordsOfPiece = { ids: new Set(), has: () => false, mayHaveText: () => false };

/**
 * Whether some rule may find something in a text: false is certain, and told without parsing it.
 *
 * @param macros of the headers that the text includes
 */
export function mayFind(path: string, text: string, rules: RuleIndex, macros: MacroNames): boolean {
  const isThere = (words: WordsOfPiece): boolean =>
    rules.candidates(words).some((rule) => rule.appliesTo(path));
  // Rules that need no word are known without looking for any.
  return isThere(NO_WORDS) || isThere(new FileWords(text, rules.vocabulary, macros).all());
}

function indexEntries(rules: readonly Rule[], grammar: Grammar, compile: (rule: Rule) => Outcome): RuleIndex {
  const vocabulary = new Vocabulary();
  const requirements = requirementsOf(rules, grammar);
  const outcomeOf = (entry: Entry): Outcome => (entry.outcome ??= compile(entry.rule));
  const always: Entry[] = [];
  /** By number of a word: rules whose rarest requirement that word meets. */
  const byWord: Entry[][] = [];
  const byCompiled = new Map<CompiledRule, Entry>();
  const entries = rules.map((rule, order): Entry => {
    const needs = (requirements[order] ?? []).flatMap((either) => numbersOf(either, vocabulary));
    for (const text of textsAskedIn(rule.formula, grammar)) vocabulary.addText(text);
    const entry: Entry = { rule, order, needs, outcome: undefined };
    const [first] = needs;
    if (first === undefined) always.push(entry);
    else for (const word of first) (byWord[word] ??= []).push(entry);
    return entry;
  });
  return {
    vocabulary,
    candidates: ({ ids }) => {
      const found = new Set(always);
      for (const id of ids) for (const entry of byWord[id] ?? []) found.add(entry);
      return [...found]
        .filter((entry) => hasWords(entry, ids))
        .sort((a, b) => a.order - b.order)
        .flatMap((entry) => {
          const { compiled } = outcomeOf(entry);
          if (compiled === undefined) return [];
          byCompiled.set(compiled, entry);
          return [compiled];
        });
    },
    mayMatch: (rule, { ids }) => {
      const entry = byCompiled.get(rule);
      return entry === undefined || hasWords(entry, ids);
    },
    problems: () =>
      entries.flatMap((entry) =>
        entry.outcome === undefined && entry.rule.source.isBuiltIn ? [] : outcomeOf(entry).problems,
      ),
  };
}

/** Nothing when one of them cannot be looked for: it may be there. */
function numbersOf(either: readonly Needed[], vocabulary: Vocabulary): readonly (readonly number[])[] {
  const numbers = either.map((each) =>
    'word' in each ? vocabulary.add(each.word) : vocabulary.addText(each),
  );
  return numbers.every((each) => each !== undefined) ? [numbers] : [];
}

function hasWords({ needs }: Entry, ids: ReadonlySet<number>): boolean {
  return needs.every((either) => either.some((word) => ids.has(word)));
}
