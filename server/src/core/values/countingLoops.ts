import { descendants, type Node } from '../ast/node.ts';
import { isInput } from './models.ts';
import type { Frame, Run } from './run.ts';
import { nameOf, stepOf } from './steps.ts';
import { isGlobal } from './variables.ts';

export const LOOPS: ReadonlySet<string> = new Set(['while', 'doWhile', 'for']);
export const JUMPS: ReadonlySet<string> = new Set(['break', 'return', 'goto']);
const COMPARISONS: ReadonlySet<string> = new Set(['<', '<=', '>', '>=', '==', '!=']);

/** A condition, or a part of one, and the call of the function that it stands in. */
export interface Asked {
  readonly frame: Frame;
  readonly node: Node;
}

/** A loop that counts up an index. */
export interface OpenLoop {
  /** The access, and what says which element is meant. */
  readonly index: Node;
  /** The one variable that says so; undefined where it is a sum of several, which nothing tests. */
  readonly counter: Asked | undefined;
  /** The index is counted up by the access itself. */
  readonly stepsInside: boolean;
  /** Comparisons of the variable with something else: nothing else in the loop tests it. */
  readonly tests: readonly Asked[];
  /** What decides whether it goes on, and whether a round comes to the access. */
  readonly decisive: readonly Asked[];
  /** Calls that lead to the access, of functions that return nothing but constants. */
  readonly calls: ReadonlySet<Node>;
  /** Variables that get another value in each round. */
  readonly fresh: ReadonlySet<string>;
  /** Variables that are given nothing but constants. */
  readonly states: ReadonlySet<string>;
  /** Arrays that what comes from outside is written to in each round. */
  readonly filled: ReadonlySet<string>;
  /** How often it counts up each variable by one; of those that it moves otherwise, too, nothing. */
  readonly steps: ReadonlyMap<string, number>;
}

/** By the call and the access in it, for each analysis: paths come to one many times. */
const openLoops = new WeakMap<Run, Map<Node, Map<number, OpenLoop | undefined>>>();

/** The innermost loop around an access, or around the call of its function, that counts up what says which element is meant. */
export function openLoopAround(frame: Frame, access: Node): OpenLoop | undefined {
  let known = openLoops.get(frame.run);
  if (known === undefined)
    openLoops.set(frame.run, (known = new Map<Node, Map<number, OpenLoop | undefined>>()));
  let byFrame = known.get(access);
  if (byFrame === undefined) known.set(access, (byFrame = new Map<number, OpenLoop | undefined>()));
  if (!byFrame.has(frame.id)) byFrame.set(frame.id, findLoop(frame, access));
  return byFrame.get(frame.id);
}

/** Calls of functions around an access that may stand between it and its loop. */
const MAX_CALLERS = 3;

function findLoop(frame: Frame, access: Node): OpenLoop | undefined {
  const index = indexOf(access);
  const names = new Set(index === undefined || !isPlain(index) ? [] : namesIn(index));
  if (index === undefined || names.size === 0) return undefined;
  const areShared = isShared(frame, index);
  // The access, then the calls that lead to it.
  const places: Asked[] = [{ frame, node: access }];
  const own = loopThatCounts(access, names);
  if (own !== undefined) return loopFrom(places, own, names, index, areShared);
  if (!areShared || names.size > 1 || !frame.run.globalsKnown) return undefined;
  for (
    let at = frame;
    at.caller !== undefined && at.call !== undefined && places.length <= MAX_CALLERS;
    at = at.caller
  ) {
    places.push({ frame: at.caller, node: at.call });
    const loop = loopAround(at.call);
    if (loop !== undefined) return loopFrom(places, loop, names, index, true);
  }
  return undefined;
}

function loopAround(node: Node): Node | undefined {
  let at = node.parent;
  while (at !== undefined && at.kind !== 'function' && !LOOPS.has(at.kind)) at = at.parent;
  return at !== undefined && LOOPS.has(at.kind) ? at : undefined;
}

/**
 * @param places the access, and the calls that lead to it, the last one in the loop
 * @param areShared others than the function itself may change the index: all that the loop calls is looked at
 */
function loopFrom(
  places: readonly Asked[],
  loop: Node,
  names: ReadonlySet<string>,
  index: Node,
  areShared: boolean,
): OpenLoop | undefined {
  const outermost = places.at(-1);
  if (outermost === undefined) return undefined;
  const [{ frame, node: access } = outermost] = places;
  const body = outermost.frame.code?.body;
  if (body === undefined) return undefined;
  const inside = [...descendants(loop)];
  const called = areShared ? calledFrom(frame, inside) : [];
  if (called === undefined) return undefined;
  const all = [...inside, ...called.flatMap((each) => [...descendants(each)])];
  if (!onlyCounts(all, names)) return undefined;
  // Whoever has the address may test it and begin anew.
  if ([...descendants(body), ...all].some((each) => isAddressOf(each, names))) return undefined;
  const related = withRelated(names, areShared ? [...descendants(body), ...all] : [...descendants(body)]);
  const asks = all.flatMap((each) => [...conditionsOf(each), ...(areShared ? resultsOf(each) : [])]);
  const frames = places.map((each) => each.frame);
  const frameOf = (node: Node): Frame | undefined =>
    frames.find(({ code }) => code !== undefined && isAround(code.node, node));
  const tests: Asked[] = [];
  for (const condition of asks) {
    if (macroMentions(frame, condition, related)) return undefined;
    if (!mentions(condition, related)) continue;
    const found = names.size === 1 ? testsIn(condition, names, related) : undefined;
    const where = frameOf(condition);
    if (found === undefined || where === undefined) return undefined;
    tests.push(...found.map((node) => ({ frame: where, node })));
  }
  const states = statesIn([...descendants(body), ...all]);
  if (places.some(({ node }) => setsBeside(node, loop, states))) return undefined;
  const decisiveNodes = places.flatMap(({ frame: where, node }, position) => {
    const around = position === places.length - 1 ? inside : [...descendants(where.code?.body ?? node)];
    return decisive(around, loop, node, states).map((each) => ({ frame: where, node: each }));
  });
  const counter =
    names.size === 1 ? [...descendants(index)].find((each) => names.has(nameOf(each) ?? '')) : undefined;
  return {
    index,
    counter: counter && { frame, node: counter },
    stepsInside: [...descendants(access)].some((each) => names.has(stepOf(each)?.name ?? '')),
    tests,
    decisive: decisiveNodes,
    calls: new Set(
      places.slice(1).flatMap(({ node }, position) => {
        const code = places[position]?.frame.code;
        return code !== undefined && returnsConstants(code.body) ? [node] : [];
      }),
    ),
    fresh: new Set([
      ...setAnew(all),
      ...places.slice(0, -1).flatMap((each) => each.frame.code?.parameters.map(({ name }) => name) ?? []),
    ]),
    states,
    filled: filledIn(frame, all),
    steps: stepsIn(all),
  };
}

/** Bodies of the functions that a stretch of code leads to; undefined when one of them is not seen. */
function calledFrom({ run, unit }: Frame, nodes: readonly Node[]): readonly Node[] | undefined {
  const bodies = new Set<Node>();
  const pending = [...nodes];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.kind !== 'call') continue;
    const name = node.part('callee')?.text ?? '';
    const body = unit.functionNamed(name)?.body;
    if (body === undefined) {
      if (run.model(name) === undefined) return undefined;
    } else if (!bodies.has(body)) {
      bodies.add(body);
      pending.push(...descendants(body));
    }
  }
  return [...bodies];
}

/** The names are counted up, and nothing else is done to them but to begin anew. */
function onlyCounts(all: readonly Node[], names: ReadonlySet<string>): boolean {
  let isCounted = false;
  for (const each of all) {
    const step = stepOf(each);
    if (step !== undefined) {
      if (!names.has(step.name)) continue;
      if (!step.isUp) return false;
      isCounted = true;
    } else {
      const set = setBy(each);
      if (set !== undefined && names.has(set.name) && !isBeginning(each)) return false;
    }
  }
  return isCounted;
}

/** Comparisons of a name alone with what has nothing to do with it; undefined where it is asked about in another way. */
function testsIn(
  condition: Node,
  names: ReadonlySet<string>,
  related: ReadonlySet<string>,
): readonly Node[] | undefined {
  const tests: Node[] = [];
  const visit = (node: Node): boolean => {
    if (!mentions(node, related)) return true;
    const [left, right] = [node.part('left'), node.part('right')];
    if (node.kind === 'binary' && COMPARISONS.has(node.part('operator')?.text ?? '')) {
      const isName = (each: Node | undefined): boolean => names.has(nameOf(each) ?? '');
      const other = isName(left) ? right : isName(right) ? left : undefined;
      if (other === undefined || mentions(other, related)) return false;
      tests.push(node);
      return true;
    }
    const isJoined =
      (node.kind === 'binary' && LOGICAL.has(node.part('operator')?.text ?? '')) ||
      (node.kind === 'unary' && node.part('operator')?.text === '!') ||
      node.kind === 'parenthesized';
    return isJoined && node.children.every(visit);
  };
  return visit(condition) ? tests : undefined;
}

const LOGICAL: ReadonlySet<string> = new Set(['&&', '||']);

/** `#define RX_FULL (length >= 32)` */
function macroMentions({ unit }: Frame, condition: Node, related: ReadonlySet<string>): boolean {
  return [...descendants(condition)].some((each) => {
    const macro = each.kind === 'identifier' ? unit.macro(each.text) : undefined;
    return macro !== undefined && mentions(macro.body, related);
  });
}

/** `code[n++] = c; state = SECOND;`: the next round does not come here again, so that the states say how often one does. */
function setsBeside(node: Node, loop: Node, states: ReadonlySet<string>): boolean {
  for (let at: Node | undefined = node; at.parent !== undefined && at !== loop; at = at.parent) {
    if (at.parent.kind === 'function') return false;
    for (const each of at.parent.children) {
      const set = setBy(each.kind === 'expressionStatement' ? (each.children[0] ?? each) : each);
      if (each !== at && set !== undefined && states.has(set.name)) return true;
    }
  }
  return false;
}

/** What a function gives back: a caller may test it. */
function resultsOf(node: Node): readonly Node[] {
  const value = node.kind === 'return' ? node.part('value') : undefined;
  return value === undefined ? [] : [value];
}

function returnsConstants(body: Node): boolean {
  return [...descendants(body)].flatMap(resultsOf).every((value) => {
    const isNegative = value.kind === 'unary' && value.part('operator')?.text === '-';
    return isConstantValue(isNegative ? (value.part('operand') ?? value) : value);
  });
}

function isConstantValue(node: Node): boolean {
  return node.kind === 'number' || node.kind === 'boolean' || isConstantName(node.text);
}

/** Variables that all assignments give a constant: `state = WAITING;`. */
function statesIn(all: readonly Node[]): ReadonlySet<string> {
  const names = new Map<string, boolean>();
  for (const each of all) {
    const step = stepOf(each)?.name ?? addressed(each);
    if (step !== undefined) names.set(step, false);
    const set = step === undefined ? setBy(each) : undefined;
    if (set === undefined) continue;
    const isPlainSet = (each.part('operator')?.text ?? '=') === '=';
    const isConstant = set.value === undefined || isConstantValue(set.value);
    names.set(set.name, isPlainSet && isConstant && names.get(set.name) !== false);
  }
  return new Set([...names].flatMap(([name, isState]) => (isState ? [name] : [])));
}

function addressed(node: Node): string | undefined {
  return node.kind === 'unary' && node.part('operator')?.text === '&'
    ? nameOf(node.part('operand'))
    : undefined;
}

/** Of a structure, or of the program: other functions may change it. */
function isShared({ unit }: Frame, index: Node): boolean {
  return [...descendants(index)].some((each) => {
    const declaration = each.kind === 'identifier' ? unit.declarationOf(each)?.node : undefined;
    return each.kind === 'member' || (declaration !== undefined && isGlobal(declaration));
  });
}

/** Names, numbers, `+`, `-` and steps: what a call or `% 64` makes of a counter may have a limit. */
function isPlain(index: Node): boolean {
  for (const { kind, text, role } of descendants(index)) {
    if (kind === 'call' || kind === 'conditional') return false;
    if (role === 'operator' && !PLAIN_OPERATORS.has(text)) return false;
  }
  return true;
}

const PLAIN_OPERATORS: ReadonlySet<string> = new Set(['+', '-', '++', 'post++', '*']);

/** What says which element is meant; of a call, in the one argument that is an element. */
function indexOf(access: Node): Node | undefined {
  if (access.kind === 'index') return access.part('indices');
  if (access.kind === 'call') {
    const elements = access.parts('arguments').flatMap((each) => {
      const isAddress = each.kind === 'unary' && each.part('operator')?.text === '&';
      const element = isAddress ? each.part('operand') : each;
      return element?.kind === 'index' ? element : [];
    });
    return elements.length === 1 ? elements[0]?.part('indices') : undefined;
  }
  return access.part('operator')?.text === '*' ? access.part('operand') : undefined;
}

/** Names of what a number is made of: not of arrays and texts, nor of what stands in their brackets. */
function* namesIn(node: Node): Generator<string> {
  const name = nameOf(node);
  if (name !== undefined) {
    if (!isConstantName(name)) yield name;
    return;
  }
  if (isElement(node)) return;
  for (const child of node.children) if (child.role !== 'callee') yield* namesIn(child);
}

export function isElement(node: Node): boolean {
  return node.kind === 'index' || (node.kind === 'unary' && node.part('operator')?.text === '*');
}

export function isConstantName(name: string): boolean {
  return /^[A-Z][A-Z0-9_]*$/.test(name);
}

export function mentions(node: Node, names: ReadonlySet<string>): boolean {
  for (const name of namesIn(node)) if (names.has(name)) return true;
  return false;
}

/** The innermost loop around an access that counts all of the names up, and does nothing else to them but begin anew. */
function loopThatCounts(access: Node, names: ReadonlySet<string>): Node | undefined {
  for (let at = access.parent; at !== undefined && at.kind !== 'function'; at = at.parent) {
    if (!LOOPS.has(at.kind)) continue;
    const up = new Set<string>();
    for (const each of descendants(at)) {
      const step = stepOf(each);
      if (step !== undefined && names.has(step.name)) {
        if (!step.isUp) return undefined;
        up.add(step.name);
      } else if (step === undefined) {
        const set = setBy(each);
        if (set !== undefined && names.has(set.name) && !isBeginning(each)) return undefined;
      }
    }
    if (up.size === 0) continue;
    return up.size === names.size ? at : undefined;
  }
  return undefined;
}

function isAddressOf(node: Node, names: ReadonlySet<string>): boolean {
  if (node.kind !== 'unary' || node.part('operator')?.text !== '&') return false;
  const name = nameOf(node.part('operand'));
  return name !== undefined && names.has(name);
}

/** `n = 0`, and not `n &= 15`. */
function isBeginning(node: Node): boolean {
  return (node.part('operator')?.text ?? '=') === '=' && node.part('value')?.kind === 'number';
}

/** The variable that an assignment or a declaration gives a value. */
export function setBy(node: Node): { readonly name: string; readonly value: Node | undefined } | undefined {
  const target = node.kind === 'assign' || node.kind === 'variable' ? node.part('target') : undefined;
  const name = nameOf(target);
  return name === undefined ? undefined : { name, value: node.part('value') };
}

/** Variables that the loop gives values, or gives to somebody who may, and does not count with. */
function setAnew(all: readonly Node[]): ReadonlySet<string> {
  const names = new Set(
    all.flatMap((each) => {
      const given =
        each.kind === 'unary' && each.part('operator')?.text === '&' ? each.part('operand') : undefined;
      return setBy(each)?.name ?? nameOf(given) ?? [];
    }),
  );
  for (const each of all) {
    const step = stepOf(each);
    if (step !== undefined) names.delete(step.name);
    // `n = n - 1`, `n >>= 1`
    const set = setBy(each);
    if (each.kind === 'assign' && set !== undefined && (each.part('operator')?.text ?? '=') !== '=')
      names.delete(set.name);
    if (set?.value !== undefined && mentions(set.value, new Set([set.name]))) names.delete(set.name);
  }
  return names;
}

function filledIn({ run }: Frame, all: readonly Node[]): ReadonlySet<string> {
  return new Set(
    all.flatMap((each) => {
      const model = each.kind === 'call' ? run.model(each.part('callee')?.text ?? '') : undefined;
      const given = model !== undefined && isInput(model) ? each.parts('arguments') : [];
      return given.flatMap((argument) => nameOf(argument) ?? []);
    }),
  );
}

function stepsIn(all: readonly Node[]): ReadonlyMap<string, number> {
  const steps = new Map<string, number>();
  for (const each of all) {
    const step = stepOf(each);
    const name = step?.name ?? setBy(each)?.name;
    // One that begins anew does not come further for that.
    if (name === undefined || (step === undefined && isBeginning(each))) continue;
    const isByOne = step?.isUp === true && each.kind === 'unary';
    steps.set(name, (steps.get(name) ?? 0) + (isByOne ? 1 : Infinity));
  }
  return steps;
}

/** With what is computed of them anywhere in the code: `left = sizeof buf - n`. */
function withRelated(names: ReadonlySet<string>, whole: readonly Node[]): ReadonlySet<string> {
  const related = new Set(names);
  const all = whole.flatMap((each) => setBy(each) ?? []);
  for (let size = -1; size !== related.size;) {
    size = related.size;
    for (const { name, value } of all) if (value !== undefined && mentions(value, related)) related.add(name);
  }
  return related;
}

export function conditionsOf(node: Node): readonly Node[] {
  return [node.part('condition'), node.kind === 'switch' ? node.part('value') : undefined].flatMap(
    (each) => each ?? [],
  );
}

/** Conditions that say whether a loop goes on or comes to an access, and those of what they ask about. */
function decisive(
  inside: readonly Node[],
  loop: Node,
  access: Node,
  states: ReadonlySet<string>,
): readonly Node[] {
  const direct = inside.filter((each) => each === loop || isAround(each, access) || jumps(each));
  const asked = new Set(direct.flatMap(conditionsOf).flatMap((each) => [...namesIn(each)]));
  const isAsked = (name: string): boolean => asked.has(name) && states.has(name);
  return inside.filter((each) => direct.includes(each) || setsState(each, isAsked)).flatMap(conditionsOf);
}

export function jumps(node: Node): boolean {
  for (const { kind } of descendants(node)) if (JUMPS.has(kind)) return true;
  return false;
}

/** `if (c == '\n') state = DONE;` says how the next round goes. */
function setsState(node: Node, isState: (name: string) => boolean): boolean {
  if (conditionsOf(node).length === 0) return false;
  for (const each of descendants(node)) if (isState(setBy(each)?.name ?? '')) return true;
  return false;
}

function isAround(node: Node, inner: Node): boolean {
  return node.start <= inner.start && node.end >= inner.end;
}
