import type { Call } from './allocate.ts';
import { between } from './arithmetic.ts';
import { chain } from './chain.ts';
import { times } from './constantArithmetic.ts';
import { assumeAtMostZero, maximum, minimum, narrow } from './constraints.ts';
import { limitsOf, type IntType } from './ctypes.ts';
import { setNumber } from './formats.ts';
import { addLinear, plus, scaleLinear, subtractLinear, type Linear } from './linear.ts';
import type { Effect } from './models.ts';
import { noteProduct } from './products.ts';
import type { Result } from './run.ts';
import { sizesOf, type Sized } from './sizes.ts';
import { intValue, type State } from './state.ts';

/**
 * A function that computes and says whether the result fits, as `__builtin_mul_overflow`: on one path it fits, is kept and 0 is returned,
 * on another it does not.
 */
export function compute(
  call: Call,
  state: State,
  effect: Extract<Effect, { is: 'computes' }>,
  to: Result,
): State[] {
  const { frame, node, result } = call;
  const { world } = frame.run;
  const type = to.type.is === 'pointer' ? to.type.to : undefined;
  if (type?.is !== 'int') return setNumber(frame, state, to, false, node) ? [state] : [];
  const [lo, hi] = limitsOf(type);
  const answer = result?.terms[0]?.symbol;
  const answered = (at: State, number: number): boolean =>
    answer === undefined || narrow(world, at, answer, number, number, false);
  return chain(exactOf(call, state, effect, type), ({ state: at, of }): State[] => {
    const fails = at.fork();
    const isSafe = minimum(world, at, of).value >= lo && maximum(world, at, of).value <= hi;
    const ends: State[] = [];
    const below = scaleLinear(plus(of, -lo), -1);
    const fits =
      (below === undefined || assumeAtMostZero(world, at, below, true)) &&
      assumeAtMostZero(world, at, plus(of, -hi), true);
    if (fits && answered(at, 0) && setNumber(frame, at, to, false, node, { exact: of })) ends.push(at);
    if (!isSafe && answered(fails, 1) && setNumber(frame, fails, to, false, node)) ends.push(fails);
    return ends;
  });
}

/** The result as numbers have it that are never too large. */
function exactOf(
  { frame, values, node, result }: Call,
  state: State,
  { of: computed }: Extract<Effect, { is: 'computes' }>,
  type: IntType,
): Sized[] {
  const { world } = frame.run;
  if (!('left' in computed) || computed.is === 'least')
    return sizesOf(frame, state, computed, values, result, node);
  return sizesOf(frame, state, computed.left, values, result, node).flatMap((left) =>
    sizesOf(frame, left.state, computed.right, values, result, node).map((right): Sized => {
      const [a, b, at] = [left.of, right.of, right.state];
      const bounds = [
        [minimum(world, at, a), maximum(world, at, a)],
        [minimum(world, at, b), maximum(world, at, b)],
      ] as const;
      const [[aLo, aHi], [bLo, bHi]] = bounds;
      if (computed.is !== 'product') {
        const isSum = computed.is === 'sum';
        const of: Linear | undefined = isSum ? addLinear(a, b) : subtractLinear(a, b);
        const lo = aLo.value + (isSum ? bLo.value : -bHi.value);
        const hi = aHi.value + (isSum ? bHi.value : -bLo.value);
        return { state: at, of: of ?? between(frame, at, lo, hi, false, false) };
      }
      const scaled =
        b.terms.length === 0
          ? scaleLinear(a, b.constant)
          : a.terms.length === 0
            ? scaleLinear(b, a.constant)
            : undefined;
      if (scaled !== undefined) return { state: at, of: scaled };
      const ends = [aLo, aHi].flatMap((one) => [bLo, bHi].map((other) => times(one.value, other.value)));
      const of = between(frame, at, Math.min(...ends), Math.max(...ends), false, false);
      noteProduct(world, [{ state: at, value: intValue(of), type }], a, b, node);
      return { state: at, of };
    }),
  );
}
