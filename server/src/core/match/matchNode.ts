import type { Node } from '../ast/node.ts';
import type { RuleOptions } from '../rules/options.ts';
import type { Grammar } from '../syntax/grammar.ts';
import { MACRO_TEXT } from '../resolve/constants.ts';
import { compileRegex, type RuleRegex } from '../rules/regex.ts';
import { STRING_KEY, bind, lookUp, type Admits, type Binding, type Bindings } from './bindings.ts';
import type { Budget } from './budget.ts';
import type { Code } from './code.ts';
import { matchEquivalent } from './equivalences.ts';
import { sameLeaf } from './leaves.ts';
import { matchImport } from './matchImport.ts';
import { matchParts } from './matchParts.ts';
import { matchUnread } from './matchUnread.ts';
import { matchBinary } from './operands.ts';
import { BYTES_QUOTE, TEMPLATE_QUOTE, partsOf, type PatternNode, type TreePattern } from './pattern.ts';
import { declaredTypeMatches } from './types.ts';

/** Receives each way to match; the matcher goes on to the next way when it returns. */
export type Found = (bindings: Bindings | undefined) => void;

export interface MatchContext {
  readonly code: Code;
  readonly budget: Budget;
  readonly options: RuleOptions;
  /** Undefined where no condition speaks of one metavariable alone. */
  readonly admits?: Admits | undefined;
}

/** Calls `found` for each way in which `pattern` matches `node`. */
export function matchNode(
  context: MatchContext,
  pattern: PatternNode,
  node: Node,
  bindings: Bindings | undefined,
  found: Found,
): void {
  context.budget.spend();
  // `with f():` is also `with f() as x:`.
  if (node.kind === 'resource' && pattern.role === 'resources' && !isResource(pattern)) {
    const opened = node.part('value');
    if (opened !== undefined) matchNode(context, pattern, opened, bindings, found);
    return;
  }
  switch (pattern.type) {
    case 'any': {
      const { name, declared } = pattern;
      const subject = pattern.isShorthand ? shorthandOf(node) : node;
      if (subject === undefined || !mayBeBound(pattern.role, subject)) return;
      if (pattern.sigil !== undefined && !subject.text.startsWith(pattern.sigil)) return;
      const bindTo = (bound: Bindings | undefined): void => {
        const next =
          name === undefined ? bound : bindAdmitted(context, bound, name, nodeBinding(context, subject));
        if (next !== false) found(next);
      };
      if (declared) declaredTypeMatches(context, declared, node, bindings, bindTo);
      else bindTo(bindings);
      return;
    }
    case 'ellipsis':
      found(bindings);
      return;
    case 'deep':
      if (context.options.go_deeper_expr) matchDeep(context, pattern.inner, node, bindings, found);
      else matchNode(context, pattern.inner, node, bindings, found);
      return;
    case 'string':
      matchString(context, pattern, node, bindings, found);
      return;
    case 'leaf':
      if (sameLeaf(context, pattern, node)) found(bindings);
      return;
    case 'unread':
      matchUnread(context, pattern.patterns, node, bindings, found);
      return;
    case 'tree':
      matchTree(context, pattern, node, bindings, found);
  }
}

function isResource(pattern: PatternNode): boolean {
  return pattern.type === 'tree' && pattern.kind === 'resource';
}

/** False for what is no code of its own where the metavariable stands. */
function mayBeBound(role: string, { kind, parent, start, contentStart, end }: Node): boolean {
  switch (role) {
    case 'arguments':
      // `a=1` is no expression: `f($X)` does not match `f(a=1)`.
      return kind !== 'keyword';
    case 'size':
      // `[$N]T` is no slice.
      return kind !== 'token';
    case 'parts':
      // What is filled in, and not the text around it.
      return kind !== 'string' || contentStart > start;
    case 'name':
      // `import { $X } from 'm'` is no `import x from 'm'`, whose name is not written.
      return parent?.kind !== 'importName' || end > start;
    default:
      return true;
  }
}

/** What `{ x }` names; of a field with another name than its value nothing, and any other node itself. */
function shorthandOf(node: Node): Node | undefined {
  if (node.kind !== 'pair') return node;
  const value = node.part('value');
  return value?.start === node.part('key')?.start || value?.text === node.part('key')?.text
    ? value
    : undefined;
}

export function nodeBinding({ code, options }: MatchContext, node: Node): Binding {
  return new NodeBinding(code, node, options.unify_ids_strictly);
}

/** Makes its key when it is asked for: most bindings are compared with no other one. */
class NodeBinding implements Binding {
  readonly start: number;
  readonly end: number;
  readonly node: Node;
  readonly #code: Code;
  readonly #strictly: boolean;

  constructor(code: Code, node: Node, strictly: boolean) {
    this.start = node.start;
    this.end = node.end;
    this.node = node;
    this.#code = code;
    this.#strictly = strictly;
  }

  get key(): string {
    return this.#code.keyOf(this.node, this.#strictly);
  }
}

/** As `bind`, and false too for what the conditions on the metavariable do not admit. */
export function bindAdmitted(
  { admits }: MatchContext,
  bindings: Bindings | undefined,
  name: string,
  value: Binding,
): Bindings | false {
  if (admits && lookUp(bindings, name) === undefined && !admits(name, value)) return false;
  return bind(bindings, name, value);
}

/** `"..."`, `"=~/re/"` and `"$X"`: a literal, or what is known to be one. */
function matchString(
  context: MatchContext,
  pattern: Extract<PatternNode, { type: 'string' }>,
  node: Node,
  bindings: Bindings | undefined,
  found: Found,
): void {
  if (pattern.isTemplate) {
    if (isTemplate(context, node)) found(bindings);
    return;
  }
  const literal = literalOf(context, node, pattern.kind);
  if (literal !== undefined && pattern.isBytes && !isBytes(context, literal)) return;
  if (literal === undefined || !holdsIn(pattern, literal.text)) return;
  if (pattern.name === undefined) {
    found(bindings);
    return;
  }
  const { contentStart: start, contentEnd: end, text } = literal;
  const value = { start, end, node: undefined, key: `${STRING_KEY}${text}` };
  const bound = bindAdmitted(context, bindings, pattern.name, value);
  if (bound !== false) found(bound);
}

const expressions = new WeakMap<PatternNode, RuleRegex>();

/** False where the pattern has a regular expression that the content does not have. */
function holdsIn(pattern: Extract<PatternNode, { type: 'string' }>, content: string): boolean {
  if (pattern.regex === undefined) return true;
  let regex = expressions.get(pattern);
  if (regex === undefined) {
    const compiled = compileRegex(pattern.regex);
    // It was tried when the pattern was compiled.
    if ('error' in compiled) throw new Error(compiled.error);
    ({ regex } = compiled);
    expressions.set(pattern, regex);
  }
  return regex.matchesAnywhere(content);
}

/** A template, or a string written as one that has nothing to fill in. */
function isTemplate({ code }: MatchContext, node: Node): boolean {
  if (node.kind === 'template') return node.part('tag') === undefined;
  return node.kind === 'string' && TEMPLATE_QUOTE.test(code.text.slice(node.start, node.contentStart));
}

/** True for the literal of a string of bytes: `b'x'`. */
export function isBytes({ code }: MatchContext, { start, contentStart }: Node): boolean {
  return BYTES_QUOTE.test(code.text.slice(start, contentStart));
}

function literalOf({ code, options }: MatchContext, node: Node, kind: 'string' | 'regex'): Node | undefined {
  if (node.kind === kind) return node;
  if (kind === 'string' && node.kind === 'template' && joinsMacros(code.grammar))
    return asString(node, textOfParts(node));
  if (kind === 'regex' || !options.constant_propagation || !mayBeConstant(node)) return undefined;
  const constant = code.names.constantOf(node);
  return constant?.kind === 'string' ? asString(constant.node, constant.text) : undefined;
}

/** What stands beside a literal, as `PRIu32` does, is a macro there and so a literal, too. */
function joinsMacros({ definition }: Grammar): boolean {
  return definition.dialect !== undefined;
}

/** What is written of a text that is put together, without what its macros bring. */
function textOfParts(template: Node): string {
  return template.children.map(({ kind, text }) => (kind === 'string' ? text : '')).join('');
}

/** The literal; of a text put together from several, its place is the whole expression. */
function asString(node: Node, text: string): Node {
  if (node.kind === 'string' && node.text === text) return node;
  return Object.assign(Object.create(node) as Node, { text });
}

/** Kinds of expressions that may have a known value. */
export function mayBeConstant({ kind }: Node): boolean {
  return MAY_BE_CONSTANT.has(kind);
}

const MAY_BE_CONSTANT: ReadonlySet<string> = new Set([
  'identifier',
  'member',
  'binary',
  'template',
  'unary',
  MACRO_TEXT,
]);

/** `<... P ...>`: in the node or below it, but not in the blocks of a statement: their statements are matched on their own. */
function matchDeep(
  context: MatchContext,
  inner: PatternNode,
  node: Node,
  bindings: Bindings | undefined,
  found: Found,
): void {
  const isStatement = node.role === 'statements';
  const pending = [node];
  for (let each = pending.pop(); each !== undefined; each = pending.pop()) {
    matchNode(context, inner, each, bindings, found);
    if (isStatement && each.kind === 'lambda') continue;
    for (let index = each.children.length - 1; index >= 0; index--) {
      const child = each.children[index];
      if (child && !(isStatement && isBody(child))) pending.push(child);
    }
  }
}

function isBody({ kind, parent }: Node): boolean {
  return kind === 'block' || kind === 'case' || kind === 'catch' || (kind === 'if' && parent?.kind === 'if');
}

function matchTree(
  context: MatchContext,
  pattern: TreePattern,
  node: Node,
  bindings: Bindings | undefined,
  found: Found,
): void {
  const { options } = context;
  if (options.symbolic_propagation && node.kind === 'identifier') {
    const value = context.code.names.valueOf(node);
    if (value && value !== node) matchNode(context, pattern, value, bindings, found);
  }
  if (pattern.path && matchesPath(context, pattern.path, node)) {
    found(bindings);
    return;
  }
  if (pattern.kind !== node.kind) {
    matchEquivalent(context, pattern, node, bindings, found);
    return;
  }
  if (pattern.kind === 'element' && !options.xml_singleton_loose_matching && hasMore(pattern, node)) return;
  // `get` and `set` of a property are no functions of that name.
  if (node.role === 'accessors' && pattern.role !== 'accessors') return;
  if (pattern.kind === 'binary') matchBinary(context, pattern, node, bindings, found);
  else matchParts(context, pattern.parts, node, bindings, found);
  if (pattern.kind === 'import') matchImport(context, pattern, node, bindings, found);
  if (pattern.kind === 'member') matchEquivalent(context, pattern, node, bindings, found);
}

/** True for an element with content where the pattern has none. */
function hasMore(pattern: TreePattern, node: Node): boolean {
  return partsOf(pattern, 'content').length === 0 && node.parts('content').length > 0;
}

/** A chain of names in the pattern also stands for what an import lets the code write otherwise. */
function matchesPath({ code }: MatchContext, path: readonly string[], node: Node): boolean {
  if (node.kind !== 'identifier' && node.kind !== 'member') return false;
  return code.names
    .pathsOf(node)
    .some((known) => known.length === path.length && known.every((part, index) => part === path[index]));
}
