import type { Range } from '../base/range.ts';
import { markup, type Html } from './html.ts';

const CONTEXT_LINES = 1;
const MAX_LINES = 9;
const MAX_COLUMNS = 240;

/** Some lines of code around a range, with line numbers and the range marked. */
export function excerptOf(text: string | undefined, range: Range): Html | undefined {
  const lines = text?.split(/\r?\n/);
  if (lines === undefined || range.start.line >= lines.length) return undefined;
  const first = Math.max(0, range.start.line - CONTEXT_LINES);
  const last = Math.min(lines.length - 1, range.end.line + CONTEXT_LINES, first + MAX_LINES - 1);
  const width = String(last + 1).length;
  const rows = lines.slice(first, last + 1).map((line, index) => {
    const number = first + index;
    const gutter = `${String(number + 1).padStart(width)}  `;
    return markup`<span class="gutter">${gutter}</span>${markedLine(line, number, range)}${'\n'}`;
  });
  return markup`<pre><code>${rows}</code></pre>`;
}

function markedLine(line: string, number: number, range: Range): Html {
  const shown = line.slice(0, MAX_COLUMNS);
  const rest = line.length > MAX_COLUMNS ? ' …' : '';
  if (number < range.start.line || number > range.end.line) return markup`${shown}${rest}`;
  const indent = shown.length - shown.trimStart().length;
  const start = number === range.start.line ? range.start.column : indent;
  const end = number === range.end.line ? range.end.column : shown.length;
  const marked = shown.slice(start, end);
  return markup`${shown.slice(0, start)}${marked === '' ? '' : markup`<mark>${marked}</mark>`}${shown.slice(Math.max(start, end))}${rest}`;
}
