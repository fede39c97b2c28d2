/** Kinds of tokens. Punctuation is told apart by its character. */
export const IDENTIFIER = 1;
export const NUMBER = 2;
export const STRING = 3;
export const CHARACTER = 4;
export const PUNCTUATION = 5;

/**
 * The code tokens of a C or C++ text outside of directives, as flat arrays: comments, layout and directives are left out. Offsets
 * are UTF-16. Operators of several characters are one token.
 */
export interface Tokens {
  readonly count: number;
  readonly kind: Uint8Array;
  readonly start: Int32Array;
  readonly end: Int32Array;
  readonly directives: readonly Directive[];
}

/** One preprocessor line. */
export interface Directive {
  /** `if`, `define`, ...; empty for a lone `#`. */
  readonly name: string;
  /** Offset of the `#`. */
  readonly start: number;
  /** Behind the last character that is neither layout nor comment; continued lines are included. */
  readonly end: number;
  /** Offset of the first character behind the name. */
  readonly bodyStart: number;
  /** How many code tokens stand before it. */
  readonly tokensBefore: number;
}

/** Characters of a token list while it grows. */
class TokenBuffer {
  count = 0;
  kind: Uint8Array;
  start: Int32Array;
  end: Int32Array;

  constructor(capacity: number) {
    this.kind = new Uint8Array(capacity);
    this.start = new Int32Array(capacity);
    this.end = new Int32Array(capacity);
  }

  add(kind: number, start: number, end: number): void {
    if (this.count === this.kind.length) this.#grow();
    this.kind[this.count] = kind;
    this.start[this.count] = start;
    this.end[this.count] = end;
    this.count++;
  }

  #grow(): void {
    const capacity = this.kind.length * 2;
    const { kind, start, end } = this;
    this.kind = new Uint8Array(capacity);
    this.start = new Int32Array(capacity);
    this.end = new Int32Array(capacity);
    this.kind.set(kind);
    this.start.set(start);
    this.end.set(end);
  }
}

const NEWLINE = 10;
const CARRIAGE_RETURN = 13;
const QUOTE = 34;
const HASH = 35;
const APOSTROPHE = 39;
const SLASH = 47;
const STAR = 42;
const BACKSLASH = 92;
const OPEN = 40;

/** Class of each ASCII character: 1 begins a name, 2 is a digit, 3 is layout, 0 is anything else. */
const CLASSES = classes();

function classes(): Uint8Array {
  const table = new Uint8Array(128);
  for (let code = 0; code < 128; code++) {
    const character = String.fromCharCode(code);
    if (/[A-Za-z_$]/.test(character)) table[code] = 1;
    else if (/\d/.test(character)) table[code] = 2;
    else if (/\s/.test(character)) table[code] = 3;
  }
  return table;
}

function classOf(code: number): number {
  return code < 128 ? (CLASSES[code] ?? 0) : code === 0xa0 || code === 0xfeff ? 3 : 1;
}

function isWordPart(code: number): boolean {
  const of = classOf(code);
  return of === 1 || of === 2;
}

/** Reads a text into tokens and directives, in one pass. Never throws; what is not closed ends with its line or the text. */
export function tokensOf(text: string): Tokens {
  const buffer = new TokenBuffer(Math.max(16, text.length >> 2));
  const directives: Directive[] = [];
  const { length } = text;
  let at = 0;
  let lineIsEmpty = true;
  while (at < length) {
    const code = text.charCodeAt(at);
    const of = classOf(code);
    if (of === 3) {
      if (code === NEWLINE) lineIsEmpty = true;
      at++;
      continue;
    }
    if (code === SLASH) {
      const end = commentEnd(text, at);
      if (end > at) {
        at = end;
        continue;
      }
    }
    if (code === BACKSLASH) {
      at++;
      continue;
    }
    if (code === HASH && lineIsEmpty) {
      const directive = directiveAt(text, at, buffer.count);
      directives.push(directive);
      // A comment that begins on its line may end on another one.
      at = directive.end;
      continue;
    }
    lineIsEmpty = false;
    if (of === 1) {
      let end = at + 1;
      while (end < length && isWordPart(text.charCodeAt(end))) end++;
      const next = text.charCodeAt(end);
      if ((next === QUOTE || next === APOSTROPHE) && isLiteralPrefix(text, at, end)) {
        const close =
          next === QUOTE && text.charCodeAt(end - 1) === 82 ? rawStringEnd(text, end) : quotedEnd(text, end);
        buffer.add(next === QUOTE ? STRING : CHARACTER, at, close);
        at = close;
        continue;
      }
      buffer.add(IDENTIFIER, at, end);
      at = end;
      continue;
    }
    if (of === 2 || (code === 46 && classOf(text.charCodeAt(at + 1)) === 2)) {
      const end = numberEnd(text, at);
      buffer.add(NUMBER, at, end);
      at = end;
      continue;
    }
    if (code === QUOTE || code === APOSTROPHE) {
      const end = quotedEnd(text, at);
      buffer.add(code === QUOTE ? STRING : CHARACTER, at, end);
      at = end;
      continue;
    }
    const end = at + operatorLength(text, at, code);
    buffer.add(PUNCTUATION, at, end);
    at = end;
  }
  return { count: buffer.count, kind: buffer.kind, start: buffer.start, end: buffer.end, directives };
}

/** Offset behind a comment that begins at a slash, or `at` when none does. */
function commentEnd(text: string, at: number): number {
  const next = text.charCodeAt(at + 1);
  if (next === STAR) {
    const end = text.indexOf('*/', at + 2);
    return end < 0 ? text.length : end + 2;
  }
  return next === SLASH ? lineEnd(text, at) : at;
}

/** Offset of the line break that ends a line, with all lines that continue it. */
function lineEnd(text: string, from: number): number {
  for (let at = from; ;) {
    const end = text.indexOf('\n', at);
    if (end < 0) return text.length;
    const last = text.charCodeAt(end - 1) === CARRIAGE_RETURN ? end - 2 : end - 1;
    if (last < from || text.charCodeAt(last) !== BACKSLASH) return end;
    at = end + 1;
  }
}

/** Offset behind a string or character that begins with a quote; an open one ends with its line. */
function quotedEnd(text: string, at: number): number {
  const quote = text.charCodeAt(at);
  for (let end = at + 1; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code === quote) return end + 1;
    if (code === NEWLINE) return end;
    if (code === BACKSLASH) {
      end++;
      if (text.charCodeAt(end) === CARRIAGE_RETURN && text.charCodeAt(end + 1) === NEWLINE) end++;
    }
  }
  return text.length;
}

/** Offset behind `"delimiter( ... )delimiter"`. */
function rawStringEnd(text: string, quote: number): number {
  const open = text.indexOf('(', quote);
  if (open < 0 || open - quote > 17) return quotedEnd(text, quote);
  const close = `)${text.slice(quote + 1, open)}"`;
  const end = text.indexOf(close, open);
  return end < 0 ? quotedEnd(text, quote) : end + close.length;
}

function isLiteralPrefix(text: string, start: number, end: number): boolean {
  return end - start <= 3 && /^(?:L|u8?|U|(?:u8?|[LU])?R)$/.test(text.slice(start, end));
}

/** Numbers of the preprocessor: digits, letters, dots, signs behind an exponent, separators. */
function numberEnd(text: string, at: number): number {
  let end = at + 1;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (isWordPart(code) || code === 46) continue;
    const before = text.charCodeAt(end - 1) | 32;
    if (
      (code === 43 || code === 45) &&
      (before === 101 || before === 112) &&
      !/^0[xX][\da-fA-F]*[eE]$/.test(text.slice(at, end))
    )
      continue;
    if (code === APOSTROPHE && isWordPart(text.charCodeAt(end + 1)) && isWordPart(text.charCodeAt(end - 1)))
      continue;
    break;
  }
  return end;
}

/** `==`, `->`, `::`, `&&`, `+=`, ...: what must not be taken for `=`, `>`, `:` or `&`. `>>` stays two tokens, as it may close templates. */
function operatorLength(text: string, at: number, code: number): number {
  const next = text.charCodeAt(at + 1);
  switch (code) {
    case 61: // ==
    case 33: // !=
    case 43: // += ++
    case 42: // *=
    case 47:
    case 37:
    case 94:
      return next === 61 || (code === 43 && next === 43) ? 2 : 1;
    case 45: // -> -= --
      return next === 62 || next === 61 || next === 45 ? 2 : 1;
    case 58: // ::
      return next === 58 ? 2 : 1;
    case 38: // && &=
    case 124:
      return next === code || next === 61 ? 2 : 1;
    case 60: // <= << <<=
      if (next === 60) return text.charCodeAt(at + 2) === 61 ? 3 : 2;
      return next === 61 ? 2 : 1;
    case 62: // >= >>=
      if (next === 62 && text.charCodeAt(at + 2) === 61) return 3;
      return next === 61 ? 2 : 1;
    case 46: // ...
      return next === 46 && text.charCodeAt(at + 2) === 46 ? 3 : 1;
    default:
      return 1;
  }
}

function directiveAt(text: string, hash: number, tokensBefore: number): Directive {
  let at = hash + 1;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === 32 || code === 9) at++;
    else if (code === SLASH && text.charCodeAt(at + 1) === STAR) at = commentEnd(text, at);
    else break;
  }
  const nameStart = at;
  while (at < text.length && isWordPart(text.charCodeAt(at))) at++;
  const name = text.slice(nameStart, at);
  return { name, start: hash, end: directiveEnd(text, at), bodyStart: at, tokensBefore };
}

/** Behind the last character of the line that is neither layout nor comment. */
function directiveEnd(text: string, from: number): number {
  let last = from;
  for (let at = from; at < text.length;) {
    const code = text.charCodeAt(at);
    if (code === NEWLINE) break;
    if (code === BACKSLASH) {
      const next = text.charCodeAt(at + 1);
      if (next === NEWLINE) at += 2;
      else if (next === CARRIAGE_RETURN && text.charCodeAt(at + 2) === NEWLINE) at += 3;
      else last = ++at;
      continue;
    }
    if (code === SLASH) {
      const end = commentEnd(text, at);
      if (end > at) {
        at = end;
        continue;
      }
    }
    at = code === QUOTE || code === APOSTROPHE ? Math.max(at + 1, quotedEndInLine(text, at)) : at + 1;
    if (classOf(code) !== 3) last = at;
  }
  return last;
}

/** In directives an apostrophe may be one of prose (`#error don't`): then only the apostrophe itself is passed. */
function quotedEndInLine(text: string, at: number): number {
  const end = quotedEnd(text, at);
  return text.charCodeAt(end - 1) === text.charCodeAt(at) && end - 1 > at ? end : at + 1;
}

/** Tokens of a directive's body, such as the condition of `#if`. */
export function bodyTokens(
  text: string,
  directive: Directive,
): { readonly body: string; readonly tokens: Tokens } {
  const body = text.slice(directive.bodyStart, directive.end).replaceAll(/\\\r?\n/g, ' ');
  return { body, tokens: tokensOf(body.startsWith('#') ? ` ${body}` : body) };
}

export { OPEN };
