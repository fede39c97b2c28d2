import type { Node } from '../ast/node.ts';
import { checkNotNull } from './access.ts';
import { assumeZero } from './constraints.ts';
import { evaluate, locate } from './evaluate.ts';
import { constantLinear, subtractLinear } from './linear.ts';
import { quietFrame, type Frame, type Result } from './run.ts';
import type { Cell, State } from './state.ts';
import { variablePlace } from './variables.ts';

/** One function that a call may mean, on the paths on which it does. */
export interface WayOfCallee {
  readonly state: State;
  /** Undefined for one that is not known. */
  readonly name: string | undefined;
}

/** Elements of a table of functions that are told apart. */
const MAX_ENTRIES = 8;

/** The functions that a call through a pointer may mean; none when no run goes on. A pointer that is null is reported. */
export function waysOfCallee(frame: Frame, state: State, callee: Node): readonly WayOfCallee[] {
  const pointer = callee.kind === 'unary' ? callee.part('operand') : callee;
  if (pointer?.kind !== 'identifier' && pointer?.kind !== 'member' && pointer?.kind !== 'index')
    return [{ state, name: undefined }];
  const results = evaluate(frame, state.fork(), pointer);
  const [only, second] = results;
  if (second !== undefined && results.some(({ value }) => value.is === 'function'))
    return results.flatMap((each) => wayOf(frame, each, callee));
  if (only?.value.is === 'int' && second === undefined)
    return checkNotNull(frame, state, only.value, callee) ? [{ state, name: undefined }] : [];
  return entriesOf(frame, state, pointer, callee) ?? [{ state, name: undefined }];
}

function wayOf(frame: Frame, { state, value }: Result, callee: Node): readonly WayOfCallee[] {
  if (value.is === 'function') return [{ state, name: value.name }];
  return value.is === 'int' && !checkNotNull(frame, state, value, callee) ? [] : [{ state, name: undefined }];
}

/** `table[i].run()`: the functions that the table holds, each where the index leads to it; undefined where it is no such table. */
function entriesOf(
  frame: Frame,
  state: State,
  pointer: Node,
  callee: Node,
): readonly WayOfCallee[] | undefined {
  if (pointer.kind === 'identifier') return undefined;
  const { world } = frame.run;
  const [found, more] = locate(quietFrame(frame), state.fork(), pointer);
  const [target, second] = found?.place.pointer.is === 'pointer' ? found.place.pointer.targets : [];
  if (found === undefined || more !== undefined || target === undefined || second !== undefined)
    return undefined;
  const [index] = target.offset.terms;
  const memory = state.object(target.object);
  if (index === undefined || memory === undefined || memory.escaped) return undefined;
  const entries = [...memory.cells].filter(([, cell]) => isEntry(cell));
  if (entries.length > MAX_ENTRIES || !entries.some(([, { value }]) => value.is === 'function'))
    return undefined;
  return entries.flatMap(([at, { value }]) => {
    const there = found.state.fork();
    const apart = subtractLinear(target.offset, constantLinear(at));
    if (apart === undefined || !assumeZero(world, there, apart, false)) return [];
    // That an index which the program itself has made leads to an empty place, no code says.
    if (world.symbols[index.symbol]?.kind !== 'input' && value.is === 'int') there.doubtful = true;
    return wayOf(frame, { state: there, value, type: found.place.type }, callee);
  });
}

/** A function, or the place of one that is null. */
function isEntry({ value, limits }: Cell): boolean {
  if (value.is === 'function') return true;
  return value.is === 'int' && limits === undefined && value.of.terms.length === 0 && value.of.constant === 0;
}

/** The function that is called, when it is one; of a pointer to one, where it points. */
export function nameOfCallee(frame: Frame, state: State, callee: Node): string | undefined {
  if (callee.kind === 'identifier') {
    const given = frame.site === undefined ? undefined : frame.arguments.get(callee.text);
    if (given !== undefined) return nameOfCallee(given.frame, state, given.node);
    if (variablePlace(frame, state, callee) === undefined) return callee.text;
  }
  if (
    callee.kind === 'unary' ||
    callee.kind === 'identifier' ||
    callee.kind === 'member' ||
    callee.kind === 'index'
  ) {
    const operand = callee.kind === 'unary' ? callee.part('operand') : undefined;
    if (operand?.kind === 'identifier') return nameOfCallee(frame, state, operand);
    const [only, second] = evaluate(frame, state.fork(), callee);
    return second === undefined && only?.value.is === 'function' ? only.value.name : undefined;
  }
  return undefined;
}
