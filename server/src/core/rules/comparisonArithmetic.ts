import type { ArithmeticOperator, ComparisonValue } from './comparison.ts';

/** Bits of the largest whole number that an expression may make; beyond it has no value. */
export const MAX_BITS = 65_536;
/** UTF-16 code units of the longest text that an expression may make. */
const MAX_TEXT = 100_000;

/** A number, with `True` as 1; whole ones as `bigint`. */
export function asNumber(value: unknown): number | bigint | undefined {
  if (typeof value === 'boolean') return value ? 1n : 0n;
  return typeof value === 'number' || typeof value === 'bigint' ? value : undefined;
}

/** @returns undefined when the operator does not go with the operands, or the result is out of bounds */
export function arithmetic(
  operator: ArithmeticOperator,
  left: ComparisonValue,
  right: ComparisonValue,
): ComparisonValue | undefined {
  if (operator === '+' && typeof left === 'string' && typeof right === 'string') {
    return left.length + right.length > MAX_TEXT ? undefined : left + right;
  }
  const [first, second] = [asNumber(left), asNumber(right)];
  if (first === undefined || second === undefined) return undefined;
  if (typeof first === 'bigint' && typeof second === 'bigint') return whole(operator, first, second);
  const result = floating(operator, Number(first), Number(second));
  return result !== undefined && Number.isFinite(result) ? result : undefined;
}

function whole(operator: ArithmeticOperator, left: bigint, right: bigint): number | bigint | undefined {
  switch (operator) {
    case '+':
      return bounded(left + right);
    case '-':
      return bounded(left - right);
    case '*':
      return bits(left) + bits(right) > MAX_BITS ? undefined : left * right;
    case '/':
      if (right === 0n) return undefined;
      // Exact where it can be; Python rounds to a float here.
      return left % right === 0n ? left / right : floating('/', Number(left), Number(right));
    case '//':
      return right === 0n ? undefined : (left - modulo(left, right)) / right;
    case '%':
      return right === 0n ? undefined : modulo(left, right);
    case '**':
      if (right < 0n) return left === 0n ? undefined : floating('**', Number(left), Number(right));
      return right * BigInt(bits(left)) > BigInt(MAX_BITS) && bits(left) > 1 ? undefined : power(left, right);
    case '&':
      return left & right;
    case '|':
      return left | right;
    case '^':
      return left ^ right;
    case '<<':
      if (right < 0n || right > BigInt(MAX_BITS)) return undefined;
      return bits(left) + Number(right) > MAX_BITS ? undefined : left << right;
    case '>>':
      if (right < 0n) return undefined;
      return right > BigInt(MAX_BITS) ? (left < 0n ? -1n : 0n) : left >> right;
  }
}

/** -1, 0 and 1 stay small whatever the exponent. */
function power(left: bigint, right: bigint): bigint {
  if (left === 0n || left === 1n) return right === 0n ? 1n : left;
  return left === -1n ? (right % 2n === 0n ? 1n : -1n) : left ** right;
}

function floating(operator: ArithmeticOperator, left: number, right: number): number | undefined {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return right === 0 ? undefined : left / right;
    case '//':
      return right === 0 ? undefined : Math.floor(left / right);
    case '%':
      return right === 0 ? undefined : left - right * Math.floor(left / right);
    case '**':
      return left ** right;
    case '&':
    case '|':
    case '^':
    case '<<':
    case '>>':
      return undefined;
  }
}

/** With the sign of the divisor, as in Python. */
function modulo(left: bigint, right: bigint): bigint {
  const rest = left % right;
  return rest !== 0n && rest < 0n !== right < 0n ? rest + right : rest;
}

function bounded(value: bigint): bigint | undefined {
  return bits(value) > MAX_BITS ? undefined : value;
}

/** At most 4 too many. */
function bits(value: bigint): number {
  return value.toString(16).replace('-', '').length * 4;
}

export function equalValues(left: ComparisonValue, right: ComparisonValue): boolean {
  const [first, second] = [asNumber(left), asNumber(right)];
  // A bigint and a number are neither smaller nor greater than each other when they are equal, exactly; never with `===`.
  if (first !== undefined && second !== undefined) return first <= second && first >= second;
  if (isList(left) && isList(right)) {
    return left.length === right.length && left.every((each, index) => equalValues(each, right[index] ?? null));
  }
  return left === right;
}

/** Negative, zero or positive; undefined when the two have no order. Lists are compared element by element. */
export function compareValues(left: ComparisonValue, right: ComparisonValue): number | undefined {
  const [first, second] = [asNumber(left), asNumber(right)];
  if (first !== undefined && second !== undefined) {
    if (first < second) return -1;
    return first > second ? 1 : first <= second ? 0 : undefined;
  }
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : left > right ? 1 : 0;
  if (!isList(left) || !isList(right)) return undefined;
  for (const [index, each] of left.entries()) {
    const other = right[index];
    if (other === undefined) return 1;
    if (!equalValues(each, other)) return compareValues(each, other);
  }
  return left.length - right.length;
}

function isList(value: ComparisonValue): value is readonly ComparisonValue[] {
  return Array.isArray(value);
}
