import { numberOf, plus, subtractLinear, type Linear } from './linear.ts';
import { NO_VALUES, type Range, type State } from './state.ts';
import type { OneSided, SymbolKind, World } from './world.ts';

/** A bound, and whether some run has it. */
export interface Bound {
  readonly value: number;
  readonly seen: boolean;
}

/** Differences are joined to chains of at most this length. */
const MAX_CHAIN = 4;

/** Values in between that a number is known not to have: of more the last ones are remembered. */
const MAX_NOT = 8;

const ANY: Range = { lo: -Infinity, hi: Infinity, loSeen: false, hiSeen: false, not: NO_VALUES };

export function rangeOf(world: World, state: State, symbol: number): Range {
  return state.range(symbol) ?? world.symbols[symbol]?.range ?? ANY;
}

/** The object stands for what is open behind a descriptor, and on this path opening has failed. */
export function isUnopened(world: World, state: State, object: number): boolean {
  const descriptor = world.info(object)?.descriptor;
  return descriptor !== undefined && rangeOf(world, state, descriptor).hi < 0;
}

/** Largest value of a sum on this path. */
export function maximum(world: World, state: State, of: Linear): Bound {
  const { terms, constant } = of;
  const first = terms[0];
  const second = terms[1];
  if (first === undefined) return { value: constant, seen: true };
  if (second === undefined) {
    const bound = symbolBound(world, state, first.symbol, first.factor > 0);
    return { value: constant + first.factor * bound.value, seen: bound.seen };
  }
  let best = constant;
  for (const { symbol, factor } of terms)
    best += factor * symbolBound(world, state, symbol, factor > 0).value;
  if (terms.length === 2 && first.factor === -second.factor) {
    const isUp = first.factor > 0;
    const up = isUp ? first : second;
    const down = isUp ? second : first;
    const difference = leastDifference(state, up.symbol, down.symbol);
    if (difference !== undefined && constant + up.factor * difference.value <= best) {
      return { value: constant + up.factor * difference.value, seen: difference.seen };
    }
  } else {
    // `x - y` of terms with unequal factors: as much of them as stands against each other.
    for (const up of terms) {
      for (const down of terms) {
        if (up.factor <= 0 || down.factor >= 0) continue;
        const difference = leastDifference(state, up.symbol, down.symbol);
        if (difference === undefined) continue;
        const share = Math.min(up.factor, -down.factor);
        let value = constant + share * difference.value;
        for (const { symbol, factor } of terms) {
          const left =
            symbol === up.symbol ? factor - share : symbol === down.symbol ? factor + share : factor;
          if (left !== 0) value += left * symbolBound(world, state, symbol, left > 0).value;
        }
        if (value < best) best = value;
      }
    }
  }
  if (world.quotients.size > 0)
    for (const term of terms) {
      const rest = withoutQuotient(world, state, of, term);
      if (rest !== undefined) best = Math.min(best, maximum(world, state, rest).value);
    }
  if (Number.isNaN(best)) return { value: Infinity, seen: false };
  // Of independent inputs every combination occurs.
  const seen = terms.every(({ symbol, factor }) => {
    const info = world.symbols[symbol];
    return isFree(info?.kind) && symbolBound(world, state, symbol, factor > 0).seen && !state.isTied(symbol);
  });
  return { value: best, seen };
}

/** Whatever other such numbers are, it may have each value within the bounds that are said to occur. */
function isFree(kind: SymbolKind | undefined): boolean {
  return kind === 'input' || kind === 'length';
}

/** `2 * i - n`, where `i` is at most `n / 2 - 1`: less than what the whole number leaves; undefined where nothing cancels out. */
function withoutQuotient(
  { quotients }: World,
  state: State,
  { constant, terms }: Linear,
  { symbol, factor }: Linear['terms'][number],
): Linear | undefined {
  if (factor <= 0) return undefined;
  for (const [quotient, { of, by }] of quotients) {
    const [whole, second] = of.terms;
    if (whole === undefined || second !== undefined || whole.factor !== 1 || factor % by !== 0) continue;
    const other = terms.find((each) => each.symbol === whole.symbol);
    if (other === undefined || other.factor >= 0) continue;
    const difference = leastDifference(state, symbol, quotient);
    if (difference === undefined) continue;
    const left = other.factor + factor / by;
    const rest = terms.filter((each) => each !== other && each.symbol !== symbol);
    return {
      constant: constant + factor * difference.value + (factor / by) * of.constant,
      terms: left === 0 ? rest : [...rest, { symbol: whole.symbol, factor: left }],
    };
  }
  return undefined;
}

export function minimum(world: World, state: State, of: Linear): Bound {
  const { terms, constant } = of;
  const first = terms[0];
  const second = terms[1];
  if (first === undefined) return { value: constant, seen: true };
  if (second === undefined) {
    const bound = symbolBound(world, state, first.symbol, first.factor < 0);
    const value = constant + first.factor * bound.value;
    return { value: value === 0 ? 0 : value, seen: bound.seen };
  }
  const negative = {
    constant: -constant,
    terms: terms.map(({ symbol, factor }) => ({ symbol, factor: -factor })),
  };
  const { value, seen } = maximum(world, state, negative);
  return { value: value === 0 ? 0 : -value, seen };
}

/** Upper or lower bound of a symbol, by its own range and by its differences to others. */
function symbolBound(world: World, state: State, symbol: number, upper: boolean): Bound {
  const own = rangeOf(world, state, symbol);
  let best: Bound = upper ? { value: own.hi, seen: own.hiSeen } : { value: own.lo, seen: own.loSeen };
  const quotient = world.quotients.get(symbol);
  if (quotient !== undefined) {
    const whole = upper ? maximum(world, state, quotient.of) : minimum(world, state, quotient.of);
    const value = Math.trunc(whole.value / quotient.by);
    // That a number is not 0 does not say that it is as low as 1: a thousandth of it need not be 0.
    const isSeen = whole.seen && (upper || value !== 0 || whole.value !== 1);
    if (upper ? value <= best.value : value >= best.value) best = { value, seen: isSeen };
  }
  if (!state.isTied(symbol)) return best;
  for (const { a, b, most, seen } of state.differences) {
    if (upper && a === symbol) {
      const other = ownBound(world, state, b, true);
      const value = other.value + most;
      if (value < best.value || (value === best.value && !best.seen))
        best = { value, seen: seen && other.seen };
    } else if (!upper && b === symbol) {
      const other = ownBound(world, state, a, false);
      const value = other.value - most;
      if (value > best.value || (value === best.value && !best.seen))
        best = { value, seen: seen && other.seen };
    }
  }
  return best;
}

/** Upper or lower bound of a symbol by ranges alone: its own, and that of the number that it is a part of. */
function ownBound(world: World, state: State, symbol: number, upper: boolean): Bound {
  const own = rangeOf(world, state, symbol);
  const bound: Bound = upper ? { value: own.hi, seen: own.hiSeen } : { value: own.lo, seen: own.loSeen };
  const quotient = world.quotients.get(symbol);
  const only = quotient?.of.terms[0];
  if (quotient === undefined || only?.factor !== 1 || quotient.of.terms.length > 1) return bound;
  const whole = rangeOf(world, state, only.symbol);
  const value = Math.trunc(((upper ? whole.hi : whole.lo) + quotient.of.constant) / quotient.by);
  const isCloser = upper ? value <= bound.value : value >= bound.value;
  return isCloser ? { value, seen: upper ? whole.hiSeen : whole.loSeen } : bound;
}

/** A symbol, with the smallest known bound of the difference between another one and it. */
interface Reached {
  readonly symbol: number;
  value: number;
}

/** The smallest known bound of `a - b`. */
function leastDifference(state: State, a: number, b: number): Bound | undefined {
  if (a === b) return { value: 0, seen: true };
  if (!state.isTied(a) || !state.isTied(b)) return undefined;
  let best: Bound | undefined;
  const { differences } = state;
  // There are few: lists are faster than maps.
  let reached: Reached[] = [{ symbol: a, value: 0 }];
  for (let step = 0; step < MAX_CHAIN && reached.length > 0; step++) {
    const next: Reached[] = [];
    for (const each of differences) {
      const from = reached.find(({ symbol }) => symbol === each.a);
      if (from === undefined) continue;
      const value = from.value + each.most;
      if (each.b === b) {
        if (best === undefined || value < best.value) best = { value, seen: each.seen && step === 0 };
        continue;
      }
      const known = next.find(({ symbol }) => symbol === each.b);
      if (known === undefined) {
        if (value < Infinity) next.push({ symbol: each.b, value });
      } else if (value < known.value) known.value = value;
    }
    reached = next;
  }
  return best;
}

/**
 * Narrows a path to where `of <= 0`.
 *
 * @param tested the program itself asks: a run with equality is taken to exist
 * @returns false when there is no such run
 */
export function assumeAtMostZero(world: World, state: State, of: Linear, tested: boolean): boolean {
  const most = maximum(world, state, of).value;
  if (most === 0 && tested) noteTested(world, state, of);
  if (most <= 0) return true;
  if (minimum(world, state, of).value > 0) return false;
  const first = of.terms[0];
  const second = of.terms[1];
  if (first === undefined) return of.constant <= 0;
  for (const { symbol } of of.terms) unseeOneSided(world, state, symbol);
  const isDifference = second !== undefined && of.terms.length === 2 && first.factor === -second.factor;
  if (isDifference) {
    const isUp = first.factor > 0;
    const up = isUp ? first : second;
    const down = isUp ? second : first;
    const bound = Math.floor(-of.constant / up.factor);
    const back = leastDifference(state, down.symbol, up.symbol);
    if (back !== undefined && back.value + bound < 0) return false;
    state.setDifference({ a: up.symbol, b: down.symbol, most: bound, seen: tested });
  }
  const isTied = second !== undefined;
  // `if (length > size - at) return;` says of `at` and `size` what is not kept: that they may be as close as another test lets them be is not sure any more.
  if (isTied && !isDifference) {
    const isIn = (one: number): boolean => of.terms.some(({ symbol }) => symbol === one);
    state.unseeDifferences((a, b) => isIn(a) && isIn(b));
  }
  for (const term of of.terms) {
    // Whatever the others are, this one must leave room.
    let least = of.constant;
    for (const other of of.terms) {
      if (other === term) continue;
      least += other.factor * symbolBound(world, state, other.symbol, other.factor < 0).value;
    }
    if (!Number.isFinite(least)) continue;
    const limit = -least / term.factor;
    const narrowed =
      term.factor > 0
        ? narrow(world, state, term.symbol, -Infinity, Math.floor(limit), tested && !isTied)
        : narrow(world, state, term.symbol, Math.ceil(limit), Infinity, tested && !isTied);
    if (!narrowed) return false;
    // What is said of a sum is not kept: `a + b <= 64` leaves `a` at 64 only where `b` is 0, and later code may test `b`.
    const isLost = isTied && !isDifference;
    if (isLost || of.terms.some((other) => other !== term && !isFree(world.symbols[other.symbol]?.kind)))
      unsee(world, state, term.symbol, term.factor > 0);
  }
  return true;
}

/** The code lets a number that a caller gives be as large as an access before has taken it to be: then it may be so large. */
function noteTested(world: World, state: State, { terms: [only, second] }: Linear): void {
  if (only === undefined || second !== undefined || state.isTied(only.symbol)) return;
  const range = state.range(only.symbol);
  if (range === undefined || world.symbols[only.symbol]?.kind !== 'given') return;
  state.setRange(only.symbol, { ...range, ...(only.factor > 0 ? { hiSeen: true } : { loSeen: true }) });
}

/** A number was compared with what nothing is known of: that it lies at its bound is no longer said by the code. */
export function unsee(world: World, state: State, symbol: number, upper: boolean): void {
  const range = rangeOf(world, state, symbol);
  if (upper ? !range.hiSeen : !range.loSeen) return;
  state.setRange(symbol, { ...range, ...(upper ? { hiSeen: false } : { loSeen: false }) });
}

/** `if (is_long) need = 2;`: a test of `need` asks which bounds other numbers have. */
function unseeOneSided(world: World, state: State, tested: number): void {
  const bounds = world.oneSided.get(tested);
  if (bounds !== undefined) unseeAll(world, state, bounds);
}

export function unseeAll(world: World, state: State, bounds: Iterable<OneSided>): void {
  for (const each of bounds)
    if ('a' in each) state.unseeDifferences((a, b) => a === each.a && b === each.b);
    else unsee(world, state, each.symbol, each.isUpper);
}

/** That an object is as short as it may be is not taken for seen. */
export function unseeSize(world: World, state: State, object: number): void {
  for (const { symbol, factor } of world.info(object)?.size?.terms ?? []) {
    unsee(world, state, symbol, factor < 0);
    state.unseeDifferences((a, b) => a === symbol || b === symbol);
  }
}

/** Cuts a symbol's range; false when nothing is left. */
export function narrow(
  world: World,
  state: State,
  symbol: number,
  lo: number,
  hi: number,
  tested: boolean,
): boolean {
  const old = rangeOf(world, state, symbol);
  const isLower = hi < old.hi;
  const isHigher = lo > old.lo;
  let { not } = old;
  if (!isLower && !isHigher && not.length === 0) return old.lo <= old.hi;
  const isSeen = tested && !state.isTied(symbol) && !world.sparse.has(symbol);
  let least = isHigher ? lo : old.lo;
  let most = isLower ? hi : old.hi;
  if (not.length > 0) {
    while (not.includes(least)) least++;
    while (not.includes(most)) most--;
    const isOut = (value: number): boolean => value < least || value > most;
    if (not.some(isOut)) not = not.filter((value) => !isOut(value));
  }
  if (least > most) return false;
  if (isLower || isHigher || not !== old.not)
    state.setRange(symbol, {
      lo: least,
      hi: most,
      loSeen: isHigher ? isSeen : old.loSeen,
      hiSeen: isLower ? isSeen : old.hiSeen,
      not,
    });
  const quotient = isLower || isHigher ? world.quotients.get(symbol) : undefined;
  return quotient === undefined || narrowWhole(world, state, quotient, least, most);
}

/** `n = length / 2` is at least 2: then `length` is at least 4. */
function narrowWhole(
  world: World,
  state: State,
  { of: { constant, terms }, by }: { readonly of: Linear; readonly by: number },
  least: number,
  most: number,
): boolean {
  const [whole, second] = terms;
  if (whole?.factor !== 1 || second !== undefined) return true;
  const lo = least > 0 ? least * by - constant : -Infinity;
  const hi = most >= 0 ? most * by + by - 1 - constant : Infinity;
  return narrow(world, state, whole.symbol, lo, hi, false);
}

export function assumeZero(world: World, state: State, of: Linear, tested: boolean): boolean {
  const negative = subtractLinear({ constant: 0, terms: [] }, of);
  const [only, second] = of.terms;
  if (only !== undefined && second === undefined) {
    const value = -of.constant / only.factor;
    if (!Number.isInteger(value) || rangeOf(world, state, only.symbol).not.includes(value)) return false;
  }
  return (
    assumeAtMostZero(world, state, of, tested) &&
    (negative === undefined || assumeAtMostZero(world, state, negative, tested))
  );
}

export function assumeNotZero(world: World, state: State, of: Linear, tested: boolean): boolean {
  const lo = minimum(world, state, of).value;
  const hi = maximum(world, state, of).value;
  if (lo > 0 || hi < 0) return true;
  if (lo === 0 && hi === 0) return false;
  const [only, second] = of.terms;
  if (only === undefined) return of.constant !== 0;
  if (second === undefined) {
    const value = -of.constant / only.factor;
    if (!Number.isInteger(value)) return true;
    const range = rangeOf(world, state, only.symbol);
    if (value > range.lo && value < range.hi) {
      const { lo, hi, loSeen, hiSeen, not } = range;
      unseeOneSided(world, state, only.symbol);
      if (!not.includes(value))
        state.setRange(only.symbol, { lo, hi, loSeen, hiSeen, not: [...not.slice(1 - MAX_NOT), value] });
      return true;
    }
    // That the answer of code which is not seen is not 0 does not say that it can be 1.
    const isSeen = tested && world.symbols[only.symbol]?.kind !== 'foreign';
    return value === range.lo
      ? narrow(world, state, only.symbol, value + 1, Infinity, isSeen)
      : value === range.hi
        ? narrow(world, state, only.symbol, -Infinity, value - 1, isSeen)
        : true;
  }
  if (lo === 0) {
    const more = subtractLinear({ constant: 1, terms: [] }, of);
    return more === undefined || assumeAtMostZero(world, state, more, tested);
  }
  if (hi === 0) return assumeAtMostZero(world, state, plus(of, 1), tested);
  // `if (at == length) at = 0;` where both are at most 128: that `at` is 128 and `length` is not, no code says.
  for (const { symbol } of of.terms) {
    if (world.symbols[symbol]?.kind === 'input') continue;
    unsee(world, state, symbol, true);
    unsee(world, state, symbol, false);
  }
  return true;
}

/** True and false where a comparison with zero has one answer on the path. */
export function isNever(world: World, state: State, of: Linear): boolean {
  const [only, second] = of.terms;
  if (only !== undefined && second === undefined) {
    const value = -of.constant / only.factor;
    if (!Number.isInteger(value) || rangeOf(world, state, only.symbol).not.includes(value)) return true;
  }
  return minimum(world, state, of).value > 0 || maximum(world, state, of).value < 0;
}

/** A sum in which symbols with one value are numbers. */
export function resolved(world: World, state: State, of: Linear): Linear {
  if (of.terms.every(({ symbol }) => isOpen(rangeOf(world, state, symbol)))) return of;
  let { constant } = of;
  const terms = of.terms.filter(({ symbol, factor }) => {
    const range = rangeOf(world, state, symbol);
    if (isOpen(range)) return true;
    constant += factor * range.lo;
    return false;
  });
  return { constant, terms };
}

function isOpen({ lo, hi }: Range): boolean {
  return lo !== hi;
}

export function known(world: World, state: State, of: Linear): number | undefined {
  return numberOf(resolved(world, state, of));
}
