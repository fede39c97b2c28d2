import type { Node } from '../ast/node.ts';
import { maximum, minimum, resolved } from './constraints.ts';
import { addLinear, subtractLinear, type Linear } from './linear.ts';
import { reportAt, type Frame } from './run.ts';
import type { State, Target, Value } from './state.ts';

/** Two stretches of so many bytes must have none in common: `memcpy` may copy in any order. */
export function checkApart(
  frame: Frame,
  state: State,
  to: Value,
  from: Value | undefined,
  bytes: Linear,
  node: Node,
): void {
  const { world } = frame.run;
  const [a, b] = [onlyTarget(to), onlyTarget(from)];
  if (a === undefined || a.object !== b?.object || world.info(a.object)?.many === true) return;
  const distance = subtractLinear(resolved(world, state, a.offset), resolved(world, state, b.offset));
  if (distance === undefined) return;
  const isAbove = minimum(world, state, distance).value > 0;
  // Where it is not known which one comes first, or both are the same place, nothing is said.
  if (!isAbove && maximum(world, state, distance).value >= 0) return;
  const over = isAbove ? subtractLinear(bytes, distance) : addLinear(bytes, distance);
  if (over === undefined) return;
  const most = maximum(world, state, over);
  if (most.value <= 0) return;
  const isProved = minimum(world, state, over).value > 0 || most.seen;
  reportAt(
    frame,
    state,
    node,
    'overlapping-copy',
    isProved ? 'proved' : 'possible',
    'what is copied and where it goes to have bytes in common',
    [],
    { object: a.object },
  );
}

function onlyTarget(value: Value | undefined): Target | undefined {
  return value?.is === 'pointer' && value.targets.length === 1 ? value.targets[0] : undefined;
}
