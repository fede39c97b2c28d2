import { descendants, type Node } from '../ast/node.ts';
import {
  assumeAtMostZero,
  assumeNotZero,
  known,
  maximum,
  minimum,
  rangeOf,
  resolved,
} from './constraints.ts';
import { commonType, limitsOf, promoted, type CType, type IntType } from './ctypes.ts';
import {
  addLinear,
  constantLinear,
  numberOf,
  plus,
  sameLinear,
  scaleLinear,
  subtractLinear,
  symbolLinear,
  type Linear,
} from './linear.ts';
import { noteProduct } from './products.ts';
import { noteNumber } from './readFrom.ts';
import { bitsOf, joinedBytes, keyOf, lowestBit, quotientOf, restOfInput, sameAgain } from './results.ts';
import { reportAt, type Frame, type Result } from './run.ts';
import { escapeValue, intValue, NO_VALUES, UNKNOWN_VALUE, type State, type Value } from './state.ts';
import { binary as constantBinary, times, wrapTo } from './constantArithmetic.ts';
import type { World } from './world.ts';

/** A number within bounds. The bounds occur when they come from such bounds. */
export function between(
  frame: Frame,
  state: State,
  lo: number,
  hi: number,
  loSeen: boolean,
  hiSeen: boolean,
): Linear {
  if (lo === hi && Number.isSafeInteger(lo)) return constantLinear(lo);
  const symbol = frame.run.world.symbol(lo, hi, 'derived');
  if (loSeen || hiSeen) state.setRange(symbol, { lo, hi, loSeen, hiSeen, not: NO_VALUES });
  return symbolLinear(symbol);
}

/**
 * A mathematical result as a value of its type. Where it does not fit: signed arithmetic is reported and the path goes on with
 * what fits, unsigned arithmetic wraps, on a path of its own.
 */
export function fit(
  frame: Frame,
  state: State,
  of: Linear,
  type: IntType,
  node: Node,
  operator: string,
): Result[] {
  const { world } = frame.run;
  const [lo, hi] = limitsOf(type);
  const least = minimum(world, state, of);
  const most = maximum(world, state, of);
  if (least.value >= lo && most.value <= hi) return [{ state, value: intValue(of), type }];
  const isOutside = least.value > hi || most.value < lo;
  const isSeen = isOutside || (most.value > hi && most.seen) || (least.value < lo && least.seen);
  if (type.signed) {
    // `byte << 24`: that a bit lands in the sign, or that others are lost, is often meant so.
    const isSign = operator === '<<' && !isOutside;
    if (isSeen)
      reportAt(
        frame,
        state,
        node,
        'signed-overflow',
        isSign || (!isOutside && isRunningSum(node, type)) ? 'possible' : 'proved',
        `\`${operator}\` leaves the range of its type`,
      );
    if (isOutside) return [{ state, value: world.anyInt(type, 'derived'), type }];
    const inRange = restrict(frame, state, of, lo, hi);
    return inRange ? [{ state, value: intValue(of), type }] : [];
  }
  if (isSeen) reportAt(frame, state, node, 'unsigned-wrap', 'proved', `\`${operator}\` wraps around`);
  const results = wrapped(frame, state, of, type);
  // A product that became too small: what is allocated by it is too small as well.
  if (isSeen && operator === '*' && !isOutside)
    for (const { value } of results)
      if (value.is === 'int' && (type.size >= 8 || !sameLinear(value.of, of)))
        world.wrapped.add(keyOf(value.of));
  return results;
}

/** A product that has wrapped around, or a multiple of one. */
export function isWrapped({ wrapped: known }: World, of: Linear): boolean {
  if (known.size === 0) return false;
  return known.has(keyOf(of)) || of.terms.some(({ symbol }) => known.has(keyOf(symbolLinear(symbol))));
}

/** `sum += value` in a loop, or in 64 bits: that numbers which are read add up to too much is seldom what matters. */
function isRunningSum(node: Node, type: IntType): boolean {
  if (node.kind !== 'assign') return false;
  if (type.size >= 8) return true;
  for (let at = node.parent; at !== undefined && at.kind !== 'function'; at = at.parent)
    if (LOOPS.has(at.kind)) return true;
  return false;
}

const LOOPS: ReadonlySet<string> = new Set(['for', 'while', 'doWhile', 'forEach']);

/** An unsigned value of a number that may lie outside of the type: what fits on one path, what wraps on others. */
function wrapped(frame: Frame, state: State, of: Linear, type: IntType): Result[] {
  const { world } = frame.run;
  const [, hi] = limitsOf(type);
  const modulus = type.size >= 8 ? 2 ** 64 : hi + 1;
  const exact = known(world, state, of);
  if (exact !== undefined && type.size < 8) {
    const value = ((exact % modulus) + modulus) % modulus;
    return [{ state, value: intValue(constantLinear(value)), type }];
  }
  const results: Result[] = [];
  const least = minimum(world, state, of);
  const most = maximum(world, state, of);
  if (least.value < 0) {
    const below = state.fork();
    if (assumeAtMostZero(world, below, plus(of, 1), true)) {
      if (!least.seen && most.value >= 0) below.doubtful = true;
      const shifted = { constant: of.constant + modulus, terms: of.terms };
      const bounds = [minimum(world, below, of), maximum(world, below, of)] as const;
      const value =
        type.size < 8 && bounds[0].value >= -modulus
          ? shifted
          : between(
              frame,
              below,
              Math.max(0, bounds[0].value + modulus),
              Math.min(hi, bounds[1].value + modulus),
              bounds[0].seen,
              bounds[1].seen,
            );
      results.push({ state: below, value: intValue(value), type });
    }
  }
  if (most.value > hi) {
    const above = state.fork();
    const minus = scaleLinear(plus(of, -hi - 1), -1);
    if (minus !== undefined && assumeAtMostZero(world, above, minus, true)) {
      if (!most.seen && least.value <= hi) above.doubtful = true;
      const value =
        type.size < 8 && most.value < 2 * modulus
          ? plus(of, -modulus)
          : between(frame, above, 0, hi, true, false);
      results.push({ state: above, value: intValue(value), type });
    }
  }
  if (least.value <= hi && most.value >= 0 && restrict(frame, state, of, 0, hi))
    results.push({ state, value: intValue(of), type });
  return results;
}

function restrict(frame: Frame, state: State, of: Linear, lo: number, hi: number): boolean {
  const { world } = frame.run;
  const below = scaleLinear(plus(of, -lo), -1);
  return (
    (below === undefined || assumeAtMostZero(world, state, below, false)) &&
    assumeAtMostZero(world, state, plus(of, -hi), false)
  );
}

/** A value as one of another type: casts, assignments, arguments. */
export function convert(
  frame: Frame,
  state: State,
  value: Value,
  from: CType,
  to: CType,
  node: Node,
): Result[] {
  const { world } = frame.run;
  if (to.is !== 'int') {
    if (to.is === 'float' || to.is === 'struct' || to.is === 'unknown')
      return [
        { state, value: to.is === 'float' ? UNKNOWN_VALUE : value, type: to.is === 'unknown' ? from : to },
      ];
    if (value.is === 'int' && to.is === 'pointer' && numberOf(resolved(world, state, value.of)) !== 0) {
      escapeValue(world, state, value);
      return [{ state, value: UNKNOWN_VALUE, type: to }];
    }
    return [{ state, value, type: to }];
  }
  if (value.is === 'pointer') return [{ state, value, type: to }];
  if (value.is === 'uninitialized') return [{ state, value, type: to }];
  if (value.is !== 'int') {
    const number = world.anyInt(to, 'derived');
    noteNumber(world, node, number);
    return [{ state, value: number, type: to }];
  }
  const [lo, hi] = limitsOf(to);
  const least = minimum(world, state, value.of);
  const most = maximum(world, state, value.of);
  if (least.value >= lo && most.value <= hi) return [{ state, value, type: to }];
  // A descriptor in a type that has no room for -1: what is open is not lost.
  if (world.handles.size > 0) escapeValue(world, state, value);
  if (to.bool === true) {
    const isNever = least.value > 0 || most.value < 0;
    return [{ state, value: isNever ? intValue(constantLinear(1)) : world.anyInt(to, 'derived'), type: to }];
  }
  const source = from.is === 'int' ? from : undefined;
  if (source !== undefined && source.size > to.size) {
    const exact = known(world, state, value.of);
    const isSeen =
      least.value > hi ||
      most.value < lo ||
      (most.value > hi && most.seen) ||
      (least.value < lo && least.seen);
    if (isSeen && exact === undefined)
      reportAt(frame, state, node, 'truncation', 'proved', 'the value does not fit into its new type');
    if (exact !== undefined) return [{ state, value: intValue(constantLinear(wrapTo(exact, to))), type: to }];
    // A length that is cut: what it is the length of stays as long as it is.
    const cut = isSeen && most.value > hi && least.value >= lo && !(to.signed && to.size === 1);
    const results: Result[] = [];
    if (cut) {
      const whole = state.fork();
      if (restrict(frame, whole, value.of, lo, hi)) results.push({ state: whole, value, type: to });
      const below = scaleLinear(plus(value.of, -hi - 1), -1);
      if (below !== undefined && !assumeAtMostZero(world, state, below, true)) return results;
    }
    const lost = between(frame, state, lo, hi, isSeen, isSeen);
    return [...results, { state, value: intValue(lost), type: to }];
  }
  if (to.signed) {
    const exact = known(world, state, value.of);
    if (exact !== undefined && to.size < 8)
      return [{ state, value: intValue(constantLinear(wrapTo(exact, to))), type: to }];
    const isSeen = most.value > hi && most.seen;
    if (least.value > hi)
      return [
        { state, value: intValue(between(frame, state, lo, Math.min(hi, -1), isSeen, false)), type: to },
      ];
    // A large unsigned number turns negative: on a path of its own when such a number occurs.
    const results: Result[] = [];
    if (isSeen) {
      const above = state.fork();
      const minus = scaleLinear(plus(value.of, -hi - 1), -1);
      if (minus === undefined || assumeAtMostZero(world, above, minus, true))
        results.push({ state: above, value: intValue(between(frame, above, lo, -1, true, true)), type: to });
    }
    if (restrict(frame, state, value.of, lo, hi)) results.push({ state, value, type: to });
    return results;
  }
  return wrapped(frame, state, value.of, to);
}

/** Arithmetic on two integers. */
export function integerOperation(
  frame: Frame,
  state: State,
  operator: string,
  left: { readonly of: Linear; readonly type: IntType },
  right: { readonly of: Linear; readonly type: IntType },
  node: Node,
): Result[] {
  const { world } = frame.run;
  const isShift = operator === '<<' || operator === '>>';
  const type = isShift ? promoted(left.type) : commonType(left.type, right.type);
  if (isShift) checkShift(frame, state, right.of, type, node);
  const isDivision = operator === '/' || operator === '%';
  const isChosen = isDivision && isNamedConstant(frame, right.of);
  const results: Result[] = [];
  // Both are first brought to the type in which they are computed: a negative one may become a large one.
  for (const one of convert(frame, state, intValue(left.of), left.type, type, node)) {
    const others = isShift
      ? [{ state: one.state, value: intValue(right.of), type: right.type }]
      : convert(frame, one.state, intValue(right.of), right.type, type, node);
    for (const other of others) {
      if (one.value.is !== 'int' || other.value.is !== 'int') continue;
      if (isChosen && !assumeNotZero(world, other.state, right.of, false)) continue;
      if (isDivision && !checkDivisor(frame, other.state, other.value.of, node)) continue;
      const a = resolved(world, other.state, one.value.of);
      const b = resolved(world, other.state, other.value.of);
      results.push(...compute(frame, other.state, operator, a, b, type, node));
    }
  }
  return results;
}

/**
 * A product whose bounds are taken as limits from here on, not as values that occur: what is learned of its factors later is not learned of
 * it.
 */
function unseen(result: Result): Result {
  const [only, second] = result.value.is === 'int' ? result.value.of.terms : [];
  const range = only === undefined || second !== undefined ? undefined : result.state.range(only.symbol);
  if (only !== undefined && range !== undefined)
    result.state.setRange(only.symbol, {
      lo: range.lo,
      hi: range.hi,
      loSeen: false,
      hiSeen: false,
      not: range.not,
    });
  return result;
}

function checkShift(frame: Frame, state: State, by: Linear, type: IntType, node: Node): void {
  const { world } = frame.run;
  const [least, most] = [minimum(world, state, by), maximum(world, state, by)];
  const bits = type.size * 8;
  const isSeen =
    least.value >= bits ||
    most.value < 0 ||
    (most.value >= bits && most.seen) ||
    (least.value < 0 && least.seen);
  if (isSeen)
    reportAt(
      frame,
      state,
      node,
      'shift-out-of-range',
      'proved',
      `a shift of ${bits} bits or more, or by a negative number`,
    );
}

/** A constant that the code spells out, with names of constants at most. */
function isWritten({ macros }: Frame, node: Node): boolean {
  if (macros > 0) return true;
  for (const each of descendants(node))
    if (each.kind !== 'number' && each !== node && /[a-z]/.test(each.text)) return false;
  return true;
}

function compute(
  frame: Frame,
  state: State,
  operator: string,
  a: Linear,
  b: Linear,
  type: IntType,
  node: Node,
): Result[] {
  const { world } = frame.run;
  const [x, y] = [numberOf(a), numberOf(b)];
  if (x !== undefined && y !== undefined) {
    const value = constantBinary(operator, x, y);
    // `1 << 31` and `0xE5 << 24` are how such bits are written.
    const isPattern = operator === '<<' && value !== undefined && x > 0 && value < 2 ** (8 * type.size);
    if (isPattern && (value === 2 ** (8 * type.size - 1) || isWritten(frame, node)))
      return [{ state, value: intValue(constantLinear(wrapTo(value, type))), type }];
    if (value !== undefined) return fit(frame, state, constantLinear(value), type, node, operator);
  }
  let exact: Linear | undefined;
  if (operator === '+') exact = joinedBytes(world, state, a, b) ?? addLinear(a, b);
  else if (operator === '-') exact = subtractLinear(a, b);
  else if (operator === '*')
    exact = y !== undefined ? scaleLinear(a, y) : x !== undefined ? scaleLinear(b, x) : undefined;
  else if (operator === '<<' && y !== undefined && y >= 0 && y < 50) exact = scaleLinear(a, 2 ** y);
  if (exact !== undefined) return fit(frame, state, exact, type, node, operator);
  const [aLo, aHi] = [minimum(world, state, a), maximum(world, state, a)];
  const [bLo, bHi] = [minimum(world, state, b), maximum(world, state, b)];
  const [limitLo, limitHi] = limitsOf(type);
  const any = (lo: number, hi: number, loSeen = false, hiSeen = false): Result[] =>
    fit(frame, state, between(frame, state, lo, hi, loSeen, hiSeen), type, node, operator);
  switch (operator) {
    case '+':
      return any(aLo.value + bLo.value, aHi.value + bHi.value, aLo.seen && bLo.seen, aHi.seen && bHi.seen);
    case '-':
      return any(aLo.value - bHi.value, aHi.value - bLo.value, aLo.seen && bHi.seen, aHi.seen && bLo.seen);
    case '*': {
      // `if (rows > LIMIT / columns) return;`
      const isLimited = [a, b].some(({ terms }) => terms.some(({ symbol }) => state.isTied(symbol)));
      const products = [aLo, aHi].flatMap((one) =>
        [bLo, bHi].map((other) => ({
          value: times(one.value, other.value),
          seen: one.seen && other.seen && !isLimited,
        })),
      );
      const least = products.reduce((best, each) => (each.value < best.value ? each : best));
      const most = products.reduce((best, each) => (each.value > best.value ? each : best));
      const results = any(least.value, most.value, least.seen, most.seen).map((result) => unseen(result));
      noteProduct(world, results, a, b, node);
      // A multiple of a product that became too small is too small.
      if (isWrapped(world, a) || isWrapped(world, b))
        for (const { value } of results) if (value.is === 'int') world.wrapped.add(keyOf(value.of));
      return results;
    }
    case '/': {
      if (y === undefined || y <= 0) return any(limitLo, limitHi);
      const quotient = quotientOf(frame, a, y, type);
      const [only, second] = a.terms;
      if (aLo.value >= 0 && only?.factor === 1 && second === undefined && a.constant === 0)
        state.setDifference({ a: quotient, b: only.symbol, most: 0, seen: false });
      return [{ state, value: intValue(symbolLinear(quotient)), type }];
    }
    case '%': {
      const most = Math.max(Math.abs(bLo.value), Math.abs(bHi.value)) - 1;
      const isWide = aHi.value - aLo.value > most && aHi.seen;
      if (aLo.value >= 0 && bLo.value > 0 && aHi.value < bLo.value)
        return [{ state, value: intValue(a), type }];
      const rest = restOfInput(frame, state, a, '%', y);
      if (rest !== undefined) return [{ state, value: intValue(rest), type }];
      // Of a number that may be any the same rest, wherever it is asked for.
      if (y !== undefined && y > 1 && !(aLo.seen && isWide) && (aHi.value >= most || aLo.value < 0))
        return [
          {
            state,
            value: intValue(
              aLo.value >= 0
                ? sameAgain(frame, state, a, `+% ${y}`, 0, most, isWide && bHi.seen)
                : sameAgain(frame, state, a, `% ${y}`, -most, most, isWide && bHi.seen),
            ),
            type,
          },
        ];
      return any(
        aLo.value >= 0 ? 0 : Math.max(-most, aLo.value),
        aHi.value <= 0 ? 0 : Math.min(most, aHi.value),
        isWide && aLo.seen,
        isWide && bHi.seen,
      );
    }
    case '&': {
      const rest = restOfInput(frame, state, a, '&', y);
      if (rest !== undefined) return [{ state, value: intValue(rest), type }];
      // The same bits of the same number, wherever they are asked for.
      if (y !== undefined && y >= 0 && aLo.value >= 0)
        return [{ state, value: intValue(bitsOf(frame, state, a, y, aHi)), type }];
      if (x !== undefined && x >= 0 && bLo.value >= 0)
        return [{ state, value: intValue(bitsOf(frame, state, b, x, bHi)), type }];
      const mask = y !== undefined && y >= 0 ? y : x !== undefined && x >= 0 ? x : undefined;
      if (mask !== undefined) {
        const isSeen = y !== undefined && aHi.seen && aHi.value >= mask;
        const bits = sameAgain(frame, state, y === undefined ? b : a, `-& ${mask}`, 0, mask, isSeen);
        return [{ state, value: intValue(bits), type }];
      }
      return aLo.value >= 0 || bLo.value >= 0
        ? any(0, aLo.value >= 0 ? aHi.value : bHi.value)
        : any(limitLo, limitHi);
    }
    case '|':
    case '^': {
      if (aLo.value < 0 || bLo.value < 0) return any(limitLo, limitHi);
      // `high << 8 | low`
      if (bHi.value < lowestBit(a) || aHi.value < lowestBit(b)) {
        const sum = joinedBytes(world, state, a, b) ?? addLinear(a, b);
        if (sum !== undefined) return fit(frame, state, sum, type, node, operator);
        return any(aLo.value + bLo.value, aHi.value + bHi.value, aLo.seen && bLo.seen, aHi.seen && bHi.seen);
      }
      const bits = Math.ceil(Math.log2(Math.max(aHi.value, bHi.value, 1) + 1));
      return any(0, Math.min(limitHi, 2 ** bits - 1));
    }
    case '>>': {
      if (y === undefined || y < 0 || aLo.value < 0)
        return any(Math.min(aLo.value, 0), Math.max(aHi.value, 0));
      return [{ state, value: intValue(symbolLinear(quotientOf(frame, a, 2 ** y, type))), type }];
    }
    case '<<':
      return [{ state, value: intValue(between(frame, state, limitLo, limitHi, false, false)), type }];
    default:
      return any(limitLo, limitHi);
  }
}

/** A constant of a header that nothing explains: whoever divides by it has chosen it. */
function isNamedConstant(
  { run: { constants } }: Frame,
  { terms: [only, second], constant }: Linear,
): boolean {
  if (only === undefined || second !== undefined || constant !== 0 || constants.size === 0) return false;
  for (const value of constants.values())
    if (value.is === 'int' && value.of.terms[0]?.symbol === only.symbol) return true;
  return false;
}

function checkDivisor(frame: Frame, state: State, by: Linear, node: Node): boolean {
  const { world } = frame.run;
  const least = minimum(world, state, by);
  const most = maximum(world, state, by);
  if (least.value === 0 && most.value === 0) {
    // What the code leaves over of a number that leaves out most values, perhaps no run has.
    const certainty = by.terms.some(({ symbol }) => world.sparse.has(symbol)) ? 'possible' : 'proved';
    reportAt(frame, state, node, 'division-by-zero', certainty, 'the divisor is 0 on a path to here');
    return false;
  }
  if (least.value > 0 || most.value < 0) return true;
  const [only, second] = by.terms;
  const isInput =
    only !== undefined && second === undefined && frame.run.world.symbols[only.symbol]?.kind === 'input';
  const range = only === undefined ? undefined : rangeOf(world, state, only.symbol);
  if (only !== undefined && range?.not.some((value) => only.factor * value + by.constant === 0) === true)
    return true;
  if (isInput || (least.value === 0 && least.seen) || (most.value === 0 && most.seen))
    reportAt(frame, state, node, 'division-by-zero', 'proved', 'the divisor may be 0');
  return true;
}
