import type { Grammar } from './grammar.ts';

const PUNCTUATION = new Set(['(', ')', '{', '}', '[', ']', ',', ';', '"', "'", '']);

const cache = new WeakMap<Grammar, readonly boolean[]>();

/** True for tokens that only hold other code together: a pattern and the code it matches are compared without them. */
export function isPunctuation(grammar: Grammar, kind: number): boolean {
  let flags = cache.get(grammar);
  if (flags === undefined) {
    flags = Array.from(
      { length: grammar.errorKind },
      (_, each) => !grammar.isNamed(each) && PUNCTUATION.has(grammar.kindName(each)),
    );
    cache.set(grammar, flags);
  }
  return flags[kind] ?? false;
}
