import type { Node } from '../ast/node.ts';
import type { Bindings } from './bindings.ts';
import { matchNode, type MatchContext } from './matchNode.ts';
import { partsOf, type PatternNode } from './pattern.ts';

/** Receives the end offset of the last statement matched, and the bindings. */
export type FoundRun = (end: number, bindings: Bindings | undefined) => void;

/** Statement patterns to be matched one after the other. */
export interface Sequence {
  readonly patterns: readonly PatternNode[];
  /** The block must hold nothing more (a pattern with braces). */
  readonly exact: boolean;
}

/** A place in a list of statements; `outer` is where to go on after a nested block that `...` entered. */
export interface Cursor {
  readonly nodes: readonly Node[];
  readonly index: number;
  readonly outer: Cursor | undefined;
  /** The statement before was matched by its own expression: its body belongs to what follows. */
  readonly bodyOpen: boolean;
  /** The list is that of a label, which makes no block: what comes behind it is what stands in `outer`. */
  readonly isLabelled?: true;
}

/** The place behind a statement. */
export function cursorAfter(statement: Node, bodyOpen: boolean): Cursor {
  const { nodes, places } = listAround(statement);
  const { parent } = statement;
  const index = (places.get(statement) ?? -1) + 1;
  return parent?.kind === LABELED
    ? { nodes, index, outer: cursorAfter(parent, false), bodyOpen, isLabelled: true }
    : { nodes, index, outer: undefined, bodyOpen };
}

const LABELED = 'labeled';

/** Statements into whose expression an expression-statement pattern looks. */
const DEEP_STATEMENTS: ReadonlySet<string> = new Set(['expressionStatement', 'variable', 'return', 'throw']);

/** Matches the rest of a sequence, from pattern `patternAt` on, at a place. `end` is where the match ends so far. */
export function matchSequence(
  context: MatchContext,
  sequence: Sequence,
  patternAt: number,
  cursor: Cursor,
  end: number,
  bindings: Bindings | undefined,
  found: FoundRun,
): void {
  context.budget.spend();
  const pattern = sequence.patterns[patternAt];
  if (pattern === undefined) {
    if (!sequence.exact || isAtEnd(cursor)) found(end, bindings);
    return;
  }
  if (pattern.type === 'ellipsis') {
    matchEllipsis(context, sequence, patternAt, cursor, end, bindings, found);
    return;
  }
  const node = cursor.nodes[cursor.index];
  if (node === undefined) {
    if (cursor.isLabelled && cursor.outer)
      matchSequence(context, sequence, patternAt, cursor.outer, end, bindings, found);
    return;
  }
  if (node.kind === LABELED) {
    const outer = { ...cursor, index: cursor.index + 1, bodyOpen: false };
    const inner = {
      nodes: node.parts('statements'),
      index: 0,
      outer,
      bodyOpen: false,
      isLabelled: true,
    } as const;
    matchSequence(context, sequence, patternAt, inner, end, bindings, found);
  }
  matchStatement(context, pattern, node, bindings, (bound) => {
    const next = { ...cursor, index: cursor.index + 1, bodyOpen: isOwnExpression(pattern) };
    matchSequence(context, sequence, patternAt + 1, next, node.end, bound, found);
  });
}

/**
 * `...`: what follows may come later in this block; when it does not, in a block nested in what follows, or after the block
 * that an earlier `...` entered: as if the statements were flattened.
 */
function matchEllipsis(
  context: MatchContext,
  sequence: Sequence,
  patternAt: number,
  cursor: Cursor,
  end: number,
  bindings: Bindings | undefined,
  found: FoundRun,
): void {
  if (patternAt === sequence.patterns.length - 1) {
    found(Math.max(end, lastEnd(cursor)), bindings);
    return;
  }
  const foundHere = matchWithin(context, sequence, patternAt, cursor, end, bindings, found);
  if (!foundHere && cursor.outer) {
    matchEllipsis(context, sequence, patternAt, cursor.outer, end, bindings, found);
  }
}

/** `...` in the rest of a list or, when that gives nothing, in the blocks nested in it. True when something was found. */
function matchWithin(
  context: MatchContext,
  sequence: Sequence,
  patternAt: number,
  cursor: Cursor,
  end: number,
  bindings: Bindings | undefined,
  found: FoundRun,
): boolean {
  const { nodes } = cursor;
  const here = { found: false };
  const note: FoundRun = (runEnd, bound) => {
    here.found = true;
    found(runEnd, bound);
  };
  for (let index = cursor.index; index < nodes.length; index++) {
    matchSequence(context, sequence, patternAt + 1, { ...cursor, index }, end, bindings, note);
  }
  if (here.found) return true;
  if (!context.options.go_deeper_stmt) return false;
  let foundNested = false;
  for (let index = cursor.index - (cursor.bodyOpen ? 1 : 0); index < nodes.length; index++) {
    context.budget.spend();
    const outer = { ...cursor, index: index + 1, bodyOpen: false };
    const statement = nodes[index];
    for (const list of statement ? nestedLists(statement) : []) {
      const nested = { nodes: list, index: 0, outer, bodyOpen: false };
      foundNested = matchWithin(context, sequence, patternAt, nested, end, bindings, found) || foundNested;
    }
  }
  return foundNested;
}

/** Nothing is left in the list, nor in the lists around it that `...` came from. */
function isAtEnd(cursor: Cursor): boolean {
  for (let each: Cursor | undefined = cursor; each; each = each.outer) {
    if (each.index < each.nodes.length) return false;
  }
  return true;
}

/** End of the last statement of the lists around; -1 when nothing is left in a list that nothing is around. */
function lastEnd(cursor: Cursor): number {
  const left = cursor.index < cursor.nodes.length || cursor.bodyOpen;
  let end = left ? endOfList(cursor.nodes) : -1;
  for (let each = cursor.outer; each; each = each.outer) end = Math.max(end, endOfList(each.nodes));
  return end;
}

function endOfList(nodes: readonly Node[]): number {
  return nodes.at(-1)?.end ?? -1;
}

/** `<... P ...>;` is compared with a statement's own expressions only, and leaves its body alone. */
export function isOwnExpression(pattern: PatternNode): boolean {
  return expressionOf(pattern)?.type === 'deep';
}

/**
 * One statement. An expression statement also matches where its expression is deeper in a statement: `f(x);` in
 * `y = f(x);` and `return f(x);`.
 */
export function matchStatement(
  context: MatchContext,
  pattern: PatternNode,
  node: Node,
  bindings: Bindings | undefined,
  found: (bindings: Bindings | undefined) => void,
): void {
  const expression = expressionOf(pattern);
  if (expression === undefined) {
    matchNode(context, pattern, node, bindings, found);
    return;
  }
  if (expression.type === 'deep') {
    matchNode(context, expression, node, bindings, found);
    return;
  }
  // `$X;` is any expression statement, and not every expression in it.
  const looksDeeper =
    context.options.implicit_deep_exprstmt &&
    expression.type !== 'any' &&
    (DEEP_STATEMENTS.has(node.kind) || !isStatementKind(node.kind));
  if (looksDeeper) {
    const deep = { type: 'deep', role: '', inner: expression } as const;
    matchNode(context, deep, node, bindings, found);
  } else {
    matchNode(context, pattern, node, bindings, found);
  }
}

/** The expression of an expression-statement pattern, or of a bare one; undefined for any other statement. */
export function expressionOf(pattern: PatternNode): PatternNode | undefined {
  if (pattern.type === 'deep') return pattern;
  if (pattern.type !== 'tree') return undefined;
  if (pattern.kind === 'expressionStatement') {
    const [only, second] = partsOf(pattern, 'expression');
    return second === undefined ? only : undefined;
  }
  return isStatementKind(pattern.kind) ? undefined : pattern;
}

/** Constructs and grammars' own kinds that are no expressions. */
export function isStatementKind(kind: string): boolean {
  return (
    STATEMENTS.has(kind) ||
    (kind.startsWith(':') && /statement|declaration|definition|directive|preproc|block|clause/.test(kind))
  );
}

const STATEMENTS: ReadonlySet<string> = new Set([
  'file',
  'block',
  'function',
  'parameter',
  'class',
  'variable',
  'annotation',
  'import',
  'importName',
  'namespace',
  'expressionStatement',
  'if',
  'while',
  'doWhile',
  'for',
  'forEach',
  'switch',
  'case',
  'try',
  'catch',
  'with',
  'return',
  'throw',
  'break',
  'continue',
  'goto',
  'labeled',
  'for or forEach',
]);

/** What stands in the head of a statement and runs before its body: `if x := f(); ok {`, `using (var r = f())`, `with f() as x`. */
const HEAD_ROLES: Readonly<Record<string, string>> = {
  if: 'initialiser',
  switch: 'initialiser',
  with: 'resources',
  try: 'resources',
};

function headOf(statement: Node): readonly Node[] {
  const role = HEAD_ROLES[statement.kind];
  return role === undefined ? [] : statement.parts(role);
}

/** True for a node in a list of statements, the head of a statement included. */
export function isListed({ role, parent }: Node): boolean {
  return role === 'statements' || role === 'members' || HEAD_ROLES[parent?.kind ?? ''] === role;
}

/** A list of statements, and the place of each in it. */
export interface StatementList {
  readonly nodes: readonly Node[];
  readonly places: ReadonlyMap<Node, number>;
}

/** By what the list stands in, and the role of its nodes. */
const listCache = new WeakMap<Node, Map<string, StatementList>>();

/** The list that such a node stands in; the head of a statement is one list with its body. Kept: a file of one line may be one list. */
function listAround({ role, parent }: Node): StatementList {
  if (parent === undefined) return { nodes: [], places: new Map() };
  let byRole = listCache.get(parent);
  if (byRole === undefined) listCache.set(parent, (byRole = new Map<string, StatementList>()));
  let list = byRole.get(role);
  if (list === undefined) {
    const nodes = HEAD_ROLES[parent.kind] === role ? withHead(parent) : parent.parts(role);
    list = { nodes, places: new Map(nodes.map((node, place) => [node, place])) };
    byRole.set(role, list);
  }
  return list;
}

function withHead(statement: Node): readonly Node[] {
  return [...headOf(statement), ...bodiesOf(statement).flatMap(listOf)];
}

/** What runs after the head of a statement, without an `else`. */
function bodiesOf(statement: Node): readonly Node[] {
  if (statement.kind === 'if') return statement.parts('then');
  if (statement.kind === 'switch') return statement.parts('cases').flatMap((each) => each.parts('body'));
  return statement.parts('body');
}

/** Statements of a block, or the members of a class. */
function listOf(node: Node): readonly Node[] {
  const statements = node.parts('statements');
  return statements.length > 0 ? statements : node.parts('members');
}

const nestedCache = new WeakMap<Node, readonly (readonly Node[])[]>();

/** Statement lists directly inside a statement, once per statement: every `...` of every rule asks for them. */
function nestedLists(statement: Node): readonly (readonly Node[])[] {
  let lists = nestedCache.get(statement);
  if (lists === undefined) {
    lists = computeNestedLists(statement);
    nestedCache.set(statement, lists);
  }
  return lists;
}

function computeNestedLists(statement: Node): readonly (readonly Node[])[] {
  const own = listOf(statement);
  if (own.length > 0) return [own];
  const head = headOf(statement);
  const lists: (readonly Node[])[] = head.length > 0 ? [withHead(statement)] : [];
  const done = head.length > 0 ? [...head, ...bodiesOf(statement)] : head;
  const pending = [...statement.children].reverse();
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (done.includes(node)) continue;
    const inner = listOf(node);
    if (inner.length > 0) lists.push(inner);
    else for (const child of [...node.children].reverse()) pending.push(child);
  }
  return lists;
}
