import {
  AMPERSAND,
  CLOSE,
  CLOSE_BRACE,
  COLON,
  COMMA,
  EQUALS,
  GREATER,
  LESS,
  OPEN,
  OPEN_BRACE,
  OPEN_SQUARE,
  SEMICOLON,
  STAR,
  type CodeTokens,
} from './codeTokens.ts';
import {
  behindCall,
  isCapital,
  maskTokens,
  maskWithCall,
  shapeAt,
  type Masking,
  type Scope,
} from './masking.ts';
import { ATTRIBUTE, EXPRESSION, NAME, QUALIFIER, TAG, TYPE } from './words.ts';

/** What stands before the first bracket, sign or end of a declaration. */
interface Head {
  /** Names that may be the type, the declared name, or macros: before the first `*`, and behind the last. */
  readonly before: number[];
  behind: number[];
  /** A type that is no plain name was seen. */
  hasType: boolean;
  hasPointer: boolean;
  /** Where the head ends. */
  stop: number;
}

/**
 * Masks what is too much for a declaration: attribute macros, calling conventions, sections.
 *
 * @param from first token of a statement, declaration, member or parameter
 * @returns where to go on
 */
export function maskHead(masking: Masking, from: number, scope: Scope | 'parameter'): number {
  const { code } = masking;
  const head = readHead(masking, from, scope);
  const { stop } = head;
  const isDeclaration = maskExcess(masking, head);
  if (code.is(stop, OPEN) && code.is(stop + 1, STAR) && (head.hasType || scope !== 'block')) {
    // int (*handler)(void) ATTRIBUTE;
    return maskBehind(masking, behindCallsFrom(code, stop), scope);
  }
  if (scope === 'block' && !isDeclaration) return from;
  if (code.is(head.stop, OPEN) && isDeclaration) return maskFunction(masking, head.stop, scope);
  if (code.is(head.stop, OPEN_SQUARE)) return maskBehind(masking, behindSquares(code, head.stop), scope);
  return head.stop > stop ? maskBehind(masking, head.stop, scope) : Math.max(from, stop);
}

function readHead(masking: Masking, from: number, scope: Scope | 'parameter'): Head {
  const { code, dialect } = masking;
  const head: Head = { before: [], behind: [], hasType: false, hasPointer: false, stop: from };
  let at = from;
  for (;;) {
    const of = code.wordClass(at);
    if (of === TYPE) {
      head.hasType = true;
      at++;
    } else if (of === QUALIFIER) {
      at = code.word(at) === '_Atomic' ? behindCall(masking, at) : at + 1;
    } else if (of === TAG) {
      at = readTag(masking, at + 1);
      head.hasType = true;
    } else if (of === ATTRIBUTE) {
      at = behindCall(masking, at);
    } else if (of === EXPRESSION && /^(?:__)?typeof(?:__)?$|^decltype$/.test(code.word(at))) {
      at = behindCall(masking, at);
      head.hasType = true;
    } else if (of === NAME) {
      const next = readName(masking, head, at, scope);
      if (next < 0) {
        // The name before the parentheses of a function is part of the head.
        if (head.before.at(-1) === at || head.behind.at(-1) === at) at++;
        break;
      }
      at = next;
    } else if (code.is(at, STAR) || (code.is(at, AMPERSAND) && dialect === 'cpp')) {
      if (at === from) break;
      head.hasPointer = true;
      head.behind = [];
      at++;
    } else if (dialect === 'cpp' && code.is(at, LESS)) {
      const close = behindAngles(code, at);
      if (close < 0) break;
      at = close;
    } else if (dialect === 'cpp' && code.text.startsWith('::', code.start[at]) && at < code.count) {
      // A qualified name counts as its last part.
      (head.hasPointer ? head.behind : head.before).pop();
      at++;
    } else break;
  }
  head.stop = at;
  return head;
}

/** Takes a name into a head, or masks it. Returns where to go on, or -1 when the head ends at it. */
function readName(masking: Masking, head: Head, at: number, scope: Scope | 'parameter'): number {
  const { code } = masking;
  const names = head.hasPointer ? head.behind : head.before;
  const shape = shapeAt(masking, at);
  if (shape === 'attribute' && !isDeclaredName(masking, head, at)) return maskWithCall(masking, at);
  if (!code.is(at + 1, OPEN)) {
    names.push(at);
    return at + 1;
  }
  const close = code.closing(at + 1);
  if (close < 0) return -1;
  const hasType = head.hasType || head.before.length > 0;
  const next = close + 1;
  if (shape === 'argument') {
    maskTokens(masking, at, at + 2);
    maskTokens(masking, close, close + 1);
    // What is inside is read as if it stood alone.
    if (close === at + 3 && code.isName(at + 2)) names.push(at + 2);
    else head.hasType = true;
    return next;
  }
  if (shape === 'type') {
    maskTokens(masking, at + 1, next);
    head.hasType = true;
    return next;
  }
  const of = code.wordClass(next);
  const goesOn = of === NAME || of === TYPE || of === TAG || of === QUALIFIER;
  if (!goesOn || (scope === 'block' && code.beginsLine(next))) return endsHead(names, at);
  // `int f(void) ATTRIBUTE;` has its name; `static ATTRIBUTE(x) int f(void)` has not.
  if (hasType && !(isCapital(code.word(at)) && of !== NAME)) {
    const isMacro = isCapital(code.word(at)) && !isCapital(code.word(next)) && code.is(next + 1, OPEN);
    if (!isMacro) return endsHead(names, at);
  }
  if (!hasType && code.beginsLine(next) && scope !== 'parameter') return -1;
  if (!hasType && of === NAME && !code.isName(next + 1)) {
    // API(int) f(void); LIST_HEAD(a, b) head;
    if (code.is(next + 1, OPEN) && close > at + 2) {
      maskTokens(masking, at, at + 2);
      maskTokens(masking, close, next);
    } else maskTokens(masking, at + 1, next);
    head.hasType = true;
    return next;
  }
  return maskWithCall(masking, at);
}

function endsHead(names: number[], at: number): -1 {
  names.push(at);
  return -1;
}

/** True for the last word of a head that has a type: a declared name, even where a macro is called so. */
function isDeclaredName(masking: Masking, head: Head, at: number): boolean {
  const { code } = masking;
  const next = at + 1;
  const close = code.is(next, OPEN) && !isCapital(code.word(at)) ? code.closing(next) : -1;
  const isFunction = close > 0 && !code.isWord(close + 1);
  const ends =
    isFunction ||
    code.is(next, EQUALS) ||
    code.is(next, SEMICOLON) ||
    code.is(next, COMMA) ||
    code.is(next, CLOSE) ||
    code.is(next, OPEN_SQUARE);
  const names = head.hasPointer ? head.behind.length : head.before.length - (head.hasType ? 0 : 1);
  return ends && names <= 0 && (head.hasType || head.before.length > 0);
}

/** Behind `struct`: attributes and the tag. All but the last of several names before a body are macros. */
function readTag(masking: Masking, from: number): number {
  const { code, dialect } = masking;
  const names: number[] = [];
  let at = from;
  for (;;) {
    const of = code.wordClass(at);
    if (of === ATTRIBUTE) at = behindCall(masking, at);
    else if (of === TAG && dialect === 'cpp') at++;
    else if (of === NAME) {
      if (shapeAt(masking, at) === 'attribute' && !code.is(at + 1, OPEN_BRACE)) {
        at = maskWithCall(masking, at);
        continue;
      }
      if (code.is(at + 1, OPEN)) {
        const end = behindCall(masking, at);
        if (!code.isName(end) && !code.is(end, OPEN_BRACE)) break;
        if (code.isName(end)) {
          at = maskWithCall(masking, at);
          continue;
        }
        maskTokens(masking, at + 1, end);
        return end;
      }
      names.push(at);
      at++;
    } else break;
  }
  const isBody = code.is(at, OPEN_BRACE) || code.is(at, COLON);
  const isFinal = isBody && dialect === 'cpp' && names.length > 1 && code.word(at - 1) === 'final';
  if (!isBody) return (names[0] ?? at - 1) + 1;
  for (const name of names.slice(0, isFinal ? -2 : -1)) maskTokens(masking, name, name + 1);
  return at;
}

/** Masks names that are too many. Returns true when what is left is a declaration. */
function maskExcess(masking: Masking, head: Head): boolean {
  const { code } = masking;
  const allowedBefore = (head.hasType ? 0 : 1) + (head.hasPointer ? 0 : 1);
  maskAllBut(masking, head, head.before, allowedBefore);
  if (head.hasPointer) maskAllBut(masking, head, head.behind, 1);
  const names = head.before.length + head.behind.length;
  return head.hasType ? names > 0 || code.is(head.stop, OPEN_BRACE) : names > 1;
}

function maskAllBut(masking: Masking, head: Head, names: number[], allowed: number): void {
  const { code } = masking;
  const isMacro = (name: number): boolean => isCapital(code.word(name));
  while (names.length > allowed) {
    const inner = names.slice(0, -1).find(isMacro);
    const last = names.at(-1) ?? 0;
    const chosen = inner ?? (isMacro(last) ? last : (names[0] ?? 0));
    if (chosen === head.stop - 1) head.stop = maskWithCall(masking, chosen);
    else maskTokens(masking, chosen, chosen + 1);
    names.splice(names.indexOf(chosen), 1);
  }
}

/** Parameters, and what stands behind them. */
function maskFunction(masking: Masking, open: number, scope: Scope | 'parameter'): number {
  const { code } = masking;
  const close = code.closing(open);
  if (close < 0) return open;
  let from = open + 1;
  for (let at = open + 1; at <= close; at++) {
    if (at === close || code.is(at, COMMA)) {
      if (from < at && scope !== 'block') maskHead(masking, from, 'parameter');
      from = at + 1;
      continue;
    }
    const partner = code.partner[at] ?? -1;
    if (partner > at && partner < close) at = partner;
  }
  if (code.is(close + 1, OPEN)) return close + 1;
  if (scope === 'file' && isOldStyle(code, open, close)) return behindOldStyle(code, close + 1);
  return maskBehind(masking, close + 1, scope);
}

/** `int f(a, b) int a; char *b; {` */
function isOldStyle(code: CodeTokens, open: number, close: number): boolean {
  for (let at = open + 1; at < close; at++) {
    if (!code.isName(at) && !code.is(at, COMMA)) return false;
  }
  if (close === open + 1) return false;
  const of = code.wordClass(close + 1);
  if (of === TYPE || of === TAG || of === QUALIFIER) return true;
  return (
    of === NAME && (code.isName(close + 2) || code.is(close + 2, STAR)) && !isCapital(code.word(close + 1))
  );
}

function behindOldStyle(code: CodeTokens, from: number): number {
  let at = from;
  while (at < code.count && !code.is(at, OPEN_BRACE) && !code.is(at, CLOSE_BRACE)) at++;
  return at;
}

/** Masks words behind a declarator: attributes, sections, placements. Returns the index behind them. */
export function maskBehind(masking: Masking, from: number, scope: Scope | 'parameter'): number {
  const { code, dialect } = masking;
  let at = from;
  for (;;) {
    const of = code.wordClass(at);
    if (of < 0) return at;
    if (of === ATTRIBUTE) at = behindCall(masking, at);
    else if (of === QUALIFIER) at++;
    else if (of === EXPRESSION) at = behindCall(masking, at);
    else if (of !== NAME) return at;
    else if (dialect === 'cpp' && TRAILING.has(code.word(at))) at++;
    else if (scope === 'block' && code.beginsLine(at)) return at;
    else at = maskWithCall(masking, at);
  }
}

const TRAILING: ReadonlySet<string> = new Set(['override', 'final']);

function behindSquares(code: CodeTokens, from: number): number {
  let at = from;
  while (code.is(at, OPEN_SQUARE)) {
    const close = code.closing(at);
    if (close < 0) return at;
    at = close + 1;
  }
  return at;
}

function behindCallsFrom(code: CodeTokens, from: number): number {
  let at = from;
  while (code.is(at, OPEN)) {
    const close = code.closing(at);
    if (close < 0) return at;
    at = close + 1;
  }
  return at;
}

/** Tokens that a list of template arguments may have at most. */
const MAX_ANGLES = 200;

/** Index behind `<...>`, or -1 when it is no list of template arguments. */
export function behindAngles(code: CodeTokens, open: number): number {
  let depth = 0;
  for (let at = open; at < Math.min(code.count, open + MAX_ANGLES); at++) {
    if (code.is(at, LESS)) depth++;
    else if (code.is(at, GREATER)) {
      if (--depth === 0) return at + 1;
    } else if (code.is(at, SEMICOLON) || code.is(at, OPEN_BRACE) || code.is(at, CLOSE)) return -1;
    const partner = code.partner[at] ?? -1;
    if (partner > at) at = partner;
  }
  return -1;
}
