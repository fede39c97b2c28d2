import type { ComparisonValue } from './comparison.ts';

export interface LiteralOptions {
  /** Radix of a number without a prefix that names one: 2 to 36. */
  readonly base?: number;
  /** Look for the number inside of quotes too. */
  readonly strip?: boolean;
}

const WORDS: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>([
  ...['true', 'True', 'TRUE'].map((word): [string, boolean] => [word, true]),
  ...['false', 'False', 'FALSE'].map((word): [string, boolean] => [word, false]),
  ...['null', 'None', 'nil', 'NULL', 'nullptr', 'undefined'].map((word): [string, null] => [word, null]),
]);

/** Longer texts are no literal that a rule compares with. UTF-16 code units. */
const MAX_LITERAL = 100_000;
/** Digits of a whole number; reading takes time that grows faster than their count. */
const MAX_DIGITS = 5_000;
/** Parentheses around a literal that are taken off. */
const MAX_PARENTHESES = 8;

/**
 * What a literal of source code stands for, in any of our languages: `0x10`, `017`, `1_000L`, `1.5f`, `-3`, `r"a\b"`,
 * `"a" "b"`, `true`, `None`. Whole numbers are `bigint`.
 *
 * @param text source text of one expression
 * @returns undefined when it is no literal, or one that depends on something else (`f"{x}"`)
 */
export function literalValue(text: string, options: LiteralOptions = {}): ComparisonValue | undefined {
  if (text.length > MAX_LITERAL) return undefined;
  let source = text.trim();
  for (let depth = 0; depth < MAX_PARENTHESES && isParenthesised(source); depth++) source = source.slice(1, -1).trim();
  if (options.strip === true) source = (stringLiteral(source) ?? source).replace(/[\s'"`]+/g, '');
  const sign = /^[-+]/.exec(source)?.[0];
  const number = numberValue(
    sign === undefined ? source : source.slice(1).trimStart(),
    options.base,
  );
  if (number !== undefined) return sign === '-' ? -number : number;
  if (options.base !== undefined) {
    // A text of digits in quotes is a number to a rule that names its base.
    const content = stringLiteral(source)?.trim();
    const inside = content === undefined ? undefined : numberValue(content, options.base);
    if (inside !== undefined) return inside;
  }
  if (WORDS.has(source)) return WORDS.get(source);
  return options.strip === true ? source : stringLiteral(source);
}

const FLOAT = /^(?:\d+\.\d*|\.\d+|\d+(?=[eEfFdDmM]))(?:[eE][+-]?\d+)?(?:f(?:32|64)?|[FdDlLmM])?$/;
const HEX_FLOAT = /^0[xX]([\da-fA-F]*)\.?([\da-fA-F]*)[pP]([+-]?\d+)[fFlLdD]?$/;
const WHOLE_SUFFIX = /(?:[uU](?:8|16|32|64|128|size)|[iI](?:8|16|32|64|128|size)|[uUlLzZ]{1,3}|n)$/;

/** A number without its sign. @returns a `bigint` for a whole one, undefined when it is none */
export function numberValue(source: string, base?: number): number | bigint | undefined {
  const first = source.charCodeAt(0);
  const isDigit = first >= 48 && first <= 57;
  if (!isDigit && !source.startsWith('.') && base === undefined) return undefined;
  const text = source.replace(/(?<=[\da-fA-F])_+(?=[\w.])|(?<=[\da-fA-F])'(?=[\da-fA-F])/g, '').replace(/^(0[xXbBoO])_/, '$1');
  if (base !== undefined) return inBase(text, base);
  if (FLOAT.test(text)) return Number.parseFloat(text);
  const hexFloat = HEX_FLOAT.exec(text);
  if (hexFloat !== null) return hexFloatValue(hexFloat);
  if (/^0[xX]/.test(text)) return whole(/^(0[xX][\da-fA-F]+)(?:[uUlLzZ]{0,3}|n|[ui](?:8|16|32|64|128|size))$/.exec(text)?.[1]);
  const digits = text.replace(WHOLE_SUFFIX, '');
  if (/^0[oO][0-7]+$|^0[bB][01]+$/.test(digits)) return whole(digits.toLowerCase());
  // `017` is octal wherever a leading zero means anything; 08 and 09 cannot be.
  if (/^0[0-7]+$/.test(digits)) return whole(`0o${digits.slice(1)}`);
  return /^\d+$/.test(digits) ? whole(digits) : undefined;
}

function whole(digits: string | undefined): bigint | undefined {
  return digits === undefined || digits.length > MAX_DIGITS ? undefined : BigInt(digits);
}

function inBase(text: string, base: number): bigint | number | undefined {
  if (base === 10 && FLOAT.test(text)) return Number.parseFloat(text);
  const prefix = { 2: /^0[bB]/, 8: /^0[oO]?(?=.)/, 16: /^0[xX]/ }[base];
  const digits = prefix === undefined ? text : text.replace(prefix, '');
  const bare = base <= 16 ? digits.replace(/(?:[uU][lL]{0,2}|[lL]{1,2}[uU]?|n)$/, '') : digits;
  if (bare === '' || bare.length > MAX_DIGITS) return undefined;
  let value = 0n;
  for (const digit of bare) {
    const each = /^[\da-zA-Z]$/.test(digit) ? Number.parseInt(digit, 36) : Number.NaN;
    if (!(each < base)) return undefined;
    value = value * BigInt(base) + BigInt(each);
  }
  return value;
}

function hexFloatValue([, before = '', after = '', exponent = '0']: RegExpExecArray): number | undefined {
  if (before + after === '') return undefined;
  return Number.parseInt(before + after, 16) * 2 ** (Number(exponent) - 4 * after.length);
}

/** Content of a string literal, or of several side by side; undefined when it is none or has holes. */
function stringLiteral(source: string): string | undefined {
  let content = '';
  let at = 0;
  while (at < source.length) {
    const part = oneString(source, at);
    if (part === undefined) return undefined;
    content += part.content;
    at = part.end;
    while (/\s/.test(source.charAt(at))) at++;
  }
  return source === '' ? undefined : content;
}

const OPENING = /([a-zA-Z0-9]{0,3}|@|\$|\$@|@\$)(#*)("""|'''|"|'|`)/y;

function oneString(source: string, at: number): { readonly content: string; readonly end: number } | undefined {
  OPENING.lastIndex = at;
  const opening = OPENING.exec(source);
  if (opening === null) return undefined;
  const [whole, prefix = '', hashes = '', quote = ''] = opening;
  const from = at + whole.length;
  // C++: R"tag( ... )tag"
  if (prefix.endsWith("R") && quote === '"') {
    const tag = /^([^()\\\s]{0,16})\(/.exec(source.slice(from, from + 18))?.[1];
    if (tag !== undefined) {
      const start = from + tag.length + 1;
      const end = source.indexOf(`)${tag}"`, start);
      return end < 0 ? undefined : { content: source.slice(start, end), end: end + tag.length + 2 };
    }
  }
  const raw = /r|@/i.test(prefix) || hashes !== '' || (quote === '`' && prefix === '' && !source.includes('\\`', from));
  const closing = quote + hashes;
  for (let end = from; end < source.length; end++) {
    if (source.charAt(end) === '\\' && (!raw || (/^[rR]/.test(prefix) && hashes === ''))) {
      end++;
    } else if (source.startsWith(closing, end)) {
      if (prefix.includes('@') && source.startsWith('""', end)) {
        end++;
        continue;
      }
      const content = source.slice(from, end);
      if (hasHoles(prefix, quote, content)) return undefined;
      if (prefix.includes('@')) return { content: content.replaceAll('""', '"'), end: end + 1 };
      return { content: raw ? content : decodeEscapes(content), end: end + closing.length };
    }
  }
  return undefined;
}

function hasHoles(prefix: string, quote: string, content: string): boolean {
  if (/f|\$/i.test(prefix) && content.replaceAll('{{', '').includes('{')) return true;
  return quote === '`' && content.includes('${');
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '0': '\0', a: '\x07', b: '\b', f: '\f', v: '\v', e: '\x1b', '\n': '' };

/** The text that a string's content with backslash escapes stands for; an unknown escape stays as it is. */
export function decodeEscapes(content: string): string {
  if (!content.includes('\\')) return content;
  return content.replace(
    /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|u\{([\da-fA-F]{1,6})\}|U([\da-fA-F]{8})|([0-7]{2,3})|(\r\n|[^]))/g,
    (all: string, x?: string, u?: string, braced?: string, long?: string, octal?: string, one?: string) => {
      const hex = x ?? u ?? braced ?? long;
      const code = hex === undefined ? (octal === undefined ? undefined : Number.parseInt(octal, 8)) : Number.parseInt(hex, 16);
      if (code !== undefined) return code > 0x10ffff ? all : String.fromCodePoint(code);
      const character = one ?? '';
      if (character === '\r\n') return '';
      return ESCAPES[character] ?? (/[\\'"`$/]/.test(character) ? character : all);
    },
  );
}

/** `(5)`, but not `(1)+(2)` nor `(a, b)`. */
function isParenthesised(source: string): boolean {
  return source.startsWith('(') && source.endsWith(')') && !/[(),]/.test(source.slice(1, -1).replace(/^\(+|\)+$/g, ''));
}
