import type { KeptNodes } from './keptNodes.ts';
import type { Node } from './node.ts';

/**
 * Numbers a tree in preorder, and returns its nodes in that order.
 *
 * @param kept subtrees of an earlier tree, which are numbered already
 */
export function numberNodes(root: Node, kept?: KeptNodes): Node[] {
  const nodes: Node[] = [];
  const fresh: Node[] = [];
  const pending: Node[] = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    const below = kept?.nodesBelow(node);
    if (below !== undefined) {
      const { earlier, first, last } = below;
      node.renumber(nodes.length);
      for (let index = first; index <= last; index++) {
        const each = earlier[index];
        if (each !== undefined) nodes.push(each);
      }
      continue;
    }
    node.number(nodes.length, nodes.length);
    nodes.push(node);
    fresh.push(node);
    for (let index = node.children.length - 1; index >= 0; index--) {
      const child = node.children[index];
      if (child) pending.push(child);
    }
  }
  for (let index = fresh.length - 1; index >= 0; index--) {
    const node = fresh[index];
    if (node) node.number(node.index, node.children[node.children.length - 1]?.last ?? node.index);
  }
  return nodes;
}
