import type { Frame } from './frame.ts';
import type { Place } from './places.ts';
import { allTaints, CLEAN, fieldOf, join, valueOf, withField, type Taints, type Value } from './values.ts';

/** Marks a parameter that was given another object: what happens to it then is not seen by the caller. */
export const reboundRoot = (root: string): string => `!${root}`;

/** The value at a place. */
export function readPlace(frame: Frame, { root, path }: Place): Value {
  let value = frame.state.get(root);
  for (const name of path) value = fieldOf(value, name);
  return value;
}

/** A new value for a place; of a part of it, something more. */
export function writePlace(frame: Frame, place: Place, value: Value): void {
  const { state } = frame;
  const { root, path, partly, inside } = place;
  if (partly) {
    weaken(frame, place, allTaints(value));
    return;
  }
  if (!inside && path.length === 0) state.set(reboundRoot(root), { ...CLEAN, callable: -1 });
  state.set(root, withField(state.get(root), path, value));
}

/** Adds taints to what a place holds. */
export function weaken(frame: Frame, place: Place, taints: Taints): void {
  if (taints.size === 0) return;
  const old = readPlace(frame, place);
  const joined = join(old, valueOf(taints));
  if (joined !== old) frame.state.set(place.root, withField(frame.state.get(place.root), place.path, joined));
}
