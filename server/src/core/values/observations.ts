import type { Node } from '../ast/node.ts';
import { memoised } from './memoised.ts';
import { observed, type Observation } from './observe.ts';
import type { NodeAddress } from './rootCache.ts';
import type { Visit } from './run.ts';
import type { World } from './world.ts';

/** An observation, and a text that two share exactly when they say the same. */
export interface Seen {
  readonly key: string;
  readonly observation: Observation;
}

/** What expressions stood for while code was followed from one function: by where they stand, see `NodeAddress`. */
export type SeenByPlace = ReadonlyMap<number, ReadonlyMap<number, readonly Seen[]>>;

/** Different observations kept of one expression. */
const MAX_OBSERVATIONS = 48;

/** Notes what expressions stand for; what is equal is kept once for all notes of one maker. */
export function observationNotes(addressOf: (node: Node) => NodeAddress | undefined): () => {
  readonly observe: (world: World, node: Node, visit: Visit) => void;
  /** Of an expression with more than are kept one more, so that it shows. */
  readonly seen: SeenByPlace;
} {
  const known = new Map<string, Seen>();
  return () => {
    const seen = new Map<number, Map<number, Seen[]>>();
    const listOf = memoised((node: Node): Seen[] | undefined => {
      // A node of a macro's body stands in no file: nobody asks for it.
      const address = addressOf(node);
      if (address === undefined) return undefined;
      let inside = seen.get(address.position);
      if (inside === undefined) seen.set(address.position, (inside = new Map<number, Seen[]>()));
      const list: Seen[] = [];
      inside.set(address.index, list);
      return list;
    });
    const observe = (world: World, node: Node, visit: Visit): void => {
      if (node.kind === 'number' || node.kind === 'string') return;
      const list = listOf(node);
      if (list === undefined || list.length > MAX_OBSERVATIONS) return;
      const observation = observed(world, visit);
      const key = JSON.stringify(observation, finite);
      let one = known.get(key);
      if (one === undefined) known.set(key, (one = { key, observation }));
      if (!list.includes(one)) list.push(one);
    };
    return { observe, seen };
  };
}

/** What an expression stood for on all paths. */
export interface Observations {
  readonly all: readonly Observation[];
  /** More paths reached it than were kept. */
  readonly isPartial: boolean;
}

export interface JoinedObservations {
  readonly at: (place: NodeAddress) => Observations;
  /** What all of them rest on in the function at a position. */
  readonly within: (position: number) => readonly unknown[];
}

/** Joins what was seen from each function that code was followed from, in their order; of a place when it is asked for. */
export function joinedObservations(results: readonly SeenByPlace[]): JoinedObservations {
  const byPosition = new Map<number, SeenByPlace[]>();
  for (const each of results) {
    for (const position of each.keys()) {
      const there = byPosition.get(position);
      if (there === undefined) byPosition.set(position, [each]);
      else there.push(each);
    }
  }
  const within = (position: number): readonly unknown[] =>
    (byPosition.get(position) ?? []).map((each) => each.get(position));
  const at = ({ position, index }: NodeAddress): Observations => {
    const joined = new Map<string, Observation>();
    for (const each of byPosition.get(position) ?? [])
      for (const { key, observation } of each.get(position)?.get(index) ?? [])
        if (joined.size <= MAX_OBSERVATIONS && !joined.has(key)) joined.set(key, observation);
    return {
      all: [...joined.values()].slice(0, MAX_OBSERVATIONS),
      isPartial: joined.size > MAX_OBSERVATIONS,
    };
  };
  return { at, within };
}

/** JSON has no infinite numbers. */
function finite(_key: string, value: unknown): unknown {
  return value === Infinity ? '+' : value === -Infinity ? '-' : value;
}
