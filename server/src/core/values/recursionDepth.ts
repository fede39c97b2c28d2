import { descendants, type Node } from '../ast/node.ts';
import { maximum } from './constraints.ts';
import { evaluate } from './evaluate.ts';
import { numberOf } from './linear.ts';
import { quietFrame, reportAt, type Frame, type FunctionCode, type Result } from './run.ts';
import type { State, Value } from './state.ts';
import { nameOf, stepOf } from './steps.ts';
import { isGlobal } from './variables.ts';
import type { World } from './world.ts';

/** Bytes of text, and numbers to count down from, that lead deeper than a stack has room for. */
const DEEP_TEXT = 2 ** 15;
const DEEP_NUMBER = 100_000;
/** Comparisons that may limit something. */
const COMPARISONS: ReadonlySet<string> = new Set(['<', '<=', '>', '>=', '==', '!=']);

/** A function calls itself, perhaps through others, and what comes from outside says how often: asked before the call happens. */
export function checkDepth(
  frame: Frame,
  state: State,
  code: FunctionCode,
  values: readonly Result[],
  node: Node,
): void {
  if (frame.border !== undefined || frame.macros > 0) return;
  const cycle = cycleBack(frame, code);
  if (cycle === undefined) return;
  const { world } = frame.run;
  const detail = values.some(({ value }, index) =>
    isCountedDown(world, state, value, node.parts('arguments')[index]),
  )
    ? 'a number from outside, which nothing limits, says how often'
    : leadsToInput(frame, state, cycle, values) && !hasLimit(cycle)
      ? 'what comes from outside says how often, and no depth is counted'
      : undefined;
  if (detail === undefined) return;
  const related = [{ node: code.node, message: 'the function begins here' }];
  reportAt(frame, state, node, 'recursion-on-input', 'proved', detail, related);
}

/** The functions from the last call of a function to here. */
function cycleBack(frame: Frame, code: FunctionCode): ReadonlySet<FunctionCode> | undefined {
  const cycle = new Set<FunctionCode>();
  for (let at: Frame | undefined = frame; at !== undefined; at = at.caller) {
    if (at.code !== undefined) cycle.add(at.code);
    if (at.code === code) return cycle;
  }
  return undefined;
}

/** `n - 1` of a number from outside that may be large. */
function isCountedDown(world: World, state: State, value: Value, given: Node | undefined): boolean {
  if (value.is !== 'int' || given?.kind !== 'binary' || given.part('operator')?.text !== '-') return false;
  const [only, second] = value.of.terms;
  if (only?.factor !== 1 || second !== undefined || world.symbols[only.symbol]?.kind !== 'input')
    return false;
  const most = maximum(world, state, value.of);
  return most.seen && most.value > DEEP_NUMBER;
}

/** A long text from outside is there for one of the functions: given, in a structure that is given, or behind a variable of the file. */
function leadsToInput(
  frame: Frame,
  state: State,
  cycle: ReadonlySet<FunctionCode>,
  values: readonly Result[],
): boolean {
  const { world } = frame.run;
  const seen = new Set<number>();
  const pending = values.map(({ value }) => value);
  for (const { body, unit } of cycle) {
    for (const each of descendants(body)) {
      const declaration = each.kind === 'identifier' ? unit.declarationOf(each)?.node : undefined;
      if (declaration?.kind === 'variable' && isGlobal(declaration))
        for (const { value } of evaluate(quietFrame(frame), state.fork(), each)) pending.push(value);
    }
  }
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (value.is !== 'pointer') continue;
    for (const { object } of value.targets) {
      if (seen.has(object)) continue;
      seen.add(object);
      const [info, memory] = [world.info(object), state.object(object)];
      if (memory === undefined) continue;
      const size = info?.size === undefined ? undefined : numberOf(info.size);
      if (size !== undefined && size >= DEEP_TEXT && isFromOutside(world, state, object)) return true;
      for (const cell of memory.cells.values()) pending.push(cell.value);
    }
  }
  return false;
}

/** What an object holds was read from outside, at least a stretch of it. */
export function isFromOutside(world: World, state: State, object: number): boolean {
  const memory = state.object(object);
  if (memory === undefined) return false;
  return (
    world.outside.has(object) ||
    memory.string?.length.terms.some(({ symbol }) => world.symbols[symbol]?.kind === 'input') === true
  );
}

/**
 * Something is counted and compared: a parameter that is passed on changed by a number, a variable that goes up and down again, or one that only
 * goes up and is compared with a constant.
 */
export function hasLimit(cycle: ReadonlySet<FunctionCode>): boolean {
  const counted = new Set<string>();
  const moved = { up: new Set<string>(), down: new Set<string>() };
  const all = [...cycle].flatMap(({ body }) => [...descendants(body)]);
  for (const node of all) {
    if (node.kind === 'call')
      for (const given of node.parts('arguments')) {
        const name = given.kind === 'binary' ? nameOf(given.part('left')) : stepOf(given)?.name;
        if (name !== undefined && [...cycle].some(({ parameters }) => isNumber(parameters, name)))
          counted.add(name);
      }
    const step = stepOf(node);
    if (step !== undefined) moved[step.isUp ? 'up' : 'down'].add(step.name);
  }
  for (const name of moved.up) if (moved.down.has(name)) counted.add(name);
  return all.some((node) => {
    if (node.kind !== 'binary' || !COMPARISONS.has(node.part('operator')?.text ?? '')) return false;
    const sides = [node.part('left'), node.part('right')];
    return sides.some((side, index) => {
      const name = nameOf(side) ?? (side && stepOf(side)?.name);
      if (name === undefined) return false;
      return counted.has(name) || (moved.up.has(name) && isConstant(sides[1 - index]));
    });
  });
}

function isNumber(parameters: FunctionCode['parameters'], name: string): boolean {
  return parameters.some((parameter) => parameter.name === name && parameter.type.is === 'int');
}

function isConstant(node: Node | undefined): boolean {
  return (
    (node?.kind === 'number' && Number(node.text) > 1) ||
    (node?.kind === 'identifier' && /^[A-Z][A-Z0-9_]*$/.test(node.text)) ||
    node?.kind === 'binary'
  );
}
