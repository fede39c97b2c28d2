import type { Node } from './node.ts';
import type { Ast } from './readAst.ts';

const indexes = new WeakMap<Ast, ReadonlyMap<string, readonly Node[]>>();
const NONE: readonly Node[] = [];

/** All nodes of a kind, in preorder. The first call for an `Ast` looks at all of its nodes, the others at none. */
export function nodesOfKind(ast: Ast, kind: string): readonly Node[] {
  let index = indexes.get(ast);
  if (index === undefined) indexes.set(ast, (index = indexOf(ast)));
  return index.get(kind) ?? NONE;
}

/** All nodes of these kinds, in preorder. */
export function nodesOfKinds(ast: Ast, kinds: readonly string[]): readonly Node[] {
  return kinds.map((kind) => nodesOfKind(ast, kind)).reduce(merged, NONE);
}

function merged(one: readonly Node[], other: readonly Node[]): readonly Node[] {
  if (one.length === 0) return other;
  if (other.length === 0) return one;
  const nodes: Node[] = [];
  let [left, right] = [0, 0];
  for (let [a, b] = [one[0], other[0]]; a !== undefined || b !== undefined;) {
    if (b === undefined || (a !== undefined && a.index < b.index)) {
      if (a !== undefined) nodes.push(a);
      a = one[++left];
    } else {
      nodes.push(b);
      b = other[++right];
    }
  }
  return nodes;
}

function indexOf({ nodes }: Ast): ReadonlyMap<string, readonly Node[]> {
  const index = new Map<string, Node[]>();
  for (const node of nodes) {
    const list = index.get(node.kind);
    if (list) list.push(node);
    else index.set(node.kind, [node]);
  }
  return index;
}
