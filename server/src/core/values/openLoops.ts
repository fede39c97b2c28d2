import { descendants, type Node } from '../ast/node.ts';
import { maximum } from './constraints.ts';
import { isConstantName, isElement, openLoopAround, type OpenLoop } from './countingLoops.ts';
import { evaluate } from './evaluate.ts';
import type { Linear } from './linear.ts';
import { isInput } from './models.ts';
import { isFromOutside } from './recursionDepth.ts';
import { isQuiet, quietFrame, type Frame } from './run.ts';
import type { State } from './state.ts';
import { nameOf } from './steps.ts';

/** Where a round may go over more than one character of a text, no more than so many are thought of. */
const MAX_STRIDE = 4;

/**
 * An index is counted up in a loop that goes on for as long as something comes from outside, and nothing in the loop tests the index or what
 * hangs together with it: it becomes as large as somebody else wants.
 *
 * @param size bytes of what the index leads into: a text from outside that is no longer cannot lead past it
 */
export function isDrivenFromOutside(frame: Frame, state: State, access: Node, size: Linear): boolean {
  if (frame.macros > 0 || frame.border !== undefined || isQuiet(frame)) return false;
  const loop = openLoopAround(frame, access);
  if (loop === undefined) return false;
  const room = maximum(frame.run.world, state, size).value;
  let drives = false;
  for (const condition of loop.decisive) {
    const driver = driverOf(frame, state, condition, loop, room);
    if (driver === 'other') return false;
    if (driver === 'outside') drives = true;
  }
  return drives;
}

/**
 * What a condition depends on: on nothing but what comes from outside, on nothing at all, or on something else.
 *
 * @param room bytes of what is written to
 */
function driverOf(
  frame: Frame,
  state: State,
  condition: Node,
  { fresh, filled, steps }: OpenLoop,
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
      isTextFromOutside(frame, state, node, isFilled(node, filled) ? 0 : room * strideOf(node, steps));
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
