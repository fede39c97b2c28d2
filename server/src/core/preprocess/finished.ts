import type { Span } from '../base/range.ts';
import { tokensOf, type Tokens } from './tokens.ts';
import { findUnfinished, type Insertion } from './unfinished.ts';

/** A text in which what is not finished yet has no say in how the code behind it is read, as long as the text itself. */
export interface Finished {
  readonly text: string;
  readonly tokens: Tokens;
  /** What it does not show. */
  readonly strays: readonly Span[];
  /** Outside of functions all is finished: each function is read for itself. */
  readonly isSettled: boolean;
}

/**
 * Takes away brackets and `do`s that have no partner, and ends functions and declarations behind which another function begins, in the layout there.
 *
 * @param first token that is looked at
 */
export function finished(text: string, first = 0): Finished {
  const tokens = tokensOf(text);
  const { strays, insertions, isSettled } = findUnfinished(text, tokens, first);
  if (strays.length + insertions.length === 0) return { text, tokens, strays: [], isSettled };
  const spans = strays.map((index) => ({ start: tokens.start[index] ?? 0, end: tokens.end[index] ?? 0 }));
  const whole = changed(text, spans, insertions);
  return { text: whole, tokens: tokensOf(whole), strays: spans, isSettled };
}

function changed(text: string, strays: readonly Span[], insertions: readonly Insertion[]): string {
  const changes = [
    ...strays.map(({ start, end }) => ({ at: start, by: ' '.repeat(end - start) })),
    ...insertions.map(({ at, code }) => ({ at, by: code })),
  ].sort((a, b) => a.at - b.at);
  let result = '';
  let done = 0;
  for (const { at, by } of changes) {
    result += text.slice(done, at) + by;
    done = at + by.length;
  }
  return result + text.slice(done);
}
