import type { Node } from '../ast/node.ts';
import { chain } from './chain.ts';
import { sizeOf } from './ctypes.ts';
import { assigned, evaluate } from './evaluate.ts';
import { constantLinear, ZERO } from './linear.ts';
import { fillMemory } from './memory.ts';
import { directly, fieldPlace, moved, type Place } from './places.ts';
import { isIn, type Frame } from './run.ts';
import type { State } from './state.ts';
import { isUndeclared } from './unseenMacros.ts';
import { storeLiteral } from './variables.ts';

/** Elements of a list that are written out; of longer lists the rest is unknown. */
const MAX_ELEMENTS = 256;

/** Gives a place the value of an initialiser. */
export function initialiseWith(frame: Frame, state: State, place: Place, value: Node): State[] {
  const { type, pointer } = place;
  const [target] = pointer.is === 'pointer' ? pointer.targets : [];
  if (value.kind === 'list') {
    const size = sizeOf(type);
    const isOutside = includesElements(frame, value);
    if (target !== undefined && size !== undefined) {
      const fill = isOutside ? ({ is: 'unknown' } as const) : ({ is: 'bytes', value: 0 } as const);
      fillMemory(frame.run.world, state, target, constantLinear(size), fill, false);
    }
    if (isOutside) return [state];
    const elements = value.parts('elements');
    // `fe one = {0};` of a type that is not seen, an array perhaps.
    if (type.is === 'unknown') return evaluateAll(frame, state, elements);
    if (elements.some((each) => mayBeSeveral(frame, each))) {
      if (target !== undefined && size !== undefined)
        fillMemory(frame.run.world, state, target, constantLinear(size), { is: 'unknown' }, false);
      return evaluateAll(frame, state, elements);
    }
    return initialise(frame, state, place, elements, value);
  }
  if (value.kind === 'string' && type.is === 'array' && target?.offset.terms.length === 0) {
    const size = sizeOf(type);
    if ((sizeOf(type.of) ?? 1) === 1)
      storeLiteral(frame, state, target.object, target.offset.constant, value.text, size);
    else if (size !== undefined)
      fillMemory(frame.run.world, state, target, constantLinear(size), { is: 'unknown' }, false);
    return [state];
  }
  return evaluate(frame, state, value)
    .flatMap((result) => assigned(frame, result, directly(place), value))
    .map((each) => each.state);
}

/** Elements of which nobody knows where they belong: what is given to them may be changed, as in `{ READ(&x), 0 }`. */
function evaluateAll(frame: Frame, state: State, elements: readonly Node[]): State[] {
  let states = [state];
  for (const each of elements)
    states = chain(states, (at) => evaluate(frame, at, each).map((result) => result.state));
  return states;
}

/** `{ NAME_AND_LENGTH("x"), read_x }`: a macro that is not seen may stand for several elements. */
function mayBeSeveral(frame: Frame, element: Node): boolean {
  return element.kind === 'call' && isUndeclared(frame, element.part('callee')?.text);
}

/** `{`, `#include "table.h"`, `}`: the elements stand in another file. */
function includesElements({ unit: { ast } }: Frame, list: Node): boolean {
  return isIn(ast, list) && /^[ \t]*#[ \t]*include\b/m.test(ast.text.slice(list.start, list.end));
}

/** The elements of a list, in an object that is zero already. */
export function initialise(
  frame: Frame,
  state: State,
  place: Place,
  elements: readonly Node[],
  node: Node,
): State[] {
  const { type } = place;
  let states = [state];
  if (type.is === 'struct') {
    const names = [...type.fields.keys()];
    let next = 0;
    for (const element of elements) {
      const key = element.kind === 'pair' ? element.part('key') : undefined;
      const name: string | undefined = key === undefined ? names[next] : key.text;
      const value = element.kind === 'pair' ? element.part('value') : element;
      next = (name === undefined ? next : names.indexOf(name)) + 1;
      if (name === undefined || value === undefined) continue;
      states = chain(states, (each) => initialiseWith(frame, each, fieldPlace(place, name), value));
    }
    return states;
  }
  if (type.is !== 'array') {
    const [first] = elements;
    return first === undefined ? states : chain(states, (each) => initialiseWith(frame, each, place, first));
  }
  const size = sizeOf(type.of);
  if (size === undefined) return states;
  let index = 0;
  for (const element of elements.slice(0, MAX_ELEMENTS)) {
    const key = element.kind === 'pair' ? element.part('key') : undefined;
    const value = element.kind === 'pair' ? element.part('value') : element;
    const designator = key?.children[0];
    if (designator !== undefined) index = frame.unit.types.constant(designator) ?? index;
    const at: Place = {
      pointer: moved(place.pointer, constantLinear(index * size)),
      type: type.of,
      direct: true,
      shared: false,
    };
    if (value !== undefined) states = chain(states, (each) => initialiseWith(frame, each, at, value));
    index++;
  }
  if (elements.length > MAX_ELEMENTS) {
    const [target] = place.pointer.is === 'pointer' ? place.pointer.targets : [];
    if (target !== undefined)
      for (const each of states)
        fillMemory(
          frame.run.world,
          each,
          { object: target.object, offset: ZERO, part: undefined },
          constantLinear((sizeOf(type) ?? 0) || node.end),
          { is: 'unknown' },
          true,
        );
  }
  return states;
}
