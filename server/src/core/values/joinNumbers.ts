import { maximum, rangeOf } from './constraints.ts';
import { addLinear, scaleLinear, subtractLinear, symbolLinear, type Linear } from './linear.ts';
import { State, type Difference } from './state.ts';
import type { OneSided, World } from './world.ts';

/** A pair of numbers that became one symbol. */
export interface Merged {
  readonly left: Linear;
  readonly right: Linear;
  readonly symbol: number;
  /** The second number less the first, where that is known: not 0. */
  readonly step: number | undefined;
  /** How many numbers it stands in. */
  uses: number;
}

/**
 * @param oneSided gets the bounds that some run has on one path alone
 * @returns symbols whose bounds differ, and whether some are wider on the second path: it came into a loop on another way
 */
export function joinRanges(
  world: World,
  joined: State,
  left: State,
  right: State,
  isWidening: boolean,
  oneSided: OneSided[],
): { readonly different: number[]; readonly changed: boolean } {
  const different: number[] = [];
  let changed = false;
  State.differentRanges(left, right, (symbol, one, other) => {
    world.steps++;
    if (one === undefined && other === undefined) return;
    const a = one ?? rangeOf(world, left, symbol);
    const b = other ?? rangeOf(world, right, symbol);
    if (isOneSided(a.lo, a.loSeen, b.lo, b.loSeen, a.lo < b.lo)) oneSided.push({ symbol, isUpper: false });
    if (isOneSided(a.hi, a.hiSeen, b.hi, b.hiSeen, a.hi > b.hi)) oneSided.push({ symbol, isUpper: true });
    // Without a range on one path: what holds of the symbol on all paths.
    if (one === undefined) return;
    const isWider = b.lo < a.lo || b.hi > a.hi;
    if (isWider) changed = true;
    if (other === undefined || (isWider && isWidening)) {
      different.push(symbol);
      joined.forgetRange(symbol);
      return;
    }
    const isNot = (value: number): boolean => b.not.includes(value) || value < b.lo || value > b.hi;
    const not = a.not.every(isNot) ? a.not : a.not.filter(isNot);
    const isSame = a.lo === b.lo && a.hi === b.hi && a.loSeen === b.loSeen && a.hiSeen === b.hiSeen;
    if (isSame && not === a.not && a.not.length === b.not.length) return;
    different.push(symbol);
    if (not !== a.not) changed = true;
    joined.setRange(symbol, {
      lo: Math.min(a.lo, b.lo),
      hi: Math.max(a.hi, b.hi),
      loSeen: a.lo === b.lo ? a.loSeen || b.loSeen : a.lo < b.lo ? a.loSeen : b.loSeen,
      hiSeen: a.hi === b.hi ? a.hiSeen || b.hiSeen : a.hi > b.hi ? a.hiSeen : b.hiSeen,
      not,
    });
  });
  return { different, changed };
}

/** Whether the wider one of two bounds is one that some run has, and the other path has no such run. */
function isOneSided(
  one: number,
  isSeen: boolean,
  other: number,
  isOtherSeen: boolean,
  isWider: boolean,
): boolean {
  if (one === other) return isSeen !== isOtherSeen;
  return isWider ? isSeen : isOtherSeen;
}

/** Lengths of strings, with bounds of their own on each path, that merged numbers are compared with. */
const MAX_PARTNERS = 4;
/** Merged numbers times symbols: more are not looked into. */
const MAX_MERGED_PAIRS = 24;
/** Larger differences say nothing of use. */
const MAX_MOST = 2 ** 31;
const SIGNS: readonly number[] = [1, -1];

/**
 * Differences that hold on both paths, also between numbers that became one.
 *
 * @param oneSided gets those that in some run are as large as they may be on one path alone
 */
export function joinDifferences(
  world: World,
  joined: State,
  left: State,
  right: State,
  merged: readonly Merged[],
  different: readonly number[],
  isWidening: boolean,
  oneSided: OneSided[],
): boolean {
  let changed = false;
  const [own, others] = [left.differences, right.differences];
  if (own !== others) {
    const common: Difference[] = [];
    for (const difference of own) {
      const { a, b, most } = difference;
      const other = right.difference(a, b);
      if (other === difference) common.push(difference);
      else if (other !== undefined && (!isWidening || other.most <= most)) {
        if (other.most > most) changed = true;
        if (other.most !== most && difference.seen && other.seen) oneSided.push({ a, b });
        common.push({ a, b, most: Math.max(most, other.most), seen: difference.seen && other.seen });
      } else {
        const bound = subtractLinear(symbolLinear(a), symbolLinear(b));
        const value = bound === undefined ? Infinity : maximum(world, right, bound).value;
        if (value <= most) common.push({ a, b, most, seen: false });
        else changed = true;
      }
    }
    joined.replaceDifferences(common);
  }
  if (merged.length === 0) {
    world.steps += (own.length * others.length) >> 5;
    return changed;
  }
  // What a merged number is at most, beside the symbols that its two forms were compared with.
  const partners = new Set<number>(
    different.filter((symbol) => world.lengths.has(symbol)).slice(0, MAX_PARTNERS),
  );
  for (const each of [own, others]) for (const { a, b } of each) partners.add(a).add(b);
  world.steps += (own.length * others.length + partners.size * merged.length) >> 5;
  if (partners.size * merged.length > MAX_MERGED_PAIRS) return changed;
  for (const { left: x, right: y, symbol } of merged) {
    const [lessX, lessY] = [scaleLinear(x, -1) ?? x, scaleLinear(y, -1) ?? y];
    for (const partner of partners) {
      const by = symbolLinear(partner);
      for (const factor of SIGNS) {
        const one = addLinear(factor > 0 ? x : lessX, by, -factor);
        if (one === undefined) continue;
        const before = maximum(world, left, one).value;
        // On both paths it is not less.
        if (before > MAX_MOST && (!isWidening || before === Infinity)) continue;
        const other = addLinear(factor > 0 ? y : lessY, by, -factor);
        if (other === undefined) continue;
        const most = Math.max(before, maximum(world, right, other).value);
        if (isWidening && most > before) {
          // A bound that moves is given up; where it was known, there is something new to look at.
          changed ||= own.length > 0 && Number.isFinite(before) && hasDifference(left, x, partner);
          continue;
        }
        if (!Number.isFinite(most) || Math.abs(most) > MAX_MOST) continue;
        const [a, b] = factor === 1 ? [symbol, partner] : [partner, symbol];
        // Room is short: what the ranges say anyway must not push out what only a difference says.
        if (rangeOf(world, joined, a).hi - rangeOf(world, joined, b).lo <= most) continue;
        joined.setDifference({ a, b, most, seen: false });
      }
    }
  }
  return changed;
}

function hasDifference(state: State, { terms: [first] }: Linear, partner: number): boolean {
  if (first === undefined) return false;
  return (
    state.difference(first.symbol, partner) !== undefined ||
    state.difference(partner, first.symbol) !== undefined
  );
}
