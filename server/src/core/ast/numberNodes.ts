import type { KeptNodes } from './keptNodes.ts';
import type { Node } from './node.ts';

/** Nodes of an earlier tree that follow each other there and here. */
interface Run {
  readonly earlier: readonly Node[];
  readonly first: number;
  last: number;
}

/** A call may not have any number of arguments. */
const MOST_AT_ONCE = 10_000;

/**
 * Numbers a tree in preorder, and returns its nodes in that order.
 *
 * @param kept subtrees of an earlier tree, which are numbered already
 */
export function numberNodes(root: Node, kept?: KeptNodes): readonly Node[] {
  if (kept === undefined) return numberAll(root);
  const fresh: Node[] = [];
  /** Nodes that are new, and runs of kept ones: most of a file is a few of these, and copied as a whole. */
  const parts: (Node[] | Run)[] = [];
  let count = 0;
  const pending: Node[] = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    const before = parts.at(-1);
    const below = kept.nodesBelow(node);
    if (below !== undefined) {
      const { earlier, first, last } = below;
      node.renumber(count);
      count += last - first + 1;
      if (before !== undefined && 'earlier' in before && before.last === first - 1) before.last = last;
      else parts.push({ earlier, first, last });
      continue;
    }
    node.number(count, count);
    count++;
    fresh.push(node);
    if (before !== undefined && !('earlier' in before)) before.push(node);
    else parts.push([node]);
    pushChildren(node, pending);
  }
  numberLast(fresh);
  const lists = parts.map((part) =>
    'earlier' in part ? part.earlier.slice(part.first, part.last + 1) : part,
  );
  let nodes: Node[] = [];
  for (let at = 0; at < lists.length; at += MOST_AT_ONCE)
    nodes = nodes.concat(...lists.slice(at, at + MOST_AT_ONCE));
  return nodes;
}

/** All nodes are new, as they are in each file of a scan. */
function numberAll(root: Node): readonly Node[] {
  const nodes: Node[] = [];
  const pending: Node[] = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    node.number(nodes.length, nodes.length);
    nodes.push(node);
    pushChildren(node, pending);
  }
  numberLast(nodes);
  return nodes;
}

/** In the order in which they are popped. */
function pushChildren({ children }: Node, pending: Node[]): void {
  for (let index = children.length - 1; index >= 0; index--) {
    const child = children[index];
    if (child) pending.push(child);
  }
}

/** Gives nodes, which stand in preorder, the last node below each. */
function numberLast(nodes: readonly Node[]): void {
  for (let index = nodes.length - 1; index >= 0; index--) {
    const node = nodes[index];
    if (node) node.number(node.index, node.children[node.children.length - 1]?.last ?? node.index);
  }
}
