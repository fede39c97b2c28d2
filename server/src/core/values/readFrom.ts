import type { Node } from '../ast/node.ts';
import type { Linear } from './linear.ts';
import type { Frame, Result } from './run.ts';
import type { State, Value } from './state.ts';
import type { World } from './world.ts';

/** Remembers what a function that is not seen was given: the number that it returns may stand there. */
export function noteRead(world: World, call: Node, returned: Value, given: readonly Result[]): void {
  const objects = given.flatMap(({ value }) =>
    value.is === 'pointer' ? value.targets.map(({ object }) => object) : [],
  );
  if (objects.length === 0) return;
  world.givenTo.set(call, objects);
  noteNumber(world, call, returned);
}

/** The same for a number that such a result becomes, of which no type was known before. */
export function noteNumber(world: World, node: Node, number: Value): void {
  const [only] = number.is === 'int' ? number.of.terms : [];
  if (only === undefined || world.givenTo.size === 0) return;
  const objects = world.givenTo.get(node) ?? world.givenTo.get(node.part('value') ?? node);
  if (objects !== undefined) world.readFrom.set(only.symbol, objects);
}

/**
 * `length_of(command)`: what a function reads in the memory of its caller, its own limits are no limits of. They are for whatever any caller gives, and this
 * one has said in the memory itself how much is there.
 */
export function isToldByCaller(
  { run: { world }, depth, locals }: Frame,
  state: State,
  object: number,
  { terms }: Linear,
): boolean {
  if (depth === 0 || world.readFrom.size === 0 || locals.includes(object)) return false;
  const isRead = (symbol: number): boolean => world.readFrom.get(symbol)?.includes(object) === true;
  return terms.some(
    ({ symbol }) =>
      isRead(symbol) ||
      state.differences.some(({ a, b }) => (a === symbol && isRead(b)) || (b === symbol && isRead(a))),
  );
}
