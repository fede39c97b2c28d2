import { descendants, type Node } from '../ast/node.ts';
import { perFunction } from '../ast/parts.ts';
import type { FactEvent } from './events.ts';
import type { NameHints } from './nameHints.ts';
import type { FunctionCode, Unit } from './run.ts';

/** What the layout or the names of a file say otherwise than its code. */
export function slips(unit: Unit, functions: readonly FunctionCode[], hints: NameHints): FactEvent[] {
  return [
    ...functions.flatMap(({ node }) => misleadingIndentation(unit.ast, node)),
    ...swappedArguments(unit, functions, hints),
  ];
}

const GUARDS: readonly string[] = ['if', 'while', 'for'];

/** Statements that stand as far to the right as the one before, which alone belongs to the `if`, `else` or loop above. */
const misleadingIndentation = perFunction((nodes, ast): readonly FactEvent[] => {
  const found: FactEvent[] = [];
  for (const guard of nodes) {
    if (!GUARDS.includes(guard.kind)) continue;
    const next = followerOf(guard);
    const body = guard.part('else') ?? guard.part('then') ?? guard.part('body');
    if (next === undefined || body === undefined || GUARDS.includes(body.kind)) continue;
    const only = loneStatement(ast.text, body);
    if (only === undefined || next.kind === 'labeled' || next.kind === 'case') continue;
    const [outer, inner, after] = [guard, only, next].map((each) => indentOf(ast.text, each.start));
    if (outer === undefined || inner === undefined || inner !== after) continue;
    if (inner.length <= outer.length || !inner.startsWith(outer)) continue;
    // With directives or an empty line between them it is another block.
    if (
      !/^[;\s]*?\n[^\n]*$/.test(ast.text.slice(only.end, next.start).replace(/\/\*[^]*?\*\/|\/\/[^\n]*/g, ''))
    )
      continue;
    if (/\n\s*\n|#/.test(ast.text.slice(only.end, next.start))) continue;
    found.push({
      kind: 'misleading-indentation',
      certainty: 'proved',
      node: next,
      detail: 'it runs whatever the condition says',
      related: [{ node: guard, message: 'only the statement before belongs to this' }],
    });
  }
  return found;
});

function followerOf(node: Node): Node | undefined {
  const siblings = node.parent?.children ?? [];
  const next = siblings[siblings.indexOf(node) + 1];
  return next?.role === node.role && node.role !== 'then' && node.role !== 'else' && node.role !== 'body'
    ? next
    : undefined;
}

/** A body without braces, on a line of its own. */
function loneStatement(text: string, body: Node): Node | undefined {
  if (text[body.start] === '{') return undefined;
  const statement = body.kind === 'block' ? body.children[0] : body;
  return statement !== undefined && text[statement.start] !== '{' ? statement : undefined;
}

/** The blanks before what begins a line; undefined for what does not. */
function indentOf(text: string, start: number): string | undefined {
  const blanks = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  return /^[ \t]*$/.test(blanks) ? blanks : undefined;
}

/** Calls in which two arguments have each the name of the other's parameter. */
function swappedArguments(
  { ast, functionNamed, prototypes }: Unit,
  functions: readonly FunctionCode[],
  hints: NameHints,
): FactEvent[] {
  const isTurned = (text: string): boolean => hints.says('turns-around', text);
  const byName = new Map<string, readonly string[]>();
  const parametersOf = (name: string): readonly string[] => {
    let known = byName.get(name);
    if (known === undefined) {
      const node = functionNamed(name)?.node ?? prototypes.get(name);
      known = (node?.parts('parameters') ?? []).map((each) => nameOf(each.part('target')) ?? '');
      byName.set(name, known);
    }
    return known;
  };
  const found: (FactEvent & { readonly turned: string; readonly isAnswer: boolean })[] = [];
  for (const { name: around, node } of functions) {
    if (isTurned(around)) continue;
    for (const { call, name, given } of namingCalls(ast, node)) {
      if (isTurned(name)) continue;
      const names = parametersOf(name);
      const [one, other] = swappedPair(names, given);
      if (one === undefined || other === undefined || name === around) continue;
      if (isAskedFor(call, one, other) || alsoInOrder(call, names)) continue;
      const above = wordsBefore(ast.text, call.start);
      if (isTurned(above)) continue;
      found.push({
        kind: 'arguments-out-of-order',
        certainty: 'proved',
        node: call,
        detail: `\`${one}\` is given for \`${other}\`, and \`${other}\` for \`${one}\``,
        related: [],
        turned: `${name}:${one}:${other}`,
        isAnswer: [around, name, above].some((each) => hints.says('answers', each)),
      });
    }
  }
  // Who turns the same two around again and again means it: what one side has sent, the other one has received.
  const times = new Map<string, number>();
  for (const { turned } of found) times.set(turned, (times.get(turned) ?? 0) + 1);
  return found.filter(({ turned, isAnswer }) => !isAnswer && (times.get(turned) ?? 0) < MEANT);
}

/** Comments shortly before a call, back to the block before it, and what stands before it in its line. */
function wordsBefore(text: string, call: number): string {
  const before = text.slice(Math.max(0, call - MAX_BEFORE), call);
  const own = before.slice(before.lastIndexOf('}') + 1);
  return [...(own.match(COMMENTS) ?? []), own.slice(own.lastIndexOf('\n') + 1)].join('\n');
}

const MAX_BEFORE = 200;
/** The first one may have begun further before. */
const COMMENTS = /^(?:(?!\/\*)[^])*?\*\/|\/\*[^]*?\*\/|\/\/[^\n]*/g;

/** So many mistakes of one kind in one file are none. */
const MEANT = 4;

interface NamingCall {
  readonly call: Node;
  readonly name: string;
  readonly given: readonly (string | undefined)[];
}

/** The calls of a function that give two names or more. */
const namingCalls = perFunction((nodes) =>
  nodes.flatMap((call): NamingCall[] => {
    const name = call.kind === 'call' ? call.part('callee')?.text : undefined;
    if (name === undefined || name === '') return [];
    const given = call.parts('arguments').map(nameOf);
    return given.filter((each) => each !== undefined).length < 2 ? [] : [{ call, name, given }];
  }),
);

const OPERATIONS: ReadonlySet<string> = new Set(['binary', 'unary', 'conditional']);

/** A condition around it compares the two, or it is one side of a condition that asks both ways. */
function isAskedFor(call: Node, one: string, other: string): boolean {
  for (let at = call.parent; at !== undefined && at.kind !== 'function'; at = at.parent) {
    const condition = at.part('condition');
    // Of `if (plan(minutes, dose))` the condition is the call itself.
    if (condition === undefined || condition.contains(call)) continue;
    const named = new Set([...descendants(condition)].flatMap((each) => (isFilled(each) ? [] : [each.text])));
    if (named.has(one) && named.has(other)) return true;
  }
  return false;
}

/** Of `scanf("%d", &low)`: a condition that fills a variable does not ask what it holds. */
function isFilled(node: Node): boolean {
  const address = node.parent;
  return address?.kind === 'unary' && address.part('operator')?.text === '&' && address.role === 'arguments';
}

/** The same expression gives them in their order, too: both are meant. */
function alsoInOrder(swapped: Node, names: readonly string[]): boolean {
  const callee = swapped.part('callee')?.text;
  let whole = swapped;
  while (whole.parent !== undefined && OPERATIONS.has(whole.parent.kind)) whole = whole.parent;
  for (const call of descendants(whole)) {
    if (call.kind !== 'call' || call === swapped || call.part('callee')?.text !== callee) continue;
    if (swappedPair(names, call.parts('arguments').map(nameOf)).length === 0) return true;
  }
  return false;
}

function swappedPair(names: readonly string[], given: readonly (string | undefined)[]): readonly string[] {
  for (const [at, one] of names.entries()) {
    const other = given[at];
    const to = other === undefined || other === one ? -1 : names.indexOf(other);
    if (other === undefined || to <= at || given[to] !== one) continue;
    if (one.length > 2 && other.length > 2) return [other, one];
  }
  return [];
}

/** Of `low`, `&low` and `limits->low` the name. */
function nameOf(node: Node | undefined): string | undefined {
  switch (node?.kind) {
    case 'identifier':
      return node.text;
    case 'unary':
      return nameOf(node.part('operand'));
    case 'member':
      return node.part('name')?.text;
    case ':pointer_declarator':
    case ':array_declarator':
      return nameOf(node.children.find(({ kind }) => kind !== 'token'));
    default:
      return undefined;
  }
}
