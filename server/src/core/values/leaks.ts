import type { Node } from '../ast/node.ts';
import { STACK } from './allocate.ts';
import { isMemory } from './models.ts';
import { rangeOf } from './constraints.ts';
import { frameWith, reportAt, type Frame } from './run.ts';
import { memoryWith, objectsBehind, UNKNOWN_VALUE, type State, type Value } from './state.ts';
import type { ObjectInfo, World } from './world.ts';

/** Descriptor of the standard error output. */
const LAST_STANDARD = 2;

/** At the end of a function: blocks and handles that nothing leads to any more. */
export function checkLeaks(frame: Frame, state: State, result: Value): void {
  const { world } = frame.run;
  const own = ownBlocks(frame, state);
  if (own.length === 0) return;
  const isEnd = frame.caller === undefined && frame.code?.name === 'main';
  const isOwnVariable = (id: number): boolean => {
    const info = world.info(id);
    return info?.kind === 'local' && info.frame === frame.id;
  };
  const reached = reachable(frame, state, result, isOwnVariable);
  // What the variables of `main` still lead to at its end the system takes back.
  const kept = isEnd ? reachable(frame, state, result, () => false) : undefined;
  for (const id of own)
    if (!reached.has(id))
      reportLeak(frame, state, id, kept?.has(id) === true, 'nothing leads to it when this function is over');
}

/**
 * Where a loop begins its next round: the same of what only variables led to that are declared inside of the loop, or that were given another value.
 *
 * @param declared in the loop
 */
export function checkRound(frame: Frame, state: State, declared: ReadonlySet<Node>): void {
  const { world } = frame.run;
  // Of a block that the path perhaps never had, nothing says that it is lost.
  const isThere = (id: number): boolean => {
    const nullness = world.info(id)?.nullness;
    return !world.doubted.has(id) && (nullness === undefined || rangeOf(world, state, nullness).hi === 0);
  };
  const own = ownBlocks(frame, state).filter(isThere);
  if (own.length === 0) return;
  const isOver = (id: number): boolean => {
    const info = world.info(id);
    return (
      info?.kind === 'local' && info.frame === frame.id && info.node !== undefined && declared.has(info.node)
    );
  };
  const reached = reachable(frame, state, UNKNOWN_VALUE, isOver);
  for (const id of own)
    if (!reached.has(id))
      reportLeak(frame, state, id, false, 'nothing leads to it in the next round of the loop');
}

/** What the call itself has made and nobody else knows of; blocks that callers have made are theirs to release. */
function ownBlocks(frame: Frame, state: State): readonly number[] {
  const { world } = frame.run;
  return world.heap.filter((id) => {
    const info = world.info(id);
    if (info?.family === undefined || info.family === STACK || info.frame < frame.id || info.many)
      return false;
    const memory = state.object(id);
    return memory?.life === 'live' && !memory.escaped;
  });
}

function reportLeak(frame: Frame, state: State, id: number, isKept: boolean, why: string): void {
  const { world } = frame.run;
  const [memory, info] = [state.object(id), world.info(id)];
  if (memory === undefined || info?.node === undefined) return;
  if (info.nullness !== undefined && rangeOf(world, state, info.nullness).lo === 1) return;
  if (info.descriptor !== undefined && !isOpen(world, state, info.descriptor)) return;
  const kind = isKept ? 'leak-at-exit' : isMemory(info.family) ? 'leak' : 'resource-leak';
  const got = gotBy(frame, info);
  const related = frame.code === undefined ? [] : [{ node: frame.code.node, message: why }];
  const made = got === info.node ? [] : [{ node: info.node, message: 'made here' }];
  const here = frameWith(frame, { site: undefined });
  reportAt(here, state, got ?? info.node, kind, 'proved', 'it is never released', [...related, ...made]);
  state.setObject(id, memoryWith(memory, { escaped: true }));
}

/** Where a function that loses a block got it: the function that made it may well be right. */
function gotBy({ id }: Frame, { maker, node }: ObjectInfo): Node | undefined {
  for (let made = maker; made !== undefined && made.id !== id; made = made.caller)
    if (made.caller?.id === id) return made.site ?? made.call;
  return node;
}

/**
 * Whether something is open for sure behind a descriptor. Where opening failed nothing is; the first descriptors are those of the whole program; and
 * a comparison with an unknown number may have asked for failure.
 */
function isOpen(world: World, state: State, descriptor: number): boolean {
  return rangeOf(world, state, descriptor).hi > LAST_STANDARD && !state.isTied(descriptor);
}

/** @param isOver variables that are gone */
function reachable(
  frame: Frame,
  state: State,
  result: Value,
  isOver: (id: number) => boolean,
): ReadonlySet<number> {
  const { world } = frame.run;
  const reached = new Set<number>();
  const pending: Value[] = [result, ...state.slots.values()];
  for (let id = 0; id < world.objects.length; id++) {
    const [memory, info] = [state.object(id), world.info(id)];
    if (memory === undefined) continue;
    if (info?.kind === 'heap' && !memory.escaped) continue;
    if (memory.life !== 'out-of-scope' && !isOver(id))
      pending.push(...[...memory.cells.values()].map(({ value }) => value));
  }
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    for (const object of objectsBehind(world, value)) {
      if (reached.has(object)) continue;
      reached.add(object);
      const memory = state.object(object);
      // Nothing is found through memory that was given back.
      if (memory?.life === 'freed') continue;
      for (const cell of memory?.cells.values() ?? []) pending.push(cell.value);
    }
  }
  return reached;
}
