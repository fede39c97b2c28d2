import type { Node } from './node.ts';

/** Numbers a tree in preorder, and returns its nodes in that order. */
export function numberNodes(root: Node): Node[] {
  const nodes: Node[] = [];
  const pending: Node[] = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    node.index = nodes.length;
    nodes.push(node);
    for (let index = node.children.length - 1; index >= 0; index--) {
      const child = node.children[index];
      if (child) pending.push(child);
    }
  }
  for (let index = nodes.length - 1; index >= 0; index--) {
    const node = nodes[index];
    if (node) node.last = node.children[node.children.length - 1]?.last ?? node.index;
  }
  return nodes;
}
