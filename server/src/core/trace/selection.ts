import type { Problem } from '../base/problem.ts';
import type { ItemKind } from './item.ts';
import type { MatrixRow } from './matrix.ts';
import { ITEM_STATUSES, LINK_STATUSES } from './traceGraph.ts';
import type { ItemStatus, LinkStatus, TracedItem, TracedLink, TraceGraph } from './traceGraph.ts';
import { isThreatLint, traceProblems } from './traceProblems.ts';

export type TraceStatus = ItemStatus | LinkStatus;

/** Every status that an item or a link can have, each once. */
export const TRACE_STATUSES: readonly TraceStatus[] = [...new Set([...LINK_STATUSES, ...ITEM_STATUSES])];

/** What somebody wants to see of a trace; what is not said does not matter. */
export interface TraceFilter {
  /** Kinds of items; `code` are links that code makes. */
  readonly kinds?: readonly (ItemKind | 'code')[];
  readonly statuses?: readonly TraceStatus[];
  /** Ids, in which `*` stands for any text. */
  readonly ids?: readonly string[];
}

/** The part of a graph that a filter lets through, in the order of the graph. */
export interface Selection {
  readonly items: readonly TracedItem[];
  /** Links that start at such an item or at code, or lead to such an item. */
  readonly links: readonly TracedLink[];
  /** What is wrong with these. */
  readonly problems: readonly Problem[];
}

/** A filter made ready to be asked. */
export interface FilterTest {
  readonly item: (item: TracedItem) => boolean;
  readonly link: (link: TracedLink) => boolean;
  readonly row: (row: MatrixRow) => boolean;
}

/** @param graph tells the kinds of the items that links start at */
export function filterTest({ kinds, statuses, ids }: TraceFilter, graph: TraceGraph): FilterTest {
  const kind = (each: string) => kinds?.some((wanted) => wanted === each) ?? true;
  const status = (each: string) => statuses?.some((wanted) => wanted === each) ?? true;
  const id = (each: string) => ids?.some((pattern) => matchesPattern(each, pattern)) ?? true;
  return {
    item: (traced) => kind(traced.item.kind) && id(traced.item.id) && status(traced.status),
    link: ({ from, to, status: became }) => {
      const starts =
        typeof from === 'string'
          ? kinds === undefined || (graph.byId.get(from) ?? []).some(({ item }) => kind(item.kind))
          : kind('code');
      return starts && (id(to) || (typeof from === 'string' && id(from))) && status(became);
    },
    row: (row) => kind(row.kind === 'tag' ? 'code' : row.kind) && id(row.id) && status(row.status),
  };
}

/** What a filter lets through; a graph without a filter is its own selection. */
export function select(graph: TraceGraph, filter: TraceFilter): Selection {
  if (Object.values(filter).every((each) => each === undefined)) return graph;
  const test = filterTest(filter, graph);
  const items = graph.items.filter(test.item);
  const links = graph.links.filter(test.link);
  // What a rejected item says no longer matters.
  const silent = new Set(
    graph.items.filter(({ item }) => item.approval === 'rejected').flatMap(({ outgoing }) => outgoing),
  );
  const places = new Set(items.map(({ item }) => placeOf(item.location)));
  return {
    items,
    links,
    problems: [
      ...traceProblems(
        items,
        links.filter((link) => !silent.has(link)),
      ),
      ...graph.problems.filter((problem) => isThreatLint(problem.code) && places.has(placeOf(problem))),
    ],
  };
}

function placeOf({ path, range }: Pick<Problem, 'path' | 'range'>): string {
  return JSON.stringify([path, range]);
}

/** Whether an item or link of a selection has one of the statuses; of a rejected item only that its id is not its own. */
export function hasStatus({ problems, items }: Selection, statuses: readonly TraceStatus[]): boolean {
  const wanted = new Set<string>(statuses.map((status) => `trace-${status}`));
  if (statuses.includes('uncovered')) wanted.add('trace-transitive');
  return (
    problems.some(({ code }) => wanted.has(code)) ||
    (statuses.includes('justified') && items.some(({ status }) => status === 'justified'))
  );
}

/** Whether a text is as a pattern says, in which `*` stands for any text; takes time linear in both for each `*`. */
function matchesPattern(text: string, pattern: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return text === pattern;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
