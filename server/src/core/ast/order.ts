import type { Node } from './node.ts';

/** Sorts in place; mostly they stand in order already. */
export function inOrder(nodes: Node[]): Node[] {
  for (let index = 1; index < nodes.length; index++) {
    const [before, node] = [nodes[index - 1], nodes[index]];
    if (before && node && byPlace(before, node) > 0) return nodes.sort(byPlace);
  }
  return nodes;
}

export function byPlace(a: Node, b: Node): number {
  return a.start - b.start || a.end - b.end;
}

/** From where the first of some nodes, and a further stretch, begins to where the last one ends. */
export function hullOf(
  nodes: readonly Node[],
  beside?: { readonly start: number; readonly end: number },
): {
  readonly start: number;
  readonly end: number;
} {
  const all = beside === undefined ? nodes : [...nodes, beside];
  return {
    start: all.reduce((first, { start }) => Math.min(first, start), Infinity),
    end: all.reduce((last, { end }) => Math.max(last, end), 0),
  };
}
