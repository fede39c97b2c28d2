import { partitionPoint } from '../base/partition.ts';
import type { Span } from '../base/range.ts';
import type { Hit } from './hit.ts';

/**
 * Where a search may stop early: the ranges that could still make a difference. Insides and negatives are only looked for
 * around the hits that are left, so a rule costs what its rarest clause finds.
 */
export interface Scope {
  /** Every range that can matter has a place in this stretch. */
  readonly reach: Span;
  /** False when no range from `start` up to at most `end` can matter. */
  allows(start: number, end: number): boolean;
}

/** Ranges that contain one of the hits. */
export function around(hits: readonly Hit[]): Scope {
  const starts = hits.map((hit) => hit.start).sort((a, b) => a - b);
  return {
    reach: reachOf(hits),
    allows: (start, end) => {
      const next = starts[partitionPoint(starts.length, (index) => (starts[index] ?? 0) < start)];
      return next !== undefined && next < end;
    },
  };
}

/** Ranges that begin where one of the hits does. */
export function startingAt(hits: readonly Hit[]): Scope {
  const starts = new Set(hits.map((hit) => hit.start));
  return { reach: reachOf(hits), allows: (start) => starts.has(start) };
}

/** From the first beginning of a hit to the last one. */
function reachOf(hits: readonly Hit[]): Span {
  let first = Infinity;
  let last = -1;
  for (const { start } of hits) {
    first = Math.min(first, start);
    last = Math.max(last, start);
  }
  return last < 0 ? { start: 0, end: 0 } : { start: first, end: last + 1 };
}
