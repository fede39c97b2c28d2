/**
 * Strongly connected components of a directed graph (Tarjan), without recursion: chains of any length are fine.
 *
 * @param edges - for each node the nodes that it leads to
 * @returns components with every component after all that it leads to
 */
export function components(edges: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const found: number[][] = [];
  /** Order of discovery, from 1 on; 0 is undiscovered. */
  const order = new Int32Array(edges.length);
  const lowest = new Int32Array(edges.length);
  const onStack = new Uint8Array(edges.length);
  const nextEdge = new Int32Array(edges.length);
  const stack: number[] = [];
  let discovered = 0;
  const lower = (node: number, to: number) => {
    if (to < (lowest[node] ?? 0)) lowest[node] = to;
  };
  for (let root = 0; root < edges.length; root++) {
    if (order[root] !== 0) continue;
    const path = [root];
    for (let node = path.at(-1); node !== undefined; node = path.at(-1)) {
      if (order[node] === 0) {
        order[node] = lowest[node] = ++discovered;
        onStack[node] = 1;
        stack.push(node);
      }
      const at = nextEdge[node] ?? 0;
      const target = edges[node]?.[at];
      if (target !== undefined) {
        nextEdge[node] = at + 1;
        if (order[target] === 0) path.push(target);
        else if (onStack[target] === 1) lower(node, order[target] ?? 0);
        continue;
      }
      path.pop();
      const parent = path.at(-1);
      if (parent !== undefined) lower(parent, lowest[node] ?? 0);
      if (lowest[node] === order[node]) {
        const members: number[] = [];
        for (let member = stack.pop(); member !== undefined; member = stack.pop()) {
          onStack[member] = 0;
          members.push(member);
          if (member === node) break;
        }
        found.push(members);
      }
    }
  }
  return found;
}
