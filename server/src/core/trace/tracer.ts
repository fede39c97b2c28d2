import { compareText, sortedEntries } from '../base/order.ts';
import { downstream, ownGaps } from './coverage.ts';
import type { Edge, Node } from './coverage.ts';
import { components } from './cycles.ts';
import type { Item, ItemKind } from './item.ts';
import { compareLocations, createLinker, listed, MAX_LISTED, placeName } from './linker.ts';
import type { Linker, Resolution, WrittenLink } from './linker.ts';
import { traceProblems } from './traceProblems.ts';
import type { FileLinks, ItemStatus, TracedItem, TracedLink, TraceGraph, UnitRef } from './traceGraph.ts';

/** Orphaned ids that get suggestions, in the order of the ids; each costs a search among all ids. */
const MAX_SUGGESTED = 200;

/** Kinds from the end of the chain to its start: what is further down is judged first. */
const UPWARDS: readonly ItemKind[] = ['test', 'requirement', 'control', 'risk', 'threat', 'asset'];

/** The items of a workspace, made ready so that a change of tags costs no new look at them. */
export interface TraceIndex {
  /** Links and judges everything. The answer does not depend on the order of items, files or tags. */
  trace(files: readonly FileLinks[]): TraceGraph;
}

export function createTraceIndex(items: readonly Item[]): TraceIndex {
  const linker = createLinker(items);
  const fromItems = linker.items.map((item) =>
    item.links.map((link) => ({ link, resolution: linker.resolve(link, item.kind) })),
  );
  return { trace: (files) => trace(linker, fromItems, files) };
}

/** Links and judges items and tags; use {@link createTraceIndex} where the tags change more often than the items. */
export function traceGraph(items: readonly Item[], files: readonly FileLinks[]): TraceGraph {
  return createTraceIndex(items).trace(files);
}

interface ResolvedLink {
  readonly link: WrittenLink;
  readonly resolution: Resolution;
}

function trace(
  linker: Linker,
  fromItems: readonly (readonly ResolvedLink[])[],
  files: readonly FileLinks[],
): TraceGraph {
  const fromCode = files.flatMap((file) =>
    file.links.map(({ unit, id, type, revision, location }) => {
      const link = { type, to: id, location, ...(revision !== undefined && { revision }) };
      return { unit, link, resolution: linker.resolve(link, 'code') };
    }),
  );
  const suggestions = suggestionsFor(linker, [...fromItems.flat(), ...fromCode]);
  const nodes = linker.items.map((item, index): Node => ({ item, index, incoming: [], outgoing: [] }));
  const nodeOf = new Map(nodes.map((node) => [node.item, node]));
  const edges: Edge[] = [];
  const connect = (from: string | UnitRef, source: Node | undefined, { link, resolution }: ResolvedLink) => {
    const traced = tracedLink(from, link, resolution, suggestions);
    const targets = resolution.targets.flatMap((item) => nodeOf.get(item) ?? []);
    const edge: Edge = { link: traced, source, target: targets.length === 1 ? targets[0] : undefined };
    edges.push(edge);
    source?.outgoing.push(edge);
    for (const target of targets) target.incoming.push(edge);
  };
  for (const node of nodes) {
    for (const resolved of fromItems[node.index] ?? []) connect(node.item.id, node, resolved);
  }
  for (const resolved of fromCode) connect(resolved.unit, undefined, resolved);

  const verdicts = judge(nodes, linker);
  const items = nodes.map((node): TracedItem => {
    const verdict = verdicts[node.index] ?? COVERED;
    return {
      item: node.item,
      ...verdict,
      incoming: node.incoming.map(({ link }) => link).sort(compareLinks),
      outgoing: node.outgoing.map(({ link }) => link).sort(compareLinks),
    };
  });
  const linksByPath = new Map(
    sortedEntries(
      grouped(
        edges.map(({ link }) => link),
        (link) => link.location.path,
      ),
    ).map(([path, links]) => [path, links.sort(compareLinks)] as const),
  );
  // What a rejected item says no longer matters, not even its mistakes.
  const silent = new Set(
    edges.filter((edge) => edge.source?.item.approval === 'rejected').map(({ link }) => link),
  );
  const links = [...linksByPath.values()].flat();
  return {
    items,
    byId: grouped(items, ({ item }) => item.id),
    links,
    linksByPath,
    problems: traceProblems(
      items,
      links.filter((link) => !silent.has(link)),
    ),
  };
}

function tracedLink(
  from: string | UnitRef,
  { to, type, revision, location }: WrittenLink,
  { status, reason }: Resolution,
  suggestions: ReadonlyMap<string, readonly string[]>,
): TracedLink {
  const common = { from, to, type, status, location, ...(revision !== undefined && { revision }) };
  if (status !== 'orphaned') return { ...common, suggestions: [], ...(reason !== undefined && { reason }) };
  const near = suggestions.get(to) ?? [];
  const advice =
    near[0] === undefined ? 'define it in an item file, or correct the id.' : `did you mean \`${near[0]}\`?`;
  return { ...common, suggestions: near, reason: `There is no item \`${to}\`: ${advice}` };
}

function suggestionsFor(
  linker: Linker,
  links: readonly ResolvedLink[],
): ReadonlyMap<string, readonly string[]> {
  const orphaned = new Set(
    links.filter(({ resolution }) => resolution.status === 'orphaned').map(({ link }) => link.to),
  );
  return new Map(
    [...orphaned]
      .sort(compareText)
      .slice(0, MAX_SUGGESTED)
      .map((id) => [id, linker.suggest(id)]),
  );
}

interface Verdict {
  readonly status: ItemStatus;
  readonly reasons: readonly string[];
  readonly transitive: boolean;
}

const COVERED: Verdict = { status: 'covered', reasons: [], transitive: false };

/** Verdicts by the nodes' index. */
function judge(nodes: readonly Node[], linker: Linker): readonly Verdict[] {
  const verdicts: Verdict[] = new Array<Verdict>(nodes.length).fill(COVERED);
  const circles = components(
    nodes.map((node) => node.outgoing.flatMap(({ target }) => (target === undefined ? [] : [target.index]))),
  );
  /** Reasons of the nodes that are in a circle. */
  const circular = new Map<number, string>();
  for (const members of circles) {
    const ids = members.map((index) => nodes[index]?.item.id ?? '').sort(compareText);
    for (const index of members) {
      const node = nodes[index];
      if (node === undefined) continue;
      if (members.length > 1) {
        const others = ids.slice(0, MAX_LISTED + 1).filter((id) => id !== node.item.id);
        const named = listed(
          others.map((id) => `\`${id}\``),
          ids.length - 1,
        );
        circular.set(index, `Its links lead back to it through ${named}.`);
      } else if (node.outgoing.some(({ target }) => target === node)) {
        circular.set(index, 'It links to itself.');
      }
    }
  }
  // Components come with what they lead to (upwards) first, so the reverse is a walk from the end of the chain.
  const order = circles.flat().reverse();
  for (const kind of UPWARDS) {
    for (const index of order) {
      const node = nodes[index];
      if (node?.item.kind === kind) verdicts[index] = verdictOf(node, verdicts, circular.get(index), linker);
    }
  }
  return verdicts;
}

function verdictOf(
  node: Node,
  verdicts: readonly Verdict[],
  circle: string | undefined,
  linker: Linker,
): Verdict {
  const { item } = node;
  const definitions = linker.byId.get(item.id) ?? [];
  if (definitions.length > 1) {
    const others = definitions.slice(0, MAX_LISTED + 1).filter((other) => other !== item);
    const places = listed(
      others.map(({ location }) => placeName(location)),
      definitions.length - 1,
    );
    return { status: 'duplicate', reasons: [`Its id is also defined in ${places}.`], transitive: false };
  }
  if (item.approval === 'rejected') return COVERED;
  if (circle !== undefined) return { status: 'cycle', reasons: [circle], transitive: false };
  const own = ownGaps(node);
  const below = downstream(node).filter(({ index }) => isOpen(verdicts[index]));
  if (own.length === 0 && below.length === 0) return COVERED;
  const names = [...new Set(below.map(({ item: { id } }) => id))].sort(compareText).map((id) => `\`${id}\``);
  return {
    status: item.justification === undefined ? 'uncovered' : 'justified',
    reasons: names.length === 0 ? own : [...own, `There are gaps further down: ${listed(names)}.`],
    transitive: own.length === 0,
  };
}

function isOpen(verdict: Verdict | undefined): boolean {
  return verdict !== undefined && verdict.status !== 'covered' && verdict.status !== 'justified';
}

function compareLinks(a: TracedLink, b: TracedLink): number {
  return (
    compareLocations(a.location, b.location) ||
    compareText(a.to, b.to) ||
    compareText(a.type, b.type) ||
    compareText(nameOfEnd(a.from), nameOfEnd(b.from))
  );
}

function nameOfEnd(from: string | UnitRef): string {
  return typeof from === 'string' ? from : `${from.path} ${from.kind} ${from.name}`;
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
