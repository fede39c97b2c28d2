import type { Node } from '../ast/node.ts';
import { assumeAtMostZero, maximum, minimum } from './constraints.ts';
import { sizeOf } from './ctypes.ts';
import {
  addLinear,
  constantLinear,
  plus,
  scaleLinear,
  subtractLinear,
  symbolLinear,
  type Linear,
} from './linear.ts';
import type { Frame, Result } from './run.ts';
import type { SizeExpression } from './sizeExpression.ts';
import type { State } from './state.ts';
import { stringLength } from './strings.ts';
import { between } from './arithmetic.ts';
import { formattedLength } from './formats.ts';
import { reportAt } from './run.ts';

/** A size on one path. */
export interface Sized {
  readonly state: State;
  readonly of: Linear;
}

/** What a model's size amounts to in a call; a minimum may part the path in two. */
export function sizesOf(
  frame: Frame,
  state: State,
  size: SizeExpression,
  values: readonly Result[],
  result: Linear | undefined,
  node: Node,
): Sized[] {
  const { world } = frame.run;
  const unknown = (): Sized[] => [{ state, of: symbolLinear(world.symbol(0, 2 ** 62, 'derived')) }];
  switch (size.is) {
    case 'number':
      return [{ state, of: constantLinear(size.value) }];
    case 'argument': {
      const given = values[size.argument];
      return given?.value.is === 'int' ? [{ state, of: given.value.of }] : unknown();
    }
    case 'length': {
      const given = values[size.argument];
      const length = given && stringLength(frame, state, given.value, node, false);
      return length === undefined ? unknown() : [{ state, of: length }];
    }
    case 'size': {
      const type = values[size.argument]?.type;
      const bytes = type?.is === 'pointer' ? sizeOf(type.to) : undefined;
      return bytes === undefined ? unknown() : [{ state, of: constantLinear(bytes) }];
    }
    case 'formatted':
      return [{ state, of: formattedLength(frame, state, values, size.argument, node) }];
    case 'result':
      return result === undefined ? unknown() : [{ state, of: result }];
    default:
      return sizesOf(frame, state, size.left, values, result, node).flatMap((left) =>
        sizesOf(frame, left.state, size.right, values, result, node).flatMap((right) =>
          combined(frame, right.state, size.is, left.of, right.of, node),
        ),
      );
  }
}

function combined(
  frame: Frame,
  state: State,
  is: 'sum' | 'difference' | 'product' | 'least',
  a: Linear,
  b: Linear,
  node: Node,
): Sized[] {
  const { world } = frame.run;
  if (is === 'least') return smaller(frame, state, a, b);
  let exact: Linear | undefined;
  if (is === 'sum') exact = addLinear(a, b);
  else if (is === 'difference') exact = subtractLinear(a, b);
  else if (b.terms.length === 0) exact = scaleLinear(a, b.constant);
  else if (a.terms.length === 0) exact = scaleLinear(b, a.constant);
  if (exact !== undefined) return [{ state, of: exact }];
  // Too large to be exact.
  if (is === 'difference' && a.terms.length === 0 && b.terms.length === 0)
    return [{ state, of: constantLinear(a.constant - b.constant) }];
  const [aLo, aHi, bLo, bHi] = [
    minimum(world, state, a),
    maximum(world, state, a),
    minimum(world, state, b),
    maximum(world, state, b),
  ];
  if (is === 'product') {
    const most = aHi.value * bHi.value;
    if (most > 2 ** 64 && aHi.seen && bHi.seen)
      reportAt(
        frame,
        state,
        node,
        'size-overflow',
        'proved',
        'the product may be larger than the type of sizes holds',
      );
    return [
      {
        state,
        of: between(
          frame,
          state,
          Math.max(0, aLo.value * bLo.value),
          most,
          aLo.seen && bLo.seen,
          aHi.seen && bHi.seen,
        ),
      },
    ];
  }
  const [lo, hi] =
    is === 'difference'
      ? [aLo.value - bHi.value, aHi.value - bLo.value]
      : [aLo.value + bLo.value, aHi.value + bHi.value];
  return [{ state, of: between(frame, state, lo, hi, false, false) }];
}

/**
 * The smaller of two: on one path the first, on another the second. Where nothing says that the second can be as large as
 * the first is at least, the first is not taken to be the result: one number stands for both.
 */
export function smaller(frame: Frame, state: State, a: Linear, b: Linear): Sized[] {
  const { world } = frame.run;
  const difference = subtractLinear(a, b);
  const opposite = subtractLinear(b, a);
  const least = minimum(world, state, a);
  const most = maximum(world, state, b);
  const isKnown =
    difference !== undefined && opposite !== undefined && maximum(world, state, difference).value <= 0;
  const isGuess = !isKnown && !most.seen && least.value > Math.max(0, minimum(world, state, b).value);
  if (difference === undefined || opposite === undefined || isGuess) {
    const of = between(frame, state, 0, Math.min(maximum(world, state, a).value, most.value), false, false);
    for (const each of [a, b]) {
      const over = subtractLinear(of, each);
      if (over !== undefined) assumeAtMostZero(world, state, over, false);
    }
    return [{ state, of }];
  }
  const other = state.fork();
  const results: Sized[] = [];
  if (assumeAtMostZero(world, state, difference, true)) results.push({ state, of: a });
  if (assumeAtMostZero(world, other, plus(opposite, 1), true)) results.push({ state: other, of: b });
  return results;
}
