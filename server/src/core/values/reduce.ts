import { isUnopened, rangeOf } from './constraints.ts';
import { joinStates } from './join.ts';
import type { State } from './state.ts';
import type { World } from './world.ts';

/** Joins paths until there are at most so many: first those that agree on what is freed and what failed. */
export function reduce(world: World, states: readonly State[], most: number): State[] {
  if (states.length <= most) return [...states];
  const groups = new Map<string, State>();
  // The last paths are kept as they are: an error of a loop shows in its last round.
  const kept = most >= 6 ? states.slice(-2) : [];
  for (const state of states.slice(0, states.length - kept.length)) {
    const key = fingerprint(world, state);
    const known = groups.get(key);
    groups.set(
      key,
      known === undefined ? state : joinStates(world, known, state, { widen: undefined }).state,
    );
  }
  let left = [...groups.values()];
  while (left.length + kept.length > most && left.length > 1) {
    const next: State[] = [];
    for (let index = 0; index < left.length; index += 2) {
      const [a, b] = [left[index], left[index + 1]];
      if (a !== undefined)
        next.push(b === undefined ? a : joinStates(world, a, b, { widen: undefined }).state);
    }
    left = next;
  }
  return [...left, ...kept];
}

/** The same, but paths that perhaps no run takes do not become one with others: what is known of these would not be proved any more. */
export function reduceApart(world: World, states: readonly State[], most: number): State[] {
  if (states.length <= most) return [...states];
  const doubtful = states.filter((state) => state.doubtful);
  if (doubtful.length === 0 || doubtful.length === states.length) return reduce(world, states, most);
  const sure = states.filter((state) => !state.doubtful);
  const half = Math.max(1, Math.floor(most / 2));
  return [...reduce(world, doubtful, half), ...reduce(world, sure, Math.max(half, most - doubtful.length))];
}

function fingerprint(world: World, state: State): string {
  let text = state.doubtful ? '?' : '';
  for (const id of world.heap) {
    const memory = state.object(id);
    if (memory === undefined || isUnopened(world, state, id)) continue;
    const nullness = world.info(id)?.nullness;
    const failed = nullness === undefined ? 0 : rangeOf(world, state, nullness).lo;
    text += `,${id}${memory.life}${failed}`;
  }
  for (const id of world.marked)
    for (const [at, mark] of state.object(id)?.marks ?? []) text += `,${id}+${at}${mark}`;
  for (const [key, value] of state.slots) {
    if (key.endsWith(':return') && value.is === 'int' && value.of.terms.length === 0)
      text += `=${value.of.constant}`;
  }
  return text;
}
