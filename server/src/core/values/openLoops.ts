import { descendants, type Node } from '../ast/node.ts';
import { known, maximum, rangeOf } from './constraints.ts';
import { isConstantName, isElement, openLoopAround, type Asked, type OpenLoop } from './countingLoops.ts';
import { evaluate } from './evaluate.ts';
import { numberOf, scaleLinear, subtractLinear, type Linear } from './linear.ts';
import { isInput } from './models.ts';
import { isFromOutside } from './recursionDepth.ts';
import { isQuiet, quietFrame, type Frame } from './run.ts';
import type { State } from './state.ts';
import { nameOf } from './steps.ts';

/** Where a round may go over more than one character of a text, no more than so many are thought of. */
const MAX_STRIDE = 4;

/**
 * An index is counted up in a loop that goes on for as long as something comes from outside, and nothing in the loop tests the index or what
 * hangs together with it, or only holds it against a number that is too large: it becomes as large as somebody else wants.
 */
export function isDrivenFromOutside(
  frame: Frame,
  state: State,
  access: Node,
  { offset, bytes, room }: Element,
): boolean {
  if (frame.macros > 0 || frame.border !== undefined || isQuiet(frame)) return false;
  const loop = openLoopAround(frame, access);
  if (loop === undefined) return false;
  const most = known(frame.run.world, state, room);
  // Room for as many as were counted before is room enough.
  if (most === undefined) return false;
  const first = firstOutside(state, loop, offset, bytes, most);
  const isTested = loop.tests.some((test) => first === undefined || !goesThrough(state, loop, test, first));
  if (isTested) return false;
  let drives = false;
  for (const condition of loop.decisive) {
    const driver = driverOf(state, condition, loop, first === undefined ? most : first + 1);
    if (driver === 'other') return false;
    if (driver === 'outside') drives = true;
  }
  return drives;
}

/** An element of an array. */
interface Element {
  /** From the start of the array. */
  readonly offset: Linear;
  readonly bytes: Linear;
  /** Bytes of the array: a text from outside that is no longer cannot lead past it. */
  readonly room: Linear;
}

/** The least value of the counter, before the access, with which that leads outside; undefined where it cannot be told. */
function firstOutside(
  state: State,
  { counter, stepsInside }: OpenLoop,
  offset: Linear,
  bytes: Linear,
  room: number,
): number | undefined {
  const value = counter && valueOf(state, counter);
  const [term, second] = value?.terms ?? [];
  const own = offset.terms.find(({ symbol }) => symbol === term?.symbol);
  if (value === undefined || term === undefined || second !== undefined || own === undefined)
    return undefined;
  const factor = own.factor / term.factor;
  const scaled = scaleLinear(value, factor);
  const rest = scaled && subtractLinear(offset, scaled);
  const [before, size] = [rest && numberOf(rest), numberOf(bytes)];
  if (factor < 1 || before === undefined || size === undefined) return undefined;
  return Math.floor((room - before - size) / factor) + (stepsInside ? 0 : 1);
}

/** `n > 8`: with 8 all is as it was with less, so that the loop counts on. A number that goes through is larger than what fits. */
function goesThrough(state: State, loop: OpenLoop, { frame, node }: Asked, first: number): boolean {
  const [left, right] = [node.part('left'), node.part('right')];
  const operator = node.part('operator')?.text ?? '';
  if (left === undefined || right === undefined || loop.counter === undefined) return false;
  const isLeft = nameOf(left) === nameOf(loop.counter.node);
  const other = isLeft ? right : left;
  const isChanged = [...descendants(other)].some((each) => {
    const part = nameOf(each);
    return part !== undefined && (loop.fresh.has(part) || loop.steps.has(part));
  });
  const limit = valueOf(state, { frame, node: other });
  const most = limit && known(frame.run.world, state, limit);
  if (isChanged || most === undefined) return false;
  const isWithEqual = operator === (isLeft ? '<=' : '>=') || operator === (isLeft ? '>' : '<');
  return first <= (isWithEqual ? most : most - 1);
}

/** What a number stands for at the moment; undefined where that is not one number. */
function valueOf(state: State, { frame, node }: Asked): Linear | undefined {
  const [only, second] = evaluate(quietFrame(frame), state.fork(), node);
  return second === undefined && only?.value.is === 'int' ? only.value.of : undefined;
}

/**
 * What a condition depends on: on nothing but what comes from outside, on nothing at all, or on something else.
 *
 * @param rounds that it must hold for
 */
function driverOf(
  state: State,
  { frame, node: condition }: Asked,
  { fresh, filled, steps, states, tests, calls }: OpenLoop,
  rounds: number,
): 'outside' | 'none' | 'other' {
  let driver: 'outside' | 'none' = 'none';
  const visit = (node: Node): boolean => {
    // What decides what it returns is asked, too.
    if (calls.has(node)) return true;
    if (node.kind === 'call') {
      const model = frame.run.model(node.part('callee')?.text ?? '');
      if (model === undefined) return false;
      if (!isInput(model)) return node.parts('arguments').every(visit);
      driver = 'outside';
      return true;
    }
    if (tests.some((test) => test.node === node)) return true;
    if (node.kind === 'assign') return node.parts('value').every(visit);
    const isAddress = node.kind === 'unary' && node.part('operator')?.text === '&';
    if (isAddress) return true;
    if (isCountOfRounds(frame, state, node, steps, rounds)) {
      driver = 'outside';
      return true;
    }
    const name = nameOf(node);
    if (name === undefined && !isElement(node)) return node.children.every(visit);
    if (name !== undefined && (isConstantName(name) || states.has(name))) return true;
    const isOutside =
      (name !== undefined && fresh.has(name) && isNumberFromOutside(frame, state, node)) ||
      isTextFromOutside(frame, state, node, isFilled(node, filled) ? 0 : rounds * strideOf(node, steps));
    if (isOutside) driver = 'outside';
    return isOutside;
  };
  return visit(condition) ? driver : 'other';
}

/** `i < n`, where `i` is counted up by one each round, and `n` comes from outside and may be as large. */
function isCountOfRounds(
  frame: Frame,
  state: State,
  node: Node,
  steps: OpenLoop['steps'],
  rounds: number,
): boolean {
  const [left, right] = [node.part('left'), node.part('right')];
  if (node.kind !== 'binary' || right === undefined || !LESS.has(node.part('operator')?.text ?? ''))
    return false;
  const name = nameOf(right);
  if (steps.get(nameOf(left) ?? '') !== 1 || name === undefined || steps.has(name)) return false;
  const { world } = frame.run;
  const limit = valueOf(state, { frame, node: right });
  const [only, second] = limit?.terms ?? [];
  if (limit === undefined || only?.factor !== 1 || second !== undefined) return false;
  const { hi, hiSeen } = rangeOf(world, state, only.symbol);
  return world.symbols[only.symbol]?.kind === 'input' && hiSeen && hi + limit.constant > rounds;
}

const LESS: ReadonlySet<string> = new Set(['<', '<=', '!=']);

function isNumberFromOutside(frame: Frame, state: State, node: Node): boolean {
  const [only] = evaluate(quietFrame(frame), state.fork(), node);
  if (only?.value.is !== 'int') return false;
  const [first, second] = only.value.of.terms;
  return (
    first !== undefined && second === undefined && frame.run.world.symbols[first.symbol]?.kind === 'input'
  );
}

function isFilled(node: Node, filled: ReadonlySet<string>): boolean {
  const name = nameOf(node.kind === 'index' ? node.part('object') : node);
  return name !== undefined && filled.has(name);
}

/** Characters that a round may go over: one where `*p` or `p[i]` is read and a round counts `p` or `i` up once. */
function strideOf(node: Node, steps: OpenLoop['steps']): number {
  if (!isElement(node)) return MAX_STRIDE;
  const moved = [...descendants(node)].flatMap((each) => nameOf(each) ?? []);
  const most = Math.max(...moved.map((name) => steps.get(name) ?? 0));
  return most <= 1 ? 1 : MAX_STRIDE;
}

/** A pointer into a text of more than so many bytes, or what `*p` and `p[i]` read there. */
function isTextFromOutside(frame: Frame, state: State, node: Node, bytes: number): boolean {
  const read = isElement(node) ? node.part(node.kind === 'index' ? 'object' : 'operand') : node;
  // `*p++` is asked where it has run.
  const pointer = read?.kind === 'unary' ? (read.part('operand') ?? read) : read;
  const [only] = pointer === undefined ? [] : evaluate(quietFrame(frame), state.fork(), pointer);
  if (only?.value.is !== 'pointer' || only.value.targets.length === 0) return false;
  const { world } = frame.run;
  return only.value.targets.every(({ object }) => {
    if (!isFromOutside(world, only.state, object)) return false;
    if (bytes === 0) return true;
    const size = world.info(object)?.size;
    const length = only.state.object(object)?.string?.length;
    // Where its end is not known the code may have put one there.
    if (length === undefined || maximum(world, only.state, length).value <= bytes) return false;
    return size === undefined || maximum(world, only.state, size).value > bytes;
  });
}
