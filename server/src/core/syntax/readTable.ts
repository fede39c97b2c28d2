import type { Tree, TreeCursor } from 'web-tree-sitter';

import type { Grammar } from './grammar.ts';
import { allocateTable, at, firstAtOrAfter, type SyntaxTable } from './syntaxTable.ts';

/** The part of the old table that an incremental parse left as it was. */
export interface Reusable {
  readonly table: SyntaxTable;
  /** Stretch of the new text outside of which old and new tree are equal; `delta` shifts what lies behind it. */
  readonly changedStart: number;
  readonly changedEnd: number;
  readonly delta: number;
}

/** Shorter nodes are read anew: looking them up costs as much. */
const MIN_REUSED_LENGTH = 160;

/** Reads a tree into a table; subtrees that did not change are copied from the old table. */
export function readTable(grammar: Grammar, tree: Tree, reusable?: Reusable): SyntaxTable {
  const root = tree.rootNode;
  const table = allocateTable(root.descendantCount);
  const cursor = tree.walk();
  try {
    fill(grammar, cursor, table, reusable);
  } finally {
    cursor.delete();
  }
  return table;
}

function fill(
  grammar: Grammar,
  cursor: TreeCursor,
  table: SyntaxTable,
  reusable: Reusable | undefined,
): void {
  let count = 0;
  let parent = -1;
  for (;;) {
    const start = cursor.startIndex;
    const end = cursor.endIndex;
    const kind = grammar.kindOfSymbol(cursor.nodeTypeId);
    const field = cursor.currentFieldId;
    let old = reusable && parent >= 0 ? unchangedIn(reusable, kind, start, end) : -1;
    // Around errors the parser's changed ranges can miss a change of kind.
    if (old >= 0 && cursor.currentNode.hasError) old = -1;
    const node = count;
    let entered = false;
    if (reusable && old >= 0) {
      count = copySubtree(reusable.table, old, table, node, parent, start - at(reusable.table.start, old));
      table.field[node] = field;
    } else {
      table.kind[node] = kind;
      table.field[node] = field;
      table.start[node] = start;
      table.end[node] = end;
      table.parent[node] = parent;
      if (start === end && cursor.nodeIsMissing) table.missing[node] = 1;
      count++;
      if (cursor.gotoFirstChild()) {
        parent = node;
        entered = true;
      } else {
        table.next[node] = count;
      }
    }
    if (entered) continue;
    while (!cursor.gotoNextSibling()) {
      if (parent < 0 || !cursor.gotoParent()) return;
      table.next[parent] = count;
      parent = at(table.parent, parent);
      if (parent < 0) return;
    }
  }
}

/** The old node of the same kind and extent, or -1 when the node was touched by the edit or is too small to be worth it. */
function unchangedIn(reusable: Reusable, kind: number, start: number, end: number): number {
  if (end - start < MIN_REUSED_LENGTH) return -1;
  const before = end < reusable.changedStart;
  if (!before && start <= reusable.changedEnd) return -1;
  const shift = before ? 0 : reusable.delta;
  const old = reusable.table;
  for (let node = firstAtOrAfter(old, start - shift); node < old.count; node++) {
    if (at(old.start, node) !== start - shift) return -1;
    if (at(old.kind, node) === kind && at(old.end, node) === end - shift) return node;
  }
  return -1;
}

/** Copies a subtree with all its positions and indices shifted. Returns the index after it. */
function copySubtree(
  from: SyntaxTable,
  source: number,
  to: SyntaxTable,
  target: number,
  parent: number,
  shift: number,
): number {
  const stop = at(from.next, source);
  const move = target - source;
  to.kind.set(from.kind.subarray(source, stop), target);
  to.field.set(from.field.subarray(source, stop), target);
  to.missing.set(from.missing.subarray(source, stop), target);
  for (let node = source; node < stop; node++) {
    to.start[node + move] = at(from.start, node) + shift;
    to.end[node + move] = at(from.end, node) + shift;
    to.parent[node + move] = at(from.parent, node) + move;
    to.next[node + move] = at(from.next, node) + move;
  }
  to.parent[target] = parent;
  return stop + move;
}
