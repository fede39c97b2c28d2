import type { Node } from './node.ts';
import type { Ast } from './readAst.ts';

/** A file as its outermost functions, each with all that it holds, and the nodes that lie in none; both in preorder. */
export interface AstParts {
  readonly functions: readonly Node[];
  readonly rest: readonly Node[];
}

const parts = new WeakMap<Ast, AstParts>();

export function partsOf(ast: Ast): AstParts {
  let known = parts.get(ast);
  if (known === undefined) parts.set(ast, (known = cut(ast)));
  return known;
}

function cut({ nodes }: Ast): AstParts {
  const functions: Node[] = [];
  const rest: Node[] = [];
  for (let index = 0; index < nodes.length; index++) {
    const node = nodes[index];
    if (node === undefined) continue;
    if (node.kind === 'function') {
      functions.push(node);
      index = node.last;
    } else rest.push(node);
  }
  return { functions, rest };
}

/**
 * What is known of the nodes of a function. An edit leaves most functions as they are, and their nodes with them, so it is worked out once for
 * many texts: nothing in it may depend on where the function stands, or on what stands around it.
 *
 * @param compute is given the function and all nodes below it, in preorder, and the file
 */
export function perFunction<Value extends object | string>(
  compute: (nodes: readonly Node[], ast: Ast) => Value,
): (ast: Ast, of: Node) => Value {
  const slot = slots++;
  return (ast, of) => {
    // In the node itself: asked of every function of a file after each edit, and a weak map is slow to ask and to sweep.
    const known = (of.known ??= []);
    return (known[slot] ??= compute(ast.nodes.slice(of.index, of.last + 1), ast)) as Value;
  };
}

let slots = 0;

/** The outermost function that a node stands in. */
export function functionAround(node: Node | undefined): Node | undefined {
  let around: Node | undefined;
  for (let at: Node | undefined = node; at !== undefined; at = at.parent)
    if (at.kind === 'function') around = at;
  return around;
}

/** Nodes that were picked from each function and from the rest, each in preorder, as one list in preorder. */
export function joined(
  { functions, rest }: { readonly functions: readonly Node[]; readonly rest: readonly Node[] },
  ofFunction: (of: Node) => readonly Node[] | undefined,
): readonly Node[] {
  const nodes: Node[] = [];
  let next = 0;
  for (const each of functions) {
    const inside = ofFunction(each);
    if (inside === undefined) continue;
    for (let node = rest[next]; node !== undefined && node.index < each.index; node = rest[++next])
      nodes.push(node);
    for (const node of inside) nodes.push(node);
  }
  for (let node = rest[next]; node !== undefined; node = rest[++next]) nodes.push(node);
  return nodes;
}
