import type { Grammar } from '../syntax/grammar.ts';
import { isPunctuation } from '../syntax/punctuation.ts';

/** Weight of a named node, or of a token that stands for a value. */
export const NAMED = 2;
const weights = new WeakMap<Grammar, Uint8Array>();

/** By kind: 0 for comments and punctuation, which are not read, 1 for other tokens, 2 for nodes. */
export function weightsOf(grammar: Grammar): Uint8Array {
  let known = weights.get(grammar);
  if (known === undefined) {
    known = Uint8Array.from({ length: grammar.errorKind + 1 }, (_, kind) => {
      if (grammar.roles.comments.has(kind) || isPunctuation(grammar, kind)) return 0;
      return grammar.isNamed(kind) || grammar.roles.valueTokens.has(kind) ? NAMED : 1;
    });
    weights.set(grammar, known);
  }
  return known;
}
