import { CONSTRUCTS } from '../ast/kinds.ts';
import type { Node } from '../ast/node.ts';
import type { Binding, Bindings } from './bindings.ts';
import { ANY_FOR } from './buildPattern.ts';
import { implicitReturns } from './implicitReturn.ts';
import { bindAdmitted, matchNode, nodeBinding, type Found, type MatchContext } from './matchNode.ts';
import { matchList, matchParts } from './matchParts.ts';
import { partsOf, type PatternNode, type TreePattern } from './pattern.ts';

/**
 * What the rule language treats as the same although it reads as another construct. Called when the kinds differ, and for member
 * accesses, whose chains have meanings of their own.
 */
export function matchEquivalent(
  context: MatchContext,
  pattern: TreePattern,
  node: Node,
  bindings: Bindings | undefined,
  found: Found,
): void {
  switch (pattern.kind) {
    case 'assign':
      matchDefinition(context, pattern, node, bindings, found);
      return;
    case 'function':
      // JavaScript: the name of a function in an expression is its own business.
      if (node.kind === 'lambda' && !isDeclared(pattern)) {
        const others = pattern.parts.filter(({ role }) => role !== 'name');
        matchParts(context, others, node, bindings, found);
      } else matchNamedLambda(context, pattern, node, bindings, found);
      return;
    case 'variable':
      if (node.kind === 'parameter') matchParameter(context, pattern, node, bindings, found);
      else matchConstructed(context, pattern, node, bindings, found);
      return;
    case 'lambda':
      // JavaScript: a function in an expression may have a name, which only it can use.
      if (node.kind === 'function' && !isDeclared(node))
        matchParts(context, pattern.parts, node, bindings, found);
      return;
    case 'call':
      if (node.kind === 'annotation' && context.options.attr_expr) {
        matchRenamed(context, pattern, { callee: 'name', arguments: 'arguments' }, node, bindings, found);
      }
      return;
    case 'return':
      if (context.options.implicit_return && implicitReturns(context.code.ast).has(node))
        matchList(context, partsOf(pattern, 'value'), 0, [node], 0, bindings, found);
      return;
    case 'expressionStatement': {
      const [expression] = partsOf(pattern, 'expression');
      if (expression && node.role === 'statements') matchNode(context, expression, node, bindings, found);
      return;
    }
    case 'member': {
      // A name may stand for a type with arguments that the pattern leaves out.
      const base = node.kind === 'genericType' ? node.part('base') : undefined;
      if (base) matchNode(context, pattern, base, bindings, found);
      else matchMember(context, pattern, node, bindings, found);
      return;
    }
    case 'tuple': {
      // Go: `return ..., err` is also `return err`.
      const isLonely = (node.role === 'value' || node.role === 'target') && node.parent?.kind !== 'pair';
      const patterns = partsOf(pattern, 'elements');
      if (!isLonely || context.code.grammar.definition.profile.tuplesAreLists !== true) return;
      if (patterns.some(({ type }) => type === 'ellipsis'))
        matchList(context, patterns, 0, [node], 0, bindings, found);
      return;
    }
    case 'list':
      // C: `{.a = 1}` is also that of `(struct s){.a = 1}`.
      if (node.kind === 'record' && context.code.grammar.definition.profile.designatedEntries === true)
        matchRenamed(context, pattern, { elements: 'fields' }, node, bindings, found);
      return;
    case 'pair':
      matchLabeled(context, pattern, node, bindings, found);
      return;
    case ANY_FOR:
      if (node.kind === 'for' || node.kind === 'forEach')
        matchParts(context, pattern.parts, node, bindings, found);
  }
}

/** `a: f()` alone is a field of a record or a labelled statement. */
function matchLabeled(
  context: MatchContext,
  pattern: TreePattern,
  node: Node,
  bindings: Bindings | undefined,
  found: Found,
): void {
  if (node.kind !== 'labeled') return;
  const roles: Readonly<Record<string, string>> = { key: 'label', value: 'statements' };
  const parts = pattern.parts.map((part) => ({ ...part, role: part.role && roles[part.role] }));
  matchParts(context, parts, node, bindings, found);
}

/** A declaration that may be a parameter: what only variables have is not asked for. */
function matchParameter(
  context: MatchContext,
  pattern: TreePattern,
  node: Node,
  bindings: Bindings | undefined,
  found: Found,
): void {
  if (pattern.orParameter !== true) return;
  const parts = pattern.parts.filter(({ role = '' }) => role in CONSTRUCTS.parameter);
  matchParts(context, parts, node, bindings, found);
}

/** C++: `T x(...);` declares a function or a variable; a pattern reads as the one, the code perhaps as the other. */
function matchConstructed(
  context: MatchContext,
  pattern: TreePattern,
  node: Node,
  bindings: Bindings | undefined,
  found: Found,
): void {
  const [value] = partsOf(pattern, 'value');
  if (node.kind !== 'function' || node.part('body') || value?.type !== 'tree' || value.kind !== 'call')
    return;
  if (context.code.grammar.definition.profile.constructedDeclarations !== true) return;
  const parts = pattern.parts.flatMap((part) => {
    if (part.role === 'value')
      return [{ role: 'parameters', demand: part.demand, patterns: partsOf(value, 'arguments') }];
    const role = part.role === 'type' ? 'returns' : part.role === 'target' ? 'name' : part.role;
    return [{ ...part, role }];
  });
  matchParts(context, parts, node, bindings, found);
}

/** An assignment pattern also matches a declaration with initialiser: `x = f()` and `int *x = f()`. */
function matchDefinition(
  context: MatchContext,
  pattern: TreePattern,
  node: Node,
  bindings: Bindings | undefined,
  found: Found,
): void {
  const { options } = context;
  // C#: `new T { A = 1 }` sets a member.
  const isSet = node.kind === 'pair' && node.parent?.kind === 'new' && node.role === 'fields';
  if (isSet && context.code.grammar.definition.profile.initialisersAssign === true) {
    matchRenamed(context, pattern, { target: 'key', value: 'value' }, node, bindings, found);
    return;
  }
  if (node.kind !== 'variable') return;
  if (!(node.role === 'members' ? options.flddef_assign || options.vardef_assign : options.vardef_assign))
    return;
  const [operator] = partsOf(pattern, 'operator');
  if (operator?.type !== 'leaf' || (operator.text !== '=' && operator.text !== ':=')) return;
  matchRenamed(context, pattern, { target: 'target', value: 'value' }, node, bindings, found);
}

/** False for a function that is a value where it stands. */
function isDeclared({ role }: { readonly role: string }): boolean {
  return role === 'statements' || role === 'members' || role === 'fields';
}

/** `function f(...) {...}` is also `f = (...) => {...}`, as a variable, a property or an assignment. */
function matchNamedLambda(
  context: MatchContext,
  pattern: TreePattern,
  node: Node,
  bindings: Bindings | undefined,
  found: Found,
): void {
  const roles = NAMED_VALUES[node.kind];
  const lambda = roles && context.options.arrow_is_function ? node.part(roles.value) : undefined;
  const name = roles && node.part(roles.name);
  const [wanted] = partsOf(pattern, 'name');
  if ((lambda?.kind !== 'lambda' && lambda?.kind !== 'function') || !name || !wanted) return;
  const others = pattern.parts.filter(({ role }) => role !== 'name' && role !== 'attributes');
  matchNode(context, wanted, name, bindings, (bound) => {
    matchParts(context, others, lambda, bound, found);
  });
}

const NAMED_VALUES: Readonly<Record<string, { readonly name: string; readonly value: string }>> = {
  variable: { name: 'target', value: 'value' },
  assign: { name: 'target', value: 'value' },
  pair: { name: 'key', value: 'value' },
};

/** Compares roles of the pattern with other roles of the node; the pattern's other roles are left alone. */
function matchRenamed(
  context: MatchContext,
  pattern: TreePattern,
  roles: Readonly<Record<string, string>>,
  node: Node,
  bindings: Bindings | undefined,
  found: Found,
): void {
  const parts = pattern.parts.flatMap((part) => {
    const role = part.role === undefined ? undefined : roles[part.role];
    return role === undefined ? [] : [{ ...part, role }];
  });
  matchParts(context, parts, node, bindings, found);
}

/** `$O. ... .f` is any chain that begins with `$O`; `a.b.$F` is also a name that was imported from `a.b`. */
function matchMember(
  context: MatchContext,
  pattern: TreePattern,
  node: Node,
  bindings: Bindings | undefined,
  found: Found,
): void {
  const [object] = partsOf(pattern, 'object');
  const [name] = partsOf(pattern, 'name');
  if (!object || !name) return;
  if (name.type === 'ellipsis') {
    for (let each: Node | undefined = node; each; each = innerOf(each)) {
      matchNode(context, object, each, bindings, found);
    }
    return;
  }
  if (node.kind === 'identifier' && name.type === 'any' && object.type !== 'any') {
    matchImported(context, object, name, node, bindings, found);
  }
}

/** What a step of a chain is taken from. */
function innerOf(node: Node): Node | undefined {
  switch (node.kind) {
    case 'call':
      return node.part('callee');
    case 'member':
    case 'index':
      return node.part('object');
    case 'await':
      return node.part('value');
    default:
      return undefined;
  }
}

function matchImported(
  context: MatchContext,
  object: PatternNode,
  name: Extract<PatternNode, { type: 'any' }>,
  node: Node,
  bindings: Bindings | undefined,
  found: Found,
): void {
  const wanted =
    object.type === 'leaf' && object.kind === 'identifier'
      ? [object.text]
      : object.type === 'tree'
        ? object.path
        : undefined;
  if (wanted === undefined) return;
  const from = context.code.names
    .pathsOf(node)
    .find((path) => path.length === wanted.length + 1 && wanted.every((part, index) => part === path[index]));
  if (from === undefined) return;
  const bound =
    name.name === undefined
      ? bindings
      : bindAdmitted(context, bindings, name.name, importedBinding(context, node, from.at(-1)));
  if (bound !== false) found(bound);
}

/** What is imported under another name keeps the name that its module gives it, as far as conditions and messages go. */
function importedBinding(context: MatchContext, node: Node, name: string | undefined): Binding {
  const binding = nodeBinding(context, node);
  if (name === undefined || name === node.text) return binding;
  return { start: binding.start, end: binding.end, node, key: binding.key, text: name };
}
