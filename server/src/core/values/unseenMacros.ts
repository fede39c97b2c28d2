import type { Node } from '../ast/node.ts';
import type { Frame } from './run.ts';
import { memoryWith, type State } from './state.ts';

/** By convention names of macros, which can change what they are given: `HASH_FIND(hh, table, key, found)`. */
export const MACRO_NAME = /^[A-Z][A-Z0-9_]*$/;

/** A name that nothing in the file says to be a function: it may be a macro of a header, which can change its arguments. */
export function isUndeclared({ run, unit }: Frame, name: string | undefined): boolean {
  return (
    name !== undefined &&
    unit.functionNamed(name) === undefined &&
    run.model(name) === undefined &&
    !unit.prototypes.has(name) &&
    !unit.isOutside(name)
  );
}

/** By its name a macro of a header that leaves the function: `RETURN_ERROR(code)`. */
export function isLeaving(name: string): boolean {
  return MACRO_NAME.test(name) && /(^|_)(RETURN|GOTO|THROW|RAISE)(_|$)/.test(name);
}

/** `CHECK(read_it(p))`: a macro that is not seen, and may well keep what the call returns in a variable of the function. */
export function keepsResult(frame: Frame, name: string, node: Node): boolean {
  const [only, second] = node.parts('arguments');
  return (
    MACRO_NAME.test(name) &&
    isUndeclared(frame, name) &&
    node.parent?.kind === 'expressionStatement' &&
    only?.kind === 'call' &&
    second === undefined
  );
}

/** Variables that are numbers, and that nothing was written to, may hold anything. */
export function writeNumbers(frame: Frame, state: State): void {
  for (const id of frame.locals) {
    const type = frame.run.world.info(id)?.type;
    const memory = state.object(id);
    if (type?.is === 'int' && memory?.fill.is === 'uninitialized' && memory.cells.size === 0)
      state.setObject(id, memoryWith(memory, { fill: { is: 'unknown' } }));
  }
}
