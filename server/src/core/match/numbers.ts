/** True when two number literals have one value: `0x10`, `16` and `16UL`. */
export function sameNumber(a: string, b: string): boolean {
  const left = integerValue(a);
  return left !== undefined && left === integerValue(b);
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
