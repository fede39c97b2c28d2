import { LineIndex } from './lineIndex.ts';
import type { Range } from './range.ts';
import type { TextChange } from './textChange.ts';

/**
 * Where a range of one text stands in a later one.
 *
 * @param changes that made the later text of it, one after the other
 * @returns undefined when one of them reaches into the range
 */
export function movedRange(
  range: Range,
  from: string,
  changes: readonly TextChange[],
  to: string,
): Range | undefined {
  const lines = new LineIndex(from);
  let start = lines.offsetAt(range.start);
  let end = lines.offsetAt(range.end);
  for (const change of changes) {
    if (end <= change.start) continue;
    if (start < change.oldEnd) return undefined;
    const by = change.newEnd - change.oldEnd;
    start += by;
    end += by;
  }
  return new LineIndex(to).rangeOf({ start, end });
}
