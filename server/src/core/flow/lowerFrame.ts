import type { Node } from '../ast/node.ts';
import type { Block } from './cfg.ts';

/** Where the value of a construct goes: into its slot, or out of the function. */
export type Destination = { readonly slot: number } | 'result' | undefined;

/** A construct that is being lowered and that jumps may leave. */
export interface Frame {
  readonly kind: 'loop' | 'switch' | 'label' | 'finally' | 'bare';
  labels: readonly string[];
  readonly breakTo: Block | undefined;
  readonly continueTo: Block | undefined;
  /** Where a `break` puts its value. */
  readonly destination: Destination;
  readonly finally: Node | undefined;
  /** Copies of the `finally` body by the block that runs after it. */
  readonly copies: Map<number, Block>;
  /** Handlers outside of the construct. */
  readonly handlers: readonly number[];
}

/** A frame of which only some things are to be said. */
export function frameOf(known: Partial<Frame> & Pick<Frame, 'kind'>, handlers: readonly number[]): Frame {
  return {
    labels: [],
    breakTo: undefined,
    continueTo: undefined,
    destination: undefined,
    finally: undefined,
    copies: new Map(),
    handlers,
    ...known,
  };
}

/**
 * The innermost construct that a `break` or `continue` leaves, its index and where the jump leads. Outside of every loop it is a block that belongs to
 * no statement: behind a macro that is not seen that may be the body of a loop.
 */
export function frameToLeave(
  frames: readonly Frame[],
  word: string,
  label: string | undefined,
): { readonly frame: Frame; readonly index: number; readonly to: Block } | undefined {
  let bare: ReturnType<typeof frameToLeave>;
  for (let index = frames.length - 1; index >= 0; index--) {
    const frame = frames[index];
    if (frame === undefined || (label === undefined ? frame.kind === 'label' : !frame.labels.includes(label)))
      continue;
    // A round of what may be a loop ends where the loop does.
    const to = word === 'break' || frame.kind === 'bare' ? frame.breakTo : frame.continueTo;
    if (to === undefined) continue;
    if (frame.kind !== 'bare') return { frame, index, to };
    bare ??= { frame, index, to };
  }
  return bare;
}
