import { decodeEscapes, numberValue } from './comparisonLiteral.ts';

export type ComparisonToken =
  | { readonly is: 'value'; readonly value: string | number | bigint; readonly at: number }
  | { readonly is: 'metavariable'; readonly text: string; readonly at: number }
  | { readonly is: 'name'; readonly text: string; readonly at: number }
  | { readonly is: 'sign'; readonly text: string; readonly at: number }
  | { readonly is: 'end'; readonly at: number };

const BLANK = /[\s\\]+/y;
const METAVARIABLE = /\$(?:\.\.\.)?[A-Za-z_0-9]+/y;
const STRING_START = /([rRuUbB]{0,2})("""|'''|"|')/y;
const NUMBER = /0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?/y;
const NAME = /[A-Za-z_]\w*/y;
const SIGN = /\*\*|\/\/|<<|>>|<=|>=|==|!=|[-+*/%&|^~<>()[\]{},.]/y;

/** @returns the tokens with an `end` behind them, or what could not be read */
export function comparisonTokens(text: string): readonly ComparisonToken[] | { readonly error: string } {
  const tokens: ComparisonToken[] = [];
  let at = match(BLANK, text, 0)?.length ?? 0;
  while (at < text.length) {
    const string = readString(text, at);
    if (string !== undefined && 'error' in string) return string;
    const taken = string?.end ?? readPlain(text, at, tokens);
    if (taken === undefined) return { error: `\`${text.slice(at, at + 10)}\` is not understood` };
    if (string !== undefined) tokens.push({ is: 'value', value: string.value, at });
    at = taken + (match(BLANK, text, taken)?.length ?? 0);
  }
  tokens.push({ is: 'end', at });
  return tokens;
}

/** Adds the token that is no string. @returns where it ends */
function readPlain(text: string, at: number, tokens: ComparisonToken[]): number | undefined {
  const metavariable = match(METAVARIABLE, text, at);
  if (metavariable !== undefined) {
    tokens.push({ is: 'metavariable', text: metavariable, at });
    return at + metavariable.length;
  }
  const number = match(NUMBER, text, at);
  if (number !== undefined) {
    const end = at + number.length;
    // Python knows no suffixes, and no `017`: what stands there is a slip of the author.
    if (/\w/.test(text.charAt(end)) || /^0\d/.test(number)) return undefined;
    const value = numberValue(number);
    if (value === undefined) return undefined;
    tokens.push({ is: 'value', value, at });
    return end;
  }
  const name = match(NAME, text, at);
  if (name !== undefined) {
    tokens.push({ is: 'name', text: name, at });
    return at + name.length;
  }
  const sign = match(SIGN, text, at);
  if (sign === undefined) return undefined;
  tokens.push({ is: 'sign', text: sign, at });
  return at + sign.length;
}

function readString(
  text: string,
  at: number,
): { readonly value: string; readonly end: number } | { readonly error: string } | undefined {
  STRING_START.lastIndex = at;
  const start = STRING_START.exec(text);
  if (start === null) return undefined;
  const [whole, prefix = '', quote = ''] = start;
  const from = at + whole.length;
  for (let end = from; end < text.length; end++) {
    if (text.charAt(end) === '\\') end++;
    else if (text.startsWith(quote, end)) {
      const content = text.slice(from, end);
      return { value: /r/i.test(prefix) ? content : decodeEscapes(content), end: end + quote.length };
    }
  }
  return { error: `the string that begins with \`${text.slice(at, at + 10)}\` does not end` };
}

function match(regex: RegExp, text: string, at: number): string | undefined {
  regex.lastIndex = at;
  return regex.exec(text)?.[0];
}
