import { bind, type Bindings } from './bindings.ts';
import type { Budget } from './budget.ts';
import type { Code } from './code.ts';
import { declaredTypeMatches } from './declaredTypes.ts';
import { sameNumber } from './numbers.ts';
import type { PatternChild, PatternNode, TreePattern } from './pattern.ts';
import { matchSequence } from './matchSequence.ts';

/** Receives each way to match; the matcher goes on to the next way when it returns. */
export type Found = (bindings: Bindings | undefined) => void;

export interface MatchContext {
  readonly code: Code;
  readonly budget: Budget;
}

/** Calls `found` for each way in which `pattern` matches `node`. */
export function matchNode(
  context: MatchContext,
  pattern: PatternNode,
  node: number,
  bindings: Bindings | undefined,
  found: Found,
): void {
  context.budget.spend();
  const { code } = context;
  switch (pattern.type) {
    case 'any': {
      if (pattern.declared && !declaredTypeMatches(code, node, pattern.declared)) return;
      if (pattern.name === undefined) {
        found(bindings);
        return;
      }
      const bound = bind(bindings, pattern.name, nodeBinding(code, node));
      if (bound !== false) found(bound);
      return;
    }
    case 'ellipsis':
      found(bindings);
      return;
    case 'deep':
      matchDeep(context, pattern.inner, node, bindings, found);
      return;
    case 'string': {
      const inner = code.unwrap(node);
      if (!code.grammar.roles.strings.has(code.kind(inner))) return;
      if (pattern.matches === undefined || pattern.matches(stringContent(code.textOf(inner))))
        found(bindings);
      return;
    }
    case 'leaf':
      if (leafMatches(code, pattern, code.unwrap(node))) found(bindings);
      return;
    case 'tree':
      matchTree(context, pattern, code.unwrap(node), bindings, found);
  }
}

export function nodeBinding(
  code: Code,
  node: number,
): { start: number; end: number; node: number; key: string } {
  return { start: code.start(node), end: code.end(node), node, key: code.keyOf(node) };
}

function leafMatches(code: Code, pattern: Extract<PatternNode, { type: 'leaf' }>, node: number): boolean {
  const kind = code.kind(node);
  if (pattern.class === 'identifier') {
    return code.grammar.roles.identifiers.has(kind) && code.textOf(node) === pattern.text;
  }
  if (kind !== pattern.kind) return false;
  const text = code.textOf(node);
  return text === pattern.text || (pattern.class === 'number' && sameNumber(text, pattern.text));
}

/** Content of a string literal; of adjacent literals, their contents joined. */
export function stringContent(literal: string): string {
  let content = '';
  for (const part of literal.matchAll(/"((?:[^"\\]|\\[^])*)"/g)) content += part[1] ?? '';
  return content;
}

/** `<... P ...>`: in the node or below it, but not in statements nested in a statement: these are matched on their own. */
function matchDeep(
  context: MatchContext,
  inner: PatternNode,
  node: number,
  bindings: Bindings | undefined,
  found: Found,
): void {
  const { code } = context;
  const { roles } = code.grammar;
  const rootIsStatement = roles.statements.has(code.kind(node));
  const pending = [node];
  for (let each = pending.pop(); each !== undefined; each = pending.pop()) {
    matchNode(context, inner, each, bindings, found);
    const children = code.significantChildren(each);
    for (let index = children.length - 1; index >= 0; index--) {
      const child = children[index] ?? 0;
      const kind = code.kind(child);
      if (rootIsStatement && (roles.statements.has(kind) || roles.blocks.has(kind))) continue;
      pending.push(child);
    }
  }
}

function matchTree(
  context: MatchContext,
  pattern: TreePattern,
  node: number,
  bindings: Bindings | undefined,
  found: Found,
): void {
  const { code } = context;
  const { grammar } = code;
  const kind = code.kind(node);
  const { roles } = grammar;
  if (kind !== pattern.kind) {
    // A body of one statement may be written without braces.
    if (roles.bracedBlocks.has(pattern.kind) && isBareBody(code, node)) {
      matchBlock(context, pattern, [node], bindings, found);
    }
    matchInitialiser(context, pattern, node, bindings, found);
    return;
  }
  const optional = roles.optionalFields.get(kind);
  const modifiers: number[] = [];
  const children: number[] = [];
  for (const child of code.significantChildren(node)) {
    const field = code.table.field[child] ?? 0;
    if (roles.modifiers.has(code.kind(child))) modifiers.push(child);
    else if (!optional?.has(field) || pattern.fields.has(field)) children.push(child);
  }
  matchModifiers(context, pattern.modifiers, modifiers, bindings, (bound) => {
    if (roles.bracedBlocks.has(kind)) {
      matchBlock(context, pattern, children, bound, found);
      return;
    }
    matchChildren(context, pattern, children, bound, found);
    matchSwapped(context, pattern, children, bound, found);
  });
}

function matchBlock(
  context: MatchContext,
  pattern: TreePattern,
  statements: readonly number[],
  bindings: Bindings | undefined,
  found: Found,
): void {
  const sequence = { patterns: pattern.children.map((child) => child.node), exact: true };
  const cursor = { nodes: statements, index: 0, outer: undefined, bodyOpen: false };
  matchSequence(context, sequence, 0, cursor, -1, bindings, (_end, bound) => {
    found(bound);
  });
}

/** A statement that is the whole body of another one. */
function isBareBody(code: Code, node: number): boolean {
  const { roles } = code.grammar;
  const parent = code.kind(code.parent(node));
  return roles.statements.has(code.kind(node)) && !roles.blocks.has(parent) && node > 0;
}

/** Children one by one; of a declaration with several declarators, one that the pattern asks for is enough. */
function matchChildren(
  context: MatchContext,
  pattern: TreePattern,
  children: readonly number[],
  bindings: Bindings | undefined,
  found: Found,
): void {
  const { code } = context;
  const { grammar } = code;
  const { initialiser } = grammar.definition.profile;
  if (pattern.kind === grammar.kind(initialiser.declaration)) {
    const field = grammar.field(initialiser.left);
    const declarators = children.filter((child) => code.table.field[child] === field);
    const wanted = pattern.children.filter((child) => child.field === field).length;
    if (wanted === 1 && declarators.length > 1) {
      for (const one of declarators) {
        const others = children.filter((child) => child === one || !declarators.includes(child));
        matchList(context, pattern.children, 0, others, 0, bindings, found);
      }
      return;
    }
  }
  matchList(context, pattern.children, 0, children, 0, bindings, found);
}

/** `a + b` also matches `b + a` for operators that do not care. */
function matchSwapped(
  context: MatchContext,
  pattern: TreePattern,
  children: readonly number[],
  bindings: Bindings | undefined,
  found: Found,
): void {
  const { grammar } = context.code;
  const { binary, commutativeOperators } = grammar.definition.profile;
  if (pattern.kind !== grammar.kind(binary.kind)) return;
  const [left, operator, right] = pattern.children;
  if (!left || !right || operator?.node.type !== 'leaf') return;
  if (!commutativeOperators.includes(operator.node.text)) return;
  matchList(context, [right, operator, left], 0, children, 0, bindings, found);
}

/** An assignment pattern also matches a declaration with initialiser: `x = f()` and `int *x = f()`. */
function matchInitialiser(
  context: MatchContext,
  pattern: TreePattern,
  node: number,
  bindings: Bindings | undefined,
  found: Found,
): void {
  const { code } = context;
  const { grammar } = code;
  const { assignment, initialiser } = grammar.definition.profile;
  if (pattern.kind !== grammar.kind(assignment.kind) || code.kind(node) !== grammar.kind(initialiser.kind))
    return;
  const [left, operator, right] = pattern.children;
  if (!left || !right || operator?.node.type !== 'leaf' || operator.node.text !== assignment.operator) return;
  const declarator = code.field(node, grammar.field(initialiser.left));
  const value = code.field(node, grammar.field(initialiser.right));
  if (declarator < 0 || value < 0) return;
  matchNode(context, left.node, code.unwrapDeclarator(declarator), bindings, (bound) => {
    matchNode(context, right.node, value, bound, found);
  });
}

function matchModifiers(
  context: MatchContext,
  patterns: readonly PatternNode[],
  nodes: readonly number[],
  bindings: Bindings | undefined,
  found: Found,
): void {
  const [first, ...others] = patterns;
  if (first === undefined) {
    found(bindings);
    return;
  }
  for (const node of nodes) {
    matchNode(context, first, node, bindings, (bound) => {
      matchModifiers(context, others, nodes, bound, found);
    });
  }
}

/** List members from `patternAt` and `nodeAt` on; `...` takes any number of them. */
function matchList(
  context: MatchContext,
  patterns: readonly PatternChild[],
  patternAt: number,
  nodes: readonly number[],
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
  if (pattern.node.type === 'ellipsis') {
    const last = patternAt === patterns.length - 1;
    for (let end = last ? nodes.length : nodeAt; end <= nodes.length; end++) {
      const bound = bindRun(context.code, pattern.node.name, nodes, nodeAt, end, bindings);
      if (bound !== false) matchList(context, patterns, patternAt + 1, nodes, end, bound, found);
    }
    return;
  }
  const node = nodes[nodeAt];
  if (node === undefined) return;
  const target = pattern.declarator === undefined ? node : declaratorTarget(context.code, pattern, node);
  if (target < 0) return;
  matchNode(context, pattern.node, target, bindings, (bound) => {
    matchList(context, patterns, patternAt + 1, nodes, nodeAt + 1, bound, found);
  });
}

/** What a declarator pattern is compared with: see `PatternChild.declarator`. -1 when it cannot match. */
function declaratorTarget(code: Code, pattern: PatternChild, node: number): number {
  const { roles } = code.grammar;
  if (!roles.initialiserWrappers.has(code.kind(node))) return node;
  if (pattern.node.type === 'tree') {
    if (pattern.declarator === 'exact' || roles.initialiserWrappers.has(pattern.node.kind)) return node;
    return code.unwrapDeclarator(node);
  }
  return pattern.declarator === 'exact' ? -1 : code.unwrapDeclarator(node);
}

/** Binds `$...X` to the members from `from` up to `to`. */
function bindRun(
  code: Code,
  name: string | undefined,
  nodes: readonly number[],
  from: number,
  to: number,
  bindings: Bindings | undefined,
): Bindings | undefined | false {
  if (name === undefined) return bindings;
  const first = nodes[from];
  const last = nodes[to - 1];
  if (first === undefined || last === undefined || to <= from) {
    return bind(bindings, name, { start: 0, end: 0, node: -1, key: '' });
  }
  const key = nodes.slice(from, to).map((node) => code.keyOf(node));
  return bind(bindings, name, {
    start: code.start(first),
    end: code.end(last),
    node: -1,
    key: key.join('\u0002'),
  });
}
