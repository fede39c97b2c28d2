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
  return kinds.flatMap((kind) => nodesOfKind(ast, kind)).sort((a, b) => a.index - b.index);
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
