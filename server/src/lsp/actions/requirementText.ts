import { LineIndex } from '../../core/base/lineIndex.ts';
import { compareText } from '../../core/base/order.ts';
import type { Position } from '../../core/base/range.ts';
import type { Category } from '../../core/trace/item.ts';
import { readItemFile } from '../../core/trace/itemFile.ts';
import type { TraceGraph } from '../../core/trace/traceGraph.ts';

/** A requirement that is to be written into an item file. */
export interface NewRequirement {
  readonly id: string;
  readonly title: string;
  readonly category: Category;
}

/** Middle part of ids of a category that has no requirement yet. */
const STEMS: Readonly<Record<Category, string>> = {
  authentication: 'AUTH',
  authorization: 'ACCESS',
  cryptography: 'CRYPTO',
  integrity: 'INTEGRITY',
  confidentiality: 'PRIVACY',
  logging: 'LOG',
  resilience: 'RESILIENCE',
  update: 'UPDATE',
};

/** An id that nobody uses: the one after the last of its category, in the project's own manner of counting. */
export function nextFreeId(trace: TraceGraph, category: Category, prefix: string): string {
  const stems = new Map<string, { count: number; last: number; width: number }>();
  for (const { item } of trace.items) {
    if (item.kind !== 'requirement' || item.category !== category) continue;
    const [, stem, digits] = /^(.*-)(\d{1,9})$/.exec(item.id) ?? [];
    if (stem === undefined || digits === undefined) continue;
    const known = stems.get(stem) ?? { count: 0, last: 0, width: 0 };
    stems.set(stem, {
      count: known.count + 1,
      last: Math.max(known.last, Number(digits)),
      width: Math.max(known.width, digits.length),
    });
  }
  const [usual] = [...stems].sort(([a, x], [b, y]) => y.count - x.count || compareText(a, b));
  const [stem, { last, width }] = usual ?? [`${prefix}-${STEMS[category]}-`, { last: 0, width: 3 }];
  const used = new Set([...trace.byId.keys(), ...trace.links.map(({ to }) => to)]);
  for (let number = last + 1; ; number++) {
    const id = stem + String(number).padStart(width, '0');
    if (!used.has(id)) return id;
  }
}

/** A file of its own for a requirement. */
export function newRequirementFile(requirement: NewRequirement): string {
  return `requirements:\n${entryText(requirement, '  ', '\n')}`;
}

/** Where and what to insert into an item file. */
export interface Insertion {
  readonly at: Position;
  readonly newText: string;
}

/**
 * One more requirement in an item file, after its last one and indented as that is.
 *
 * @param lastLine zero-based line of the last requirement's id
 * @returns undefined when the file is written in a form that this cannot extend safely, such as flow style
 */
export function appendRequirement(
  path: string,
  text: string,
  lastLine: number,
  requirement: NewRequirement,
): Insertion | undefined {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = text.split(/\r?\n/);
  const dash = dashAbove(lines, lastLine);
  if (dash === undefined) return undefined;
  let last = lastLine;
  for (const [index, line] of lines.entries()) {
    if (index <= lastLine || line.trim() === '') continue;
    if (indentOf(line) <= dash.length) break;
    last = index;
  }
  const entry = entryText(requirement, dash, newline);
  const insertion =
    last + 1 < lines.length
      ? { at: { line: last + 1, column: 0 }, newText: entry }
      : // The last line has no line break.
        { at: { line: last, column: (lines[last] ?? '').length }, newText: newline + entry };
  const offset = new LineIndex(text).offsetAt(insertion.at);
  const after = text.slice(0, offset) + insertion.newText + text.slice(offset);
  return isWellFormed(path, text, after, requirement.id) ? insertion : undefined;
}

/** Indentation of the `-` of the entry in which a line stands. */
function dashAbove(lines: readonly string[], line: number): string | undefined {
  const idColumn = (lines[line] ?? '').indexOf('id:');
  for (let at = line; at >= 0 && idColumn >= 0; at--) {
    const [, indent] = /^( *)- +/.exec(lines[at] ?? '') ?? [];
    if (indent !== undefined && indent.length < idColumn) return indent;
  }
  return undefined;
}

function isWellFormed(path: string, before: string, after: string, id: string): boolean {
  const errors = (text: string) =>
    readItemFile(path, text).problems.filter(({ severity }) => severity === 'error').length;
  return readItemFile(path, after).value.some((item) => item.id === id) && errors(after) <= errors(before);
}

function entryText({ id, title, category }: NewRequirement, indent: string, newline: string): string {
  return [
    `${indent}- id: ${id}`,
    `${indent}  title: ${JSON.stringify(title)}`,
    `${indent}  text: "TODO: say what the device shall do."`,
    `${indent}  category: ${category}`,
    '',
  ].join(newline);
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
