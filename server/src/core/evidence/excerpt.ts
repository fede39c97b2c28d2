import type { Range } from '../base/range.ts';
import { markup, type Html } from './html.ts';

const CONTEXT_LINES = 1;
const MAX_LINES = 9;
const MAX_COLUMNS = 240;
/** Columns shown left of a range that stands far to the right. */
const LEAD = 40;

/** Some of a file's lines of code around a range, with line numbers and the range marked. */
export function excerptOf(lines: readonly string[] | undefined, range: Range): Html | undefined {
  if (lines === undefined || range.start.line >= lines.length) return undefined;
  const first = Math.max(0, range.start.line - CONTEXT_LINES);
  const last = Math.min(lines.length - 1, range.end.line + CONTEXT_LINES, first + MAX_LINES - 1);
  const width = String(last + 1).length;
  const from = range.start.column > MAX_COLUMNS - LEAD ? range.start.column - LEAD : 0;
  const rows = lines.slice(first, last + 1).map((line, index) => {
    const number = first + index;
    const gutter = `${String(number + 1).padStart(width)}  `;
    return markup`<span class="gutter">${gutter}</span>${markedLine(line, number, range, from)}${'\n'}`;
  });
  return markup`<pre><code>${rows}</code></pre>`;
}

/** A line from column `from` on, the part of it that lies in the range marked. */
function markedLine(line: string, number: number, range: Range, from: number): Html {
  const shown = line.slice(from, from + MAX_COLUMNS);
  const lead = from > 0 && line !== '' ? '… ' : '';
  const rest = line.length > from + MAX_COLUMNS ? ' …' : '';
  if (number < range.start.line || number > range.end.line) return markup`${lead}${shown}${rest}`;
  const indent = shown.length - shown.trimStart().length;
  const start = number === range.start.line ? range.start.column - from : indent;
  const end = number === range.end.line ? Math.max(0, range.end.column - from) : shown.length;
  const marked = shown.slice(start, end);
  const mark = marked === '' ? '' : markup`<mark>${marked}</mark>`;
  return markup`${lead}${shown.slice(0, start)}${mark}${shown.slice(Math.max(start, end))}${rest}`;
}

/** Lines of files by path, each file split once. */
export function linesReader(
  texts: ReadonlyMap<string, string>,
): (path: string) => readonly string[] | undefined {
  const split = new Map<string, readonly string[]>();
  return (path) => {
    const text = texts.get(path);
    if (text === undefined) return undefined;
    const lines = split.get(path) ?? text.split(/\r?\n/);
    split.set(path, lines);
    return lines;
  };
}
