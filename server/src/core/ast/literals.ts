/** Delimiters around text, in the order in which they are tried: `"""`, `'''`, one of the quotes, each perhaps with `#` around. */
const OPENING = /^(?:[A-Za-z_@$][A-Za-z0-9_@$]{0,7})?(#{0,8})("{3,8}|'{3}|"|'|`|\/)/;
const RAW_CPP = /^[A-Za-z0-9]{0,3}R"([^()\\\s]{0,16})\(/;
const SYSTEM = /^<[^]*>$/;

/**
 * Where the content of a string or regex literal stands in the literal's text: without prefix (`r`, `f`, `@`, `u8`), quotes,
 * `#` of Rust and Swift, flags of a regex. A text that is no literal is its own content.
 */
export function literalContent(literal: string): { readonly start: number; readonly end: number } {
  const cpp = RAW_CPP.exec(literal);
  if (cpp) {
    const close = `)${cpp[1] ?? ''}"`;
    if (literal.endsWith(close) && literal.length >= cpp[0].length + close.length)
      return { start: cpp[0].length, end: literal.length - close.length };
  }
  if (SYSTEM.test(literal)) return { start: 1, end: literal.length - 1 };
  const opening = OPENING.exec(literal);
  if (!opening) return { start: 0, end: literal.length };
  const quotes = opening[2] ?? '';
  const hashes = opening[1] ?? '';
  const start = opening[0].length;
  // `""` looks like the beginning of `"""`.
  const close = quotes + hashes;
  const end = literal.lastIndexOf(close);
  if (end >= start) return { start, end };
  if (quotes.length > 1)
    return { start: start - quotes.length + 1, end: Math.max(start - quotes.length + 1, literal.length - 1) };
  return { start, end: literal.length };
}
