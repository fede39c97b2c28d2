import { compareText } from './order.ts';

/** Longer words are neither compared nor suggested: nobody mistypes them, and hostile input must stay cheap. */
const MAX_WORD_LENGTH = 100;

/** Existing words that look like a written one, best first; at most `limit`, none when nothing is near. */
export type NearestWords = (word: string, limit?: number) => readonly string[];

/**
 * Prepares "did you mean" over a set of words. Nearness is edit distance (insert, delete, replace, swap neighbours), ignoring case,
 * up to a quarter of the word's length and never more than three.
 *
 * The words are compared in sorted order, so that neighbours share the rows of their common prefix and whole prefixes that are
 * already too far away are skipped: a query over 10,000 ids takes well under a millisecond.
 */
export function nearestAmong(words: Iterable<string>): NearestWords {
  const entries = [...new Set(words)]
    .filter((word) => word.length > 0 && word.length <= MAX_WORD_LENGTH)
    .map((word) => ({ word, folded: word.toLowerCase() }))
    .sort((a, b) => compareText(a.folded, b.folded) || compareText(a.word, b.word));
  const shared = entries.map((entry, at) => commonPrefix(entry.folded, entries[at - 1]?.folded ?? ''));

  return (written, limit = 3) => {
    const target = written.toLowerCase();
    const bound = Math.min(3, Math.max(1, Math.floor(target.length / 4)));
    if (target.length === 0 || target.length > MAX_WORD_LENGTH) return [];
    const found: { word: string; distance: number; prefix: number }[] = [];
    /** rows[n]: distances of the first n characters of the current word to every prefix of the target. */
    const rows: Uint8Array[] = [Uint8Array.from({ length: target.length + 1 }, (_, column) => column)];
    let valid = 0;
    /** Words that share more than this with the one before them are too far away as well. */
    let dead = Infinity;
    entries.forEach(({ word, folded }, at) => {
      const prefix = shared[at] ?? 0;
      if (prefix >= dead) return;
      dead = Infinity;
      let previousLeast = 0;
      for (let row = Math.min(valid, prefix) + 1; row <= folded.length; row++) {
        const least = fillRow(rows, row, folded, target);
        valid = row;
        // A swap looks two rows back, so two rows in a row must be out of reach.
        if (least > bound && previousLeast > bound) {
          dead = row;
          return;
        }
        previousLeast = least;
      }
      valid = folded.length;
      const distance = rows[folded.length]?.[target.length] ?? Infinity;
      if (distance <= bound) found.push({ word, distance, prefix: commonPrefix(folded, target) });
    });
    return found
      .sort((a, b) => a.distance - b.distance || b.prefix - a.prefix || compareText(a.word, b.word))
      .slice(0, limit)
      .map(({ word }) => word);
  };
}

/** Computes one row from the two before it; returns its smallest distance. */
function fillRow(rows: Uint8Array[], row: number, word: string, target: string): number {
  const above = rows[row - 1] ?? new Uint8Array();
  const twoAbove = rows[row - 2];
  const current = (rows[row] ??= new Uint8Array(target.length + 1));
  current[0] = row;
  let least = row;
  for (let column = 1; column <= target.length; column++) {
    const same = word[row - 1] === target[column - 1];
    let best = Math.min(
      (above[column - 1] ?? 0) + (same ? 0 : 1),
      (above[column] ?? 0) + 1,
      (current[column - 1] ?? 0) + 1,
    );
    if (
      twoAbove !== undefined &&
      word[row - 1] === target[column - 2] &&
      word[row - 2] === target[column - 1]
    ) {
      best = Math.min(best, (twoAbove[column - 2] ?? 0) + 1);
    }
    current[column] = best;
    if (best < least) least = best;
  }
  return least;
}

function commonPrefix(a: string, b: string): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length++;
  return length;
}
