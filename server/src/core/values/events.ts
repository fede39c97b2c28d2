import type { Node } from '../ast/node.ts';
import type { Certainty, FactEventName } from '../rules/factNames.ts';

export type { Certainty, FactEventName as EventKind } from '../rules/factNames.ts';

export interface FactEvent {
  readonly kind: FactEventName;
  readonly certainty: Certainty;
  readonly node: Node;
  /** One plain phrase with the figures: `writes 4 bytes at offset 40 of 40`. */
  readonly detail: string;
  /** Places that explain it, in the order in which they happen. */
  readonly related: readonly { readonly node: Node; readonly message: string }[];
}
