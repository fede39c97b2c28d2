import type { z } from 'zod';

import type { Outcome } from '../../base/problem.ts';
import { yamlText } from '../../base/yamlText.ts';
import type { AttributeValue, DeclaredLink, Item, ItemKind, LinkType, Need } from '../item.ts';
import { DEFAULT_NEEDS, ID_PATTERN, NEEDS } from '../itemFields.ts';
import { ITEM_LIST_NAMES, ITEM_LISTS, type ItemListName } from '../itemSchema.ts';
import { ownFieldsOf } from '../ownFields.ts';
import { losses, type Losses } from './losses.ts';

const MAX_ID_LENGTH = 100;
/** Attribute that keeps an id that is not one of ours. */
const ORIGINAL_ID = 'originalId';

/** OpenFastTrace's types as words of our needs. */
const FOREIGN_NEEDS: Readonly<Record<string, string>> = {
  impl: 'code',
  utest: 'unit-test',
  itest: 'integration-test',
  stest: 'system-test',
  dsn: 'design',
  arch: 'design',
  req: 'requirement',
};

/** An entry of a list of an item file. */
export interface WrittenEntry {
  readonly list: ItemListName;
  readonly id: string;
  readonly entry: Readonly<Record<string, unknown>>;
}

/**
 * Items as entries of item files, in the order of the lists. Ids of other tools that do not fit are changed, and kept as the attribute
 * `originalId`; what an item file asks for and the items do not say is reported.
 */
export function entriesOf(items: readonly Item[]): Outcome<readonly WrittenEntry[]> {
  const lost = losses();
  const ids = newIds(items, lost);
  const kinds = new Map(items.map(({ id, kind }) => [id, kind]));
  const entries = ITEM_LIST_NAMES.flatMap((list) =>
    items
      .filter(({ kind }) => kind === ITEM_LISTS[list].kind)
      .map((item): WrittenEntry => ({
        list,
        id: ids.get(keyOf(item)) ?? item.id,
        entry: entryOf(item, list, { ids, kinds, lost }),
      })),
  );
  for (const item of items) {
    const listed = ITEM_LIST_NAMES.some((list) => ITEM_LISTS[list].kind === item.kind);
    if (!listed) lost.add(item, `an item file has no list for a ${item.kind}: it is not written.`);
  }
  return { value: entries, problems: lost.problems };
}

/** Items as an item file of Traceward in YAML. */
export function writeTracewardYaml(items: readonly Item[]): Outcome<string> {
  const { value, problems } = entriesOf(items);
  const file: Partial<Record<ItemListName, unknown[]>> = {};
  for (const { list, entry } of value) (file[list] ??= []).push(entry);
  return { value: value.length === 0 ? '' : yamlText(file), problems };
}

type Shape = Readonly<Record<string, z.ZodType>>;

interface Writing {
  readonly ids: ReadonlyMap<string, string>;
  readonly kinds: ReadonlyMap<string, ItemKind>;
  readonly lost: Losses;
}

function entryOf(item: Item, list: ItemListName, writing: Writing): Readonly<Record<string, unknown>> {
  const { lost, ids } = writing;
  const { schema } = ITEM_LISTS[list];
  const shape: Shape = schema.shape;
  const has = (key: string) => Object.hasOwn(shape, key);
  const { revision, ...fields } = ownFieldsOf(item);
  const id = ids.get(keyOf(item)) ?? item.id;
  const entry: Record<string, unknown> = { id, title: item.title };
  const text = item.text ?? (shape['text']?.safeParse(undefined).success === false ? item.title : undefined);
  if (text !== undefined) entry['text'] = text;
  if (item.approval !== 'approved') entry['status'] = item.approval;
  if (typeof revision === 'number' && revision > 0) entry['revision'] = revision;
  for (const [name, value] of Object.entries(fields)) {
    if (has(name)) entry[name] = value;
    else lost.add(item, `\`${name}\` is not written: a ${item.kind} has no such field.`);
  }
  const attributes: Record<string, AttributeValue> = id === item.id ? {} : { [ORIGINAL_ID]: item.id };
  for (const [name, value] of Object.entries(item.attributes)) {
    const linked = Object.hasOwn(ITEM_LISTS[list].links, name);
    if (has(name) && !linked && !Object.hasOwn(entry, name)) entry[name] = value;
    else attributes[name] = value;
  }
  addLinks(entry, item, list, writing);
  if (has('needs')) addNeeds(entry, item, lost);
  if (Object.keys(attributes).length > 0) entry['attributes'] = attributes;
  const checked = schema.safeParse(entry);
  for (const { path, message } of checked.success ? [] : checked.error.issues)
    lost.add(item, `\`${path.join('.')}\` is to be put right in the file: ${message}.`);
  return entry;
}

function addLinks(
  entry: Record<string, unknown>,
  item: Item,
  list: ItemListName,
  { ids, kinds, lost }: Writing,
): void {
  const shape: Shape = ITEM_LISTS[list].schema.shape;
  for (const link of item.links) {
    const field = fieldOf(link, ITEM_LISTS[list].links, kinds.get(link.to));
    if (field === undefined) {
      lost.add(
        item,
        `the link \`${link.type} ${link.to}\` is not written: a ${item.kind} has no field for it.`,
      );
      continue;
    }
    const to = ids.get(`${link.to}~${link.revision ?? ''}`) ?? ids.get(link.to) ?? idAsOurs(link.to);
    const written = link.revision === undefined || link.revision === 0 ? to : `${to}@${link.revision}`;
    const isList = shape[field]?.safeParse(['A-1']).success === true;
    const before = entry[field];
    if (isList) entry[field] = [...(Array.isArray(before) ? (before as readonly unknown[]) : []), written];
    else if (before === undefined) entry[field] = written;
    else lost.add(item, `the link to \`${link.to}\` is not written: \`${field}\` holds one.`);
  }
}

/** Where a link of an item stands in its entry: by its role, its type, and where several fields are of one type by the kind of its target. */
function fieldOf(
  { type, role }: DeclaredLink,
  fields: Readonly<Record<string, LinkType>>,
  target: ItemKind | undefined,
): string | undefined {
  const names = Object.keys(fields).filter((name) => fields[name] === type);
  if (type === 'relates') return names.find((name) => name === role);
  const byTarget = target === 'asset' ? 'assets' : target === 'threat' ? 'threats' : 'on';
  return names.find((name) => name === byTarget) ?? names[0];
}

function addNeeds(entry: Record<string, unknown>, item: Item, lost: Losses): void {
  // A format that does not say what an item asks for leaves that to the default.
  if (item.asks === 'nothing') return;
  const words = item.needs.flatMap(({ anyOf, direction }: Need): (string | string[])[] => {
    const known = anyOf
      .map((word) => FOREIGN_NEEDS[word] ?? word)
      .filter((word) => direction !== 'up' && NEEDS.some((each) => each === word));
    if (known.length < anyOf.length)
      lost.add(
        item,
        `not all of the need \`${anyOf.join(' or ')}\` is written: item files know no such word.`,
      );
    const [only] = known;
    return only === undefined ? [] : [known.length === 1 && anyOf.length === 1 ? only : known];
  });
  if (JSON.stringify(words) !== JSON.stringify(DEFAULT_NEEDS)) entry['needs'] = words;
}

function keyOf({ id, revision, revisioned }: Item): string {
  return revisioned === true ? `${id}~${revision}` : id;
}

/** Ids as an item file can have them, each once, by the ids that there are; those that change are reported. */
function newIds(items: readonly Item[], lost: Losses): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  const taken = new Set(items.map(({ id }) => id).filter(fits));
  for (const item of items) {
    const key = keyOf(item);
    if (ids.has(key)) continue;
    const wanted = idAsOurs(item.id);
    let id = wanted;
    if (!fits(item.id)) {
      for (let count = 2; taken.has(id); count++) id = `${wanted}-${count}`;
      taken.add(id);
      lost.add(item, `it gets the id \`${id}\`.`);
    }
    ids.set(key, id);
    // A link without a revision leads to the first of several.
    if (!ids.has(item.id)) ids.set(item.id, id);
  }
  return ids;
}

function fits(id: string): boolean {
  return id.length <= MAX_ID_LENGTH && ID_PATTERN.test(id);
}

/** Upper-case letters and digits in parts joined by hyphens: `req~pin.retry` becomes `REQ-PIN-RETRY`. */
function idAsOurs(id: string): string {
  if (fits(id)) return id;
  const parts = id
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .filter((part) => part !== '');
  const plain = parts
    .join('-')
    .slice(0, MAX_ID_LENGTH - 10)
    .replace(/-+$/, '');
  return fits(plain) ? plain : `ITEM-${plain === '' ? '0' : plain}`;
}
