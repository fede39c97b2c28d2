import { nodesOfKind, nodesOfKinds } from '../ast/nodesOfKind.ts';
import type { Ast } from '../ast/readAst.ts';
import type { Node } from '../ast/node.ts';
import type { Span } from '../base/range.ts';
import { CHANGES, GIVING } from '../resolve/constants.ts';
import { namesIn } from '../resolve/declarations.ts';
import type { Grammar } from '../syntax/grammar.ts';
import { at, type SyntaxTable } from '../syntax/syntaxTable.ts';
import type { Piece } from './code.ts';

/**
 * A file cut into its outermost functions and the rest. Rules that only look within a function are run on one piece at a time,
 * so that after an edit only the piece that changed is matched again.
 */
export interface Pieces {
  /** Each outermost function, in the order of the text. */
  readonly functions: readonly { readonly node: Node; readonly piece: Piece }[];
  readonly rest: Piece;
  /** Changes with any code outside of functions, and with what functions do to variables and fields outside of themselves; comments do not count. */
  readonly restKey: string;
}

export function piecesOf(ast: Ast, table: SyntaxTable): Pieces {
  const { nodes, text, grammar } = ast;
  const functions: { node: Node; piece: Piece }[] = [];
  const positions: { first: number; last: number }[] = [];
  const spans: Span[] = [];
  const key: string[] = [];
  let from = 0;
  for (let index = 0; index < nodes.length; index++) {
    const node = nodes[index];
    if (!node) continue;
    if (node.kind !== 'function') {
      key.push(node.children.length === 0 ? node.text : node.kind);
      continue;
    }
    if (index > from) positions.push({ first: from, last: index - 1 });
    const { start, end, last } = node;
    functions.push({
      node,
      piece: { positions: [{ first: index, last }], span: { start, end }, functions: spans },
    });
    spans.push({ start, end });
    // Which function stands where counts too: it may have moved into a `#if`.
    key.push(kindsAround(node, grammar, table), signatureOf(node, text));
    index = last;
    from = last + 1;
  }
  if (from < nodes.length) positions.push({ first: from, last: nodes.length - 1 });
  key.push(
    ...changesIn(
      ast,
      functions.map(({ node }) => node),
    ),
  );
  const rest: Piece = { positions, span: { start: 0, end: text.length } };
  return { functions, rest, restKey: key.join('\u0001') };
}

/** What stands around a function in the grammar's own words: a `#if` has no node of its own in the shared form. */
function kindsAround(node: Node, grammar: Grammar, table: SyntaxTable): string {
  let kinds = '';
  for (let each = at(table.parent, node.raw); each > 0; each = at(table.parent, each)) {
    kinds += ` ${grammar.kindName(at(table.kind, each))}`;
  }
  return kinds;
}

function signatureOf(node: Node, text: string): string {
  return text.slice(node.start, node.part('body')?.start ?? node.end);
}

/** What each function does to fields, and to variables that others know too: the values that these know may change with it. */
function changesIn(ast: Ast, functions: readonly Node[]): string[] {
  const changes: string[] = [];
  const inside: Node[] = [];
  // Names of variables of the file; Python also declares them in functions.
  const shared = new Set<string>();
  for (const { children } of nodesOfKind(ast, ':global_statement'))
    for (const { text } of children) shared.add(text);
  let next = 0;
  for (const node of nodesOfKinds(ast, GIVING)) {
    while ((functions[next]?.last ?? Number.POSITIVE_INFINITY) < node.index) next++;
    if (functions[next]?.contains(node) === true) inside.push(node);
    else for (const { text } of namesIn(node.part('target'))) shared.add(text);
  }
  for (const node of inside) {
    if (node.kind === 'unary' && !CHANGES.has(node.part('operator')?.text ?? '')) continue;
    const target = node.part('target') ?? node.part('operand');
    if (target?.kind !== 'member' && !namesIn(target).some((name) => shared.has(name.text))) continue;
    // Of a loop the target is enough: it gives no value that is known.
    const { start, end } = node.kind === 'assign' || node.kind === 'unary' ? node : (target ?? node);
    changes.push(`${node.kind} ${ast.text.slice(start, end)}`);
  }
  return changes;
}
