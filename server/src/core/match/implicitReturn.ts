import { CALLABLES } from '../ast/kinds.ts';
import type { Node } from '../ast/node.ts';
import { nodesOfKinds } from '../ast/nodesOfKind.ts';
import type { Ast } from '../ast/readAst.ts';
import { isStatementKind } from './matchSequence.ts';

const known = new WeakMap<Ast, ReadonlySet<Node>>();

/** Expressions that a function of the file returns without a word, where the language has such. */
export function implicitReturns(ast: Ast): ReadonlySet<Node> {
  let found = known.get(ast);
  if (found === undefined) {
    found = findIn(ast);
    known.set(ast, found);
  }
  return found;
}

function findIn(ast: Ast): ReadonlySet<Node> {
  const { implicitReturn } = ast.grammar.definition.profile;
  const found = new Set<Node>();
  if (implicitReturn === undefined) return found;
  for (const callable of nodesOfKinds(ast, [...CALLABLES])) {
    const body = callable.part('body');
    if (body === undefined) continue;
    if (implicitReturn === 'last') addLast(body, found);
    else if (callable.part('returns') && body.parts('statements').length === 1) addLast(body, found);
  }
  return found;
}

/** The last expression of a body or, where that is a branch, of each of its branches. */
function addLast(body: Node, found: Set<Node>): void {
  const pending = [body];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    switch (node.kind) {
      case 'block':
        pending.push(...node.parts('statements').slice(-1));
        break;
      case 'if':
        pending.push(...node.parts('then'), ...node.parts('else'));
        break;
      case 'switch':
        pending.push(...node.parts('cases'));
        break;
      case 'case':
      case 'with':
        pending.push(...node.parts('body'));
        break;
      default:
        if (!isStatementKind(node.kind)) found.add(node);
    }
  }
}
