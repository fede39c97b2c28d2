import { IDENTIFIER, PUNCTUATION, STRING, type Tokens } from './tokens.ts';
import { NAME } from './words.ts';

/** The tokens that one view shows, with their brackets matched. An index past the end is a token of no kind. */
export class CodeTokens {
  readonly count: number;
  readonly text: string;
  readonly kind: Uint8Array;
  readonly start: Int32Array;
  readonly end: Int32Array;
  /** Of an opening bracket its closing one and the other way round; -1 for one that has none. */
  readonly partner: Int32Array;
  /** Character code of a sign of one character, else 0. */
  readonly sign: Uint8Array;
  /** What each word is for; -1 for what is no word. */
  readonly #classes: Int8Array;

  constructor(text: string, tokens: Tokens, shown: Uint8Array, words: ReadonlyMap<string, number>) {
    const kind = new Uint8Array(tokens.count + 4);
    const start = new Int32Array(tokens.count + 4);
    const end = new Int32Array(tokens.count + 4);
    const sign = new Uint8Array(tokens.count + 4);
    const classes = new Int8Array(tokens.count + 4).fill(-1);
    let count = 0;
    for (let index = 0; index < tokens.count; index++) {
      if (shown[index] === 0) continue;
      const from = tokens.start[index] ?? 0;
      const to = tokens.end[index] ?? 0;
      kind[count] = tokens.kind[index] ?? 0;
      start[count] = from;
      end[count] = to;
      if (kind[count] === IDENTIFIER) classes[count] = words.get(text.slice(from, to)) ?? NAME;
      else if (kind[count] === PUNCTUATION && to - from === 1) sign[count] = text.charCodeAt(from);
      count++;
    }
    this.text = text;
    this.count = count;
    this.kind = kind;
    this.start = start;
    this.end = end;
    this.sign = sign;
    this.#classes = classes;
    this.partner = partnersOf(sign, count);
  }

  word(index: number): string {
    return this.text.slice(this.start[index], this.end[index]);
  }

  /** What a word is for; -1 for what is no word. */
  wordClass(index: number): number {
    return this.#classes[index] ?? -1;
  }

  isName(index: number): boolean {
    return this.wordClass(index) === NAME;
  }

  isWord(index: number): boolean {
    return this.kind[index] === IDENTIFIER;
  }

  isString(index: number): boolean {
    return this.kind[index] === STRING;
  }

  is(index: number, sign: number): boolean {
    return this.sign[index] === sign && index < this.count;
  }

  /** The closing bracket of an opening one; -1 when there is none. */
  closing(open: number): number {
    return this.partner[open] ?? -1;
  }

  /** True when a line break lies between a token and the one before it. */
  beginsLine(index: number): boolean {
    if (index <= 0) return true;
    const breakAt = this.text.indexOf('\n', this.end[index - 1]);
    return breakAt >= 0 && breakAt < (this.start[index] ?? 0);
  }
}

export const OPEN = 40;
export const CLOSE = 41;
export const STAR = 42;
export const COMMA = 44;
export const COLON = 58;
export const SEMICOLON = 59;
export const LESS = 60;
export const EQUALS = 61;
export const GREATER = 62;
export const AT = 64;
export const OPEN_SQUARE = 91;
export const CLOSE_SQUARE = 93;
export const OPEN_BRACE = 123;
export const CLOSE_BRACE = 125;
export const AMPERSAND = 38;
export const TILDE = 126;

const OPENING: Readonly<Record<number, number>> = {
  [CLOSE]: OPEN,
  [CLOSE_SQUARE]: OPEN_SQUARE,
  [CLOSE_BRACE]: OPEN_BRACE,
};
/** A closing bracket looks this far for one that is not closed before it. */
const MAX_SKIPPED = 8;

function partnersOf(sign: Uint8Array, count: number): Int32Array {
  const partner = new Int32Array(sign.length).fill(-1);
  const open: number[] = [];
  for (let index = 0; index < count; index++) {
    const code = sign[index] ?? 0;
    if (code === OPEN || code === OPEN_SQUARE || code === OPEN_BRACE) {
      open.push(index);
      continue;
    }
    const wanted = OPENING[code];
    if (code < CLOSE || wanted === undefined) continue;
    // A bracket that is not closed hides those around it from nobody.
    for (let up = 1; up <= Math.min(MAX_SKIPPED, open.length); up++) {
      const candidate = open[open.length - up] ?? -1;
      if (sign[candidate] !== wanted) continue;
      open.length -= up;
      partner[candidate] = index;
      partner[index] = candidate;
      break;
    }
  }
  return partner;
}
