import { compareRanges, type Location } from '../base/range.ts';
import type { Item } from './item.ts';

/** An item as it was and as it is now: the same but for its words and places. */
export interface Rewording {
  readonly before: Item;
  readonly after: Item;
}

/** Compared apart. */
const APART: ReadonlySet<string> = new Set(['location', 'links']);
/** What only people and fingerprints read, too. */
const WORDS: ReadonlySet<string> = new Set([...APART, 'title', 'text', 'procedure']);

/** What changed from one reading of a file to the next, if only words and places did; undefined where a link, a status or anything else did. */
export function rewordingsOf(
  before: readonly Item[],
  after: readonly Item[],
): readonly Rewording[] | undefined {
  if (before.length !== after.length) return undefined;
  const found: Rewording[] = [];
  for (const [at, item] of after.entries()) {
    const old = before[at];
    if (old === item) continue;
    if (old === undefined || !sameBut(old, item, WORDS, false)) return undefined;
    found.push({ before: old, after: item });
  }
  return found;
}

/** The items of a second reading, with those of the first where they say the same at the same place. */
export function withKnown(items: readonly Item[], known: readonly Item[]): readonly Item[] {
  return items.map((item, at) => {
    const old = known[at];
    return old !== undefined && sameBut(old, item, APART, true) ? old : item;
  });
}

/** Whether two items are the same but for some fields and, unless `inPlace`, for where they stand in their file. */
function sameBut(a: Item, b: Item, ignored: ReadonlySet<string>, inPlace: boolean): boolean {
  if (!samePlace(a.location, b.location, inPlace) || a.links.length !== b.links.length) return false;
  const sameLinks = a.links.every((link, at) => {
    const other = b.links[at];
    return (
      other !== undefined && samePlace(link.location, other.location, inPlace) && same(link, other, APART)
    );
  });
  return sameLinks && same(a, b, ignored);
}

function samePlace(a: Location, b: Location, inPlace: boolean): boolean {
  return a.path === b.path && (!inPlace || compareRanges(a.range, b.range) === 0);
}

/** Whether two values are the same plain data, but for some keys of the outermost object. */
function same(a: unknown, b: unknown, ignored?: ReadonlySet<string>): boolean {
  if (a === b) return true;
  if (!isData(a) || !isData(b) || Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && (ignored?.has(key) === true || same(a[key], b[key])))
  );
}

function isData(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
