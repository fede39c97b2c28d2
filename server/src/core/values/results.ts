import { maximum, narrow, rangeOf, type Bound } from './constraints.ts';
import { limitsOf, type IntType } from './ctypes.ts';
import { addLinear, numberOf, scaleLinear, symbolLinear, ZERO, type Linear } from './linear.ts';
import type { Frame } from './run.ts';
import { NO_VALUES, type State } from './state.ts';
import type { World } from './world.ts';

/** The whole part of `a / by`: one symbol for the whole analysis, whose bounds follow those of `a`. */
export function quotientOf({ run: { world } }: Frame, a: Linear, by: number, type: IntType): number {
  const key = `${keyOf(a)} / ${by}`;
  let symbol = world.results.get(key);
  if (symbol === undefined) {
    const [lo, hi] = limitsOf(type);
    // Of a number that may have any value, its parts may, too.
    const isInput =
      a.terms.length === 1 && a.terms.every((each) => world.symbols[each.symbol]?.kind === 'input');
    symbol = world.symbol(Math.trunc(lo / by), Math.trunc(hi / by), isInput ? 'input' : kindOf(world, a));
    world.results.set(key, symbol);
    world.quotients.set(symbol, { of: a, by });
  }
  return symbol;
}

function kindOf(world: World, { terms }: Linear): 'foreign' | 'derived' {
  return terms.some(({ symbol }) => world.symbols[symbol]?.kind === 'foreign') ? 'foreign' : 'derived';
}

export function keyOf({ constant, terms }: Linear): string {
  return `${constant} ${terms.map(({ symbol, factor }) => `${symbol}*${factor}`).join(' ')}`;
}

/** `a & mask` of a number that is not negative: one symbol for the whole analysis. */
export function bitsOf(
  { run: { world } }: Frame,
  state: State,
  a: Linear,
  mask: number,
  most: Bound,
): Linear {
  if (most.value <= 0 || mask === 0) return ZERO;
  const key = `${keyOf(a)} & ${mask}`;
  let symbol = world.results.get(key);
  if (symbol === undefined) {
    symbol = world.symbol(0, mask, kindOf(world, a));
    world.results.set(key, symbol);
  }
  if (state.range(symbol) === undefined && (most.seen || most.value < mask))
    state.setRange(symbol, {
      lo: 0,
      hi: Math.min(mask, most.value),
      loSeen: false,
      hiSeen: most.seen && most.value >= mask,
      not: NO_VALUES,
    });
  return symbolLinear(symbol);
}

/** `n % 8`, `n & 7` of a number from outside that may be any: each rest occurs. Undefined of another number, or with another operand. */
export function restOfInput(
  { run: { world } }: Frame,
  state: State,
  of: Linear,
  operator: '%' | '&',
  by: number | undefined,
): Linear | undefined {
  const most = by === undefined ? 0 : operator === '%' ? by - 1 : by;
  // A mask of the lowest bits.
  if (most < 1 || (operator === '&' && !Number.isInteger(Math.log2(most + 1)))) return undefined;
  const [only, second] = of.terms;
  if (only?.factor !== 1 || second !== undefined || of.constant !== 0) return undefined;
  const info = world.symbols[only.symbol];
  const { lo, hi, loSeen, hiSeen, not } = rangeOf(world, state, only.symbol);
  const key = `${keyOf(of)} ${operator} ${most} of all`;
  let symbol = world.results.get(key);
  const isApart = symbol !== undefined || !state.isTied(only.symbol);
  const isWhole = loSeen && hiSeen && hi - lo > most && not.length === 0;
  if (info?.kind !== 'input' || !isWhole || !isApart) return undefined;
  if (symbol === undefined) {
    symbol = world.symbol(info.range.lo < 0 && operator === '%' ? -most : 0, most, 'input');
    world.results.set(key, symbol);
  }
  if (lo < 0) return symbolLinear(symbol);
  // Neither is chosen without the other.
  narrow(world, state, symbol, 0, most, false);
  if (lo === 0 && most > 0) state.setDifference({ a: symbol, b: only.symbol, most: 0, seen: false });
  return symbolLinear(symbol);
}

/**
 * The same operation on the same number: one symbol for the whole analysis. Its bounds must hold whatever the number is, as a number may have others in
 * the next round of a loop.
 */
export function sameAgain(
  { run: { world } }: Frame,
  state: State,
  of: Linear,
  operation: string,
  lo: number,
  hi: number,
  hiSeen: boolean,
): Linear {
  const key = `${keyOf(of)} ${operation}`;
  let symbol = world.results.get(key);
  if (symbol === undefined) {
    symbol = world.symbol(lo, hi, kindOf(world, of));
    world.results.set(key, symbol);
  }
  if (hiSeen && state.range(symbol) === undefined)
    state.setRange(symbol, { lo, hi, loSeen: false, hiSeen, not: NO_VALUES });
  return symbolLinear(symbol);
}

/**
 * `high << 8 | low` of bytes from outside: itself a number from outside, so that it is compared as one. Undefined where something is known of a byte: then
 * the sum keeps it.
 */
export function joinedBytes(world: World, state: State, a: Linear, b: Linear): Linear | undefined {
  if (numberOf(a) !== undefined || numberOf(b) !== undefined) return undefined;
  const [high, low] = lowestBit(a) >= lowestBit(b) ? [a, b] : [b, a];
  if (lowestBit(high) < BYTE || maximum(world, state, low).value >= lowestBit(high)) return undefined;
  const sum = addLinear(a, b);
  if (sum?.constant !== 0) return undefined;
  const isFresh = sum.terms.every(({ symbol, factor }) => {
    const range = rangeOf(world, state, symbol);
    return (
      world.symbols[symbol]?.kind === 'input' &&
      factor > 0 &&
      range.lo === 0 &&
      (range.hi + 1) % BYTE === 0 &&
      range.not.length === 0 &&
      !state.isTied(symbol)
    );
  });
  if (!isFresh) return undefined;
  // `a << 24 | b << 16` still has room for two bytes: a multiple of a number.
  const unit = lowestBit(sum);
  const most = maximum(world, state, sum).value / unit;
  const key = `${keyOf(sum)} joined`;
  let symbol = world.results.get(key);
  if (symbol === undefined) {
    symbol = world.symbol(0, most, 'input');
    world.results.set(key, symbol);
  }
  return scaleLinear(symbolLinear(symbol), unit);
}

const BYTE = 256;

/** A power of two that divides every value of a sum, up to 2^31. */
export function lowestBit({ constant, terms }: Linear): number {
  let bit = 1;
  while (
    bit < 2 ** 31 &&
    [constant, ...terms.map(({ factor }) => factor)].every((each) => each % (2 * bit) === 0)
  )
    bit *= 2;
  return bit;
}
