import type { Node } from '../ast/node.ts';
import type { Block } from './cfg.ts';

/** Where the value of a construct goes: into its slot, or out of the function. */
export type Destination = { readonly slot: number } | 'result' | undefined;

/** A construct that is being lowered and that jumps may leave. */
export interface Frame {
  readonly kind: 'loop' | 'switch' | 'label' | 'finally';
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
