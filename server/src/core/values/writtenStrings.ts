import { maximum, minimum, resolved } from './constraints.ts';
import { numberOf, plus, subtractLinear, type Linear } from './linear.ts';
import type { Memory, State, Value } from './state.ts';
import type { World } from './world.ts';

/** `*found = '\\0'`: a string that ended there or behind it ends there. */
export function cutString(
  world: World,
  state: State,
  { string }: Memory,
  offset: Linear,
  value: Value,
): Memory['string'] {
  if (string === undefined || value.is !== 'int' || numberOf(value.of) !== 0) return undefined;
  const length = plus(offset, -string.at);
  const beyond = subtractLinear(length, string.length);
  const isWithin = beyond !== undefined && maximum(world, state, beyond).value <= 0;
  return isWithin && minimum(world, state, length).value >= 0 ? { at: string.at, length } : undefined;
}

/** What a known string is worth after a byte was written. */
export function stringAfter(
  world: World,
  state: State,
  { string }: Memory,
  offset: Linear,
  value: Value,
): Memory['string'] {
  if (string === undefined) return undefined;
  const end = maximum(world, state, plus(string.length, string.at)).value;
  // Behind the end of the string nothing of it changes.
  if (minimum(world, state, offset).value > end) return string;
  const isZero = value.is === 'int' && numberOf(value.of) === 0;
  const at = numberOf(resolved(world, state, offset));
  if (!isZero && at !== undefined && value.is === 'int' && minimum(world, state, value.of).value > 0) {
    const least = minimum(world, state, plus(string.length, string.at)).value;
    if (at >= string.at && at < least) return string;
  }
  return undefined;
}
