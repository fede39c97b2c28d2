import type { Budget } from './budget.ts';
import type { Code } from './code.ts';
import type { Hit } from './hit.ts';
import { matchNode, type MatchContext } from './matchNode.ts';
import {
  expressionOf,
  isOwnExpression,
  matchSequence,
  matchStatement,
  statementsOf,
} from './matchSequence.ts';
import type { Pattern, PatternNode } from './pattern.ts';
import type { Scope } from './scope.ts';

/** Every place in the file where the pattern matches, or those that the scope allows. */
export function searchPattern(code: Code, pattern: Pattern, budget: Budget, scope?: Scope): Hit[] {
  if (!code.hasWords(pattern.words)) return [];
  const context: MatchContext = { code, budget };
  const { shape } = pattern;
  if (shape.is === 'statements') return searchStatements(context, shape.sequence, scope);
  const hits: Hit[] = [];
  for (const node of candidates(code, shape.node)) {
    if (scope?.allows(code.start(node), code.end(node)) === false) continue;
    matchNode(context, shape.node, node, undefined, (bindings) => {
      hits.push({ start: code.start(node), end: code.end(node), bindings });
    });
  }
  return hits;
}

/** Nodes at which a pattern can match at all: the fewer, the faster. */
function candidates(code: Code, pattern: PatternNode): Iterable<number> {
  const { grammar } = code;
  switch (pattern.type) {
    case 'leaf':
      return pattern.class === 'identifier' ? code.identifiersOf(pattern.text) : code.ofKind(pattern.kind);
    case 'string':
      return [...grammar.roles.strings].flatMap((kind) => [...code.ofKind(kind)]);
    case 'tree': {
      const { profile } = grammar.definition;
      if (pattern.kind === grammar.kind(profile.call.kind)) {
        const calleeField = grammar.field(profile.call.callee);
        const callee = pattern.children.find((child) => child.field === calleeField)?.node;
        if (callee?.type === 'leaf' && callee.class === 'identifier') return code.callsOf(callee.text);
      }
      const own = code.ofKind(pattern.kind);
      if (pattern.kind !== grammar.kind(profile.assignment.kind)) return own;
      return [...own, ...code.ofKind(grammar.kind(profile.initialiser.kind))];
    }
    case 'any':
    case 'deep':
    case 'ellipsis':
      return expressionNodes(code);
  }
}

/** Every named node that is not a statement, for patterns that are nothing but a hole. */
function* expressionNodes(code: Code): Generator<number> {
  const { grammar } = code;
  for (const node of code.nodes()) {
    const kind = code.kind(node);
    if (grammar.isNamed(kind) && !grammar.roles.statements.has(kind) && !grammar.roles.comments.has(kind))
      yield node;
  }
}

function searchStatements(
  context: MatchContext,
  sequence: readonly PatternNode[],
  scope: Scope | undefined,
): Hit[] {
  const { code } = context;
  const hits: Hit[] = [];
  const leading = sequence[0]?.type === 'ellipsis';
  const patterns = leading ? sequence.slice(1) : sequence;
  const [first] = patterns;
  if (first === undefined) return hits;
  for (const statement of firstStatements(context, first)) {
    const parent = code.parent(statement);
    if (!leading && scope?.allows(code.start(statement), code.end(parent)) === false) continue;
    // The body of an `if` without braces is a list of one.
    const list = code.grammar.roles.blocks.has(code.kind(parent)) ? statementsOf(code, parent) : [statement];
    const index = list.indexOf(statement);
    if (index < 0) continue;
    const start = code.start((leading ? list[0] : undefined) ?? statement);
    matchStatement(context, first, statement, undefined, (bindings) => {
      const bodyOpen = isOwnExpression(code, first);
      const cursor = { nodes: list, index: index + 1, outer: undefined, bodyOpen };
      matchSequence(
        context,
        { patterns, exact: false },
        1,
        cursor,
        code.end(statement),
        bindings,
        (end, bound) => {
          hits.push({ start, end, bindings: bound });
        },
      );
    });
  }
  return hits;
}

/** Statements at which a run can begin, each once, in the order of the text. */
function firstStatements(context: MatchContext, first: PatternNode): Iterable<number> {
  const { code } = context;
  const { roles } = code.grammar;
  const expression = expressionOf(code, first);
  if (expression === undefined) {
    if (first.type === 'tree') return code.ofKind(first.kind);
    return [...roles.statements].flatMap((kind) => [...code.ofKind(kind)]).sort((a, b) => a - b);
  }
  const inner = expression.type === 'deep' ? expression.inner : expression;
  const found = new Set<number>();
  for (const node of candidates(code, inner)) {
    let statement: number = node;
    while (statement > 0 && !roles.statements.has(code.kind(statement))) statement = code.parent(statement);
    if (statement > 0) found.add(statement);
  }
  return found;
}
