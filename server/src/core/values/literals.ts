import type { Node } from '../ast/node.ts';

const ESCAPES: Readonly<Record<string, number>> = {
  n: 10,
  t: 9,
  r: 13,
  a: 7,
  b: 8,
  f: 12,
  v: 11,
  e: 27,
  '0': 0,
};

/** The bytes of a string or character literal, from its text between the quotes; characters beyond ASCII as in UTF-8. */
export function bytesOf(text: string): readonly number[] {
  const bytes: number[] = [];
  for (let at = 0; at < text.length;) {
    const code = text.codePointAt(at) ?? 0;
    if (code !== 92) {
      pushUtf8(bytes, code);
      at += code > 0xffff ? 2 : 1;
      continue;
    }
    const rest = text.slice(at + 1, at + 12);
    const hex = /^x([0-9A-Fa-f]{1,8})/.exec(rest);
    const octal = /^[0-7]{1,3}/.exec(rest);
    const wide = /^u([0-9A-Fa-f]{4})|^U([0-9A-Fa-f]{8})/.exec(rest);
    if (hex) {
      bytes.push(parseInt(hex[1] ?? '0', 16) & 255);
      at += 1 + hex[0].length;
    } else if (octal) {
      bytes.push(parseInt(octal[0], 8) & 255);
      at += 1 + octal[0].length;
    } else if (wide) {
      pushUtf8(bytes, parseInt(wide[1] ?? wide[2] ?? '0', 16));
      at += 1 + wide[0].length;
    } else {
      const letter = rest.charAt(0);
      bytes.push(ESCAPES[letter] ?? (letter.codePointAt(0) ?? 0) & 255);
      at += 1 + Math.max(1, letter.length);
    }
  }
  return bytes;
}

function pushUtf8(bytes: number[], code: number): void {
  if (code < 0x80) bytes.push(code);
  else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
  else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  else {
    bytes.push(
      0xf0 | ((code >> 18) & 7),
      0x80 | ((code >> 12) & 63),
      0x80 | ((code >> 6) & 63),
      0x80 | (code & 63),
    );
  }
}

export interface NumberLiteral {
  readonly value: number;
  readonly unsigned: boolean;
  readonly long: boolean;
}

/** An integer literal of C: `10`, `0x1F`, `017`, `0b1`, with its suffix, and with the sign before it. Undefined for a floating one. */
export function integerLiteral(text: string): NumberLiteral | undefined {
  if (!literals.has(text)) {
    if (literals.size >= MAX_LITERALS) literals.clear();
    literals.set(text, readInteger(text));
  }
  return literals.get(text);
}

/** Literals that are kept: the same few stand everywhere. */
const MAX_LITERALS = 1_000;
const literals = new Map<string, NumberLiteral | undefined>();

function readInteger(text: string): NumberLiteral | undefined {
  const match = /^([-+]?)\s*(0[xX][0-9A-Fa-f']+|0[bB][01']+|\d[\d']*)([uUlLzZ]*)$/.exec(text.trim());
  if (!match) return undefined;
  const digits = (match[2] ?? '').replaceAll("'", '');
  const suffix = (match[3] ?? '').toLowerCase();
  const isOctal = /^0[0-7]+$/.test(digits);
  const value = isOctal ? parseInt(digits, 8) : Number(digits);
  if (Number.isNaN(value)) return undefined;
  const isDecimal = /^[1-9]/.test(digits);
  const long = suffix.includes('l') || suffix.includes('z') || value > (isDecimal ? 0x7fffffff : 0xffffffff);
  const unsigned = suffix.includes('u') || (!isDecimal && value > 0x7fffffff && value <= 0xffffffff);
  if (match[1] !== '-') return { value, unsigned, long };
  // Of an unsigned type the negative is a large number.
  return { value: unsigned && value > 0 ? (long ? 2 ** 64 : 2 ** 32) - value : -value + 0, unsigned, long };
}

/** The value of `'x'`, signed as on most machines. */
export function characterValue(node: Node): number | undefined {
  const texts = node.children.filter(({ kind }) => kind !== 'token').map(({ text }) => text);
  if (texts.length === 0) return undefined;
  const bytes = bytesOf(texts.join(''));
  const [only, second] = bytes;
  if (only === undefined || second !== undefined) return undefined;
  return only > 127 ? only - 256 : only;
}
