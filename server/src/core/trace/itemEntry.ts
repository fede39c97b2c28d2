import type { z } from 'zod';

import type { Range } from '../base/range.ts';
import type { YamlFile } from '../base/yamlDocument.ts';
import { newItem } from './item.ts';
import type { Attributes, DeclaredLink, Item, LinkType, Need } from './item.ts';
import { attribute, LINK_PATTERN } from './itemFields.ts';
import { ITEM_LISTS, lenientItemSchema } from './itemSchema.ts';
import type { ItemListName } from './itemSchema.ts';

/** Formats of Traceward's own: their items have the same fields, ids and problems. */
export const OWN_FORMATS = ['traceward', 'markdown'] as const;
export type OwnFormatId = (typeof OWN_FORMATS)[number];

export function isOwnFormat(format: string): boolean {
  return OWN_FORMATS.some((own) => own === format);
}

/** Whether an item file is Markdown, by its name; all others are YAML. */
export function isMarkdown(path: string): boolean {
  return /\.(?:md|markdown)$/i.test(path);
}

/**
 * The item of one entry, as far as it can be read: undefined when it has no usable id.
 *
 * @param file the entry with its places, whatever its file is written in
 * @param isRight its schema has found nothing wrong
 * @param bare narrows the range of a value to the value itself
 */
export function readItemEntry(
  path: string,
  name: ItemListName,
  file: YamlFile,
  format: OwnFormatId,
  isRight: boolean,
  bare: (range: Range, value: string) => Range = (range) => range,
): Item | undefined {
  if (!isMapping(file.value)) return undefined;
  const { kind, schema } = ITEM_LISTS[name];
  const known = Object.entries(file.value).filter(([key]) => Object.hasOwn(schema.shape, key));
  const linkFields: Readonly<Record<string, LinkType>> = ITEM_LISTS[name].links;
  const own = known.filter(
    ([key]) => !Object.hasOwn(lenientItemSchema.shape, key) && !Object.hasOwn(linkFields, key),
  );
  const read = isRight
    ? { success: true as const, data: asRead(known) }
    : lenientItemSchema.safeParse(Object.fromEntries(known));
  if (!read.success) return undefined;
  const { id, title, status, needs, method, class: safetyClass, attributes, ...rest } = read.data;
  const { text, procedure, justification, category, level, severity, exploitability, ...lists } = rest;
  return newItem({
    ...lists,
    id,
    kind,
    approval: status,
    asks: 'kind',
    needs:
      kind === 'requirement' || kind === 'design'
        ? needs.map((words): Need => ({ anyOf: typeof words === 'string' ? [words] : words }))
        : [],
    links: readLinks(path, linkFields, file, file.value, bare),
    origin: { format },
    location: { path, range: bare(file.rangeOf(['id']), id) },
    attributes: {
      ...attributes,
      ...attributesOf(own),
      ...(safetyClass !== undefined && { class: safetyClass }),
    },
    ...(title !== undefined && { title }),
    ...(text !== undefined && { text: text.trim() }),
    ...(procedure !== undefined && { procedure: procedure.trim() }),
    ...(justification !== undefined && { justification: justification.trim() }),
    ...(category !== undefined && { category }),
    ...(level !== undefined && { level }),
    ...(severity !== undefined && { severity }),
    ...(exploitability !== undefined && { exploitability }),
    ...(kind === 'test' && { method }),
  });
}

type Lenient = z.output<typeof lenientItemSchema>;
const DEFAULTS: Lenient = lenientItemSchema.parse({ id: 'A-1' });

/** Fields that are right as they are; none of them is changed by reading it. */
function asRead(known: readonly (readonly [string, unknown])[]): Lenient {
  const own: Partial<Lenient> = Object.fromEntries(
    known.filter(([key]) => Object.hasOwn(lenientItemSchema.shape, key)),
  );
  return { ...DEFAULTS, ...own };
}

/** Fields of one kind of item that have no place of their own in the model. */
function attributesOf(fields: readonly (readonly [string, unknown])[]): Attributes {
  return Object.fromEntries(
    fields.flatMap(([key, value]) => {
      const read = attribute.safeParse(value);
      return read.success ? [[key, read.data] as const] : [];
    }),
  );
}

function readLinks(
  path: string,
  fields: Readonly<Record<string, LinkType>>,
  file: YamlFile,
  entry: Readonly<Record<string, unknown>>,
  bare: (range: Range, value: string) => Range,
): DeclaredLink[] {
  return Object.entries(fields).flatMap(([field, type]) => {
    const written = entry[field];
    const linkAt = (value: unknown, at: readonly (string | number)[]): DeclaredLink[] => {
      if (typeof value !== 'string') return [];
      const [, to, revision] = LINK_PATTERN.exec(value) ?? [];
      if (to === undefined) return [];
      const location = { path, range: bare(file.rangeOf(at), value) };
      return [
        {
          type,
          to,
          location,
          ...(type === 'relates' && { role: field }),
          ...(revision !== undefined && { revision: Number(revision) }),
        },
      ];
    };
    if (!Array.isArray(written)) return linkAt(written, [field]);
    return written.flatMap((value: unknown, index) => linkAt(value, [field, index]));
  });
}

export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
