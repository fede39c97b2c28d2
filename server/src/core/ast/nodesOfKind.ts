import type { Node } from './node.ts';
import { joined, partsOf, perFunction } from './parts.ts';
import type { Ast } from './readAst.ts';

/** Nodes by their kind, in preorder. */
export type NodesByKind = ReadonlyMap<string, readonly Node[]>;

interface KindIndex {
  readonly rest: NodesByKind;
  readonly asked: Map<string, readonly Node[]>;
}

const indexes = new WeakMap<Ast, KindIndex>();
const NONE: readonly Node[] = [];

/** All nodes of a kind, in preorder. A kind that nobody asks for costs nothing, nor does a function that is known from an earlier text. */
export function nodesOfKind(ast: Ast, kind: string): readonly Node[] {
  let index = indexes.get(ast);
  const { functions, rest } = partsOf(ast);
  if (index === undefined) indexes.set(ast, (index = { rest: byKind(rest), asked: new Map() }));
  let nodes = index.asked.get(kind);
  if (nodes === undefined) {
    const outside = index.rest.get(kind) ?? NONE;
    nodes = joined({ functions, rest: outside }, (each) => kindsIn(ast, each).get(kind));
    index.asked.set(kind, nodes);
  }
  return nodes;
}

/** All nodes of these kinds, in preorder. */
export function nodesOfKinds(ast: Ast, kinds: readonly string[]): readonly Node[] {
  const lists = kinds.map((kind) => nodesOfKind(ast, kind)).filter((list) => list.length > 0);
  const [only, second] = lists;
  if (second === undefined) return only ?? NONE;
  return lists.flat().sort((a, b) => a.index - b.index);
}

/** The nodes of an outermost function, itself among them. */
export const kindsIn: (ast: Ast, of: Node) => NodesByKind = perFunction(byKind);

function byKind(nodes: readonly Node[]): NodesByKind {
  const index = new Map<string, Node[]>();
  for (const node of nodes) {
    const list = index.get(node.kind);
    if (list) list.push(node);
    else index.set(node.kind, [node]);
  }
  return index;
}
