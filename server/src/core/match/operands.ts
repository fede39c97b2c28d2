import type { Node } from '../ast/node.ts';
import type { Bindings } from './bindings.ts';
import { matchNode, type Found, type MatchContext } from './matchNode.ts';
import { bindRun, matchParts } from './matchParts.ts';
import { partsOf, type PatternNode, type TreePattern } from './pattern.ts';

const COMMUTATIVE: ReadonlySet<string> = new Set(['+', '*', '&', '|', '^']);
const LOGICAL: ReadonlySet<string> = new Set(['&&', '||', 'and', 'or']);
const EQUALITY: ReadonlySet<string> = new Set(['==', '!=', '===', '!==']);
/** Operands of more are compared in the order written: orders grow with the factorial. */
const MAX_PERMUTED = 5;

/** `a + b`: operators that do not care match in any order and grouping. */
export function matchBinary(
  context: MatchContext,
  pattern: TreePattern,
  node: Node,
  bindings: Bindings | undefined,
  found: Found,
): void {
  const [operator] = partsOf(pattern, 'operator');
  const own = node.part('operator');
  // Most nodes have another one: that is told before the operands are looked at.
  if (operator?.type === 'leaf' && isToken(operator) && own && isToken(own) && own.text !== operator.text)
    return;
  matchParts(context, pattern.parts, node, bindings, found);
  if (operator?.type !== 'leaf' || own?.text !== operator.text) return;
  const { options } = context;
  const isLogical = LOGICAL.has(operator.text);
  const isEquality = EQUALITY.has(operator.text);
  const swaps = COMMUTATIVE.has(operator.text)
    ? options.ac_matching
    : (isLogical && options.commutative_boolop) || (isEquality && options.symmetric_eq);
  const groups = options.ac_matching && !isEquality && (isLogical || COMMUTATIVE.has(operator.text));
  if (!swaps && !groups) return;
  const patterns = groups ? operandsOfPattern(pattern, operator.text) : sidesOf(pattern);
  const nodes = groups ? operandsOf(node, operator.text) : [...node.parts('left'), ...node.parts('right')];
  const isOpen = groups && patterns.some(isEllipsis);
  if (nodes.length < patterns.length && !isOpen) return;
  // In the order written but grouped otherwise; two operands were compared above, but for a `...` that stands for none.
  if (isOpen || (groups && nodes.length > 2)) matchGrouped(context, patterns, 0, nodes, 0, bindings, found);
  const isConcatenation = operator.text === '+' && (patterns.some(isTextPattern) || nodes.some(isText));
  if (swaps && !isConcatenation && patterns.length === nodes.length && patterns.length <= MAX_PERMUTED) {
    matchPermuted(context, patterns, 0, nodes, [], bindings, found);
  }
}

function isEllipsis(pattern: PatternNode): pattern is Extract<PatternNode, { type: 'ellipsis' }> {
  return pattern.type === 'ellipsis';
}

function isToken({ kind }: { readonly kind: string }): boolean {
  return kind === 'token';
}

/** Texts are joined in the order written: `"a" + b` is no `b + "a"`. */
function isTextPattern(pattern: PatternNode): boolean {
  if (pattern.type === 'string') return true;
  return (
    (pattern.type === 'leaf' || pattern.type === 'tree') &&
    (pattern.kind === 'string' || pattern.kind === 'template')
  );
}

function isText({ kind }: Node): boolean {
  return kind === 'string' || kind === 'template';
}

function sidesOf(pattern: TreePattern): readonly PatternNode[] {
  return [...partsOf(pattern, 'left'), ...partsOf(pattern, 'right')];
}

function operandsOfPattern(pattern: TreePattern, operator: string): readonly PatternNode[] {
  return sidesOf(pattern).flatMap((side) => {
    if (side.type !== 'tree' || side.kind !== 'binary') return [side];
    const [own] = partsOf(side, 'operator');
    return own?.type === 'leaf' && own.text === operator ? operandsOfPattern(side, operator) : [side];
  });
}

function operandsOf(node: Node, operator: string): readonly Node[] {
  const operands: Node[] = [];
  const pending: Node[] = [node];
  for (let each = pending.pop(); each !== undefined; each = pending.pop()) {
    if (each.kind === 'binary' && each.part('operator')?.text === operator) {
      pending.push(...each.parts('right'), ...each.parts('left'));
    } else operands.push(each);
  }
  return operands;
}

/** In the order written; a metavariable may stand for several operands, `...` for any number of them. */
function matchGrouped(
  context: MatchContext,
  patterns: readonly PatternNode[],
  patternAt: number,
  nodes: readonly Node[],
  nodeAt: number,
  bindings: Bindings | undefined,
  found: Found,
): void {
  context.budget.spend();
  const pattern = patterns[patternAt];
  if (pattern === undefined) {
    if (nodeAt === nodes.length) found(bindings);
    return;
  }
  if (isEllipsis(pattern)) {
    const none = bindRun(context, pattern.name, nodes, nodeAt, nodeAt, bindings);
    if (none !== false) matchGrouped(context, patterns, patternAt + 1, nodes, nodeAt, none, found);
  }
  const node = nodes[nodeAt];
  if (node === undefined) return;
  matchNode(context, pattern, node, bindings, (bound) => {
    matchGrouped(context, patterns, patternAt + 1, nodes, nodeAt + 1, bound, found);
  });
  if (!isEllipsis(pattern) && !(pattern.type === 'any' && pattern.declared === undefined)) return;
  const last = nodes.length - patterns.slice(patternAt + 1).filter((each) => !isEllipsis(each)).length;
  for (let end = nodeAt + 2; end <= last; end++) {
    const bound = bindRun(context, pattern.name, nodes, nodeAt, end, bindings);
    if (bound !== false) matchGrouped(context, patterns, patternAt + 1, nodes, end, bound, found);
  }
}

function matchPermuted(
  context: MatchContext,
  patterns: readonly PatternNode[],
  index: number,
  nodes: readonly Node[],
  taken: readonly Node[],
  bindings: Bindings | undefined,
  found: Found,
): void {
  context.budget.spend();
  const pattern = patterns[index];
  if (pattern === undefined) {
    // The order written was compared before.
    if (!taken.every((node, at) => node === nodes[at])) found(bindings);
    return;
  }
  for (const node of nodes) {
    if (taken.includes(node)) continue;
    matchNode(context, pattern, node, bindings, (bound) => {
      matchPermuted(context, patterns, index + 1, nodes, [...taken, node], bound, found);
    });
  }
}
