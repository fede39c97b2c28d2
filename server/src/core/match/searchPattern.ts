import type { Node } from '../ast/node.ts';
import type { RuleOptions } from '../rules/options.ts';
import type { Admits } from './bindings.ts';
import type { Budget } from './budget.ts';
import { ANY_FOR } from './buildPattern.ts';
import type { Code } from './code.ts';
import type { Hit } from './hit.ts';
import { implicitReturns } from './implicitReturn.ts';
import { matchNode, type MatchContext } from './matchNode.ts';
import {
  expressionOf,
  isOwnExpression,
  isListed,
  isStatementKind,
  cursorAfter,
  matchSequence,
  matchStatement,
} from './matchSequence.ts';
import { partsOf, type Pattern, type PatternNode, type TreePattern } from './pattern.ts';
import type { Scope } from './scope.ts';

/**
 * Every place in the file where the pattern matches, or those that the scope allows, with what its metavariables may be bound to.
 */
export function searchPattern(
  code: Code,
  pattern: Pattern,
  options: RuleOptions,
  budget: Budget,
  scope?: Scope,
  admits?: Admits,
): Hit[] {
  if (!code.hasWords(pattern.words)) return [];
  const context: MatchContext = { code, budget, options, admits };
  const { shape } = pattern;
  if (shape.is === 'statements') return searchStatements(context, shape.sequence, scope);
  const hits: Hit[] = [];
  for (const node of candidates(code, shape.node, options)) {
    if (scope?.allows(node.start, node.end) === false) continue;
    matchNode(context, shape.node, node, undefined, (bindings) => {
      hits.push({ start: node.start, end: node.end, bindings });
    });
  }
  return hits;
}

/** Nodes at which a pattern can match at all: the fewer, the faster. */
function candidates(code: Code, pattern: PatternNode, options: RuleOptions): readonly Node[] {
  const { subject } = code;
  switch (pattern.type) {
    case 'leaf':
      if (pattern.kind !== 'identifier') return [...code.ofKind(pattern.kind), ...knownValues(code, options)];
      return code
        .identifiersOf(pattern.text)
        .filter((node) => node === subject || (!isNameOnly(node) && !isImported(node)));
    case 'string':
      return [
        ...code.ofKind(pattern.kind).filter(({ role }) => role !== 'parts'),
        ...knownValues(code, options),
      ];
    case 'tree':
      return candidatesOfTree(code, pattern, options);
    case 'any':
    case 'deep':
    case 'ellipsis':
    case 'unread':
      return code.nodes().filter((node) => node === subject || isExpression(node));
  }
}

function candidatesOfTree(code: Code, pattern: TreePattern, options: RuleOptions): readonly Node[] {
  const named = CALLEE_ROLE[pattern.kind];
  const callee = named === undefined ? undefined : partsOf(pattern, named)[0];
  const name = nameOf(callee);
  if (name !== undefined) {
    const { kind: own } = pattern;
    const equivalent = EQUIVALENT_KINDS[own] ?? NONE;
    return namesFor(code, name).flatMap((each) =>
      code.callsOf(each).filter(({ kind }) => kind === own || equivalent.includes(kind)),
    );
  }
  if (pattern.kind === 'member') {
    const last = nameOf(pattern);
    if (last === undefined)
      return [...code.ofKind('member'), ...code.ofKind('identifier').filter(isExpression)];
    return namesFor(code, last)
      .flatMap((each) =>
        code.identifiersOf(each).flatMap((node) => {
          if (node.parent?.kind === 'member' && node.role === 'name') return [node.parent];
          return isNameOnly(node) ? [] : [node];
        }),
      )
      .filter((node) => !isImported(node));
  }
  if (pattern.kind === 'binary') {
    const [operator] = partsOf(pattern, 'operator');
    const isToken = operator?.type === 'leaf' && operator.kind === 'token';
    return isToken ? code.binariesOf(operator.text) : code.ofKind('binary');
  }
  if (pattern.kind === 'unary') return code.ofKind('unary').filter((node) => !isImplied(node));
  // C++: what may be a variable or a function, see `equivalences.ts`.
  const isEither =
    pattern.kind === 'variable' && partsOf(pattern, 'value').some(({ type }) => type === 'tree');
  // `finally { ... }` is a block, but not every block.
  if (pattern.kind === 'block' && pattern.role === 'finally')
    return code.ofKind('block').filter(({ role }) => role === 'finally');
  if (pattern.kind === 'return' && options.implicit_return) {
    const implied = implicitReturns(code.ast);
    if (implied.size > 0) return [...code.ofKind('return'), ...code.own(implied)];
  }
  const others = [
    ...(EQUIVALENT_KINDS[pattern.kind] ?? NONE),
    ...(isEither ? ['function'] : NONE),
    ...(pattern.orParameter === true ? ['parameter'] : NONE),
  ];
  const own = code.ofKind(pattern.kind);
  return others.length === 0 ? own : [...own, ...others.flatMap((kind) => code.ofKind(kind))];
}

const NONE: readonly string[] = [];

const CALLEE_ROLE: Readonly<Record<string, string>> = { call: 'callee', new: 'type', annotation: 'name' };
const EQUIVALENT_KINDS: Readonly<Record<string, readonly string[]>> = {
  call: ['annotation'],
  list: ['record'],
  assign: ['variable', 'pair'],
  function: ['variable', 'assign', 'pair'],
  lambda: ['function'],
  pair: ['labeled'],
  [ANY_FOR]: ['for', 'forEach'],
};

/** The word itself, and what imports and macros call it. */
function namesFor(code: Code, name: string): readonly string[] {
  return [name, ...new Set([...code.names.aliasesOf(name), ...code.names.macrosFor(name)])];
}

/** The last name of a callee pattern, when it is written out. */
function nameOf(pattern: PatternNode | undefined): string | undefined {
  if (pattern?.type === 'leaf') return pattern.kind === 'identifier' ? pattern.text : undefined;
  if (pattern?.type !== 'tree') return undefined;
  if (pattern.kind === 'member') return nameOf(partsOf(pattern, 'name')[0]);
  return pattern.kind === 'genericType' ? nameOf(partsOf(pattern, 'base')[0]) : undefined;
}

/** Expressions that may be known to have a literal's value. */
function knownValues(code: Code, { constant_propagation }: RuleOptions): readonly Node[] {
  if (!constant_propagation) return code.ofKind('template').filter(isExpression);
  return ['identifier', 'member', 'binary', 'template', 'unary']
    .flatMap((kind) => code.ofKind(kind))
    .filter((node) => isExpression(node) && node.role !== 'target');
}

/** Roles of types. */
const TYPE_ROLES: readonly string[] = [
  'type',
  'returns',
  'typeArguments',
  'typeParameters',
  'base',
  'parents',
  'throws',
  'interfaces',
];

export function isTypeRole(role: string | undefined): boolean {
  return role !== undefined && TYPE_ROLES.includes(role);
}

/** Roles in which a node is no expression. */
const NO_EXPRESSION_ROLES: ReadonlySet<string> = new Set([
  ...TYPE_ROLES,
  'modifiers',
  'form',
  'operator',
  'label',
  'alias',
  'module',
  'captures',
]);
/** The `*` of `p->x`, which reads as `(*p).x` and is not written. */
function isImplied(node: Node): boolean {
  const operand = node.part('operand');
  const isWhole = operand?.start === node.start && operand.end === node.end;
  return isWhole && node.part('operator')?.text === '*';
}

/** Constructs whose target is a name that they declare. */
const DECLARING: ReadonlySet<string> = new Set(['variable', 'parameter', 'forEach', 'resource']);

/** What an import names is no expression. */
function isImported(node: Node): boolean {
  let whole = node;
  while (whole.parent?.kind === 'member') whole = whole.parent;
  return whole.role === 'module';
}

/** True for the names of members, declarations and arguments: names, but no expressions. */
function isNameOnly({ role, parent }: Node): boolean {
  return (
    role === 'label' ||
    role === 'alias' ||
    (role === 'target' && DECLARING.has(parent?.kind ?? '')) ||
    (role === 'name' &&
      parent?.kind !== 'annotation' &&
      parent?.kind !== 'function' &&
      parent?.kind !== 'class')
  );
}

function isExpression(node: Node): boolean {
  if (node.kind === 'token' || isStatementKind(node.kind) || NO_EXPRESSION_ROLES.has(node.role)) return false;
  if (node.role === 'target' && DECLARING.has(node.parent?.kind ?? '')) return false;
  return node.kind !== 'keyword' && node.kind !== 'pair' && node.role !== 'name';
}

function searchStatements(
  context: MatchContext,
  sequence: readonly PatternNode[],
  scope: Scope | undefined,
): Hit[] {
  const hits: Hit[] = [];
  const leading = sequence[0]?.type === 'ellipsis';
  const patterns = leading ? sequence.slice(1) : sequence;
  const [first] = patterns;
  if (first === undefined) return hits;
  for (const statement of firstStatements(context, first)) {
    const { parent } = statement;
    if (!parent) continue;
    const cursor = cursorAfter(statement, isOwnExpression(first));
    if (!leading && scope?.allows(statement.start, blockEnd(parent)) === false) continue;
    matchStatement(context, first, statement, undefined, (bindings) => {
      const start = ((leading ? cursor.nodes[0] : undefined) ?? statement).start;
      const rest = { patterns, exact: false };
      matchSequence(context, rest, 1, cursor, statement.end, bindings, (end, bound) => {
        hits.push({ start, end, bindings: bound });
      });
    });
  }
  return hits;
}

/** The end of the block that a list of statements belongs to: a label makes none. */
function blockEnd(around: Node): number {
  let node = around;
  while (node.kind === 'labeled' && node.parent) node = node.parent;
  return node.end;
}

/** Statements at which a run can begin, each once. */
function firstStatements({ code, options }: MatchContext, first: PatternNode): Iterable<Node> {
  const expression = expressionOf(first);
  if (expression === undefined) {
    if (first.type === 'tree') return candidatesOfTree(code, first, options).filter(isListed);
    return code.nodes().filter(isListed);
  }
  const inner = expression.type === 'deep' ? expression.inner : expression;
  const found = new Set<Node>();
  for (const node of candidates(code, inner, options)) {
    let statement: Node | undefined = node;
    while (statement && !isListed(statement)) statement = statement.parent;
    if (statement) found.add(statement);
  }
  return found;
}
