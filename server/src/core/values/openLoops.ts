import { descendants, type Node } from '../ast/node.ts';
import { maximum } from './constraints.ts';
import { evaluate } from './evaluate.ts';
import type { Linear } from './linear.ts';
import { isInput } from './models.ts';
import { isFromOutside } from './recursionDepth.ts';
import { isQuiet, quietFrame, type Frame } from './run.ts';
import type { State } from './state.ts';
import { nameOf, stepOf } from './steps.ts';

const LOOPS: ReadonlySet<string> = new Set(['while', 'doWhile', 'for']);
const JUMPS: ReadonlySet<string> = new Set(['break', 'return', 'goto']);

/**
 * An index is counted up in a loop that goes on for as long as something comes from outside, and nothing in the loop tests the index or what
 * hangs together with it: it becomes as large as somebody else wants.
 *
 * @param size bytes of what the index leads into: a text from outside that is no longer cannot lead past it
 */
export function isDrivenFromOutside(frame: Frame, state: State, access: Node, size: Linear): boolean {
  if (frame.macros > 0 || frame.border !== undefined || isQuiet(frame)) return false;
  const names = countersIn(access);
  const loop = names === undefined ? undefined : loopThatCounts(access, names);
  const whole = frame.code?.body;
  if (names === undefined || loop === undefined || whole === undefined) return false;
  const related = withRelated(names, whole);
  const conditions = [...descendants(loop)].flatMap(conditionsOf);
  if (conditions.some((each) => mentions(each, related))) return false;
  const fresh = setAnew(loop);
  const room = maximum(frame.run.world, state, size).value;
  let drives = false;
  for (const condition of decisive(loop, access)) {
    const driver = driverOf(frame, state, condition, fresh, room);
    if (driver === 'other') return false;
    if (driver === 'outside') drives = true;
  }
  return drives;
}

/** Variables and members whose values say which element is meant; undefined where another kind of expression does. */
function countersIn(access: Node): ReadonlySet<string> | undefined {
  const index =
    access.kind === 'index'
      ? access.part('indices')
      : access.part('operator')?.text === '*'
        ? access.part('operand')
        : undefined;
  const names = index === undefined ? [] : [...namesIn(index)];
  return names.length === 0 ? undefined : new Set(names);
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

function isElement(node: Node): boolean {
  return node.kind === 'index' || (node.kind === 'unary' && node.part('operator')?.text === '*');
}

function isConstantName(name: string): boolean {
  return /^[A-Z][A-Z0-9_]*$/.test(name);
}

function mentions(node: Node, names: ReadonlySet<string>): boolean {
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
        if (set !== undefined && names.has(set.name) && set.value?.kind !== 'number') return undefined;
        // Whoever has the address may test it.
        if (isAddressOf(each, names)) return undefined;
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

/** The variable that an assignment or a declaration gives a value. */
function setBy(node: Node): { readonly name: string; readonly value: Node | undefined } | undefined {
  const target = node.kind === 'assign' || node.kind === 'variable' ? node.part('target') : undefined;
  const name = nameOf(target);
  return name === undefined ? undefined : { name, value: node.part('value') };
}

/** Variables that the loop gives values, or gives to somebody who may, and does not count with. */
function setAnew(loop: Node): ReadonlySet<string> {
  const all = [...descendants(loop)];
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
    // `n = n - 1`
    const set = setBy(each);
    if (set?.value !== undefined && mentions(set.value, new Set([set.name]))) names.delete(set.name);
  }
  return names;
}

/** With what is computed of them anywhere in the function: `left = sizeof buf - n`. */
function withRelated(names: ReadonlySet<string>, whole: Node): ReadonlySet<string> {
  const related = new Set(names);
  const all = [...descendants(whole)].flatMap((each) => setBy(each) ?? []);
  for (let size = -1; size !== related.size;) {
    size = related.size;
    for (const { name, value } of all) if (value !== undefined && mentions(value, related)) related.add(name);
  }
  return related;
}

function conditionsOf(node: Node): readonly Node[] {
  return [node.part('condition'), node.kind === 'switch' ? node.part('value') : undefined].flatMap(
    (each) => each ?? [],
  );
}

/** What decides whether the loop goes on, and whether a round comes to the access. */
function decisive(loop: Node, access: Node): readonly Node[] {
  return [...descendants(loop)].flatMap((each) => {
    const decides =
      each === loop || isAround(each, access) || [...descendants(each)].some(({ kind }) => JUMPS.has(kind));
    return decides ? conditionsOf(each) : [];
  });
}

function isAround(node: Node, inner: Node): boolean {
  return node.start <= inner.start && node.end >= inner.end;
}

/**
 * What a condition depends on: on nothing but what comes from outside, on nothing at all, or on something else.
 *
 * @param fresh variables that get another value in each round
 * @param room bytes of what is written to
 */
function driverOf(
  frame: Frame,
  state: State,
  condition: Node,
  fresh: ReadonlySet<string>,
  room: number,
): 'outside' | 'none' | 'other' {
  let driver: 'outside' | 'none' = 'none';
  const visit = (node: Node): boolean => {
    if (node.kind === 'call') {
      const model = frame.run.model(node.part('callee')?.text ?? '');
      if (model === undefined) return false;
      if (!isInput(model)) return node.parts('arguments').every(visit);
      driver = 'outside';
      return true;
    }
    if (node.kind === 'assign') return node.parts('value').every(visit);
    const isAddress = node.kind === 'unary' && node.part('operator')?.text === '&';
    if (isAddress) return true;
    const name = nameOf(node);
    if (name === undefined && !isElement(node)) return node.children.every(visit);
    if (name !== undefined && isConstantName(name)) return true;
    const isOutside =
      (name !== undefined && fresh.has(name) && isNumberFromOutside(frame, state, node)) ||
      isTextFromOutside(frame, state, node, room);
    if (isOutside) driver = 'outside';
    return isOutside;
  };
  return visit(condition) ? driver : 'other';
}

function isNumberFromOutside(frame: Frame, state: State, node: Node): boolean {
  const [only] = evaluate(quietFrame(frame), state.fork(), node);
  if (only?.value.is !== 'int') return false;
  const [first, second] = only.value.of.terms;
  return (
    first !== undefined && second === undefined && frame.run.world.symbols[first.symbol]?.kind === 'input'
  );
}

/** A pointer into a text, or what `*p` and `p[i]` read there. */
function isTextFromOutside(frame: Frame, state: State, node: Node, room: number): boolean {
  const read = isElement(node) ? node.part(node.kind === 'index' ? 'object' : 'operand') : node;
  // `*p++` is asked where it has run.
  const pointer = read?.kind === 'unary' ? (read.part('operand') ?? read) : read;
  const [only] = pointer === undefined ? [] : evaluate(quietFrame(frame), state.fork(), pointer);
  if (only?.value.is !== 'pointer' || only.value.targets.length === 0) return false;
  const { world } = frame.run;
  return only.value.targets.every(({ object }) => {
    if (!isFromOutside(world, only.state, object)) return false;
    const sizes = [world.info(object)?.size, only.state.object(object)?.string?.length];
    return sizes.every((size) => size === undefined || maximum(world, only.state, size).value > room);
  });
}
