import { descendants, type Node } from '../ast/node.ts';
import { perFunction } from '../ast/parts.ts';
import { calleesOf, namesCalledBy } from './callGraph.ts';
import type { FactEvent } from './events.ts';
import { isRead } from './inputNames.ts';
import type { FunctionCode, Unit } from './run.ts';
import { changedBy } from './stalled.ts';
import { nameOf, stepOf } from './steps.ts';

const LOOPS: ReadonlySet<string> = new Set(['for', 'while', 'doWhile']);
const COMPARISONS: ReadonlySet<string> = new Set(['<', '<=', '>', '>=', '==', '!=']);
const BLOCKS = /^(?:malloc|calloc|g_malloc0?|xmalloc|xcalloc|zalloc)$/;
const GROWS = /^(?:realloc|reallocarray|xrealloc)$/;
/** The largest number of a type is no limit of memory. */
const OF_TYPES = /^(?:U?(?:CHAR|SHRT|INT|LONG|LLONG)|S?SIZE|U?INT\d+|U?INTMAX|U?INTPTR|PTRDIFF)_MAX$/;
/** Words of what keeps a list short. */
const KEEPS_SHORT = /limit|quota|evict|too_?many|budget|oldest/i;
/** Calls of calls that are looked into, and functions in all. */
const MAX_DEPTH = 3;
const MAX_FUNCTIONS = 40;
/** Loops of a file whose code is looked at with all that they call. */
const MAX_LOOPS = 200;

/** Memory that grows with each line or message that comes, while nothing counts them. */
export function growthByInput(unit: Unit, functions: readonly FunctionCode[]): FactEvent[] {
  const found = new Map<Node, FactEvent>();
  if (!functions.some(({ node }) => allocates(unit.ast, node).some)) return [];
  let loops = 0;
  for (const code of functions) {
    for (const loop of loopsIn(unit.ast, code.node)) {
      const scope = scopeOf(unit, loop);
      if (scope === undefined) continue;
      if (++loops > MAX_LOOPS) return [...found.values()];
      const growth = growthIn(scope);
      if (growth === undefined || found.has(growth)) continue;
      found.set(growth, {
        kind: 'unlimited-allocation',
        certainty: 'proved',
        node: growth,
        detail: 'each piece of input adds to it, and nothing says how many there may be',
        related: [{ node: loop.part('condition') ?? loop, message: 'the input is read here' }],
      });
    }
  }
  return [...found.values()];
}

/** Whether a function, or a loop, asks for memory. */
const allocates = perFunction((nodes): { readonly some: boolean } => ({ some: nodes.some(isAllocation) }));

function isAllocation(node: Node): boolean {
  const name = node.kind === 'call' ? (node.part('callee')?.text ?? '') : '';
  return GROWS.test(name) || BLOCKS.test(name);
}

const loopsIn = perFunction((nodes): readonly Node[] => nodes.filter(({ kind }) => LOOPS.has(kind)));

/** The loop, and what it calls: of a loop that reads on until nothing comes any more. */
function scopeOf(unit: Unit, loop: Node): readonly Node[] | undefined {
  const calls = [...descendants(loop)].filter(({ kind }) => kind === 'call');
  const called = calls.map((call) => call.part('callee')?.text ?? '');
  const inner = new Map<FunctionCode, number>();
  for (const name of called) {
    const code = unit.functionNamed(name);
    if (code !== undefined) inner.set(code, 0);
  }
  const reads =
    calls.some(readsText) || [...inner.keys()].some(({ node }) => namesCalledBy(unit.ast, node).some(isRead));
  if (!reads) return undefined;
  // A map that grows is walked to its end.
  for (const [code, depth] of inner) {
    if (depth >= MAX_DEPTH) continue;
    for (const other of calleesOf(unit, code)) if (!inner.has(other)) inner.set(other, depth + 1);
    if (inner.size > MAX_FUNCTIONS) return undefined;
  }
  if (!calls.some(isAllocation) && ![...inner.keys()].some(({ node }) => allocates(unit.ast, node).some))
    return undefined;
  const nodes = [...inner.keys()].flatMap(({ body }) => [...descendants(body)]);
  return [...descendants(loop), ...nodes];
}

/** Numbers that somebody types, one by one, fill no memory. */
function readsText(call: Node): boolean {
  const name = call.part('callee')?.text ?? '';
  if (!isRead(name)) return false;
  return !name.endsWith('scanf') || call.parts('arguments').some((each) => /%\d*\[|%\d*s/.test(each.text));
}

function growthIn(scope: readonly Node[]): Node | undefined {
  const growing = scope.find((node) => node.kind === 'call' && GROWS.test(node.part('callee')?.text ?? ''));
  const listed = growing === undefined ? pushed(scope) : undefined;
  if (growing === undefined && listed === undefined) return undefined;
  const [counted, spent] = [accumulated(scope), wentDown(scope)];
  const given = growing?.parts('arguments').at(-1);
  const isFor = given === undefined || namesIn(given).some((name) => counted.has(name));
  if (growing !== undefined && !isFor) return undefined;
  if (scope.some((node) => isLimit(node, counted, spent) || givesBack(node) || isWord(node)))
    return undefined;
  return growing ?? listed;
}

function isWord({ kind, text }: Node): boolean {
  return kind === 'identifier' && KEEPS_SHORT.test(text);
}

/** A block that is put before, or behind, all that were there before: `n->next = head; head = n;`. */
function pushed(scope: readonly Node[]): Node | undefined {
  const made = new Map<string, Node>();
  for (const node of scope) {
    let value = node.kind === 'assign' || node.kind === 'variable' ? node.part('value') : undefined;
    if (value?.kind === 'cast') value = value.part('value');
    const target = node.part('target');
    if (
      value?.kind === 'call' &&
      target?.kind === 'identifier' &&
      BLOCKS.test(value.part('callee')?.text ?? '')
    )
      made.set(target.text, value);
  }
  for (const node of scope) {
    if (node.kind !== 'assign' || node.part('operator')?.text !== '=') continue;
    const [target, value] = [node.part('target'), node.part('value')];
    // `n->next = head`, and then `head = n`.
    const base = target?.kind === 'member' ? target.part('object') : undefined;
    const own = base?.kind === 'unary' ? base.part('operand') : base;
    const block = own?.kind === 'identifier' ? made.get(own.text) : undefined;
    if (block === undefined || own === undefined || value === undefined || value.kind === 'number') continue;
    const isHead = scope.some(
      (each) =>
        each.kind === 'assign' &&
        each.part('value')?.kind === 'identifier' &&
        each.part('value')?.text === own.text &&
        sameText(each.part('target'), value),
    );
    if (isHead) return block;
  }
  return undefined;
}

function sameText(a: Node | undefined, b: Node): boolean {
  if (a?.kind !== b.kind || a.text !== b.text || a.children.length !== b.children.length) return false;
  return a.children.every((child, index) => {
    const other = b.children[index];
    return other !== undefined && sameText(child, other);
  });
}

/** Names of what grows from round to round, and of what is worked out from it; not what a `for` counts for itself. */
function accumulated(scope: readonly Node[]): ReadonlySet<string> {
  const names = new Set<string>();
  const own = new Set<string>();
  for (const node of scope)
    if (node.kind === 'for')
      for (const each of node.parts('initialiser')) for (const name of targets(each)) own.add(name);
  for (let round = 0; round < 3; round++)
    for (const node of scope) {
      const target = node.kind === 'variable' ? node.part('target') : changedBy(node);
      const name = nameOf(target);
      if (name === undefined) continue;
      const operator = node.part('operator')?.text ?? '=';
      const value = node.part('value');
      const isStep = node.kind === 'unary' ? operator.includes('++') : operator !== '=' && operator !== '-=';
      const from = value === undefined ? [] : namesIn(value);
      const isOwn = node.kind === 'assign' && from.includes(name);
      if (
        (isStep && !own.has(name)) ||
        isOwn ||
        from.some((each) => names.has(each) && value?.kind !== 'call')
      )
        names.add(name);
    }
  return names;
}

/** Names of members and variables of the program that only go down. */
function wentDown(scope: readonly Node[]): ReadonlySet<string> {
  return new Set(
    scope.flatMap((node) => {
      const step = stepOf(node);
      return step === undefined || step.isUp ? [] : [step.name];
    }),
  );
}

function targets(root: Node): readonly string[] {
  return [...descendants(root)].flatMap((node) => {
    const target = node.kind === 'variable' || node.kind === 'assign' ? node.part('target') : undefined;
    return target?.kind === 'identifier' ? [target.text] : [];
  });
}

function namesIn(root: Node): readonly string[] {
  return [...descendants(root)].flatMap(({ kind, text, role }) =>
    kind === 'identifier' && role !== 'callee' ? [text] : [],
  );
}

/** What grows is compared with what does not. */
function isLimit(node: Node, counted: ReadonlySet<string>, spent: ReadonlySet<string>): boolean {
  if (node.kind !== 'binary' || !COMPARISONS.has(node.part('operator')?.text ?? '')) return false;
  const sides = [node.part('left'), node.part('right')];
  const [one, other] = sides.map(
    (side) => side !== undefined && namesIn(side).some((name) => counted.has(name)),
  );
  const [left] = sides;
  // `if (credits == 0)` of what goes down.
  if (left !== undefined && namesIn(left).some((name) => spent.has(name))) return true;
  if (one === other) return false;
  const bound = sides[one === true ? 1 : 0];
  if (bound === undefined || bound.kind === ':char_literal' || bound.kind === ':null') return false;
  if (bound.kind === 'number') return Number(bound.text.replace(/[uUlL]+$/, '')) > 1;
  return ![...descendants(bound)].some(
    ({ text }) => OF_TYPES.test(text) || text === 'NULL' || text === 'EOF',
  );
}

/** A block is given back, and the round goes on. */
function givesBack(node: Node): boolean {
  if (node.kind !== 'call' || !/free$|^g_free$/.test(node.part('callee')?.text ?? '')) return false;
  const statement = node.parent;
  const siblings = statement?.parent?.children ?? [];
  const after = statement === undefined ? [] : siblings.slice(siblings.indexOf(statement) + 1);
  return !after.some(
    ({ kind }) => kind === 'return' || kind === 'break' || kind === 'goto' || kind === 'continue',
  );
}
