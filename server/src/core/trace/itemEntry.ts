import type { z } from 'zod';

import type { Range } from '../base/range.ts';
import type { YamlFile } from '../base/yamlDocument.ts';
import { newItem } from './item.ts';
import type { Attributes, DeclaredLink, Item, ItemSeed, LinkType, Need } from './item.ts';
import { attribute, LINK_PATTERN } from './itemFields.ts';
import { ITEM_LIST_NAMES, ITEM_LISTS, lenientItemSchema } from './itemSchema.ts';
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
  const { kind } = ITEM_LISTS[name];
  const linkFields: Readonly<Record<string, LinkType>> = ITEM_LISTS[name].links;
  const fields: Record<string, unknown> = {};
  const own: [string, unknown][] = [];
  for (const [key, value] of Object.entries(file.value)) {
    if (!FIELDS.get(name)?.has(key)) continue;
    if (SHARED_FIELDS.has(key)) fields[key] = value;
    else if (!Object.hasOwn(linkFields, key)) own.push([key, value]);
  }
  const data = isRight ? asRead(fields) : lenientItemSchema.safeParse(fields).data;
  if (data?.id === undefined) return undefined;
  const { id } = data;
  const seed: { -readonly [K in keyof ItemSeed]: ItemSeed[K] } = {
    id,
    kind,
    revision: data.revision ?? DEFAULTS.revision,
    approval: data.status ?? DEFAULTS.status,
    tags: data.tags ?? DEFAULTS.tags,
    stride: data.stride ?? DEFAULTS.stride,
    cwe: data.cwe ?? DEFAULTS.cwe,
    asks: 'kind',
    needs:
      kind === 'requirement' || kind === 'design'
        ? (data.needs ?? DEFAULTS.needs).map((words): Need => ({
            anyOf: typeof words === 'string' ? [words] : words,
          }))
        : [],
    links: readLinks(path, linkFields, file, file.value, bare),
    origin: { format },
    location: { path, range: bare(file.rangeOf(['id']), id) },
    attributes: {
      ...data.attributes,
      ...attributesOf(own),
      ...(data.class !== undefined && { class: data.class }),
    },
  };
  // One by one: a file may have tens of thousands of items, and spreading each field costs more than reading it.
  if (data.title !== undefined) seed.title = data.title;
  if (data.text !== undefined) seed.text = data.text.trim();
  if (data.procedure !== undefined) seed.procedure = data.procedure.trim();
  if (data.justification !== undefined) seed.justification = data.justification.trim();
  if (data.category !== undefined) seed.category = data.category;
  if (data.level !== undefined) seed.level = data.level;
  if (data.severity !== undefined) seed.severity = data.severity;
  if (data.exploitability !== undefined) seed.exploitability = data.exploitability;
  if (kind === 'test') seed.method = data.method ?? DEFAULTS.method;
  return newItem(seed);
}

/** Fields of the entries of each list. */
const FIELDS: ReadonlyMap<ItemListName, ReadonlySet<string>> = new Map(
  ITEM_LIST_NAMES.map((name) => [name, new Set(Object.keys(ITEM_LISTS[name].schema.shape))]),
);
/** Those that have a place in the model, whatever the list. */
const SHARED_FIELDS: ReadonlySet<string> = new Set(Object.keys(lenientItemSchema.shape));
type Lenient = z.output<typeof lenientItemSchema>;
const DEFAULTS: Lenient = lenientItemSchema.parse({ id: 'A-1' });

/** Fields that are right are taken as they are: reading changes none of them. */
function asRead(fields: Readonly<Record<string, unknown>>): Partial<Lenient> {
  return fields;
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
