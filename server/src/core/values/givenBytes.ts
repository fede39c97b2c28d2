import { limitsOf } from './ctypes.ts';
import { symbolLinear, ZERO } from './linear.ts';
import type { FunctionCode, Parameter } from './run.ts';
import { freshMemory, intValue, memoryWith, pointerTo, type State, type Value } from './state.ts';
import { hasModifier } from './variables.ts';
import type { World } from './world.ts';

/** A caller that is not seen gives bytes together with their number: `const uint8_t *frame, size_t frame_len`. */
export interface GivenBytes {
  readonly pointer: Value;
  readonly length: Value;
}

/**
 * What a parameter and the one behind it stand for, when they are bytes that are only read and their number: a message, which may hold
 * anything and ends where the number says. Of the number itself nothing is said until the code tests it.
 */
export function givenBytes(
  world: World,
  state: State,
  { parameters }: FunctionCode,
  parameter: Parameter,
): GivenBytes | undefined {
  const { type, position } = parameter;
  const length = parameters.find((each) => each.position === position + 1);
  if (type.is !== 'pointer' || length?.type.is !== 'int' || length.type.bool === true) return undefined;
  if (!isBytes(parameter) || !isLengthOf(length.name, parameter.name, parameters)) return undefined;
  const [, hi] = limitsOf(length.type);
  const count = world.symbol(0, Math.min(hi, MOST_BYTES), 'length');
  // A text may go on behind what is counted, with its zero byte.
  const isText = type.to.is === 'int' && type.to.signed;
  const size = isText ? undefined : symbolLinear(count);
  const object = world.newObject(state, { kind: 'given', type: type.to, size }, { is: 'input' });
  state.setObject(object, memoryWith(freshMemory({ is: 'input' }), { escaped: true }));
  return {
    pointer: pointerTo(object, ZERO, world.symbol(0, 1, 'null', undefined, 'given')),
    length: intValue(symbolLinear(count)),
  };
}

function isBytes({ node, type }: Parameter): boolean {
  if (type.is !== 'pointer' || !hasModifier(node, 'const')) return false;
  return type.to.is === 'int' && type.to.size === 1;
}

/**
 * `len`, or `frame_len` of `frame`. A size or a length by itself may be that of anything else where the function is given another pointer to numbers.
 */
function isLengthOf(name: string, bytes: string, parameters: readonly Parameter[]): boolean {
  const length = LENGTH.exec(name.toLowerCase());
  if (length === null) return false;
  const what = length.groups?.['of'] ?? length.groups?.['whole'] ?? '';
  const pointer = bytes.toLowerCase();
  if (what !== '') return pointer.includes(what) || what.includes(pointer);
  return parameters.filter(({ type }) => type.is === 'pointer' && type.to.is !== 'struct').length === 1;
}

const LENGTH = /^(?:(?<of>.*?)_?(?:len|length|bytes)|(?<whole>.+?)_?(?:size|sz))$/;

/** Half of the address space is no size. */
const MOST_BYTES = 2 ** 62;
