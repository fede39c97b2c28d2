import type { z } from 'zod';

import { objectForms } from '../core/base/checkShape.ts';
import type { MarkdownLine } from '../core/base/markdownBlocks.ts';
import type { ItemKind } from '../core/trace/item.ts';
import { ITEM_LISTS, type ItemListName } from '../core/trace/itemSchema.ts';
import { TARGET_KINDS } from '../core/trace/linker.ts';
import { fieldOfLine, HEADING_FIELDS, plainName } from '../core/trace/markdown/fieldText.ts';
import { splitAtCommas } from '../core/trace/markdown/fieldValue.ts';
import { itemHeading, listOfKind } from '../core/trace/markdown/itemHeading.ts';
import { fieldLabel } from '../core/trace/markdown/writing.ts';

/** What is being typed in a field of an item in Markdown: an id of some kind, or one of some words. */
export type MarkdownFieldContext = { readonly start: number } & (
  | { readonly is: 'link'; readonly kinds: readonly ItemKind[] }
  | { readonly is: 'word'; readonly words: readonly string[] }
);

const ENTRY = /^( *)[-*+][ \t]+/;
const MAX_LINES_ABOVE = 2000;

/** Line of the heading that a line belongs to, and what it names; code that holds such a line is not told apart. */
export function headingAbove(lineText: (line: number) => string, line: number): number | undefined {
  for (let at = line; at >= Math.max(0, line - MAX_LINES_ABOVE); at--) {
    const title = /^ {0,3}#{1,6}[ \t]+(.*)$/.exec(lineText(at))?.[1];
    if (title !== undefined && itemHeading(title) !== undefined) return at;
  }
  return undefined;
}

/**
 * Where a cursor stands in a list of fields that is being typed.
 *
 * @param lineText text of a line; the last one only up to the cursor
 * @param kind of the item that the line belongs to
 */
export function markdownFieldContext(
  lineText: (line: number) => string,
  line: number,
  kind: ItemKind,
): MarkdownFieldContext | undefined {
  const list = listOfKind(kind);
  const current = lineText(line);
  const lead =
    ENTRY.exec(current)?.[0] ?? (current.startsWith('|') ? /^\|[ \t]*/.exec(current)?.[0] : undefined);
  if (list === undefined || lead === undefined) return undefined;
  const word = /[\w-]*$/.exec(current)?.[0] ?? '';
  const start = current.length - word.length;
  const field = fieldOfLine({ text: current.slice(lead.length).replace(/[ \t]*\|/, ':'), offset: 0 });
  if (field !== undefined) return valueContext(list, field.name, start);
  if (!/^[A-Za-z -]*$/.test(current.slice(lead.length))) return undefined;
  const owner = fieldAbove(lineText, line, (ENTRY.exec(current)?.[1] ?? '').length);
  if (owner !== undefined) return valueContext(list, owner, start);
  return { is: 'word', words: missingFields(lineText, line, list), start: lead.length };
}

/** The field below which an indented entry stands. */
function fieldAbove(lineText: (line: number) => string, line: number, indent: number): string | undefined {
  if (indent === 0) return undefined;
  for (let at = line - 1; at >= Math.max(0, line - MAX_LINES_ABOVE); at--) {
    const text = lineText(at);
    const found = ENTRY.exec(text);
    if (found === null) return undefined;
    if ((found[1] ?? '').length < indent)
      return fieldOfLine({ text: text.slice(found[0].length), offset: 0 })?.name;
  }
  return undefined;
}

function valueContext(list: ItemListName, name: string, start: number): MarkdownFieldContext | undefined {
  const { kind, schema, links } = ITEM_LISTS[list];
  const shape = Object.entries<z.core.$ZodType>(schema.shape);
  const [field, type] = shape.find(([each]) => plainName(each) === plainName(name)) ?? [];
  if (field === undefined || type === undefined) return undefined;
  const link = Object.entries(links).find(([each]) => each === field)?.[1];
  if (link !== undefined) {
    const kinds = TARGET_KINDS[kind][link];
    return kinds === undefined ? undefined : { is: 'link', kinds, start };
  }
  const words = objectForms(type).flatMap((form) => {
    const definition = (form as z.core.$ZodTypes)._zod.def;
    const forms = definition.type === 'array' ? objectForms(definition.element) : [form];
    return forms.flatMap(({ _zod: { values } }) => [...(values ?? [])].map(String));
  });
  return words.length === 0 ? undefined : { is: 'word', words: [...new Set(words)], start };
}

/** Names of fields that the list around a line does not have yet. */
function missingFields(
  lineText: (line: number) => string,
  line: number,
  list: ItemListName,
): readonly string[] {
  const present = new Set<string>();
  for (const step of [-1, 1]) {
    for (let at = line + step; at >= 0; at += step) {
      const text = lineText(at);
      const found = ENTRY.exec(text);
      if (found === null && !/^ +\S/.test(text)) break;
      const name = found && fieldOfLine({ text: text.slice(found[0].length), offset: 0 })?.name;
      if (name !== null && name !== undefined) present.add(plainName(name));
    }
  }
  return Object.keys(ITEM_LISTS[list].schema.shape)
    .filter((name) => !present.has(plainName(name)) && !HEADING_FIELDS.includes(name))
    .map((name) => `${fieldLabel(name)}: `);
}

/**
 * The stretch of a line to cut, so that a link goes out of the value of its field: with a comma, or the whole line when nothing is left.
 *
 * @param start of the link, `end` behind it
 * @returns `line` when the whole line goes
 */
export function cutOfField(
  line: string,
  start: number,
  end: number,
): { readonly from: number; readonly to: number } | 'line' | undefined {
  const lead = ENTRY.exec(line)?.[0];
  if (lead === undefined) return undefined;
  const field = fieldOfLine({ text: line.slice(lead.length), offset: lead.length });
  const value: MarkdownLine = field?.value ?? {
    text: line.slice(lead.length).trimEnd(),
    offset: lead.length,
  };
  const parts = field === undefined ? [value] : splitAtCommas(value);
  const at = parts.findIndex(({ text, offset }) => offset <= start && end <= offset + text.length);
  const [part, before, after] = [parts[at], parts[at - 1], parts[at + 1]];
  if (part === undefined) return undefined;
  if (before !== undefined)
    return { from: before.offset + before.text.length, to: part.offset + part.text.length };
  return after === undefined ? 'line' : { from: part.offset, to: after.offset };
}
