import { compareText, sortedEntries } from '../base/order.ts';
import type { Problem } from '../base/problem.ts';
import type { Edge, Node } from './coverage.ts';
import { judgeOrder } from './judgeOrder.ts';
import type { Item } from './item.ts';
import type { Linker, Resolution, WrittenLink } from './linker.ts';
import { positionsMap } from './positionsMap.ts';
import type { ReviewIndex } from './reviews.ts';
import type { Rewording } from './rewording.ts';
import { compareLinks, tracedLink } from './tracedLinks.ts';
import type { TraceSettings } from './tracer.ts';
import type { TracedItem, TracedLink, TraceGraph, UnitRef } from './traceGraph.ts';
import { traceProblems } from './traceProblems.ts';
import { COVERED, isOpen, verdictOf, type Verdict } from './verdict.ts';

/** Orphaned ids that get suggestions, in the order of the ids; each costs a search among all ids. */
const MAX_SUGGESTED = 200;

/** A link with what it leads to, not yet part of the graph. */
export interface NewEdge extends Omit<Edge, 'link' | 'source' | 'target'> {
  readonly from: string | UnitRef;
  readonly written: WrittenLink;
  readonly resolution: Resolution;
}

/** A link of the graph; its words change when other ids become orphans, and take or leave the place of its suggestions. */
interface LiveEdge extends Edge {
  link: TracedLink;
  /** Replaced when its item is read again. */
  written: NewEdge;
  readonly targets: readonly Node[];
}

/** A graph of items whose links from code come and go file by file; what does not change is kept from one state to the next. */
export interface LiveGraph {
  /** Whether an item is part of the graph as it is, and the only one of its id. */
  has(item: Item): boolean;
  /** Takes new words and places of an item that it has; the next `update` shows them. */
  reword(change: Rewording): void;
  /** Replaces the links of some files, but for those that are the same objects; the answer is the same as if all had been linked anew. */
  update(changed: ReadonlyMap<string, readonly NewEdge[]>): TraceGraph;
}

/**
 * @param fromItems links of each item, in the order of the linker's items
 * @param strays links without a start
 */
export function createLiveGraph(
  linker: Linker,
  nodes: readonly Node[],
  fromItems: readonly (readonly NewEdge[])[],
  strays: readonly TracedLink[],
  reviews: ReviewIndex,
  settings: TraceSettings,
): LiveGraph {
  /** Items that were reworded stay known: links that were resolved before name them. */
  const nodeOf = new WeakMap(nodes.map((node) => [node.item, node]));
  const edgesOfItem = new Map<Node, readonly LiveEdge[]>();
  const verdicts: Verdict[] = nodes.map(() => COVERED);
  const positions = new Map<string, number[]>();
  const itemsIn = new Map<string, number[]>();
  const edgesIn = new Map<string, Set<LiveEdge>>();
  const straysIn = new Map<string, TracedLink[]>();
  const orphans = new Map<string, Set<LiveEdge>>();
  const codeEdges = new Map<string, readonly LiveEdge[]>();
  const linksByPath = new Map<string, readonly TracedLink[]>();
  const problemsIn = new Map<string, readonly Problem[]>();
  let suggested: ReadonlySet<string> = new Set();
  let items: readonly TracedItem[] = [];
  let started = false;

  /** What the next state must be made anew for. */
  const dirtyNodes = new Set<Node>();
  /** Nodes whose verdict stays, with other words or places in them or in their links. */
  const rewordedNodes = new Set<Node>();
  const dirtyPaths = new Set<string>();

  const connect = (written: NewEdge, source: Node | undefined): LiveEdge => {
    const { from, written: link, resolution, ...rest } = written;
    const targets = resolution.targets.flatMap((item) => nodeOf.get(item) ?? []);
    const edge: LiveEdge = {
      ...rest,
      link: tracedLink(from, link, resolution, []),
      written,
      source,
      targets,
      target: targets.length === 1 ? targets[0] : undefined,
    };
    source?.outgoing.push(edge);
    for (const target of targets) {
      target.incoming.push(edge);
      if (source?.item.result !== undefined) target.results.push(source.item.result);
      dirtyNodes.add(target);
    }
    addTo(edgesIn, link.location.path, edge);
    if (resolution.status === 'orphaned') addTo(orphans, link.to, edge);
    dirtyPaths.add(link.location.path);
    return edge;
  };
  const disconnect = (edge: LiveEdge): void => {
    const { path } = edge.link.location;
    edgesIn.get(path)?.delete(edge);
    const same = orphans.get(edge.link.to);
    same?.delete(edge);
    if (same?.size === 0) orphans.delete(edge.link.to);
    for (const target of edge.targets) dirtyNodes.add(target);
    dirtyPaths.add(path);
  };

  for (const node of nodes) {
    push(positions, node.item.id, node.index);
    push(itemsIn, node.item.location.path, node.index);
    edgesOfItem.set(
      node,
      (fromItems[node.index] ?? []).map((written) => connect(written, node)),
    );
  }
  for (const stray of strays) push(straysIn, stray.location.path, stray);
  for (const path of [...itemsIn.keys(), ...straysIn.keys()]) dirtyPaths.add(path);
  for (const node of nodes) dirtyNodes.add(node);
  const order = judgeOrder(nodes);
  const itemEdges = nodes.map(({ incoming }) => incoming.length);

  /** Gives the first orphaned ids their suggestions, and takes them from those that no longer are among the first. */
  const suggest = (touched: boolean): void => {
    if (!touched) return;
    const now = new Set([...orphans.keys()].sort(compareText).slice(0, MAX_SUGGESTED));
    const changed = new Set([...now, ...suggested]);
    for (const id of changed) {
      const near = now.has(id) ? linker.suggest(id) : [];
      for (const edge of orphans.get(id) ?? []) {
        if (edge.link.suggestions.length + near.length === 0 || edge.link.suggestions === near) continue;
        edge.link = tracedLink(edge.written.from, edge.written.written, edge.written.resolution, near);
        dirtyPaths.add(edge.link.location.path);
        if (edge.source !== undefined) dirtyNodes.add(edge.source);
      }
    }
    suggested = now;
  };

  /** Judges what changed and whatever rests on it, each once, from the end of the chain upwards. */
  const judge = (): void => {
    const pending = new Uint8Array(order.groups.length);
    for (const { index } of dirtyNodes) pending[order.groupOf[index] ?? 0] = 1;
    order.groups.forEach((members, at) => {
      if (pending[at] !== 1) return;
      const before = members.map((index) => verdicts[index] ?? COVERED);
      if (members.length > 1) for (const index of members) verdicts[index] = COVERED;
      members.forEach((index, place) => {
        const node = nodes[index];
        if (node === undefined) return;
        const verdict = verdictOf(node, verdicts, order.circular.get(index), linker, reviews, settings);
        verdicts[index] = verdict;
        dirtyNodes.add(node);
        if (isOpen(verdict) === isOpen(before[place])) return;
        for (const reader of order.readers[index] ?? []) {
          const group = order.groupOf[reader] ?? 0;
          if (group > at) pending[group] = 1;
        }
      });
    });
  };

  const linksOf = (path: string): readonly TracedLink[] =>
    [...[...(edgesIn.get(path) ?? [])].map(({ link }) => link), ...(straysIn.get(path) ?? [])].sort(
      compareLinks,
    );

  const problemsOf = (path: string): readonly Problem[] => {
    const own = (itemsIn.get(path) ?? []).flatMap((index) => items[index] ?? []);
    // What a rejected item says no longer matters, not even its mistakes.
    const silent = new Set(
      [...(edgesIn.get(path) ?? [])]
        .filter(({ source }) => source?.item.approval === 'rejected')
        .map(({ link }) => link),
    );
    return traceProblems(
      own,
      (linksByPath.get(path) ?? []).filter((link) => !silent.has(link)),
    );
  };

  return {
    has: (item) => nodeOf.get(item)?.item === item && positions.get(item.id)?.length === 1,
    reword: (change) => {
      const { before, after } = change;
      const node = nodeOf.get(before);
      if (node === undefined) return;
      node.item = after;
      nodeOf.set(after, node);
      linker.reword(change);
      rewordedNodes.add(node);
      dirtyPaths.add(after.location.path);
      for (const [at, edge] of (edgesOfItem.get(node) ?? []).entries()) {
        const link = after.links[at];
        if (link === undefined) continue;
        edge.written = { ...edge.written, written: link };
        edge.link = tracedLink(edge.written.from, link, edge.written.resolution, edge.link.suggestions);
        for (const target of edge.targets) rewordedNodes.add(target);
      }
    },
    update: (changed) => {
      const gone = new Set<Edge>();
      let touchesOrphans = !started;
      started = true;
      for (const [path, written] of changed) {
        const known = new Map<NewEdge, LiveEdge[]>();
        for (const edge of codeEdges.get(path) ?? []) push(known, edge.written, edge);
        const edges = written.map((each) => {
          const kept = known.get(each)?.pop();
          if (kept !== undefined) return kept;
          const edge = connect(each, undefined);
          touchesOrphans ||= edge.link.status === 'orphaned';
          return edge;
        });
        for (const edge of [...known.values()].flat()) {
          disconnect(edge);
          gone.add(edge);
          touchesOrphans ||= edge.link.status === 'orphaned';
        }
        if (edges.length === 0) codeEdges.delete(path);
        else codeEdges.set(path, edges);
      }
      for (const { incoming, index } of dirtyNodes) {
        // Links of code stand behind those of items, in the order of their places, whichever file came first.
        const fromCode = incoming.splice(itemEdges[index] ?? 0).filter((edge) => !gone.has(edge));
        incoming.push(...fromCode.sort((a, b) => compareLinks(a.link, b.link)));
      }
      suggest(touchesOrphans);
      judge();
      const next = [...items];
      for (const node of new Set([...dirtyNodes, ...rewordedNodes])) {
        next[node.index] = {
          item: node.item,
          ...(verdicts[node.index] ?? COVERED),
          incoming: node.incoming.map(({ link }) => link).sort(compareLinks),
          outgoing: node.outgoing.map(({ link }) => link).sort(compareLinks),
        };
        dirtyPaths.add(node.item.location.path);
      }
      items = next;
      for (const path of dirtyPaths) {
        const links = linksOf(path);
        if (links.length === 0) linksByPath.delete(path);
        else linksByPath.set(path, links);
        const problems = problemsOf(path);
        if (problems.length === 0) problemsIn.delete(path);
        else problemsIn.set(path, problems);
      }
      dirtyNodes.clear();
      rewordedNodes.clear();
      dirtyPaths.clear();
      const byPath = new Map(sortedEntries(linksByPath));
      return {
        items,
        byId: positionsMap(positions, items),
        links: [...byPath.values()].flat(),
        linksByPath: byPath,
        reviews,
        problems: sortedEntries(problemsIn).flatMap(([, problems]) => problems),
      };
    },
  };
}

function push<K, T>(lists: Map<K, T[]>, key: K, value: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

function addTo<T>(sets: Map<string, Set<T>>, key: string, value: T): void {
  const set = sets.get(key);
  if (set === undefined) sets.set(key, new Set([value]));
  else set.add(value);
}
