import { broughtByItem, broughtByTag } from './coverageWords.ts';
import type { Node } from './coverage.ts';
import type { Item, LooseLink, Need } from './item.ts';
import { createLinker } from './linker.ts';
import type { LinkStart, WrittenLink } from './linker.ts';
import { createLiveGraph } from './liveGraph.ts';
import type { NewEdge } from './liveGraph.ts';
import { needsByRules } from './needRules.ts';
import type { NeedRule } from './needRules.ts';
import { itemFingerprint, NO_REVIEWS, unitName } from './reviews.ts';
import type { ReviewIndex } from './reviews.ts';
import type { Rewording } from './rewording.ts';
import { confirmed } from './suspect.ts';
import { resultsByTest, resultsOfUnit, withNamedTests } from './tested.ts';
import { strayLinks } from './tracedLinks.ts';
import type { FileLinks, TagLink, TraceGraph } from './traceGraph.ts';

/** What a trace rests on beside items and tags. */
export interface TraceSettings {
  /** Of the configuration. */
  readonly needs?: readonly NeedRule[];
  readonly links?: readonly LooseLink[];
  readonly reviews?: ReviewIndex;
  /** Hash of the commit at hand, where it is known: results of another one are stale. */
  readonly head?: string;
  /** Every automated test must have a result. */
  readonly expectsResults?: boolean;
}

/** The items of a workspace, made ready so that a change of tags costs no new look at them. */
export interface TraceIndex {
  /** Whether it matters to links what code means: reviews name it. */
  readonly asksForCode: boolean;
  /**
   * Links and judges everything. The answer does not depend on the order of items, files or tags. Files whose `FileLinks` are the same object as
   * the time before are not looked at again.
   */
  trace(files: readonly FileLinks[]): TraceGraph;
  /**
   * Takes new words and places of items, so that the next `trace` shows them. False, and nothing is taken, where that could change more: an id is
   * there twice, or a review is about what the items or their links said.
   */
  reword(changes: readonly Rewording[]): boolean;
}

export function createTraceIndex(unsorted: readonly Item[], settings: TraceSettings = {}): TraceIndex {
  const { needs: rules = [], links: loose = [], reviews = NO_REVIEWS } = settings;
  const items = withNamedTests(withLooseLinks(unsorted, loose));
  const ruled = new Map<Item, readonly Need[]>();
  const needsOf = (item: Item): readonly Need[] => {
    if (rules.length === 0) return NO_NEEDS;
    let needs = ruled.get(item);
    if (needs === undefined) ruled.set(item, (needs = needsByRules(item, rules)));
    return needs;
  };
  const linker = createLinker(items, needsOf);
  const results = resultsByTest(linker.items);
  const edgeOfItem = (item: Item, link: WrittenLink): NewEdge => {
    const start: LinkStart = { kind: item.kind, brings: broughtByItem(item, link.type) };
    const resolution = linker.resolve(link, start);
    return {
      from: item.id,
      written: link,
      brings: start.brings,
      resolution: confirmed(item.id, link, resolution, reviews, () => itemFingerprint(item)),
    };
  };
  const edgeOfTag = ({ unit, id, word, fingerprint, ...rest }: TagLink): NewEdge => {
    const link: WrittenLink = { ...rest, to: id };
    const brings = broughtByTag(rest.type, word);
    const name = unitName(unit);
    const resolution = linker.resolve(link, { kind: 'code', brings });
    return {
      from: unit,
      written: link,
      brings,
      resolution: confirmed(name, link, resolution, reviews, () => fingerprint),
      results: resultsOfUnit(unit, results),
      signedOff: reviews.unit(name, fingerprint) === 'current',
    };
  };
  /** A link of a tag is the same object as long as nothing of it changes. */
  const edges = new WeakMap<TagLink, NewEdge>();
  const keptEdgeOf = (link: TagLink): NewEdge => {
    let edge = edges.get(link);
    if (edge === undefined) edges.set(link, (edge = edgeOfTag(link)));
    return edge;
  };
  const nodes = linker.items.map((item, index): Node => ({
    item,
    index,
    ruled: needsOf(item),
    reviewed: reviews.item(item.id, () => itemFingerprint(item)) === 'current',
    results: [],
    incoming: [],
    outgoing: [],
  }));
  const live = createLiveGraph(
    linker,
    nodes,
    linker.items.map((item) => item.links.map((link) => edgeOfItem(item, link))),
    strayLinks(linker, loose),
    reviews,
    settings,
  );
  let linked: ReadonlyMap<string, FileLinks> = new Map();
  let graph: TraceGraph | undefined;
  let isReworded = false;
  /** Whether a link of the item may become suspect by its new words, or in order. */
  const mattersToLinks = ({ before, after }: Rewording): boolean =>
    reviews.isLinkEnd(before.id) && itemFingerprint(before) !== itemFingerprint(after);
  const isReviewed = (item: Item): string => reviews.item(item.id, () => itemFingerprint(item));
  return {
    asksForCode: reviews.records.length > 0,
    reword: (changes) => {
      const canBe = changes.every(
        (change) =>
          live.has(change.before) &&
          change.before.result === undefined &&
          isReviewed(change.before) === isReviewed(change.after) &&
          !mattersToLinks(change),
      );
      if (!canBe) return false;
      for (const change of changes) live.reword(change);
      isReworded ||= changes.length > 0;
      return true;
    },
    trace: (files) => {
      const now = byPath(files);
      const changed = new Map<string, readonly NewEdge[]>();
      for (const path of linked.keys()) if (!now.has(path)) changed.set(path, []);
      for (const [path, file] of now)
        if (linked.get(path) !== file) changed.set(path, file.links.map(keptEdgeOf));
      linked = now;
      if (graph === undefined || changed.size > 0 || isReworded) graph = live.update(changed);
      isReworded = false;
      return graph;
    },
  };
}

function byPath(files: readonly FileLinks[]): ReadonlyMap<string, FileLinks> {
  const found = new Map<string, FileLinks>();
  for (const file of files) {
    const same = found.get(file.path);
    found.set(file.path, same === undefined ? file : { ...file, links: [...same.links, ...file.links] });
  }
  return found;
}

/** Links and judges items and tags; use {@link createTraceIndex} where the tags change more often than the items. */
export function traceGraph(
  items: readonly Item[],
  files: readonly FileLinks[],
  settings?: TraceSettings,
): TraceGraph {
  return createTraceIndex(items, settings).trace(files);
}

const NO_NEEDS: readonly Need[] = [];

/** Links that stand apart become links of the items that they start at: of each definition, where there are several. */
function withLooseLinks(items: readonly Item[], loose: readonly LooseLink[]): readonly Item[] {
  if (loose.length === 0) return items;
  const byStart = grouped(loose, ({ from }) => from);
  return items.map((item) => {
    const own = byStart.get(item.id);
    return own === undefined ? item : { ...item, links: [...item.links, ...own] };
  });
}

function grouped<T>(values: readonly T[], keyOf: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return groups;
}
