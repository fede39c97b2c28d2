import type { CType, IntType } from './ctypes.ts';

/** Arithmetic on constants; undefined where it is not exact. */
export function binary(operator: string, a: number, b: number): number | undefined {
  const value = ((): number | undefined => {
    switch (operator) {
      case '+':
        return a + b;
      case '-':
        return a - b;
      case '*':
        return a * b;
      case '/':
        return b === 0 ? undefined : Math.trunc(a / b);
      case '%':
        return b === 0 ? undefined : a % b;
      case '<<':
        return b < 0 || b > 52 ? undefined : a * 2 ** b;
      case '>>':
        return b < 0 || b > 63 ? undefined : Math.floor(a / 2 ** b);
      case '&':
        return bitwise(a, b, (x, y) => x & y);
      case '|':
        return bitwise(a, b, (x, y) => x | y);
      case '^':
        return bitwise(a, b, (x, y) => x ^ y);
      case '==':
        return Number(a === b);
      case '!=':
        return Number(a !== b);
      case '<':
        return Number(a < b);
      case '>':
        return Number(a > b);
      case '<=':
        return Number(a <= b);
      case '>=':
        return Number(a >= b);
      case '&&':
        return Number(a !== 0 && b !== 0);
      case '||':
        return Number(a !== 0 || b !== 0);
      default:
        return undefined;
    }
  })();
  return value !== undefined && Number.isSafeInteger(value) ? value : undefined;
}

/** A constant as a cast leaves it: `(uint16_t)-1` is 65535. */
export function wrapped(value: number | undefined, type: CType): number | undefined {
  if (value === undefined || type.is !== 'int' || type.bool === true) return value;
  const bits = type.size * 8;
  const whole = type.signed ? BigInt.asIntN(bits, BigInt(value)) : BigInt.asUintN(bits, BigInt(value));
  const number = Number(whole);
  return Number.isSafeInteger(number) ? number : undefined;
}

function bitwise(a: number, b: number, of: (a: bigint, b: bigint) => bigint): number {
  return Number(of(BigInt(a), BigInt(b)));
}

/** A number as one of a type that wraps around. */
export function wrapTo(value: number, type: IntType): number {
  if (type.size >= 8) return value;
  const modulus = 2 ** (8 * type.size);
  const positive = ((value % modulus) + modulus) % modulus;
  return type.signed && positive >= modulus / 2 ? positive - modulus : positive;
}

/** A product in which 0 times without end is 0. */
export function times(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : a * b;
}
