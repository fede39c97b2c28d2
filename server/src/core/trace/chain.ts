import { compareText } from '../base/order.ts';
import { ITEM_KINDS, perKind } from './item.ts';
import type { ItemKind } from './item.ts';
import { compareLocations } from './linker.ts';
import { ITEM_STATUSES, LINK_STATUSES } from './traceGraph.ts';
import type { ItemStatus, LinkStatus, TracedItem, TracedLink, TraceGraph, UnitRef } from './traceGraph.ts';

/** Everything that one item hangs together with, each list sorted by id or place. */
export interface Chain {
  readonly item: TracedItem;
  /** What it exists for. Of a requirement `requirements` are those that it refines. */
  readonly upstream: ItemsByKind;
  /** What makes it true. Of a requirement `requirements` are those that refine it. */
  readonly downstream: ItemsByKind;
  /** Code that implements the requirements on this chain (of a requirement: itself and those that refine it). */
  readonly units: readonly CodeLink[];
  /** Code that verifies them, or that carries the id of one of the test cases. */
  readonly testUnits: readonly CodeLink[];
}

export type ItemsByKind = Readonly<Record<ItemKind, readonly TracedItem[]>>;

/** A link from code. */
export type CodeLink = TracedLink & { readonly from: UnitRef };

/** Whether a link shows the way: in order, or only to another revision or to be reviewed (which is reported, and still the way to go). */
export function leads({ status }: TracedLink): boolean {
  return status === 'covered' || status === 'outdated' || status === 'predated' || status === 'suspect';
}

/** Whether a link is a step of the chain: `relates` only stands beside it. */
function leadsUp(link: TracedLink): boolean {
  return link.type !== 'relates' && leads(link);
}

/** The chain of an id; its first definition when there are several, undefined when there is none. */
export function chainOf(graph: TraceGraph, id: string): Chain | undefined {
  const item = graph.byId.get(id)?.[0];
  return item === undefined ? undefined : chainOfItem(graph, item);
}

/** The chain of one definition of an id. */
export function chainOfItem(graph: TraceGraph, item: TracedItem): Chain {
  const below = itemsBelow(graph, item);
  const lower = [item, ...below];
  return {
    item,
    upstream: byKind(itemsAbove(graph, item)),
    downstream: byKind(below),
    units: codeLinks(
      lower.filter((each) => each.item.kind === 'requirement'),
      'implements',
    ),
    testUnits: testUnitsOf(lower),
  };
}

/** Code that implements a requirement, or that stands behind any item: of a threat, the code of all requirements that mitigate it. */
export function unitsOf(graph: TraceGraph, id: string): readonly CodeLink[] {
  return chainOf(graph, id)?.units ?? [];
}

/** What verifies a requirement directly: test cases, and test code that names it or one of those test cases. */
export interface Tests {
  readonly items: readonly TracedItem[];
  readonly units: readonly CodeLink[];
  /** Test cases, plus pieces of test code that belong to none of them. */
  readonly count: number;
}

export function testsOf(graph: TraceGraph, requirementId: string): Tests {
  const requirement = graph.byId.get(requirementId)?.[0];
  if (requirement === undefined) return { items: [], units: [], count: 0 };
  const items = sourcesOf(graph, requirement).filter(({ item }) => item.kind === 'test');
  const carriers = new Set(codeLinks(items, 'implements').map(({ from }) => unitKey(from)));
  const alone = new Set(
    codeLinks([requirement], 'verifies')
      .map(({ from }) => unitKey(from))
      .filter((key) => !carriers.has(key)),
  );
  return {
    items: sortedItems(items),
    units: testUnitsOf([requirement, ...items]),
    count: items.length + alone.size,
  };
}

/** Threats that a requirement (or a control or risk) mitigates: directly, and through controls and risks. */
export function threatsOf(graph: TraceGraph, requirementId: string): readonly TracedItem[] {
  return chainOf(graph, requirementId)?.upstream.threat ?? [];
}

/** How many items there are of each kind and status; rejected items are counted apart. */
export interface TraceSummary {
  readonly items: Readonly<Record<ItemKind, KindSummary>>;
  readonly links: Readonly<Record<LinkStatus, number>>;
}

export interface KindSummary {
  /** Without the rejected ones. */
  readonly total: number;
  readonly rejected: number;
  readonly status: Readonly<Record<ItemStatus, number>>;
  /** Of the uncovered ones, those where only something further down has a gap. */
  readonly transitive: number;
}

export function summaryOf(graph: Pick<TraceGraph, 'items' | 'links'>): TraceSummary {
  const summaryOfKind = (kind: ItemKind): KindSummary => {
    const all = graph.items.filter(({ item }) => item.kind === kind);
    const live = all.filter(({ item, status }) => item.approval !== 'rejected' || status === 'duplicate');
    const status = zeros(ITEM_STATUSES);
    for (const each of live) status[each.status]++;
    const transitive = live.filter((each) => each.status === 'uncovered' && each.transitive).length;
    return { total: live.length, rejected: all.length - live.length, status, transitive };
  };
  const links = zeros(LINK_STATUSES);
  for (const { status } of graph.links) links[status]++;
  return { items: perKind(summaryOfKind), links };
}

function zeros<Key extends string>(keys: readonly Key[]): Record<Key, number> {
  return Object.fromEntries(keys.map((key) => [key, 0])) as Record<Key, number>;
}

/** Everything that an item leads to, without itself, in no particular order. */
export function itemsAbove(graph: TraceGraph, start: TracedItem): readonly TracedItem[] {
  return allAbove(graph, [start]);
}

/** Everything that leads to an item, without itself, in no particular order. */
export function itemsBelow(graph: TraceGraph, start: TracedItem): readonly TracedItem[] {
  return allBelow(graph, [start]);
}

/** Everything that any of the items leads to, without these. */
export function allAbove(graph: TraceGraph, starts: readonly TracedItem[]): readonly TracedItem[] {
  return walk(starts, (each) => each.outgoing.filter(leadsUp).flatMap(({ to }) => graph.byId.get(to) ?? []));
}

/** Everything that leads to any of the items, without these. */
export function allBelow(graph: TraceGraph, starts: readonly TracedItem[]): readonly TracedItem[] {
  return walk(starts, (each) => sourcesOf(graph, each));
}

/** Items that lead to an item directly; rejected ones do not. */
export function sourcesOf(graph: TraceGraph, target: TracedItem): TracedItem[] {
  const ids = new Set(
    target.incoming.filter(leadsUp).flatMap(({ from }) => (typeof from === 'string' ? [from] : [])),
  );
  return [...ids].flatMap((id) =>
    (graph.byId.get(id) ?? []).filter(({ item }) => item.approval !== 'rejected'),
  );
}

function walk(
  starts: readonly TracedItem[],
  next: (item: TracedItem) => readonly TracedItem[],
): TracedItem[] {
  const seen = new Set(starts);
  // A set is visited in the order of insertion, also of what is added meanwhile.
  for (const item of seen) for (const other of next(item)) seen.add(other);
  for (const start of starts) seen.delete(start);
  return [...seen];
}

function testUnitsOf(items: readonly TracedItem[]): CodeLink[] {
  return [
    ...codeLinks(
      items.filter(({ item }) => item.kind === 'requirement'),
      'verifies',
    ),
    ...codeLinks(
      items.filter(({ item }) => item.kind === 'test'),
      'implements',
    ),
  ].sort(comparePlaces);
}

function codeLinks(items: readonly TracedItem[], type: 'implements' | 'verifies'): CodeLink[] {
  return items
    .flatMap(({ incoming }) =>
      incoming.filter((link) => link.type === type && leads(link)).filter(isCodeLink),
    )
    .sort(comparePlaces);
}

export function isCodeLink(link: TracedLink): link is CodeLink {
  return typeof link.from !== 'string';
}

function unitKey({ path, kind, name }: UnitRef): string {
  return `${path}\n${kind}\n${name}`;
}

function byKind(items: readonly TracedItem[]): ItemsByKind {
  const sorted = sortedItems(items);
  return perKind((kind) => sorted.filter(({ item }) => item.kind === kind));
}

export function sortedItems(items: readonly TracedItem[]): readonly TracedItem[] {
  return [...items].sort(
    (a, b) =>
      ITEM_KINDS.indexOf(a.item.kind) - ITEM_KINDS.indexOf(b.item.kind) ||
      compareText(a.item.id, b.item.id) ||
      comparePlaces(a.item, b.item),
  );
}

function comparePlaces(a: Pick<TracedLink, 'location'>, b: Pick<TracedLink, 'location'>): number {
  return compareLocations(a.location, b.location);
}
