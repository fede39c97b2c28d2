import type { Position, Range, Span } from './range.ts';
import { partitionPoint } from './partition.ts';

/** Line starts of one text, for conversions between UTF-16 offsets and positions. */
export class LineIndex {
  /** Offsets of the first character of each line. */
  readonly #starts: number[];
  readonly #length: number;

  constructor(text: string) {
    const starts = [0];
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    this.#starts = starts;
    this.#length = text.length;
  }

  get lineCount(): number {
    return this.#starts.length;
  }

  /** Offset of the first character of `line`; the text's length for lines past the end. */
  lineStart(line: number): number {
    return this.#starts[line] ?? this.#length;
  }

  positionAt(offset: number): Position {
    const clamped = Math.max(0, Math.min(offset, this.#length));
    const line = partitionPoint(this.#starts.length, (each) => this.lineStart(each) <= clamped) - 1;
    return { line, column: clamped - this.lineStart(line) };
  }

  /** Offset of a position; columns past the end of their line stop before the next line. */
  offsetAt(position: Position): number {
    if (position.line < 0) return 0;
    if (position.line >= this.#starts.length) return this.#length;
    const next =
      position.line + 1 < this.#starts.length ? this.lineStart(position.line + 1) - 1 : this.#length;
    return Math.min(this.lineStart(position.line) + Math.max(0, position.column), Math.max(next, 0));
  }

  rangeOf(span: Span): Range {
    return { start: this.positionAt(span.start), end: this.positionAt(span.end) };
  }
}
