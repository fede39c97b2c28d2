import type { Node } from './node.ts';
import type { Ast } from './readAst.ts';

const indexes = new WeakMap<Ast, ReadonlyMap<number, readonly Node[]>>();

/** The outermost node with exactly this extent. The first call for an `Ast` looks at all of its nodes, the others at those of one start. */
export function outermostNodeAt(ast: Ast, start: number, end: number): Node | undefined {
  let index = indexes.get(ast);
  if (index === undefined) indexes.set(ast, (index = byStart(ast)));
  return index.get(start)?.find((node) => node.end === end);
}

function byStart({ nodes }: Ast): ReadonlyMap<number, readonly Node[]> {
  const index = new Map<number, Node[]>();
  for (const node of nodes) {
    const list = index.get(node.start);
    if (list) list.push(node);
    else index.set(node.start, [node]);
  }
  return index;
}
