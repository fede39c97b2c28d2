import { STACK } from './allocate.ts';
import { isMemory } from './models.ts';
import { rangeOf } from './constraints.ts';
import { frameWith, reportAt, type Frame } from './run.ts';
import type { World } from './world.ts';
import { memoryWith, objectsBehind, type State, type Value } from './state.ts';

/** Descriptor of the standard error output. */
const LAST_STANDARD = 2;

/** At the end of a function: blocks and handles that nothing leads to any more. */
export function checkLeaks(frame: Frame, state: State, result: Value): void {
  const { world } = frame.run;
  // Blocks that callers have made are theirs to release.
  const own = world.heap.flatMap((id) => {
    const [memory, info] = [state.object(id), world.info(id)];
    const isOwn =
      info?.family !== undefined &&
      info.family !== STACK &&
      info.frame >= frame.id &&
      memory?.life === 'live' &&
      !memory.escaped;
    return isOwn && !info.many ? [[id, memory] as const] : [];
  });
  if (own.length === 0) return;
  const isEnd = frame.caller === undefined && frame.code?.name === 'main';
  const reached = reachable(frame, state, result, false);
  // What the variables of `main` still lead to at its end the system takes back.
  const kept = isEnd ? reachable(frame, state, result, true) : undefined;
  for (const [id, memory] of own) {
    if (reached.has(id)) continue;
    const info = world.info(id);
    if (info?.node === undefined) continue;
    if (info.nullness !== undefined && rangeOf(world, state, info.nullness).lo === 1) continue;
    if (info.descriptor !== undefined && !isOpen(world, state, info.descriptor)) continue;
    const kind = kept?.has(id) === true ? 'leak-at-exit' : isMemory(info.family) ? 'leak' : 'resource-leak';
    const related =
      frame.code === undefined
        ? []
        : [{ node: frame.code.node, message: 'nothing leads to it when this function is over' }];
    reportAt(
      frameWith(frame, { site: undefined }),
      state,
      info.node,
      kind,
      'proved',
      'it is never released',
      related,
    );
    state.setObject(id, memoryWith(memory, { escaped: true }));
  }
}

/**
 * Whether something is open for sure behind a descriptor. Where opening failed nothing is; the first descriptors are those of the whole program; and
 * a comparison with an unknown number may have asked for failure.
 */
function isOpen(world: World, state: State, descriptor: number): boolean {
  return rangeOf(world, state, descriptor).hi > LAST_STANDARD && !state.isTied(descriptor);
}

function reachable(frame: Frame, state: State, result: Value, withOwn: boolean): ReadonlySet<number> {
  const { world } = frame.run;
  const reached = new Set<number>();
  const pending: Value[] = [result, ...state.slots.values()];
  for (let id = 0; id < world.objects.length; id++) {
    const [memory, info] = [state.object(id), world.info(id)];
    if (memory === undefined) continue;
    const isOver =
      memory.life === 'out-of-scope' || (!withOwn && info?.kind === 'local' && info.frame === frame.id);
    if (info?.kind === 'heap' && !memory.escaped) continue;
    if (!isOver) pending.push(...[...memory.cells.values()].map(({ value }) => value));
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
