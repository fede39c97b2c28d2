import type { Range } from '../../core/base/range.ts';
import { visibleText } from '../../core/evidence/text.ts';
import type { Style } from './style.ts';
import { widthOf } from './width.ts';

const CONTEXT_LINES = 2;
const TAB = '    ';
/** Columns shown left of a range that stands far to the right. */
const LEAD = 20;
/** Longest part of a line that is looked at, in UTF-16 code units. */
const MAX_MEASURED = 2000;

/**
 * The lines around a range with a caret line under its first line. Long lines are cut so that the range is seen; control
 * characters are shown as their codes.
 *
 * @param lines of the whole file
 * @param columns width to keep to
 */
export function codeFrame(
  lines: readonly string[],
  range: Range,
  style: Style,
  colour: (text: string) => string,
  columns: number,
): string {
  const at = range.start.line;
  const whole = lines[at];
  if (whole === undefined) return '';
  // A line of a megabyte is not measured to show a screen's width of it.
  const skipped = range.start.column > MAX_MEASURED / 2 ? range.start.column - LEAD : 0;
  const part = (line: string) => line.slice(skipped, skipped + MAX_MEASURED);
  const marked = part(whole);
  const first = Math.max(0, at - CONTEXT_LINES);
  const last = Math.min(lines.length - 1, at + CONTEXT_LINES);
  const gutter = String(last + 1).length;
  const room = Math.max(30, columns - gutter - 7);

  const isMultiline = range.end.line > at;
  const end = isMultiline ? marked.trimEnd().length : range.end.column - skipped;
  const startColumn = range.start.column - skipped;
  const before = widthOf(shown(marked.slice(0, startColumn)));
  const length = Math.max(1, widthOf(shown(marked.slice(startColumn, end))));
  // All lines are cut at the same column, so that what stands under each other stays so.
  const cut = before + length <= room ? 0 : Math.max(0, before - LEAD);

  const rows: string[] = [];
  for (let number = first; number <= last; number++) {
    const isMarked = number === at;
    const label = String(number + 1).padStart(gutter);
    const line = clipped(shown(part(lines[number] ?? '')), cut, room);
    const mark = isMarked ? colour('>') : ' ';
    rows.push(`  ${mark} ${style.dim(`${label} |`)} ${line}`.trimEnd());
    if (!isMarked) continue;
    const carets = '^'.repeat(Math.min(length, Math.max(1, room - (before - cut))));
    const more = isMultiline ? ` to line ${range.end.line + 1}` : '';
    rows.push(
      `    ${style.dim(`${' '.repeat(gutter)} |`)} ${' '.repeat(before - cut)}${colour(carets + more)}`,
    );
  }
  return rows.map((row) => `${row}\n`).join('');
}

function shown(line: string): string {
  return visibleText(line.replaceAll('\t', TAB));
}

/** The part of a line from column `cut` on, at most `room` columns wide. */
function clipped(line: string, cut: number, room: number): string {
  let column = 0;
  let text = '';
  for (const character of line) {
    const width = widthOf(character);
    if (column + width > cut + room) return `${text}…`;
    if (column >= cut) text += character;
    column += width;
  }
  return text;
}
