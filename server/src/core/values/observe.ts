import { known, maximum, minimum, rangeOf } from './constraints.ts';
import { subtractLinear } from './linear.ts';
import { stringEnd } from './memory.ts';
import type { Visit } from './run.ts';
import type { State, Target } from './state.ts';
import type { World } from './world.ts';

/** What an expression stood for on one path, in plain figures. */
export interface Observation {
  readonly is: 'number' | 'pointer' | 'unknown';
  /** Of a number: its bounds, and whether some run has each of them. */
  readonly lo: number;
  readonly hi: number;
  readonly loSeen: boolean;
  readonly hiSeen: boolean;
  readonly null: 'yes' | 'no' | 'maybe' | 'unknown';
  /** Of a pointer: what it leads to; several when they are not told apart. */
  readonly points: readonly PointsTo[];
  /** Bytes from the pointer to the end of what it leads to. */
  readonly space: { readonly lo: number; readonly hi: number } | undefined;
  /** What it leads to has a size that is one number: an array, or a block of fixed size. */
  readonly isSized: boolean;
  /** Bytes of the string that begins there; undefined when it is not known. */
  readonly length: { readonly lo: number; readonly hi: number } | 'unterminated' | undefined;
  readonly doubtful: boolean;
}

export interface PointsTo {
  readonly kind: 'stack' | 'static' | 'heap' | 'literal' | 'unknown';
  readonly life: 'live' | 'freed' | 'maybe-freed' | 'out-of-scope';
}

export function observed(world: World, { state, value, type }: Visit): Observation {
  const base = {
    lo: -Infinity,
    hi: Infinity,
    loSeen: false,
    hiSeen: false,
    points: [],
    space: undefined,
    isSized: false,
    length: undefined,
    doubtful: state.doubtful,
  };
  if (value.is === 'int') {
    const [least, most] = [minimum(world, state, value.of), maximum(world, state, value.of)];
    return {
      ...base,
      is: type.is === 'pointer' ? 'pointer' : 'number',
      lo: least.value,
      hi: most.value,
      loSeen: least.seen,
      hiSeen: most.seen,
      null:
        least.value > 0 || most.value < 0 ? 'no' : least.value === 0 && most.value === 0 ? 'yes' : 'unknown',
    };
  }
  if (value.is !== 'pointer')
    return { ...base, is: 'unknown', null: value.is === 'function' ? 'no' : 'unknown' };
  const range = value.nullness === undefined ? undefined : rangeOf(world, state, value.nullness);
  const reason = value.nullness === undefined ? undefined : world.symbols[value.nullness]?.reason;
  const [target, second] = value.targets;
  const size = target === undefined || second !== undefined ? undefined : world.info(target.object)?.size;
  const limit = second === undefined ? (target?.part?.to ?? size) : undefined;
  const left = limit && target && subtractLinear(limit, target.offset);
  const end = target === undefined || second !== undefined ? undefined : stringEnd(world, state, target);
  return {
    ...base,
    is: 'pointer',
    null:
      range === undefined || range.hi === 0
        ? 'no'
        : range.lo === 1
          ? 'yes'
          : reason === 'given'
            ? 'unknown'
            : 'maybe',
    points: value.targets.map(({ object }) => {
      const kind = world.info(object)?.kind;
      return {
        kind:
          kind === 'local'
            ? 'stack'
            : kind === 'string'
              ? 'literal'
              : kind === 'given' || kind === undefined
                ? 'unknown'
                : kind,
        life: state.object(object)?.life ?? 'live',
      };
    }),
    space: left && { lo: minimum(world, state, left).value, hi: maximum(world, state, left).value },
    isSized: isSized(world, state, value.targets),
    length:
      end?.is === 'known'
        ? { lo: minimum(world, state, end.length).value, hi: maximum(world, state, end.length).value }
        : end?.is === 'missing'
          ? 'unterminated'
          : undefined,
  };
}

function isSized(world: World, state: State, targets: readonly Target[]): boolean {
  return (
    targets.length > 0 &&
    targets.every(({ object, part }) => {
      const size = part === undefined ? world.info(object)?.size : subtractLinear(part.to, part.from);
      return size !== undefined && known(world, state, size) !== undefined;
    })
  );
}
