import type { Bindings } from './bindings.ts';
import type { Code } from './code.ts';
import { matchNode, type MatchContext } from './matchNode.ts';
import type { PatternNode } from './pattern.ts';

/** Receives the end offset of the last statement matched, and the bindings. */
export type FoundRun = (end: number, bindings: Bindings | undefined) => void;

/**
 * Matches a list of statement patterns against the statements of a block, from its first one on.
 *
 * @param exact the block must hold nothing more (a pattern with braces)
 */
export function matchSequence(
  context: MatchContext,
  patterns: readonly PatternNode[],
  statements: readonly number[],
  bindings: Bindings | undefined,
  exact: boolean,
  found: FoundRun,
): void {
  matchFrom(context, { patterns, exact }, 0, statements, 0, -1, bindings, found);
}

interface Sequence {
  readonly patterns: readonly PatternNode[];
  readonly exact: boolean;
}

/** The rest of a sequence, from pattern `patternAt` and statement `nodeAt` on. `end` is where the match ends so far. */
export function matchFrom(
  context: MatchContext,
  sequence: Sequence,
  patternAt: number,
  nodes: readonly number[],
  nodeAt: number,
  end: number,
  bindings: Bindings | undefined,
  found: FoundRun,
): void {
  context.budget.spend();
  const pattern = sequence.patterns[patternAt];
  if (pattern === undefined) {
    if (!sequence.exact || nodeAt === nodes.length) found(end, bindings);
    return;
  }
  if (pattern.type === 'ellipsis') {
    matchEllipsis(context, sequence, patternAt, nodes, nodeAt, end, bindings, found);
    return;
  }
  const node = nodes[nodeAt];
  if (node === undefined) return;
  matchStatement(context, pattern, node, bindings, (bound) => {
    matchFrom(context, sequence, patternAt + 1, nodes, nodeAt + 1, context.code.end(node), bound, found);
  });
}

/** `...`: what follows may come later in this block or, when it does not, in a block nested in what follows. */
function matchEllipsis(
  context: MatchContext,
  sequence: Sequence,
  patternAt: number,
  nodes: readonly number[],
  nodeAt: number,
  end: number,
  bindings: Bindings | undefined,
  found: FoundRun,
): void {
  const { code } = context;
  if (patternAt === sequence.patterns.length - 1) {
    const last = nodes.length > nodeAt ? nodes.at(-1) : undefined;
    found(last === undefined ? end : code.end(last), bindings);
    return;
  }
  let foundHere = false;
  const note: FoundRun = (runEnd, bound) => {
    foundHere = true;
    found(runEnd, bound);
  };
  for (let next = nodeAt; next < nodes.length; next++) {
    matchFrom(context, sequence, patternAt + 1, nodes, next, end, bindings, note);
  }
  if (foundHere) return;
  for (let next = nodeAt; next < nodes.length; next++) {
    const node = nodes[next];
    if (node === undefined) continue;
    for (const list of nestedLists(code, node)) {
      matchEllipsis(context, sequence, patternAt, list, 0, end, bindings, found);
    }
  }
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

/** Statement lists directly inside a statement: its blocks, and bodies written without braces. */
function nestedLists(code: Code, statement: number): number[][] {
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
