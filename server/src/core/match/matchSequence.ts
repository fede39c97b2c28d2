import type { Bindings } from './bindings.ts';
import type { Code } from './code.ts';
import { matchNode, type MatchContext } from './matchNode.ts';
import type { PatternNode } from './pattern.ts';

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
  readonly nodes: readonly number[];
  readonly index: number;
  readonly outer: Cursor | undefined;
  /** The statement before was matched by its own expression: its body belongs to what follows. */
  readonly bodyOpen: boolean;
}

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
  if (node === undefined) return;
  matchStatement(context, pattern, node, bindings, (bound) => {
    const next = { ...cursor, index: cursor.index + 1, bodyOpen: isOwnExpression(context.code, pattern) };
    matchSequence(context, sequence, patternAt + 1, next, context.code.end(node), bound, found);
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
    found(Math.max(end, lastEnd(context.code, cursor)), bindings);
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
  let foundNested = false;
  for (let index = cursor.index - (cursor.bodyOpen ? 1 : 0); index < nodes.length; index++) {
    context.budget.spend();
    const outer = { ...cursor, index: index + 1, bodyOpen: false };
    for (const list of nestedLists(context.code, nodes[index] ?? 0)) {
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
function lastEnd(code: Code, cursor: Cursor): number {
  const left = cursor.index < cursor.nodes.length || cursor.bodyOpen;
  let end = endOfList(code, left ? cursor.nodes : []);
  for (let each = cursor.outer; each; each = each.outer) end = Math.max(end, endOfList(code, each.nodes));
  return end;
}

function endOfList(code: Code, nodes: readonly number[]): number {
  const last = nodes.at(-1);
  return last === undefined ? -1 : code.end(last);
}

/** `<... P ...>;` is compared with a statement's own expressions only, and leaves its body alone. */
export function isOwnExpression(code: Code, pattern: PatternNode): boolean {
  return expressionOf(code, pattern)?.type === 'deep';
}

/**
 * One statement. An expression statement also matches where its expression is deeper in a statement: `f(x);` in
 * `y = f(x);` and `return f(x);`.
 */
export function matchStatement(
  context: MatchContext,
  pattern: PatternNode,
  node: number,
  bindings: Bindings | undefined,
  found: (bindings: Bindings | undefined) => void,
): void {
  const expression = expressionOf(context.code, pattern);
  if (expression === undefined) {
    matchNode(context, pattern, node, bindings, found);
    return;
  }
  const { roles } = context.code.grammar;
  const kind = context.code.kind(node);
  if (expression.type === 'deep') {
    if (roles.statements.has(kind)) matchNode(context, expression, node, bindings, found);
  } else if (roles.deepStatements.has(kind)) {
    matchNode(context, { type: 'deep', inner: expression }, node, bindings, found);
  }
}

/** The expression of an expression-statement pattern, or undefined for any other pattern. */
export function expressionOf(code: Code, pattern: PatternNode): PatternNode | undefined {
  const { grammar } = code;
  if (
    pattern.type !== 'tree' ||
    pattern.kind !== grammar.kind(grammar.definition.profile.expressionStatement)
  ) {
    return undefined;
  }
  const [only, second] = pattern.children;
  return second === undefined ? only?.node : undefined;
}

/** The statements of a block; of a `case`, those after its label. */
export function statementsOf(code: Code, block: number): number[] {
  const { roles } = code.grammar;
  return code.significantChildren(block).filter((child) => {
    const kind = code.kind(child);
    return roles.statements.has(kind) || roles.blocks.has(kind) || roles.units.has(kind);
  });
}

const nestedCache = new WeakMap<Code, Map<number, readonly number[][]>>();

/** `computeNestedLists`, once per statement: every `...` of every rule asks for them. */
function nestedLists(code: Code, statement: number): readonly number[][] {
  let cache = nestedCache.get(code);
  if (cache === undefined) {
    cache = new Map();
    nestedCache.set(code, cache);
  }
  let lists = cache.get(statement);
  if (lists === undefined) {
    lists = computeNestedLists(code, statement);
    cache.set(statement, lists);
  }
  return lists;
}

/** Statement lists directly inside a statement: its blocks, and bodies written without braces. */
function computeNestedLists(code: Code, statement: number): number[][] {
  const { roles } = code.grammar;
  if (roles.blocks.has(code.kind(statement))) return [statementsOf(code, statement)];
  const lists: number[][] = [];
  const pending = [...code.significantChildren(statement)].reverse();
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    const kind = code.kind(node);
    if (roles.blocks.has(kind)) lists.push(statementsOf(code, node));
    else if (roles.statements.has(kind)) lists.push([node]);
    else pending.push(...[...code.significantChildren(node)].reverse());
  }
  return lists;
}
