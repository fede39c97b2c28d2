import { perFunction } from '../ast/parts.ts';
import type { Ast } from '../ast/readAst.ts';
import type { Node } from '../ast/node.ts';
import type { Span } from '../base/range.ts';
import { CHANGES, GIVING } from '../resolve/constants.ts';
import { namesIn } from '../resolve/declarations.ts';
import { DEFINING } from '../resolve/macroAliases.ts';
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
  readonly restKey: readonly (string | number)[];
}

export function piecesOf(ast: Ast, table: SyntaxTable): Pieces {
  const { nodes, text, grammar } = ast;
  const functions: { node: Node; piece: Piece }[] = [];
  const positions: { first: number; last: number }[] = [];
  const spans: Span[] = [];
  const key: (string | number)[] = [];
  const outside: Node[] = [];
  let from = 0;
  for (let index = 0; index < nodes.length; index++) {
    const node = nodes[index];
    if (!node) continue;
    if (node.kind !== 'function') {
      // With how many children each has, the list says how the code is nested.
      key.push(node.role, node.kind, node.children.length, node.text);
      outside.push(node);
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
    key.push(kindsAround(node, grammar, table), signatureOf(ast, node));
    index = last;
    from = last + 1;
  }
  if (from < nodes.length) positions.push({ first: from, last: nodes.length - 1 });
  const all = functions.map(({ node }) => node);
  for (const change of changesIn(ast, all, outside)) key.push(change);
  const rest: Piece = { positions, span: { start: 0, end: text.length }, without: spans };
  return { functions, rest, restKey: key };
}

/** What stands around a function in the grammar's own words: a `#if` has no node of its own in the shared form. */
function kindsAround(node: Node, grammar: Grammar, table: SyntaxTable): string {
  let kinds = '';
  for (let each = at(table.parent, node.raw); each > 0; each = at(table.parent, each)) {
    kinds += ` ${grammar.kindName(at(table.kind, each))}`;
  }
  return kinds;
}

const signatureOf = perFunction(([node], { text }) =>
  node === undefined ? '' : text.slice(node.start, node.part('body')?.start ?? node.end),
);

/** What a function gives values to. */
interface Given {
  /** Names that it declares to be those of the file: Python. */
  readonly globals: readonly string[];
  readonly changes: readonly Change[];
}

interface Change {
  readonly code: string;
  /** Others may know it by another name, or see it by the same: a field, a macro. */
  readonly isShared: boolean;
  readonly names: readonly string[];
}

/**
 * What each function does to fields and macros, and to variables that others know too: the values that these know may change with it.
 *
 * @param outside nodes that lie in no function
 */
function changesIn(ast: Ast, functions: readonly Node[], outside: readonly Node[]): string[] {
  const all = functions.map((each) => givenBy(ast, each));
  const shared = new Set<string>();
  for (const { globals } of all) for (const name of globals) shared.add(name);
  for (const node of outside) {
    if (node.kind === GLOBAL) for (const { text } of node.children) shared.add(text);
    if (GIVING.includes(node.kind)) for (const { text } of namesIn(node.part('target'))) shared.add(text);
  }
  const codes: string[] = [];
  for (const { globals, changes } of all) {
    for (const name of globals) codes.push(`global ${name}`);
    for (const { code, isShared, names } of changes)
      if (isShared || names.some((name) => shared.has(name))) codes.push(code);
  }
  return codes;
}

const GLOBAL = ':global_statement';

const givenBy = perFunction(([, ...below], { text }): Given => {
  const globals: string[] = [];
  const changes: Change[] = [];
  for (const node of below) {
    if (node.kind === GLOBAL) globals.push(...node.children.map((each) => each.text));
    if (DEFINING.includes(node.kind))
      changes.push({ code: text.slice(node.start, node.end), isShared: true, names: [] });
    if (!GIVING.includes(node.kind)) continue;
    if (node.kind === 'unary' && !CHANGES.has(node.part('operator')?.text ?? '')) continue;
    const target = node.part('target') ?? node.part('operand');
    const isShared = target?.kind === 'member';
    const names = namesIn(target).map((name) => name.text);
    if (!isShared && names.length === 0) continue;
    // Of a loop the target is enough: it gives no value that is known.
    const { start, end } = node.kind === 'assign' || node.kind === 'unary' ? node : (target ?? node);
    changes.push({ code: `${node.kind} ${text.slice(start, end)}`, isShared, names });
  }
  return { globals, changes };
});
