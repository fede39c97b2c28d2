import {
  assumeAtMostZero,
  assumeNotZero,
  assumeZero,
  isNever,
  maximum,
  narrow,
  rangeOf,
  unsee,
} from './constraints.ts';
import { plus, subtractLinear, ZERO, type Linear } from './linear.ts';
import type { State, Value } from './state.ts';
import type { Told, World } from './world.ts';

/** What a tested number says of others, such as a byte of the string that it stands in. False when there is no such run. */
export function assumeConsequences(world: World, state: State, of: Linear): boolean {
  for (const { symbol } of of.terms) {
    const { lo, hi, not } = rangeOf(world, state, symbol);
    const isZero = lo === 0 && hi === 0;
    const isNotZero = lo > 0 || hi < 0 || not.includes(0);
    if (!isZero && !isNotZero) continue;
    const behind = world.behind.get(symbol);
    if (behind !== undefined && !assumeCharacter(world, state, behind, isZero)) return false;
    const told = world.tells.get(symbol);
    if (told !== undefined && !assumeTold(world, state, told, isZero)) return false;
  }
  return true;
}

/** A byte that is not 0 stands before the end of its string. */
function assumeCharacter(world: World, state: State, behind: Linear, isZero: boolean): boolean {
  if (isZero) return assumeAtMostZero(world, state, plus(behind, 1), false);
  const before = subtractLinear(ZERO, behind);
  return before === undefined || assumeAtMostZero(world, state, before, false);
}

function assumeTold(world: World, state: State, told: Told, isZero: boolean): boolean {
  if (told.is === 'lengths') return !isZero || assumeSame(world, state, told.one, told.other, told.limit);
  if (isZero) return true;
  const [only, second] = told.of.terms;
  const { least = -Infinity, most = Infinity } = told;
  const isWithin =
    only?.factor !== 1 ||
    second !== undefined ||
    narrow(world, state, only.symbol, least - told.of.constant, most - told.of.constant, true);
  return isWithin && assumeNotZero(world, state, told.of, false) && assumeConsequences(world, state, told.of);
}

/** Strings of these lengths are the same, or the same up to a limit that one of them does not reach. */
function assumeSame(
  world: World,
  state: State,
  one: Linear,
  other: Linear,
  limit: Linear | undefined,
): boolean {
  const isShorter = (length: Linear): boolean => {
    const over = limit === undefined ? undefined : subtractLinear(plus(length, 1), limit);
    return limit === undefined || (over !== undefined && maximum(world, state, over).value <= 0);
  };
  if (!isShorter(one) && !isShorter(other))
    return (
      limit === undefined ||
      (reaches(world, state, one, other, limit) && reaches(world, state, other, one, limit))
    );
  const difference = subtractLinear(one, other);
  if (difference === undefined) return true;
  if (isNever(world, state, difference)) return false;
  // Of two lengths that are both open it would have to be remembered that they are one number: room for that is short.
  return difference.terms.length > 1 || assumeZero(world, state, difference, false);
}

/**
 * `while (is_word(*p)) p++;`: a function that is not seen is asked about a byte of a string. It may well say no to the end: that the string ends just
 * before what is read next is no longer said.
 */
export function doubtLengths(world: World, state: State, given: readonly { readonly value: Value }[]): void {
  for (const { value } of given) {
    for (const { symbol } of value.is === 'int' ? value.of.terms : []) {
      for (const each of world.behind.get(symbol)?.terms ?? []) {
        unsee(world, state, each.symbol, true);
        unsee(world, state, each.symbol, false);
        state.unseeDifferences((a, b) => a === each.symbol || b === each.symbol);
      }
    }
  }
}

/** The first string is as long as the limit where the second one is. */
function reaches(world: World, state: State, one: Linear, other: Linear, limit: Linear): boolean {
  const missing = subtractLinear(limit, other);
  const short = subtractLinear(limit, one);
  const isLong = missing !== undefined && maximum(world, state, missing).value <= 0;
  return !isLong || short === undefined || assumeAtMostZero(world, state, short, true);
}
