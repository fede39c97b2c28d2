import { loaded } from './places.ts';
import type { Node } from '../ast/node.ts';
import { between } from './arithmetic.ts';
import { INT, LONG, ULONG, UNKNOWN } from './ctypes.ts';
import { evaluate, unknownResult } from './evaluate.ts';
import { symbolLinear } from './linear.ts';
import { macroFrame, MAX_MACROS, type Frame, type Result, type Run } from './run.ts';
import { intValue, NO_VALUES, type State, type Value } from './state.ts';
import { integer, variablePlace } from './variables.ts';

/** What a name stands for: a variable, a constant, a macro, a function. */
export function evaluateName(frame: Frame, state: State, node: Node): Result[] {
  const { run, unit } = frame;
  const given = frame.site === undefined ? undefined : frame.arguments.get(node.text);
  if (given !== undefined) return evaluate(given.frame, state, given.node);
  const place = variablePlace(frame, state, node);
  if (place !== undefined) return loaded(frame, state, place, node);
  const enumerator = unit.types.enumerator(node.text);
  if (enumerator !== undefined) return [{ state, value: integer(enumerator), type: INT }];
  const macro = unit.macro(node.text);
  if (macro !== undefined && macro.parameters === undefined && frame.macros < MAX_MACROS)
    return evaluate(macroFrame(frame, macro, node, []), state, macro.body);
  const constant = run.constant(node.text);
  if (typeof constant === 'number') {
    if (Number.isSafeInteger(constant))
      return [{ state, value: integer(constant), type: Math.abs(constant) > 0x7fffffff ? LONG : INT }];
    return [
      {
        state,
        value: intValue(between(frame, state, constant - 2048, constant, true, true)),
        type: constant > 2 ** 63 ? ULONG : LONG,
      },
    ];
  }
  if (
    unit.functionNamed(node.text) !== undefined ||
    unit.isOutside(node.text) ||
    run.model(node.text) !== undefined
  )
    return [{ state, value: { is: 'function', name: node.text }, type: UNKNOWN }];
  if (isConstantName(frame, node)) return [{ state, value: namedConstant(run, node.text), type: INT }];
  return unknownResult(state);
}

/** By convention the name of a constant; nothing in the file says what it stands for. */
function isConstantName({ unit }: Frame, node: Node): boolean {
  return (
    /^[A-Z][A-Z0-9_]*$/.test(node.text) &&
    unit.macro(node.text) === undefined &&
    !unit.types.isType(node.text)
  );
}

const NOT_ZERO: readonly number[] = [0];
/** The largest number of `errno` on any system. */
const MAX_ERRNO = 4095;

/** A constant of a header: the same number wherever it stands. By convention success is 0, and an error is not. */
function namedConstant(run: Run, name: string): Value {
  const { world, constants, hints } = run;
  const same = sameConstant(run, name);
  let value = typeof same === 'number' ? integer(same) : constants.get(same);
  if (value === undefined) {
    const own = String(same);
    const not = hints.says('failure', own) ? NOT_ZERO : NO_VALUES;
    const [least, most] = hints.says('errno', own) ? [1, MAX_ERRNO] : [-(2 ** 31), 2 ** 31 - 1];
    const symbol = world.symbol(least, most, 'foreign', undefined, undefined, not);
    world.constants.add(symbol);
    value = hints.says('success', own) ? integer(0) : intValue(symbolLinear(symbol));
    constants.set(own, value);
  }
  constants.set(name, value);
  return value;
}

/** Names that stand for names, one after the other: models may lead in a circle. */
const MAX_ALIASES = 8;

/** The number that models say a constant is, or the last name that it stands for. */
function sameConstant(run: Run, name: string): number | string {
  let same: number | string = name;
  for (let steps = 0; steps < MAX_ALIASES && typeof same === 'string'; steps++)
    same = run.constant(same) ?? same;
  return same;
}

/** A name that stands for no variable, constant or function of the file. */
export function isTypeName(frame: Frame, { text }: Node): boolean {
  const { run, unit } = frame;
  return (
    unit.types.isType(text) ||
    (unit.macro(text) === undefined &&
      run.constant(text) === undefined &&
      unit.types.enumerator(text) === undefined &&
      unit.functionNamed(text) === undefined &&
      /^[A-Z][A-Za-z0-9_]*$|_t$/.test(text))
  );
}

/** `COUT << text` of C++, where nothing in the file says what `COUT` is: it would be taken for a constant that is shifted. */
export function isStream(frame: Frame, state: State, left: Node, operator: string): boolean {
  const { run, unit } = frame;
  return (
    operator === '<<' &&
    left.kind === 'identifier' &&
    unit.ast.grammar.definition.dialect === 'cpp' &&
    !frame.arguments.has(left.text) &&
    variablePlace(frame, state, left) === undefined &&
    unit.macro(left.text) === undefined &&
    unit.types.enumerator(left.text) === undefined &&
    run.constant(left.text) === undefined
  );
}
