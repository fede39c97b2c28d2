import type { Node } from '../ast/node.ts';
import type { FactEvent } from '../values/events.ts';
import type { SeenInFunction, ValueFacts } from '../values/factsOf.ts';

/** What rules ask of values while they run on one piece of a file. */
export interface AskedFacts {
  /** The piece, when it is an outermost function. */
  readonly own: Node | undefined;
  /** Of values in it. */
  values: boolean;
  /** Of anything that stands elsewhere. */
  beyond: boolean;
}

/** Notes that something is asked of code that lies in this outermost function, or in none; of the events there, or of values too. */
export function noteAsked(
  asked: AskedFacts | undefined,
  around: Node | undefined,
  what: 'events' | 'values',
): void {
  if (asked === undefined) return;
  if (around === undefined || around !== asked.own) asked.beyond = true;
  else if (what === 'values') asked.values = true;
}

/** The facts that results of a piece rest on. As long as they are the same, so are these. */
export interface FactsBasis {
  readonly events: readonly FactEvent[];
  /** Undefined when nothing was asked of values. */
  readonly values: SeenInFunction | undefined;
}

/** @param events those in the piece */
export function basisOf(
  { values }: { readonly values: ValueFacts },
  events: readonly FactEvent[],
  { own, values: isAsked, beyond }: AskedFacts,
): FactsBasis | undefined {
  if (beyond) return undefined;
  const seen = own !== undefined && isAsked ? values.seenIn(own) : undefined;
  return { events, values: seen };
}

/** @param events those in the piece now */
export function stillHolds(
  basis: FactsBasis,
  { values, function: own }: { readonly values: ValueFacts; readonly function: Node | undefined },
  events: readonly FactEvent[],
): boolean {
  if (
    basis.events.length !== events.length ||
    !basis.events.every((each, at) => isSameEvent(each, events[at]))
  )
    return false;
  if (basis.values === undefined) return true;
  if (own === undefined) return false;
  const now = values.seenIn(own);
  const { seen, isIncomplete } = basis.values;
  return (
    isIncomplete === now.isIncomplete &&
    seen.length === now.seen.length &&
    seen.every((each, at) => each === now.seen[at])
  );
}

/** Nodes of functions that an edit leaves as they are stay the same ones. */
function isSameEvent(one: FactEvent, other: FactEvent | undefined): boolean {
  return (
    one.node === other?.node &&
    one.kind === other.kind &&
    one.certainty === other.certainty &&
    one.detail === other.detail &&
    one.related.length === other.related.length &&
    one.related.every(
      ({ node, message }, at) => node === other.related[at]?.node && message === other.related[at].message,
    )
  );
}
