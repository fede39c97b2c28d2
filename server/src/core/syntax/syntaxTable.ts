import { partitionPoint } from '../base/partition.ts';
import type { Span } from '../base/range.ts';

/**
 * A syntax tree as flat arrays in preorder: node 0 is the root, a node's first child is the next index, and `next[n]` is the
 * first node after n's subtree. Plain data: it outlives the tree it was read from, and walking it costs no call into wasm.
 * Comments and anonymous tokens are included.
 */
export interface SyntaxTable {
  readonly count: number;
  /** Kind of each node, as numbered by its grammar. */
  readonly kind: Uint16Array;
  /** Field of each node in its parent; 0 for none. */
  readonly field: Uint16Array;
  /** Start and end in UTF-16 offsets. */
  readonly start: Int32Array;
  readonly end: Int32Array;
  /** Parent of each node; -1 for the root. */
  readonly parent: Int32Array;
  readonly next: Int32Array;
  /** 1 for a node that the parser invented to go on (MISSING). */
  readonly missing: Uint8Array;
  /** Names of subtrees for the reader of the next tree: see `TreeSteps`; 0 for none. They say nothing once the tree is freed. */
  readonly subtree: Int32Array;
  /** Nodes that are asked for one by one, in order: units of code, comments, and what was read with errors. */
  readonly marked: number[];
}

/** Nodes that a table has taken over from an earlier one, which differ in place alone. */
export interface UnchangedPart {
  /** First node in the earlier table, and in the new one. */
  readonly source: number;
  readonly target: number;
  readonly count: number;
}

/**
 * The node of the earlier table that a node was taken over from; -1 for one that is new.
 *
 * @param unchanged in the order of the new table
 */
export function earlierNode(unchanged: readonly UnchangedPart[], node: number): number {
  const part =
    unchanged[partitionPoint(unchanged.length, (index) => (unchanged[index]?.target ?? 0) <= node) - 1];
  return part !== undefined && node < part.target + part.count ? node - part.target + part.source : -1;
}

export function allocateTable(count: number): SyntaxTable {
  return {
    count,
    kind: new Uint16Array(count),
    field: new Uint16Array(count),
    start: new Int32Array(count),
    end: new Int32Array(count),
    parent: new Int32Array(count),
    next: new Int32Array(count),
    missing: new Uint8Array(count),
    subtree: new Int32Array(count),
    marked: [],
  };
}

/** Indices of a node's children, in order. */
export function childrenOf(table: SyntaxTable, node: number): number[] {
  const children: number[] = [];
  const end = at(table.next, node);
  for (let child = node + 1; child < end; child = at(table.next, child)) children.push(child);
  return children;
}

/** The child in a field, or -1. */
export function childInField(table: SyntaxTable, node: number, field: number): number {
  const end = at(table.next, node);
  for (let child = node + 1; child < end; child = at(table.next, child)) {
    if (table.field[child] === field) return child;
  }
  return -1;
}

/** First node whose start is at or after `offset`: starts never decrease in preorder. */
export function firstAtOrAfter(table: SyntaxTable, offset: number): number {
  return partitionPoint(table.count, (node) => at(table.start, node) < offset);
}

/** Deepest node that spans `start` to `end`; the root when nothing smaller does. */
export function smallestCovering(table: SyntaxTable, start: number, end: number): number {
  let node = 0;
  for (;;) {
    let inner = -1;
    const stop = at(table.next, node);
    for (let child = node + 1; child < stop; child = at(table.next, child)) {
      if (at(table.start, child) > start) break;
      if (at(table.end, child) >= end && at(table.end, child) > at(table.start, child)) inner = child;
    }
    if (inner < 0) return node;
    node = inner;
  }
}

/**
 * Element of a table column. Indices come from the table itself, so they are in bounds; the fallback only satisfies the
 * compiler's `noUncheckedIndexedAccess`.
 */
export function at(column: Int32Array | Uint16Array | Uint8Array, index: number): number {
  return column[index] ?? 0;
}

/** Place in the list of the first marked node that is at least `node`. */
export function firstMarked({ marked }: SyntaxTable, node: number): number {
  return partitionPoint(marked.length, (index) => (marked[index] ?? 0) < node);
}

/** True when no part of a subtree was read with an error. */
export function isSound(table: SyntaxTable, errorKind: number, subtree: number): boolean {
  const { kind, missing, marked } = table;
  const stop = at(table.next, subtree);
  for (let index = firstMarked(table, subtree); index < marked.length; index++) {
    const node = marked[index] ?? stop;
    if (node >= stop) return true;
    if (kind[node] === errorKind || missing[node] === 1) return false;
  }
  return true;
}

/** True when two trees are the same, places included. */
export function isSameTable(one: SyntaxTable, other: SyntaxTable): boolean {
  if (one.count !== other.count) return false;
  for (let node = 0; node < one.count; node++) {
    if (one.kind[node] !== other.kind[node] || one.field[node] !== other.field[node]) return false;
    if (one.start[node] !== other.start[node] || one.end[node] !== other.end[node]) return false;
    if (one.next[node] !== other.next[node] || one.missing[node] !== other.missing[node]) return false;
  }
  return true;
}

/**
 * Where the marked nodes of some kinds stand, without those in one another.
 *
 * @param first the first node that counts: 1 leaves out the root
 */
export function outermostMarked(table: SyntaxTable, first: number, test: (kind: number) => boolean): Span[] {
  const spans: Span[] = [];
  let behind = first;
  for (const node of table.marked) {
    if (node < behind || !test(at(table.kind, node))) continue;
    spans.push({ start: at(table.start, node), end: at(table.end, node) });
    behind = at(table.next, node);
  }
  return spans;
}
