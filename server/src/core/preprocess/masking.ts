import { CLOSE, COMMA, OPEN, STAR, type CodeTokens } from './codeTokens.ts';
import type { Edits } from './edits.ts';
import type { MacroShape, MacroTable } from './macros.ts';
import { PUNCTUATION } from './tokens.ts';
import { ATTRIBUTE, CONTROL, QUALIFIER, STATEMENT, TAG, TYPE, type Dialect } from './words.ts';

/** What the parts of the masking share. */
export interface Masking {
  readonly code: CodeTokens;
  readonly edits: Edits;
  readonly macros: MacroTable;
  readonly dialect: Dialect;
  /** Shapes of the words that were asked for, by themselves and with parentheses behind them. */
  readonly plain: ShapesOfWords;
  readonly asCall: ShapesOfWords;
  /** Takes the tokens that close a function at file scope, in order. */
  readonly stops: number[];
}

export type ShapesOfWords = Map<string, MacroShape | undefined>;

/** Where code stands: in a file or namespace, in a struct or class, in a list of names or of values, in a function. */
export type Scope = 'file' | 'type' | 'enum' | 'list' | 'block';

/** What the macro table says of a name at a place, which may be followed by parentheses. */
export function shapeAt({ code, macros, plain, asCall }: Masking, index: number): MacroShape | undefined {
  const word = code.word(index);
  const shape = code.is(index + 1, OPEN)
    ? shapeOf(asCall, word, () => macros.shapeOf(`${word}()`))
    : undefined;
  return shape ?? shapeOf(plain, word, () => macros.shapeOf(word));
}

function shapeOf(
  known: ShapesOfWords,
  word: string,
  ask: () => MacroShape | undefined,
): MacroShape | undefined {
  const shape = known.get(word);
  if (shape !== undefined || known.has(word)) return shape;
  const asked = ask();
  known.set(word, asked);
  return asked;
}

/** Masks tokens one by one, so that comments between them stay. */
export function maskTokens({ code, edits }: Masking, from: number, to: number): void {
  for (let index = from; index < to; index++) edits.blank(code.start[index] ?? 0, code.end[index] ?? 0);
}

/** Makes one name of the tokens of an argument that is no expression. */
export function maskAsName(masking: Masking, from: number, to: number): void {
  const { code, edits } = masking;
  const start = code.start[from] ?? 0;
  edits.replace(start, code.end[from] ?? 0, '_'.repeat((code.end[from] ?? 0) - start));
  maskTokens(masking, from + 1, to);
}

/** Writes `;` into the layout behind a token. False when there is no room for it. */
export function addSemicolon({ code, edits }: Masking, index: number): boolean {
  const { text } = code;
  const limit = index + 1 < code.count ? (code.start[index + 1] ?? 0) : text.length;
  for (let at = code.end[index] ?? 0; at < limit; at++) {
    const character = text.charAt(at);
    if (character === ' ' || character === '\t') {
      edits.replace(at, at + 1, ';');
      return true;
    }
    if (character === '#') return false;
    if (character !== '/') continue;
    const end = text.startsWith('/*', at) ? text.indexOf('*/', at) + 1 : text.indexOf('\n', at) - 1;
    if (end < at) return false;
    at = end;
  }
  return false;
}

/** The index behind a word and the parentheses that follow it. */
export function behindCall({ code }: Masking, index: number): number {
  if (!code.is(index + 1, OPEN)) return index + 1;
  const close = code.closing(index + 1);
  return close < 0 ? index + 1 : close + 1;
}

/** Masks a word with the parentheses that follow it. Returns the index behind. */
export function maskWithCall(masking: Masking, index: number): number {
  const end = behindCall(masking, index);
  maskTokens(masking, index, end);
  return end;
}

/** `API`, `LOG_LEVEL`: how macros are named. */
export function isCapital(name: string): boolean {
  return /^[A-Z_][A-Z0-9_]*$/.test(name) && /[A-Z]/.test(name);
}

/** Masks those arguments of a call that no grammar reads as an expression: types, operators, statements, nothing at all. */
export function maskArguments(masking: Masking, open: number): void {
  const { code } = masking;
  const close = code.closing(open);
  if (close <= open + 1) return;
  let from = open + 1;
  for (let at = open + 1; at <= close; at++) {
    if (at === close || code.is(at, COMMA)) {
      maskArgument(masking, from, at, at === close ? from - 1 : at);
      from = at + 1;
      continue;
    }
    const partner = code.partner[at] ?? -1;
    if (partner > at && partner < close) at = partner;
  }
}

/** @param comma what to mask when there is no argument */
function maskArgument(masking: Masking, from: number, to: number, comma: number): void {
  const { code } = masking;
  if (from === to) {
    if (code.is(comma, COMMA)) maskTokens(masking, comma, comma + 1);
    return;
  }
  const last = to - 1;
  const of = code.wordClass(from);
  const isCast = masking.dialect === 'cpp' && to > from + 1 && !code.is(from + 1, STAR);
  if (of === TAG || of === QUALIFIER || (of === TYPE && !isCast)) maskAsName(masking, from, to);
  else if (of === TYPE && code.isWord(from + 1)) maskAsName(masking, from, to);
  else if ((of === STATEMENT || of === CONTROL) && from === last) maskAsName(masking, from, to);
  else if (of === STATEMENT && !endsStatement(code, from, to)) maskTokens(masking, from, from + 1);
  else if (of === STATEMENT || of === CONTROL || of === ATTRIBUTE || endsStatement(code, from, to))
    maskAsName(masking, from, to);
  else if (isOperator(code, last) && code.is(last, STAR)) maskAsName(masking, from, to);
  else if (from === last && isOperator(code, from)) maskAsName(masking, from, to);
  else if (code.isName(from)) maskNeighbours(masking, from, to);
}

/** `value MORE_ARGUMENTS(other)`: two names side by side are no expression; one of them is a macro. */
function maskNeighbours(masking: Masking, from: number, to: number): void {
  const { code } = masking;
  if (!code.isName(from + 1) || from + 1 >= to) return;
  if (isCapital(code.word(from + 1))) {
    let at = from + 1;
    while (at < to && code.isName(at)) at = maskWithCall(masking, at);
  } else maskTokens(masking, from, from + 1);
}

function isOperator(code: CodeTokens, index: number): boolean {
  return code.kind[index] === PUNCTUATION && !code.is(index, CLOSE) && code.partner[index] === -1;
}

/** True when a `;` stands outside of brackets. */
function endsStatement(code: CodeTokens, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    if (code.sign[at] === 59) return true;
    const partner = code.partner[at] ?? -1;
    if (partner > at) at = partner;
  }
  return false;
}

/** `enum { DONE, FAILED } f(int x) {` */
export function isBehindParameters(code: CodeTokens, brace: number): boolean {
  const open = code.is(brace - 1, CLOSE) ? (code.partner[brace - 1] ?? 0) : 0;
  return open > 0 && code.wordClass(open - 1) !== ATTRIBUTE;
}
