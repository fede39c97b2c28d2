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
  const fresh: Node[] = [];
  /** Nodes that are new, and runs of kept ones: most of a file is a few of these, and copied as a whole. */
  const parts: (Node[] | Run)[] = [];
  let count = 0;
  const pending: Node[] = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    const before = parts.at(-1);
    const below = kept?.nodesBelow(node);
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
    for (let index = node.children.length - 1; index >= 0; index--) {
      const child = node.children[index];
      if (child) pending.push(child);
    }
  }
  for (let index = fresh.length - 1; index >= 0; index--) {
    const node = fresh[index];
    if (node) node.number(node.index, node.children[node.children.length - 1]?.last ?? node.index);
  }
  const lists = parts.map((part) =>
    'earlier' in part ? part.earlier.slice(part.first, part.last + 1) : part,
  );
  let nodes: Node[] = [];
  for (let at = 0; at < lists.length; at += MOST_AT_ONCE)
    nodes = nodes.concat(...lists.slice(at, at + MOST_AT_ONCE));
  return nodes;
}
