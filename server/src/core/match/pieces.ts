import { partsOf, perFunction, type AstParts } from '../ast/parts.ts';
import type { Ast } from '../ast/readAst.ts';
import type { Node } from '../ast/node.ts';
import type { Span } from '../base/range.ts';
import { CHANGES, GIVING } from '../resolve/constants.ts';
import { namesIn, scopesIn } from '../resolve/declarations.ts';
import { DEFINING } from '../resolve/macroAliases.ts';
import {
  surroundingsIn,
  WORD,
  type FileSurroundings,
  type Item,
  type KnownItems,
} from '../resolve/surroundings.ts';
import type { Grammar } from '../syntax/grammar.ts';
import { at, type SyntaxTable } from '../syntax/syntaxTable.ts';
import type { SyntaxTree } from '../syntax/syntaxTree.ts';
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
  readonly restKey: () => readonly (string | number)[];
  /** What an outermost function may see of all that; undefined where it may see any of it. */
  readonly seenBy: (of: Node) => Seen | undefined;
  /** Tells whether an outermost function that has not changed still sees what it saw in an earlier text; false may be wrong. */
  readonly since: (earlier: KnownItems) => (of: Node, seen: Seen) => boolean;
  /** As the next text is compared with them. */
  readonly items: () => KnownItems;
}

/** The same key says the same of the same function. */
export interface Seen {
  readonly key: readonly string[];
  /** Names that the function and what it sees may ask for. */
  readonly names: ReadonlySet<string>;
}

export function piecesOf(ast: Ast, { table, outside }: SyntaxTree): Pieces {
  const { nodes, text, grammar } = ast;
  const functions: { node: Node; piece: Piece }[] = [];
  const positions: { first: number; last: number }[] = [];
  const spans: Span[] = [];
  const parts = partsOf(ast);
  let from = 0;
  for (const node of parts.functions) {
    const { index, start, end, last } = node;
    if (index > from) positions.push({ first: from, last: index - 1 });
    functions.push({
      node,
      piece: { positions: [{ first: index, last }], span: { start, end }, functions: spans },
    });
    spans.push({ start, end });
    from = last + 1;
  }
  if (from < nodes.length) positions.push({ first: from, last: nodes.length - 1 });
  let changed: ReturnType<typeof changesIn> | undefined;
  const changes = (): ReturnType<typeof changesIn> => (changed ??= changesIn(ast, parts));
  let known: FileSurroundings | undefined;
  const surroundings = (): FileSurroundings =>
    (known ??= surroundingsIn(ast, outside, changes().map(itemOf)));
  return {
    functions,
    rest: { positions, span: { start: 0, end: text.length }, without: spans },
    restKey: () => {
      const key: (string | number)[] = [];
      let next = 0;
      const addFunctions = (before: number): void => {
        for (let node = parts.functions[next]; node && node.index < before; node = parts.functions[++next])
          // Which function stands where counts too: it may have moved into a `#if`.
          key.push(kindsAround(node, grammar, table), signatureOf(ast, node));
      };
      for (const { index, role, kind, children, text: written } of parts.rest) {
        addFunctions(index);
        // With how many children each has, the list says how the code is nested.
        key.push(role, kind, children.length, written);
      }
      addFunctions(nodes.length);
      // Which function does it counts too: of the same code in another one, `self` may be another class.
      for (const { by, code } of changes()) key.push(by, code);
      return key;
    },
    seenBy: (node) => {
      // Where statements stand outside of functions, or modules open names to each other, any of them may have done anything.
      const { profile, dialect } = grammar.definition;
      if (profile.topLevelStatements !== false || dialect === undefined) return undefined;
      const { names, items } = surroundings().of([node]);
      return { key: [kindsAround(node, grammar, table), ...items], names };
    },
    since: (earlier) => {
      const isSame = surroundings().since(earlier);
      return (node, { key, names }) => kindsAround(node, grammar, table) === key[0] && isSame(names, [node]);
    },
    items: () => surroundings().known,
  };
}

function itemOf({ code, isSeen, names }: Change): Item {
  return { key: code, declares: isSeen ? undefined : names, words: new Set(code.match(WORD)) };
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
  /** Names that it declares for the file: Python. */
  readonly ofFile: readonly string[];
  readonly changes: readonly Change[];
}

/** What the code of a function changes outside of it, not counting what is its own. */
interface Change {
  readonly code: string;
  /** Others may know it by another name, or see it by the same: a field, a macro. */
  readonly isShared: boolean;
  /** Any code may rest on it: a macro, a type. */
  readonly isSeen: boolean;
  /** Names of variables, and of the field. */
  readonly names: readonly string[];
}

/**
 * What each function does to fields and macros, and to variables that others know too: the values that these know may change with it.
 *
 * @returns with each change which of the functions makes it
 */
function changesIn(ast: Ast, { functions, rest }: AstParts): readonly (Change & { readonly by: number })[] {
  const all = functions.map((each, by) => ({ by, ...givenBy(ast, each) }));
  const shared = new Set(all.flatMap(({ ofFile }) => ofFile));
  for (const node of rest) {
    if (GIVING.includes(node.kind)) for (const { text } of namesIn(node.part('target'))) shared.add(text);
  }
  return all.flatMap(({ by, changes }) =>
    changes
      .filter(({ isShared, names }) => isShared || names.some((name) => shared.has(name)))
      .map((change) => ({ ...change, by })),
  );
}

/** Members of a type are known by their names wherever it stands. */
function membersOf(type: Node, text: string): Change {
  const heads = type
    .parts('members')
    .map((member) => text.slice(member.start, member.part('body')?.start ?? member.end));
  return {
    code: ['type', type.part('name')?.text, ...heads].join('\u0001'),
    isShared: true,
    isSeen: true,
    names: [],
  };
}

const givenBy = perFunction(([of, ...below], ast): Given => {
  if (of === undefined) return { ofFile: [], changes: [] };
  const { text } = ast;
  const { ofFile, isLocal } = scopesIn(ast, of);
  const changes: Change[] = [];
  // Which class or inner function it stands in, by their order.
  const within = [{ ordinal: 0, last: of.last }];
  let count = 0;
  for (const node of below) {
    while (node.index > (within.at(-1)?.last ?? of.last)) within.pop();
    if (node.kind === 'function' || node.kind === 'class') within.push({ ordinal: ++count, last: node.last });
    if (DEFINING.includes(node.kind))
      changes.push({ code: text.slice(node.start, node.end), isShared: true, isSeen: true, names: [] });
    if (node.kind === 'class') changes.push(membersOf(node, text));
    if (!GIVING.includes(node.kind)) continue;
    if (node.kind === 'unary' && !CHANGES.has(node.part('operator')?.text ?? '')) continue;
    const target = node.part('target') ?? node.part('operand');
    const isShared = target?.kind === 'member';
    const names = isShared
      ? [target.part('name')?.text ?? '']
      : namesIn(target).flatMap((name) => (isLocal(name) ? [] : name.text));
    if (names.length === 0) continue;
    // Of a loop the target is enough: it gives no value that is known.
    const { start, end } = node.kind === 'assign' || node.kind === 'unary' ? node : (target ?? node);
    const code = `${within.at(-1)?.ordinal ?? 0} ${node.kind} ${text.slice(start, end)}`;
    changes.push({ code, isShared, isSeen: false, names });
  }
  return { ofFile, changes };
});
