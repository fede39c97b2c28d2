import type { Grammar } from '../syntax/grammar.ts';
import { keepPatterns, preparedPatterns, type PreparedPatterns } from './compilePattern.ts';
import { keepNames, preparedNames, type PreparedNames } from './plainWords.ts';
import { keepTexts, preparedTexts, type PreparedTexts } from './requirement.ts';

/** What the build has made of the rules that ship for one grammar. Plain data. */
export interface Prepared {
  readonly patterns: PreparedPatterns;
  readonly names: PreparedNames;
  readonly texts: PreparedTexts;
}

/** All that was compiled and asked for the grammar so far. */
export function preparedFor(grammar: Grammar): Prepared {
  return {
    patterns: preparedPatterns(grammar),
    names: preparedNames(grammar),
    texts: preparedTexts(grammar),
  };
}

/** Takes what `preparedFor` of the same build gave. */
export function keepPrepared(grammar: Grammar, { patterns, names, texts }: Partial<Prepared>): void {
  if (patterns !== undefined) keepPatterns(grammar, patterns);
  if (names !== undefined) keepNames(grammar, names);
  if (texts !== undefined) keepTexts(grammar, texts);
}
