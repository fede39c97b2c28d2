import type { Node } from '../ast/node.ts';
import { functionAround } from '../ast/parts.ts';
import type { Certainty, FactEventName } from '../rules/factNames.ts';

export type { Certainty } from '../rules/factNames.ts';

/**
 * Some are only parts of others. `unbounded-write`: a call writes what is not known to fit; `bounded-write` holds where none is. `lock-pair`: a lock is
 * taken while another one is held; two of them in opposite orders are `lock-order`. `lock-held` and `lock-free`: how a function leaves a lock that it has
 * taken; `lock-given`: one is released that was taken elsewhere.
 */
export type EventKind = FactEventName | PartOfEvent;

export const PARTS_OF_EVENTS = [
  'unbounded-write',
  'lock-pair',
  'lock-held',
  'lock-free',
  'lock-given',
] as const;
type PartOfEvent = (typeof PARTS_OF_EVENTS)[number];

export interface FactEvent {
  readonly kind: EventKind;
  readonly certainty: Certainty;
  readonly node: Node;
  /** One plain phrase with the figures: `writes 4 bytes at offset 40 of 40`. */
  readonly detail: string;
  /** Places that explain it, in the order in which they happen. */
  readonly related: readonly { readonly node: Node; readonly message: string }[];
}

/** One test behind an allocation mends all uses of it: of those in one function the first is told. */
export function toldOnce(inOrder: readonly FactEvent[]): readonly FactEvent[] {
  const told = new Map<Node, Set<Node | undefined>>();
  return inOrder.filter(({ kind, certainty, node, related: [origin] }) => {
    if (kind !== 'unchecked-allocation' || certainty !== 'proved' || origin === undefined) return true;
    const around = functionAround(node);
    const known = told.get(origin.node);
    if (known?.has(around) === true) return false;
    told.set(origin.node, (known ?? new Set()).add(around));
    return true;
  });
}
