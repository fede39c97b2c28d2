import type { Tree } from 'web-tree-sitter';

import type { Grammar } from './grammar.ts';
import {
  allocateTable,
  at,
  firstAtOrAfter,
  firstMarked,
  type SyntaxTable,
  type UnchangedPart,
} from './syntaxTable.ts';
import { walkTree, type TreeSteps } from './treeWalk.ts';

/** The part of the old table that an incremental parse left as it was. */
export interface Reusable {
  readonly table: SyntaxTable;
  /** Stretch of the new text outside of which it is equal to the old one; `delta` shifts what lies behind it. */
  readonly changedStart: number;
  readonly changedEnd: number;
  readonly delta: number;
  /** Filled in with what was copied, in the order of the new table. */
  readonly copied: UnchangedPart[];
}

/** Shorter nodes are read anew: looking them up costs as much. */
const MIN_REUSED_LENGTH = 160;

/** Reads a tree into a table; subtrees that did not change are copied from the old table. */
export function readTable(grammar: Grammar, tree: Tree, reusable?: Reusable): SyntaxTable {
  const root = tree.rootNode;
  const table = allocateTable(root.descendantCount);
  walkTree(tree, (steps, address) => {
    fill(grammar, steps, address, table, reusable);
  });
  return table;
}

function fill(
  grammar: Grammar,
  steps: TreeSteps,
  tree: number,
  table: SyntaxTable,
  reusable: Reusable | undefined,
): void {
  const isMarked = markedKinds(grammar);
  let count = 0;
  let parent = -1;
  /** Old node that should correspond to the cursor's: the sibling of the one just copied. Saves most calls into wasm. */
  let expected = -1;
  /** Subtrees side by side that are copied together. */
  let run: Run | undefined;
  const endRun = (): void => {
    if (run !== undefined && reusable !== undefined) copyRun(reusable, run, table);
    run = undefined;
  };
  for (;;) {
    const start = steps.start(tree);
    const kind = grammar.kindOfSymbol(steps.symbol(tree));
    const node = count;
    table.field[node] = steps.field(tree);
    const there = reusable && expected >= 0 && startsAs(reusable, expected, kind, start) ? expected : -1;
    let old = reusable && there >= 0 && isSameSubtree(reusable, there, steps.subtree(tree)) ? there : -1;
    expected = -1;
    let entered = false;
    if (old < 0) {
      const end = steps.end(tree);
      const isLong = end - start >= MIN_REUSED_LENGTH;
      if (reusable && parent >= 0 && isLong)
        old = unchangedIn(reusable, kind, start, end, steps.subtree(tree));
      if (old < 0) {
        endRun();
        table.kind[node] = kind;
        table.start[node] = start;
        table.end[node] = end;
        table.parent[node] = parent;
        const isMissing = start === end && steps.isMissing(tree) === 1;
        if (isMissing) table.missing[node] = 1;
        if (isMissing || isMarked[kind] === 1) table.marked.push(node);
        count++;
        const hasChildren = !isToken(grammar, kind, end - start);
        if (hasChildren) table.subtree[node] = steps.subtree(tree);
        if (hasChildren && steps.firstChild(tree) === 1) {
          parent = node;
          entered = true;
        } else {
          table.next[node] = count;
          // A leaf is read as fast as it is compared: what follows it may be the same again.
          if (reusable && there >= 0) expected = siblingBehind(reusable.table, there);
        }
      }
    }
    if (reusable && old >= 0) {
      const from = reusable.table;
      const stop = at(from.next, old);
      const shift = start - at(from.start, old);
      const isNext =
        run?.stop === old && run.parent === parent && run.shift === shift && run.move === node - old;
      if (!isNext) endRun();
      run ??= { source: old, stop, move: node - old, parent, shift, roots: [] };
      run.stop = stop;
      run.roots.push({ node, field: at(table.field, node) });
      count = node + stop - old;
      expected = siblingBehind(from, old);
    }
    if (entered) continue;
    while (steps.nextSibling(tree) === 0) {
      expected = -1;
      if (parent < 0 || steps.parent(tree) === 0) {
        endRun();
        return;
      }
      table.next[parent] = count;
      parent = at(table.parent, parent);
    }
  }
}

const kindsMarked = new WeakMap<Grammar, Uint8Array>();

/** 1 for each kind whose nodes are marked. */
function markedKinds(grammar: Grammar): Uint8Array {
  let kinds = kindsMarked.get(grammar);
  if (kinds === undefined) {
    kinds = new Uint8Array(grammar.errorKind + 1);
    const { comments, units } = grammar.roles;
    for (const kind of [...comments, ...units.keys(), grammar.errorKind]) kinds[kind] = 1;
    kindsMarked.set(grammar, kinds);
  }
  return kinds;
}

/** True for a token that is written as its kind is called, such as `(`: it has no children, and is not asked for them. */
function isToken(grammar: Grammar, kind: number, length: number): boolean {
  return !grammar.isNamed(kind) && grammar.kindName(kind).length === length;
}

/** The next sibling of a node; -1 behind the last. */
function siblingBehind({ next, parent }: SyntaxTable, node: number): number {
  const behind = at(next, node);
  return behind < at(next, at(parent, node)) ? behind : -1;
}

/** True when an old node lies outside of what changed, and one of its kind now starts where it should. */
function startsAs({ table, ...changed }: Reusable, old: number, kind: number, start: number): boolean {
  const oldStart = at(table.start, old);
  const oldEnd = at(table.end, old);
  const before = oldEnd < changed.changedStart;
  if (!before && oldStart + changed.delta <= changed.changedEnd) return false;
  const isThere = start === oldStart + (before ? 0 : changed.delta);
  return isThere && oldEnd > oldStart && at(table.kind, old) === kind;
}

/** The old node of the same kind and extent, or -1 when the parser made it anew. */
function unchangedIn(reusable: Reusable, kind: number, start: number, end: number, subtree: number): number {
  const before = end < reusable.changedStart;
  if (!before && start <= reusable.changedEnd) return -1;
  const shift = before ? 0 : reusable.delta;
  const old = reusable.table;
  for (let node = firstAtOrAfter(old, start - shift); node < old.count; node++) {
    if (at(old.start, node) !== start - shift) return -1;
    const isThere = at(old.kind, node) === kind && at(old.end, node) === end - shift;
    if (isThere && isSameSubtree(reusable, node, subtree)) return node;
  }
  return -1;
}

/**
 * True when the parser has taken over an old node with all below it. That the text and the place are the same does not say so: behind an error, or
 * where code has several readings, it may be read in another way, also outside of the ranges that the parser tells as changed.
 */
function isSameSubtree({ table }: Reusable, old: number, subtree: number): boolean {
  return subtree !== 0 && at(table.subtree, old) === subtree;
}

/** Subtrees that follow each other in the old table and in the new one, under one parent. */
interface Run {
  readonly source: number;
  /** First old node behind them. */
  stop: number;
  /** From the old to the new index of a node, and from the old to the new offsets. */
  readonly move: number;
  readonly shift: number;
  readonly parent: number;
  /** The roots of the subtrees in the new table, which may be in another field of their parent. */
  readonly roots: { readonly node: number; readonly field: number }[];
}

/** Copies subtrees with all their positions and indices shifted. */
function copyRun(
  { table: from, copied }: Reusable,
  { source, stop, move, shift, parent, roots }: Run,
  to: SyntaxTable,
): void {
  const target = source + move;
  to.kind.set(from.kind.subarray(source, stop), target);
  to.field.set(from.field.subarray(source, stop), target);
  copyMoved(from.start, to.start, source, stop, target, shift);
  copyMoved(from.end, to.end, source, stop, target, shift);
  copyMoved(from.parent, to.parent, source, stop, target, move);
  copyMoved(from.next, to.next, source, stop, target, move);
  to.missing.set(from.missing.subarray(source, stop), target);
  to.subtree.set(from.subtree.subarray(source, stop), target);
  for (const { node, field } of roots) {
    to.parent[node] = parent;
    to.field[node] = field;
  }
  for (let index = firstMarked(from, source); index < from.marked.length; index++) {
    const node = from.marked[index] ?? stop;
    if (node >= stop) break;
    to.marked.push(node + move);
  }
  copied.push({ source, target, count: stop - source });
}

/** Copies part of a column and adds `by` to each element. */
function copyMoved(
  from: Int32Array,
  to: Int32Array,
  source: number,
  stop: number,
  target: number,
  by: number,
): void {
  to.set(from.subarray(source, stop), target);
  if (by === 0) return;
  const end = target + stop - source;
  for (let index = target; index < end; index++) to[index] = at(to, index) + by;
}
