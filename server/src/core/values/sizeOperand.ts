import type { Node } from '../ast/node.ts';
import { sizeOf, ULONG, UNKNOWN, type CType } from './ctypes.ts';
import { evaluate, locate } from './evaluate.ts';
import { macroFrame, MAX_MACROS, quietFrame, type Frame } from './run.ts';
import { intValue, type State, type Value } from './state.ts';
import { integer, stringValue, variablePlace } from './variables.ts';

/** `sizeof` evaluates nothing, unless for an array whose length is known at run time only. */
export function sizeValue(frame: Frame, state: State, operand: Node): Value {
  const { run, unit } = frame;
  if (operand.kind === 'identifier') {
    const given = frame.site === undefined ? undefined : frame.arguments.get(operand.text);
    if (given !== undefined) return sizeValue(given.frame, state, given.node);
    const place = variablePlace(frame, state, operand);
    const [target] = place?.pointer.is === 'pointer' ? place.pointer.targets : [];
    if (place !== undefined && target !== undefined) {
      const size = place.type.is === 'array' ? run.world.info(target.object)?.size : undefined;
      const bytes = sizeOf(place.type);
      return size !== undefined
        ? intValue(size)
        : bytes === undefined
          ? run.world.anyInt(ULONG, 'derived')
          : integer(bytes);
    }
    // `sizeof(VERSION)` of a string is that of the array, not of a pointer.
    const isType = unit.types.read(operand).is !== 'unknown';
    const macro = isType || frame.macros >= MAX_MACROS ? undefined : unit.macro(operand.text);
    if (macro !== undefined && macro.parameters === undefined && macro.body.kind !== 'block')
      return sizeValue(macroFrame(frame, macro, operand, []), state, macro.body);
  }
  if (operand.kind === 'string') {
    const [target] = stringValue(frame, state, operand).targets;
    const size = target && run.world.info(target.object)?.size;
    if (size !== undefined) return intValue(size);
  }
  const written = unit.types.read(operand);
  const bytes = sizeOf(written.is === 'unknown' ? typeOf(frame, state, operand) : written);
  return bytes === undefined ? run.world.anyInt(ULONG, 'derived') : integer(bytes);
}

/** Type of an expression, found on a copy of the path: nothing happens to the path itself. */
function typeOf(frame: Frame, state: State, node: Node): CType {
  const quiet = quietFrame(frame);
  if (node.kind === 'call') return UNKNOWN;
  if (
    node.kind === 'index' ||
    node.kind === 'member' ||
    node.kind === 'identifier' ||
    node.kind === 'unary'
  ) {
    const [first] = locate(quiet, state.fork(), node);
    if (first !== undefined) return first.place.type;
  }
  return evaluate(quiet, state.fork(), node)[0]?.type ?? UNKNOWN;
}
