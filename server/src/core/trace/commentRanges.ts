import { LineIndex } from '../base/lineIndex.ts';
import type { Position, Range } from '../base/range.ts';
import type { CommentText } from './unit.ts';

/** Ranges in the file of offsets into the comment's text; its lines are counted only when the first is asked for. */
export function rangesWithin(comment: CommentText): (start: number, end: number) => Range {
  let lines: LineIndex | undefined;
  const { start: origin } = comment.range;
  const place = (position: Position): Position => ({
    line: origin.line + position.line,
    column: position.line === 0 ? origin.column + position.column : position.column,
  });
  return (start, end) => {
    lines ??= new LineIndex(comment.text);
    const range = lines.rangeOf({ start, end });
    return { start: place(range.start), end: place(range.end) };
  };
}
