import { LineIndex } from './lineIndex.ts';
import type { Range } from './range.ts';

/** Replaces `range` by `text`. */
export interface TextEdit {
  readonly range: Range;
  readonly text: string;
}

/** The text after edits in the order they were made; each range is in the text that the edits before it left. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let current = text;
  for (const edit of edits) {
    const lines = new LineIndex(current);
    const start = lines.offsetAt(edit.range.start);
    current =
      current.slice(0, start) + edit.text + current.slice(Math.max(start, lines.offsetAt(edit.range.end)));
  }
  return current;
}
