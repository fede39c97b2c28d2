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
  readonly finally: Node | undefined;
  /** Copies of the `finally` body by the block that runs after it. */
  readonly copies: Map<number, Block>;
  /** Handlers outside of the construct. */
  readonly handlers: readonly number[];
}
