import type { Node } from '../ast/node.ts';
import type { Bindings } from './bindings.ts';
import { bindAdmitted, matchNode, type Found, type MatchContext } from './matchNode.ts';
import { matchSequence } from './matchSequence.ts';
import { matchTemplate } from './matchTemplate.ts';
import type { PatternNode, PatternPart } from './pattern.ts';

/** What each part of a pattern asks of a node, one part after the other. */
export function matchParts(
  context: MatchContext,
  parts: readonly PatternPart[],
  node: Node,
  bindings: Bindings | undefined,
  found: Found,
): void {
  matchPartsFrom(context, parts, 0, node, bindings, found);
}

function matchPartsFrom(
  context: MatchContext,
  parts: readonly PatternPart[],
  index: number,
  node: Node,
  bindings: Bindings | undefined,
  found: Found,
): void {
  const part = parts[index];
  if (part === undefined) {
    found(bindings);
    return;
  }
  matchPart(context, part, node, bindings, (bound) => {
    matchPartsFrom(context, parts, index + 1, node, bound, found);
  });
}

function matchPart(
  context: MatchContext,
  part: PatternPart,
  node: Node,
  bindings: Bindings | undefined,
  found: Found,
): void {
  const { role, demand, patterns } = part;
  const nodes = role === undefined ? node.children : node.parts(role);
  // `template <...> class $C` and `try (...) { }`: a pattern that writes type parameters or resources asks for some.
  if ((role === 'typeParameters' || role === 'resources') && nodes.length === 0) return;
  if (role === 'statements') {
    matchStatements(context, patterns, nodes, bindings, found);
  } else if (role === 'arguments') {
    matchArguments(context, patterns, nodes, bindings, found);
  } else if (role === 'attributes' && node.kind !== 'element' && context.options.decorators_order_matters) {
    matchInOrder(context, patterns, 0, nodes, 0, bindings, found);
  } else if (role === 'parts') {
    matchTemplate(context, patterns, nodes, bindings, found);
  } else if (role === 'content' && !context.options.xml_children_ordered) {
    matchAnyOrder(context, patterns, nodes, bindings, found);
  } else if (demand === 'subset' && !isLoose(context, role, node)) {
    matchAnyOrder(context, patterns, nodes, bindings, found);
  } else if (demand === 'subset' && !isPositional(role, patterns, nodes)) {
    matchSubset(context, patterns, nodes, bindings, found);
  } else {
    matchList(context, patterns, 0, nodes, 0, bindings, found);
  }
}

/** False where a list must hold no more than the pattern writes. */
function isLoose({ options }: MatchContext, role: string | undefined, { kind }: Node): boolean {
  if (role === 'fields' || role === 'elements') return options.implicit_ellipsis;
  return role !== 'attributes' || kind !== 'element' || options.xml_attrs_implicit_ellipsis;
}

/** `T{1, x}`: values without keys mean what their place says. */
function isPositional(
  role: string | undefined,
  patterns: readonly PatternNode[],
  nodes: readonly Node[],
): boolean {
  const isValue = (each: PatternNode): boolean =>
    each.type !== 'ellipsis' && (each.type !== 'tree' || !FIELD_KINDS.has(each.kind));
  return role === 'fields' && patterns.some(isValue) && !nodes.some(({ kind }) => FIELD_KINDS.has(kind));
}

/** What a record's field looks like where it has a name, or brings names. */
const FIELD_KINDS: ReadonlySet<string> = new Set(['pair', 'spread', 'function', 'keyword']);

function matchStatements(
  context: MatchContext,
  patterns: readonly PatternNode[],
  nodes: readonly Node[],
  bindings: Bindings | undefined,
  found: Found,
): void {
  const cursor = { nodes, index: 0, outer: undefined, bodyOpen: false };
  matchSequence(context, { patterns, exact: true }, 0, cursor, -1, bindings, (_end, bound) => {
    found(bound);
  });
}

/** Keyword arguments in any order among themselves; `...` takes what is left over. */
function matchArguments(
  context: MatchContext,
  patterns: readonly PatternNode[],
  nodes: readonly Node[],
  bindings: Bindings | undefined,
  found: Found,
): void {
  const keywords = patterns.filter(isKeyword);
  if (keywords.length === 0) {
    matchList(context, patterns, 0, nodes, 0, bindings, found);
    return;
  }
  const others = patterns.filter((pattern) => !isKeyword(pattern));
  const open = others.some((pattern) => pattern.type === 'ellipsis');
  const named = nodes.filter((node) => node.kind === 'keyword');
  if (!open && named.length !== keywords.length) return;
  matchEach(context, keywords, 0, named, [], bindings, (bound, taken) => {
    const left = nodes.filter((node) => node.kind !== 'keyword' || (open && !taken.includes(node)));
    const positional = open ? left.filter((node) => node.kind !== 'keyword') : left;
    matchList(context, others, 0, positional, 0, bound, found);
  });
}

function isNamedArgument({ kind, role, parent }: Node): boolean {
  return kind === 'keyword' && role === 'arguments' && (parent?.kind === 'call' || parent?.kind === 'new');
}

/** `<... P ...>` looks into a named argument too. */
function takesName(pattern: PatternNode): boolean {
  return pattern.type === 'deep' || isKeyword(pattern);
}

function isKeyword(pattern: PatternNode): boolean {
  return pattern.type === 'tree' && pattern.kind === 'keyword';
}

/** Each pattern matches some node, in any order; further nodes do not matter, and `$...X` stands for them. */
function matchSubset(
  context: MatchContext,
  patterns: readonly PatternNode[],
  nodes: readonly Node[],
  bindings: Bindings | undefined,
  found: Found,
): void {
  const wanted = patterns.filter((pattern) => pattern.type !== 'ellipsis');
  const run = patterns.find((pattern) => pattern.type === 'ellipsis' && pattern.name !== undefined);
  matchEach(context, wanted, 0, nodes, [], bindings, (bound, taken) => {
    if (run?.type !== 'ellipsis') {
      found(bound);
      return;
    }
    const left = nodes.filter((node) => !taken.includes(node));
    const all = bindRun(context, run.name, left, 0, left.length, bound);
    if (all !== false) found(all);
  });
}

/** Each pattern matches a node, in any order; `...` takes what is left, and without it nothing may be. */
function matchAnyOrder(
  context: MatchContext,
  patterns: readonly PatternNode[],
  nodes: readonly Node[],
  bindings: Bindings | undefined,
  found: Found,
): void {
  const isOpen = patterns.some(({ type }) => type === 'ellipsis');
  if (isOpen || patterns.length === nodes.length) matchSubset(context, patterns, nodes, bindings, found);
}

/** Each pattern matches a node, one after the other; what stands between does not matter. */
function matchInOrder(
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
    found(bindings);
    return;
  }
  if (pattern.type === 'ellipsis') {
    matchInOrder(context, patterns, patternAt + 1, nodes, nodeAt, bindings, found);
    return;
  }
  for (let index = nodeAt; index < nodes.length; index++) {
    const node = nodes[index];
    if (node === undefined) return;
    matchNode(context, pattern, node, bindings, (bound) => {
      matchInOrder(context, patterns, patternAt + 1, nodes, index + 1, bound, found);
    });
  }
}

/** @param taken nodes that earlier patterns matched */
function matchEach(
  context: MatchContext,
  patterns: readonly PatternNode[],
  index: number,
  nodes: readonly Node[],
  taken: readonly Node[],
  bindings: Bindings | undefined,
  found: (bindings: Bindings | undefined, taken: readonly Node[]) => void,
): void {
  context.budget.spend();
  const pattern = patterns[index];
  if (pattern === undefined) {
    found(bindings, taken);
    return;
  }
  for (const node of nodes) {
    if (taken.includes(node)) continue;
    matchNode(context, pattern, node, bindings, (bound) => {
      matchEach(context, patterns, index + 1, nodes, [...taken, node], bound, found);
    });
  }
}

/** List members from `patternAt` and `nodeAt` on; `...` takes any number of them. */
export function matchList(
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
  if (pattern.type === 'ellipsis') {
    const last = patternAt === patterns.length - 1;
    for (let end = last ? nodes.length : nodeAt; end <= nodes.length; end++) {
      const bound = bindRun(context, pattern.name, nodes, nodeAt, end, bindings);
      if (bound !== false) matchList(context, patterns, patternAt + 1, nodes, end, bound, found);
    }
    return;
  }
  const node = nodes[nodeAt];
  // `f($X)` is no `f(name: x)`.
  if (node === undefined || (isNamedArgument(node) && !takesName(pattern))) return;
  matchNode(context, pattern, node, bindings, (bound) => {
    matchList(context, patterns, patternAt + 1, nodes, nodeAt + 1, bound, found);
  });
}

/** Binds `$...X` to the members from `from` up to `to`. */
export function bindRun(
  context: MatchContext,
  name: string | undefined,
  nodes: readonly Node[],
  from: number,
  to: number,
  bindings: Bindings | undefined,
): Bindings | undefined | false {
  if (name === undefined) return bindings;
  const first = nodes[from];
  const last = nodes[to - 1];
  if (first === undefined || last === undefined || to <= from) {
    return bindAdmitted(context, bindings, name, { start: 0, end: 0, node: undefined, key: '' });
  }
  const { code, options, budget } = context;
  let key: string | undefined;
  return bindAdmitted(context, bindings, name, {
    start: first.start,
    end: last.end,
    node: undefined,
    // Made when it is first compared: of runs in a long list there are very many.
    get key() {
      if (key !== undefined) return key;
      budget.spend(to - from);
      const keys = nodes.slice(from, to).map((node) => code.keyOf(node, options.unify_ids_strictly));
      // A run of one agrees with the one.
      return (key = keys.join('\u0002'));
    },
  });
}
