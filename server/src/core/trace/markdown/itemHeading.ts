import type { ItemKind } from '../item.ts';
import { ITEM_LIST_NAMES, ITEM_LISTS, type ItemListName } from '../itemSchema.ts';
import type { SourceSettings } from '../sources.ts';

/** What a heading that begins an item says. Offsets count from its first character. */
export interface ItemHeading {
  readonly id: string;
  readonly idStart: number;
  readonly title: string;
  readonly titleStart: number;
}

const HEADING =
  /^([[`*_]{0,3})([A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+)[\]`*_]{0,3}(?:[ \t]*:[ \t]*|[ \t]+[-–—][ \t]+|[ \t]+|$)(.*)$/s;

/** `SR-AUTH-003: Lock after wrong PINs`; the id may stand in brackets or as code, and a dash or nothing behind it. */
export function itemHeading(text: string): ItemHeading | undefined {
  const found = HEADING.exec(text);
  const [, lead = '', id, title = ''] = found ?? [];
  if (id === undefined) return undefined;
  return {
    id,
    idStart: lead.length,
    title: title.replace(/\\([!-/:-@[-`{-~])/g, '$1').trim(),
    titleStart: text.length - title.length,
  };
}

const MAX_ID_LENGTH = 100;

/** What looks like an id and is none: `SR-auth-3`, `sr_auth_3`. */
export function nearlyId(heading: string): string | undefined {
  const text = heading.slice(0, MAX_ID_LENGTH);
  return /^[[`*_]{0,3}([A-Za-z]{2,}[A-Za-z0-9]*(?:[-_][A-Za-z0-9]+)*[-_]\d+)(?![\w-])/.exec(text)?.[1];
}

/** Lists by the first parts of the ids that they usually hold. */
const USUAL: Readonly<Record<string, ItemListName>> = {
  A: 'assets',
  Z: 'zones',
  E: 'elements',
  F: 'flows',
  T: 'threats',
  TH: 'threats',
  V: 'vulnerabilities',
  R: 'risks',
  C: 'controls',
  SR: 'requirements',
  D: 'designs',
  TC: 'tests',
  J: 'justifications',
};

/** The list whose items have the fields of a kind; a unit or a result has none. */
export function listOfKind(kind: ItemKind): ItemListName | undefined {
  return ITEM_LIST_NAMES.find((name) => ITEM_LISTS[name].kind === kind);
}

/** A list by its name or by the kind that it holds, as people write it: `Threats`, `test case`, `Data flows`. */
export function listByName(text: string): ItemListName | undefined {
  const word = text
    .trim()
    .toLowerCase()
    .replace(/^data (?=flow)|^trust (?=zone)| cases?$/, '');
  return ITEM_LIST_NAMES.find(
    (name) => name === word || ITEM_LISTS[name].kind === word || `${word}s` === name,
  );
}

/**
 * What ids tell of their kind: `kinds` of the source by the first part of the id, and what the usual first parts mean. An id with another
 * first part, among `prefixes`, is of a requirement.
 */
export function listByPrefix(id: string, settings: SourceSettings): ItemListName | undefined {
  const prefix = id.slice(0, id.indexOf('-'));
  const kind = Object.hasOwn(settings.kinds, prefix) ? settings.kinds[prefix] : undefined;
  if (kind !== undefined) return listOfKind(kind);
  if (Object.hasOwn(USUAL, prefix)) return USUAL[prefix];
  return prefixesOf(settings).includes(prefix) ? 'requirements' : undefined;
}

export function isKnownPrefix(prefix: string, settings: SourceSettings): boolean {
  return (
    Object.hasOwn(settings.kinds, prefix) ||
    Object.hasOwn(USUAL, prefix) ||
    prefixesOf(settings).includes(prefix)
  );
}

function prefixesOf({ options }: SourceSettings): readonly string[] {
  const { prefixes } = options;
  return Array.isArray(prefixes) ? prefixes : [];
}
