import { nearestAmong } from '../base/nearest.ts';
import { compareText } from '../base/order.ts';
import { compareRanges } from '../base/range.ts';
import type { Location } from '../base/range.ts';
import type { Item, ItemKind, LinkType } from './item.ts';
import type { LinkStatus } from './traceGraph.ts';

/** A link before it is judged: of an item file or of a tag. */
export interface WrittenLink {
  readonly type: LinkType;
  readonly to: string;
  readonly revision?: number;
  readonly location: Location;
}

/** What a link amounts to. `targets` are the definitions of its id: none when orphaned, several when ambiguous. */
export interface Resolution {
  readonly status: LinkStatus;
  /** One sentence for users, unless covered. Suggestions for an orphaned link are the caller's to add. */
  readonly reason?: string;
  readonly targets: readonly Item[];
}

export interface Linker {
  /** Sorted by id, then by place. */
  readonly items: readonly Item[];
  readonly byId: ReadonlyMap<string, readonly Item[]>;
  resolve(link: WrittenLink, from: ItemKind | 'code'): Resolution;
  /** Ids that look like a missing one, best first. */
  suggest(id: string): readonly string[];
}

/** An ambiguous link is shown at so many of the definitions: many links to many definitions must not multiply. */
const MAX_DEFINITIONS = 20;

/** Kinds of items that a link of a type may lead to. A requirement may refine another one. */
export const TARGET_KINDS: Readonly<
  Record<ItemKind | 'code', Readonly<Partial<Record<LinkType, readonly ItemKind[]>>>>
> = {
  asset: {},
  threat: { derives: ['asset'] },
  risk: { derives: ['threat'] },
  control: { mitigates: ['threat', 'risk'] },
  requirement: { derives: ['control', 'requirement'], mitigates: ['threat'] },
  test: { verifies: ['requirement'] },
  code: { implements: ['requirement', 'test'], verifies: ['requirement'] },
};

/** Index of the items that links are resolved against. */
export function createLinker(unsorted: readonly Item[]): Linker {
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
    resolve: (link, from) => resolve(link, from, byId.get(link.to) ?? []),
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

function resolve(link: WrittenLink, from: ItemKind | 'code', targets: readonly Item[]): Resolution {
  const [target] = targets;
  if (target === undefined) return { status: 'orphaned', targets };
  if (targets.length > 1) {
    const places = listed(
      targets.slice(0, MAX_LISTED).map(({ location }) => placeName(location)),
      targets.length,
    );
    const reason = `\`${link.to}\` is defined ${targets.length} times (${places}): give each item an id of its own.`;
    return { status: 'ambiguous', reason, targets: targets.slice(0, MAX_DEFINITIONS) };
  }
  if (link.revision !== undefined && link.revision !== target.revision) {
    const current = `${target.kind} \`${target.id}\` is at revision ${target.revision}`;
    return link.revision < target.revision
      ? {
          status: 'outdated',
          reason: `This names revision ${link.revision}, but ${current}: check that it still fits, then write \`@${target.revision}\`.`,
          targets,
        }
      : {
          status: 'predated',
          reason: `This names revision ${link.revision}, but ${current}: correct the link, or raise the item's revision.`,
          targets,
        };
  }
  const reason = whyUnwanted(link, from, target);
  return reason === undefined ? { status: 'covered', targets } : { status: 'unwanted', reason, targets };
}

function whyUnwanted(link: WrittenLink, from: ItemKind | 'code', target: Item): string | undefined {
  const kinds = TARGET_KINDS[from][link.type] ?? [];
  const name = `\`${target.id}\``;
  if (kinds.length === 0)
    return `No \`${link.type}\` link can start at ${from === 'code' ? 'code' : withArticle(from)}: remove it.`;
  if (!kinds.includes(target.kind)) {
    return `${name} is ${withArticle(target.kind)}, but this link (${link.type}) can only lead to ${kinds.map(withArticle).join(' or ')}.`;
  }
  if (target.approval === 'rejected') return `${name} is rejected and asks for nothing: remove this link.`;
  if (target.kind === 'requirement') {
    const asked = link.type === 'implements' ? 'code' : link.type === 'verifies' ? 'test' : undefined;
    if (asked !== undefined && !target.needs.includes(asked)) {
      return `${name} does not ask for ${asked === 'code' ? 'code' : 'a test'}: remove this link, or add \`${asked}\` to its \`needs\`.`;
    }
  }
  if (target.kind === 'test' && from === 'code' && target.method !== 'automated') {
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
  return kind === 'test' ? 'a test case' : `${kind === 'asset' ? 'an' : 'a'} ${kind}`;
}
