import { nearestAmong } from '../base/nearest.ts';
import { compareText } from '../base/order.ts';
import { compareRanges } from '../base/range.ts';
import type { Location } from '../base/range.ts';
import { meets } from './coverageWords.ts';
import type { Brought } from './coverageWords.ts';
import { kindName } from './item.ts';
import type { Item, ItemKind, LinkType, Need } from './item.ts';
import type { Rewording } from './rewording.ts';
import type { LinkStatus } from './traceGraph.ts';

/** A link before it is judged: of an item file or of a tag. */
export interface WrittenLink {
  readonly type: LinkType;
  readonly role?: string;
  readonly to: string;
  readonly revision?: number;
  /** See `DeclaredLink.stamp`. */
  readonly stamp?: string;
  readonly location: Location;
}

/** Where a link starts, and what it brings to its target. */
export interface LinkStart {
  readonly kind: ItemKind | 'code';
  readonly brings: Brought;
}

/** What a link amounts to. `targets` are the definitions of its id: none when orphaned, several when ambiguous. */
export interface Resolution {
  readonly status: LinkStatus;
  /** One sentence for users, unless covered. Suggestions for an orphaned link are the caller's to add. */
  readonly reason?: string;
  readonly targets: readonly Item[];
}

export interface Linker {
  /** Sorted by id, then by place; with the words that they had at first. */
  readonly items: readonly Item[];
  readonly byId: ReadonlyMap<string, readonly Item[]>;
  resolve(link: WrittenLink, from: LinkStart): Resolution;
  /** Puts an item into the place of one that was there, is the only one of its id and differs from it in words and places alone. */
  reword(change: Rewording): void;
  /** Ids that look like a missing one, best first. */
  suggest(id: string): readonly string[];
}

/** An ambiguous link is shown at so many of the definitions: many links to many definitions must not multiply. */
const MAX_DEFINITIONS = 20;

const ANYTHING_AT_RISK: readonly ItemKind[] = ['asset', 'element', 'flow', 'zone', 'component'];
const BUILT: readonly ItemKind[] = ['requirement', 'design'];

/**
 * Kinds of items that a link of a type may lead to, where the target asks for what its kind asks for. A requirement may refine another
 * one. `relates` and `justifies` may lead anywhere.
 */
export const TARGET_KINDS: Readonly<
  Record<ItemKind | 'code', Readonly<Partial<Record<LinkType, readonly ItemKind[]>>>>
> = {
  asset: {},
  element: {},
  flow: {},
  zone: {},
  component: { implements: BUILT },
  threat: { derives: ANYTHING_AT_RISK },
  vulnerability: { derives: [...ANYTHING_AT_RISK, 'threat'] },
  risk: { derives: ['threat', 'vulnerability'] },
  control: { mitigates: ['threat', 'vulnerability', 'risk'] },
  requirement: { derives: ['control', 'requirement'], mitigates: ['threat', 'vulnerability'] },
  design: { derives: BUILT },
  unit: { implements: [...BUILT, 'test'], verifies: BUILT },
  test: { verifies: BUILT },
  result: { verifies: [...BUILT, 'test'] },
  justification: {},
  code: { implements: [...BUILT, 'test'], verifies: BUILT },
};

/** Index of the items that links are resolved against. `needsOf`: what the configuration asks of an item beside its own needs. */
export function createLinker(
  unsorted: readonly Item[],
  needsOf: (item: Item) => readonly Need[] = () => [],
): Linker {
  const items = [...unsorted].sort(
    (a, b) =>
      compareText(a.id, b.id) || compareLocations(a.location, b.location) || compareText(a.kind, b.kind),
  );
  const byId = new Map<string, Item[]>();
  for (const item of items) {
    const same = byId.get(item.id);
    if (same === undefined) byId.set(item.id, [item]);
    else same.push(item);
  }
  let nearest: ReturnType<typeof nearestAmong> | undefined;
  const suggested = new Map<string, readonly string[]>();
  return {
    items,
    byId,
    resolve: (link, from) => resolve(link, from, byId.get(link.to) ?? [], needsOf),
    reword: ({ after }) => void byId.set(after.id, [after]),
    suggest: (id) => {
      let found = suggested.get(id);
      if (found === undefined) {
        nearest ??= nearestAmong(byId.keys());
        found = nearest(id);
        suggested.set(id, found);
      }
      return found;
    },
  };
}

function resolve(
  link: WrittenLink,
  from: LinkStart,
  defined: readonly Item[],
  needsOf: (item: Item) => readonly Need[],
): Resolution {
  const targets = meant(link, defined);
  const [target] = targets;
  if (target === undefined) return { status: 'orphaned', targets };
  if (link.revision !== undefined && targets.every(({ revision }) => revision !== link.revision)) {
    return otherRevision(link.revision, targets);
  }
  if (targets.length > 1) {
    const places = listed(
      targets.slice(0, MAX_LISTED).map(({ location }) => placeName(location)),
      targets.length,
    );
    const reason = `\`${link.to}\` is defined ${targets.length} times (${places}): give each item an id of its own.`;
    return { status: 'ambiguous', reason, targets: targets.slice(0, MAX_DEFINITIONS) };
  }
  const unwanted = whyUnwanted(link, from, target, needsOf);
  if (unwanted !== undefined) return { status: 'unwanted', reason: unwanted, targets };
  if (link.stamp !== undefined && target.stamps !== undefined && link.stamp !== target.stamps.link) {
    return { status: 'suspect', reason: suspectReason(link, target), targets };
  }
  return { status: 'covered', targets };
}

/** The definitions that a link can mean: of an item whose revisions are items of their own, only the one that it names. */
function meant({ revision }: WrittenLink, defined: readonly Item[]): readonly Item[] {
  if (revision === undefined || !defined.some(({ revisioned }) => revisioned === true)) return defined;
  const exact = defined.filter((item) => item.revisioned !== true || item.revision === revision);
  return exact.length === 0 ? defined : exact;
}

function otherRevision(named: number, targets: readonly Item[]): Resolution {
  const newest = targets.reduce((best, item) => (item.revision > best.revision ? item : best));
  const current = `${kindName(newest.kind)} \`${newest.id}\` is at revision ${newest.revision}`;
  return named < newest.revision
    ? {
        status: 'outdated',
        reason: `This names revision ${named}, but ${current}: check that it still fits, then write \`@${newest.revision}\`.`,
        targets: targets.slice(0, MAX_DEFINITIONS),
      }
    : {
        status: 'predated',
        reason: `This names revision ${named}, but ${current}: correct the link, or raise the item's revision.`,
        targets: targets.slice(0, MAX_DEFINITIONS),
      };
}

function suspectReason({ stamp }: WrittenLink, target: Item): string {
  return stamp === ''
    ? `Nobody has confirmed this link to \`${target.id}\` yet: review it.`
    : `\`${target.id}\` has changed since this link was confirmed: check that it still fits, then confirm it again.`;
}

function whyUnwanted(
  link: WrittenLink,
  from: LinkStart,
  target: Item,
  needsOf: (item: Item) => readonly Need[],
): string | undefined {
  if (link.type === 'relates' || link.type === 'justifies') return undefined;
  const name = `\`${target.id}\``;
  if (target.asks !== 'kind') {
    if (target.asks === 'nothing') return undefined;
    const asked =
      target.needs.some((need) => meets(from.brings, need, true)) ||
      needsOf(target).some((need) => meets(from.brings, need, false));
    if (asked) return undefined;
    const [word = link.type] = from.brings.own === undefined ? from.brings.words : [from.brings.own];
    return `${name} does not ask for \`${word}\`: remove this link, or add \`${word}\` to its needs.`;
  }
  const kinds = TARGET_KINDS[from.kind][link.type] ?? [];
  if (kinds.length === 0)
    return `No \`${link.type}\` link can start at ${from.kind === 'code' ? 'code' : withArticle(from.kind)}: remove it.`;
  if (!kinds.includes(target.kind)) {
    return `${name} is ${withArticle(target.kind)}, but this link (${link.type}) can only lead to ${kinds.map(withArticle).join(' or ')}.`;
  }
  if (target.approval === 'rejected') return `${name} is rejected and asks for nothing: remove this link.`;
  if (
    (target.kind === 'requirement' || target.kind === 'design') &&
    (link.type === 'implements' || link.type === 'verifies')
  ) {
    const asked = [...target.needs, ...needsOf(target)].some((need) => meets(from.brings, need, false));
    if (!asked) {
      const code = link.type === 'implements';
      return `${name} does not ask for ${code ? 'code' : 'a test'}: remove this link, or add \`${code ? 'code' : 'test'}\` to its \`needs\`.`;
    }
  }
  if (target.kind === 'test' && from.kind === 'code' && target.method !== 'automated') {
    return `${name} is done by ${target.method ?? 'hand'} and asks for no test code: remove this tag, or make its \`method\` automated.`;
  }
  return undefined;
}

export function compareLocations(a: Location, b: Location): number {
  return compareText(a.path, b.path) || compareRanges(a.range, b.range);
}

/** `security/threats.yaml, line 12` */
export function placeName({ path, range }: Location): string {
  return `${path}, line ${range.start.line + 1}`;
}

/** Words that a sentence names; what is beyond is only counted. */
export const MAX_LISTED = 5;

/** Joins words for a sentence. `total`: how many there are, when `words` are only the first of them. */
export function listed(words: readonly string[], total = words.length): string {
  const shown = words.slice(0, MAX_LISTED);
  const rest = total - shown.length;
  return rest > 0 ? `${shown.join(', ')} and ${rest} more` : shown.join(', ');
}

export function withArticle(kind: ItemKind): string {
  const name = kindName(kind);
  return `${/^[aeiou]/.test(name) && !name.startsWith('unit') ? 'an' : 'a'} ${name}`;
}
