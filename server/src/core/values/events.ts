import type { Node } from '../ast/node.ts';
import type { Certainty, FactEventName } from '../rules/factNames.ts';

export type { Certainty } from '../rules/factNames.ts';

/** `unbounded-write`: a call writes what is not known to fit. Only `bounded-write` asks for it: that holds where none is. */
export type EventKind = FactEventName | 'unbounded-write';

export interface FactEvent {
  readonly kind: EventKind;
  readonly certainty: Certainty;
  readonly node: Node;
  /** One plain phrase with the figures: `writes 4 bytes at offset 40 of 40`. */
  readonly detail: string;
  /** Places that explain it, in the order in which they happen. */
  readonly related: readonly { readonly node: Node; readonly message: string }[];
}
