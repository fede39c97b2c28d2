import { LineIndex } from '../../core/base/lineIndex.ts';
import type { TextEdit } from '../../core/base/range.ts';
import { applyEdits } from '../../core/match/applyFixes.ts';

/** Unchanged lines shown around a change. */
const CONTEXT = 3;

/** Lines of a text, each with its line end, that become other lines. */
interface Change {
  /** Zero-based index of the first line. */
  readonly from: number;
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/**
 * Edits as a unified diff, as `git apply` and `patch` take it. As the edits are known, nothing has to be compared.
 *
 * @param path as the diff names the file
 * @param edits in the order of the text, without overlaps
 * @returns lines without `\n`, none when nothing changes; a line of a file with Windows line ends keeps its `\r`
 */
export function unifiedDiff(path: string, text: string, edits: readonly TextEdit[]): readonly string[] {
  const lines = linesOf(text);
  const hunks = hunksOf(changesOf(text, lines, edits));
  if (hunks.length === 0) return [];
  const isAbsolute = path.startsWith('/') || /^[A-Za-z]:/.test(path);
  const named = (side: string): string => (isAbsolute ? path : `${side}/${path}`);
  /** Lines that the hunks before have added to the text. */
  let shift = 0;
  const body = hunks.flatMap((hunk) => {
    const printed = printHunk(hunk, lines, shift);
    for (const { removed, added } of hunk) shift += added.length - removed.length;
    return printed;
  });
  return [`--- ${named('a')}`, `+++ ${named('b')}`, ...body];
}

function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** Edits by the lines that they touch; edits of one line are one change. */
function changesOf(text: string, lines: readonly string[], edits: readonly TextEdit[]): readonly Change[] {
  const index = new LineIndex(text);
  const groups: TextEdit[][] = [];
  for (const edit of edits) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (last !== undefined && edit.range.start.line <= last.range.end.line) group?.push(edit);
    else groups.push([edit]);
  }
  return groups.flatMap((group) => {
    const from = group[0]?.range.start.line ?? 0;
    const to = (group.at(-1)?.range.end.line ?? from) + 1;
    const block = text.slice(index.lineStart(from), index.lineStart(to));
    const moved = group.map(({ range: { start, end }, newText }) => ({
      range: { start: { ...start, line: start.line - from }, end: { ...end, line: end.line - from } },
      newText,
    }));
    return trimmed({ from, removed: lines.slice(from, to), added: linesOf(applyEdits(block, moved)) });
  });
}

/** A change without the lines at its start and end that stay as they are; none when nothing is left. */
function trimmed({ from, removed, added }: Change): readonly Change[] {
  const shorter = Math.min(removed.length, added.length);
  let start = 0;
  while (start < shorter && removed[start] === added[start]) start++;
  let end = 0;
  while (end < shorter - start && removed.at(-1 - end) === added.at(-1 - end)) end++;
  const change = {
    from: from + start,
    removed: removed.slice(start, removed.length - end),
    added: added.slice(start, added.length - end),
  };
  return change.removed.length + change.added.length === 0 ? [] : [change];
}

/** Changes whose context would meet share a hunk. */
function hunksOf(changes: readonly Change[]): readonly (readonly Change[])[] {
  const hunks: Change[][] = [];
  for (const change of changes) {
    const hunk = hunks.at(-1);
    const last = hunk?.at(-1);
    if (last !== undefined && change.from - (last.from + last.removed.length) <= 2 * CONTEXT)
      hunk?.push(change);
    else hunks.push([change]);
  }
  return hunks;
}

function printHunk(hunk: readonly Change[], lines: readonly string[], shift: number): readonly string[] {
  const [first] = hunk;
  const last = hunk.at(-1);
  if (first === undefined || last === undefined) return [];
  const from = Math.max(0, first.from - CONTEXT);
  const to = Math.min(lines.length, last.from + last.removed.length + CONTEXT);
  const printed: string[] = [];
  let at = from;
  let growth = 0;
  for (const { from: start, removed, added } of hunk) {
    printed.push(...marked(' ', lines.slice(at, start)), ...marked('-', removed), ...marked('+', added));
    at = start + removed.length;
    growth += added.length - removed.length;
  }
  printed.push(...marked(' ', lines.slice(at, to)));
  return [`@@ -${extent(from, to - from)} +${extent(from + shift, to - from + growth)} @@`, ...printed];
}

/** First line, from 1, and number of lines; of none, the line before. */
function extent(from: number, count: number): string {
  if (count === 0) return `${from},0`;
  return count === 1 ? String(from + 1) : `${from + 1},${count}`;
}

function marked(mark: string, lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) =>
    line.endsWith('\n') ? [mark + line.slice(0, -1)] : [mark + line, '\\ No newline at end of file'],
  );
}
