import { LineIndex } from '../../core/base/lineIndex.ts';
import { compareText } from '../../core/base/order.ts';
import type { Position } from '../../core/base/range.ts';
import type { Category, Item, ItemKind } from '../../core/trace/item.ts';
import { isMarkdown } from '../../core/trace/itemEntry.ts';
import { readItemFile } from '../../core/trace/itemFile.ts';
import type { TraceGraph } from '../../core/trace/traceGraph.ts';
import { appendMarkdownItem } from './newMarkdownItem.ts';

/** An item that is to be written into an item file of Traceward's own. */
export interface NewItem {
  readonly kind: NewKind;
  readonly id: string;
  /** Further fields in their order: a list is written as a list of ids, a text between quotes, a word as it is. */
  readonly fields: readonly (readonly [name: string, value: NewValue])[];
}

export type NewValue =
  | { readonly text: string }
  | { readonly word: string }
  | { readonly list: readonly string[] }
  /** A text that the user writes: it stands last, on a line of its own. */
  | { readonly open: string };

/** Kinds that can be written from nothing but an id, and the list that holds each. */
export const NEW_KINDS = {
  asset: 'assets',
  threat: 'threats',
  control: 'controls',
  requirement: 'requirements',
  test: 'tests',
  justification: 'justifications',
} as const satisfies Partial<Record<ItemKind, string>>;
export type NewKind = keyof typeof NEW_KINDS;

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

/** An id that nobody uses: the one after the last requirement of its category, in the project's own manner of counting. */
export function nextRequirementId(trace: TraceGraph, category: Category, prefix: string): string {
  return nextFreeId(
    trace,
    (item) => item.kind === 'requirement' && item.category === category,
    `${prefix}-${STEMS[category]}-`,
  );
}

/** An id that nobody uses, counted on from those that are alike; `fallback` starts it when there are none. */
export function nextFreeId(trace: TraceGraph, isAlike: (item: Item) => boolean, fallback: string): string {
  const stems = new Map<string, { count: number; last: number; width: number }>();
  for (const { item } of trace.items) {
    if (!isAlike(item)) continue;
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
  const [stem, { last, width }] = usual ?? [fallback, { last: 0, width: 3 }];
  const used = new Set([...trace.byId.keys(), ...trace.links.map(({ to }) => to)]);
  for (let number = last + 1; ; number++) {
    const id = stem + String(number).padStart(width, '0');
    if (!used.has(id)) return id;
  }
}

/** A file of its own for an item. */
export function newItemFile(item: NewItem): string {
  return `${NEW_KINDS[item.kind]}:\n${entryText(item, '  ', '\n')}`;
}

/** Where and what to insert into an item file. */
export interface Insertion {
  readonly at: Position;
  readonly newText: string;
}

/**
 * One more item in an item file, after the last one of its kind and indented as that is.
 *
 * @param lastLine zero-based line of the id of the last item of the kind
 * @returns undefined when the file is written in a form that this cannot extend safely, such as flow style
 */
export function appendItem(
  path: string,
  text: string,
  lastLine: number,
  item: NewItem,
): Insertion | undefined {
  if (isMarkdown(path)) return appendMarkdownItem(path, text, lastLine, item);
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
  const entry = entryText(item, dash, newline);
  const insertion =
    last + 1 < lines.length
      ? { at: { line: last + 1, column: 0 }, newText: entry }
      : // The last line has no line break.
        { at: { line: last, column: (lines[last] ?? '').length }, newText: newline + entry };
  const offset = new LineIndex(text).offsetAt(insertion.at);
  const after = text.slice(0, offset) + insertion.newText + text.slice(offset);
  return isWellFormed(path, text, after, item) ? insertion : undefined;
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

/** The entry is read as the item that it is, and what stood there before is as it was. A list that the user has to fill is an error. */
function isWellFormed(path: string, before: string, after: string, { id, kind, fields }: NewItem): boolean {
  const errors = (text: string) =>
    readItemFile(path, text).problems.filter(({ severity }) => severity === 'error').length;
  const empty = fields.filter(([, value]) => 'list' in value && value.list.length === 0).length;
  return (
    readItemFile(path, after).value.some((item) => item.id === id && item.kind === kind) &&
    errors(after) <= errors(before) + empty
  );
}

function entryText({ id, fields }: NewItem, indent: string, newline: string): string {
  return [
    `${indent}- id: ${id}`,
    ...fields.map(([name, value]) => `${indent}  ${name}: ${valueText(value, `${newline}${indent}    `)}`),
    '',
  ].join(newline);
}

function valueText(value: NewValue, nextLine: string): string {
  if ('text' in value) return JSON.stringify(value.text);
  if ('word' in value) return value.word;
  // A block takes any text of one line as it is.
  return 'open' in value ? `>-${nextLine}${value.open}` : `[${value.list.join(', ')}]`;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
