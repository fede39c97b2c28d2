import { partitionPoint } from '../base/partition.ts';
import type { Grammar } from './grammar.ts';
import type { QueryMatch } from './query.ts';
import type { QueryNode, QueryPattern, QueryStep } from './queryPattern.ts';
import { at, type SyntaxTable } from './syntaxTable.ts';

/** Nodes looked at before a query is given up; real ones need a few for each of their outermost nodes. */
const MAX_STEPS = 5_000_000;

/** Nodes of each kind, in the order of the table; of a table that does not change. */
const byKind = new WeakMap<SyntaxTable, ReadonlyMap<number, Int32Array>>();

class TooLong extends Error {}

/**
 * Every way in which patterns match, by the place of their outermost node.
 *
 * @param from first node to look at; those around it are looked at, too
 * @param to first node that is not
 * @returns undefined when it takes too long
 */
export function matchesOf(
  patterns: readonly QueryPattern[],
  table: SyntaxTable,
  grammar: Grammar,
  from = 0,
  to = table.count,
): readonly QueryMatch[] | undefined {
  const search = new QuerySearch(table, grammar);
  try {
    for (const pattern of patterns) {
      const [first] = pattern;
      if (first === undefined) continue;
      for (const node of candidates(first, table, from, to)) search.from(pattern, node);
    }
  } catch (error) {
    if (error instanceof TooLong) return undefined;
    throw error;
  }
  return search.found.sort((left, right) => left.start - right.start || right.end - left.end);
}

/** Nodes at which a pattern may begin. */
function candidates(first: QueryStep, table: SyntaxTable, from: number, to: number): number[] {
  const kinds = new Set<number>();
  let isAny = false;
  for (const { kinds: own } of first.alternatives) {
    if (typeof own === 'string') isAny = true;
    else for (const kind of own) kinds.add(kind);
  }
  const isKind = (node: number): boolean => isAny || kinds.has(at(table.kind, node));
  const nodes: number[] = [];
  for (let node = at(table.parent, from); from > 0 && node >= 0; node = at(table.parent, node)) {
    if (isKind(node)) nodes.push(node);
  }
  // To index a table costs as much as to look at all of it.
  if (isAny || (to - from < table.count / 4 && !byKind.has(table))) {
    for (let node = from; node < to; node++) if (isKind(node)) nodes.push(node);
  } else {
    for (const kind of kinds) {
      for (const node of within(nodesByKind(table).get(kind), from, to)) nodes.push(node);
    }
  }
  return nodes;
}

function within(nodes: Int32Array | undefined, from: number, to: number): Int32Array {
  if (nodes === undefined) return EMPTY;
  return nodes.subarray(lowerBound(nodes, from), lowerBound(nodes, to));
}

const EMPTY = new Int32Array(0);

function lowerBound(nodes: Int32Array, least: number): number {
  return partitionPoint(nodes.length, (index) => at(nodes, index) < least);
}

function nodesByKind(table: SyntaxTable): ReadonlyMap<number, Int32Array> {
  const known = byKind.get(table);
  if (known !== undefined) return known;
  const counts = new Map<number, number>();
  for (const kind of table.kind) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const lists = new Map(
    [...counts].map(([kind, count]) => [kind, { nodes: new Int32Array(count), used: 0 }]),
  );
  table.kind.forEach((kind, node) => {
    const list = lists.get(kind);
    if (list !== undefined) list.nodes[list.used++] = node;
  });
  const made = new Map([...lists].map(([kind, { nodes }]) => [kind, nodes]));
  byKind.set(table, made);
  return made;
}

/** What a way of matching has captured, the last one first. */
interface Captured {
  readonly name: string;
  readonly node: number;
  readonly before: Captured | undefined;
}

/** A way in which a pattern matches. */
interface Way {
  /** The same for ways that capture the same. */
  readonly key: string;
  /** None where nothing is captured as the place to report. */
  readonly match: QueryMatch | undefined;
}

type Then = (captured: Captured | undefined) => void;

class QuerySearch {
  readonly found: QueryMatch[] = [];
  readonly #table: SyntaxTable;
  readonly #grammar: Grammar;
  #steps = 0;

  constructor(table: SyntaxTable, grammar: Grammar) {
    this.#table = table;
    this.#grammar = grammar;
  }

  /** All matches whose first outermost node is this one. */
  from(pattern: QueryPattern, node: number): void {
    const [first, ...further] = pattern;
    if (first === undefined || !this.#mayBegin(first, node)) return;
    let ways: Map<string, Way> | undefined;
    const keep = (captured: Captured | undefined): void => {
      const way = this.#wayOf(captured);
      (ways ??= new Map<string, Way>()).set(way.key, way);
    };
    this.#step(first, node, undefined, (captured) => {
      if (further.length === 0) keep(captured);
      else if (node > 0)
        this.#siblings(further, 0, at(this.#table.next, node), this.#endOf(node), captured, keep);
    });
    for (const { match } of ways?.values() ?? []) if (match !== undefined) this.found.push(match);
  }

  /** First node that is no sibling of this one, nor below one. */
  #endOf(node: number): number {
    return at(this.#table.next, at(this.#table.parent, node));
  }

  #wayOf(last: Captured | undefined): Way {
    const captures: { name: string; start: number; end: number }[] = [];
    let key = '';
    let place: { start: number; end: number } | undefined;
    for (let entry = last; entry !== undefined; entry = entry.before) {
      const start = at(this.#table.start, entry.node);
      const end = at(this.#table.end, entry.node);
      key += `${entry.name}:${entry.node},`;
      if (entry.name === 'match') place = { start, end };
      else captures.push({ name: entry.name, start, end });
    }
    return { key, match: place && { ...place, captures: captures.reverse() } };
  }

  /** Siblings from a node on that match steps from an index on. */
  #siblings(
    steps: readonly QueryStep[],
    index: number,
    first: number,
    end: number,
    captured: Captured | undefined,
    then: Then,
  ): void {
    const step = steps[index];
    if (step === undefined) {
      then(captured);
      return;
    }
    const { next, kind } = this.#table;
    const isLastStep = index === steps.length - 1;
    for (let node = first; node < end; node = at(next, node)) {
      if (this.#mayBegin(step, node)) {
        this.#step(
          step,
          node,
          captured,
          isLastStep
            ? then
            : (extended) => {
                this.#siblings(steps, index + 1, at(next, node), end, extended, then);
              },
        );
      }
      if (
        step.isImmediate &&
        this.#grammar.isNamed(at(kind, node)) &&
        step.over?.has(at(kind, node)) !== true
      )
        return;
    }
  }

  /** Whether a node stands in the field, and is of a kind, that a step asks for: of most it is not. */
  #mayBegin({ field, alternatives }: QueryStep, node: number): boolean {
    if (++this.#steps > MAX_STEPS) throw new TooLong();
    if (field !== 0 && at(this.#table.field, node) !== field) return false;
    const kind = at(this.#table.kind, node);
    for (const { kinds } of alternatives) if (this.#isKind(kinds, kind)) return true;
    return false;
  }

  #step(step: QueryStep, node: number, captured: Captured | undefined, then: Then): void {
    if (step.isLast && this.#hasNamedAfter(node)) return;
    for (const alternative of step.alternatives) this.#node(alternative, node, captured, then);
  }

  #hasNamedAfter(node: number): boolean {
    const end = this.#endOf(node);
    for (let later = at(this.#table.next, node); later < end; later = at(this.#table.next, later)) {
      if (this.#grammar.isNamed(at(this.#table.kind, later))) return true;
    }
    return false;
  }

  #node(asked: QueryNode, node: number, captured: Captured | undefined, then: Then): void {
    const { kind, next } = this.#table;
    const own = at(kind, node);
    if (!this.#isKind(asked.kinds, own)) return;
    const end = at(next, node);
    if (asked.without.length > 0) {
      for (let child = node + 1; child < end; child = at(next, child)) {
        if (asked.without.includes(at(this.#table.field, child))) return;
      }
    }
    let extended = captured;
    for (const name of asked.captures) extended = { name, node, before: extended };
    if (asked.children.length === 0) then(extended);
    else this.#siblings(asked.children, 0, node + 1, end, extended, then);
  }

  /** Wildcards stand for no ERROR node. */
  #isKind(asked: QueryNode['kinds'], kind: number): boolean {
    if (typeof asked !== 'string') return asked.has(kind);
    return kind !== this.#grammar.errorKind && (asked === 'any' || this.#grammar.isNamed(kind));
  }
}
