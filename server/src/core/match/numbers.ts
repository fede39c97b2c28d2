/** True when two number literals have one value: `0x10`, `16`, `16UL` and `16.0`. */
export function sameNumber(a: string, b: string): boolean {
  const left = integerValue(a);
  const right = integerValue(b);
  if (left !== undefined && right !== undefined) return left === right;
  const fraction = left === undefined ? decimalValue(a) : Number(left);
  return fraction !== undefined && fraction === (right === undefined ? decimalValue(b) : Number(right));
}

/** Value of a literal with a fraction, an exponent or the suffix of a type; undefined for anything else. */
function decimalValue(literal: string): number | undefined {
  const text = literal.replace(/['_]/g, '').toLowerCase();
  const digits = /^((?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(?:f|d|l|m|f32|f64)?$/.exec(text)?.[1];
  const value = digits === undefined ? NaN : Number(digits);
  return Number.isFinite(value) ? value : undefined;
}

/** Value of an integer literal of the C family, or undefined for anything else. */
export function integerValue(literal: string): bigint | undefined {
  const text = literal.replace(/['_]/g, '').toLowerCase();
  const digits = /^(0x[0-9a-f]+|0b[01]+|0o[0-7]+|\d+)([ul]|ll|ul|ull|lu|llu|z|uz)*$/.exec(text)?.[1];
  if (digits === undefined) return undefined;
  return /^0[0-7]+$/.test(digits)
    ? BigInt(`0o${digits.slice(1)}`)
    : /^0\d+$/.test(digits)
      ? undefined
      : BigInt(digits);
}
