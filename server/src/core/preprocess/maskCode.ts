import {
  AT,
  CLOSE,
  CLOSE_BRACE,
  COLON,
  COMMA,
  EQUALS,
  OPEN,
  OPEN_BRACE,
  OPEN_SQUARE,
  SEMICOLON,
  STAR,
  CLOSE_SQUARE,
} from './codeTokens.ts';
import { maskHead } from './maskDeclarations.ts';
import {
  addSemicolon,
  isBehindParameters,
  isCapital,
  maskArguments,
  maskTokens,
  maskWithCall,
  shapeAt,
  type Masking,
  type Scope,
} from './masking.ts';
import {
  ATTRIBUTE,
  CONTROL,
  EXPRESSION,
  INTRODUCER,
  NAME,
  QUALIFIER,
  STATEMENT,
  TAG,
  TYPE,
} from './words.ts';

/** A brace or bracket that is open. */
interface Frame {
  readonly scope: Scope;
  /** Token that opened it. */
  readonly open: number;
}

/** Masks what keeps code from being parsed: one pass over its tokens. */
export function maskCode(masking: Masking): void {
  const { code } = masking;
  const frames: Frame[] = [];
  const scope = (): Scope => frames.at(-1)?.scope ?? 'file';
  let isStart = true;
  /** First token of the statement or declaration that the walk is in. */
  let start = 0;
  for (let at = 0; at < code.count;) {
    if (isStart) {
      start = at;
      isStart = false;
      const next = beginSegment(masking, at, scope());
      if (next > at) {
        isStart = code.is(next - 1, SEMICOLON) || (code.is(next - 1, CLOSE) && code.isWord(next));
        at = next;
        continue;
      }
    }
    switch (code.sign[at]) {
      case OPEN_BRACE: {
        const inner = scopeOf(masking, start, at, scope());
        frames.push({ scope: inner, open: at });
        isStart = inner !== 'list' && inner !== 'enum';
        break;
      }
      case CLOSE_BRACE: {
        const closed = frames.pop();
        isStart = closed === undefined || closed.scope === 'block' || closed.scope === 'file';
        if (closed?.scope === 'block' && frames.every((each) => each.scope === 'file'))
          masking.stops.push(at);
        if (closed?.scope === 'type') {
          start = at;
          const next = maskBehindBody(masking, at + 1);
          if (next > at + 1) {
            at = next;
            continue;
          }
        }
        break;
      }
      case SEMICOLON:
        isStart = scope() !== 'list' && scope() !== 'enum' && !isInParentheses(masking, at);
        break;
      case COLON:
        isStart = isLabel(masking, start, at, scope());
        break;
      case AT:
        at = maskPlacement(masking, at);
        continue;
      default: {
        const next = maskWord(masking, at, scope());
        if (next > at) {
          isStart = code.is(next - 1, CLOSE) || !code.is(next - 1, OPEN);
          at = next;
          continue;
        }
      }
    }
    at++;
  }
}

/** At the first token of a statement, declaration or member. Returns the index behind what it has dealt with. */
function beginSegment(masking: Masking, at: number, scope: Scope): number {
  const { code } = masking;
  const of = code.wordClass(at);
  if (of < 0 || scope === 'list' || scope === 'enum') return at;
  switch (of) {
    case TYPE:
    case QUALIFIER:
    case TAG:
    case ATTRIBUTE:
      return isTypeAlone(masking, at) ? at : maskHead(masking, at, scope);
    case CONTROL:
      return behindControl(masking, at);
    case STATEMENT:
      return code.word(at) === 'else' || code.word(at) === 'do'
        ? beginSegmentAfter(masking, at + 1, scope)
        : at;
    case NAME:
      return beginWithName(masking, at, scope);
    default:
      return at;
  }
}

/** `int(x)` and `char{}` in C++ are expressions. */
function isTypeAlone({ code, dialect }: Masking, at: number): boolean {
  return (
    dialect === 'cpp' && code.wordClass(at) === TYPE && (code.is(at + 1, OPEN) || code.is(at + 1, OPEN_BRACE))
  );
}

function beginSegmentAfter(masking: Masking, at: number, scope: Scope): number {
  const next = beginSegment(masking, at, scope);
  return Math.max(at, next);
}

/** `if (...)`: a statement follows the parentheses, in which calls are looked at by the walk. */
function behindControl(masking: Masking, at: number): number {
  const { code } = masking;
  const open = code.word(at) === 'if' && code.word(at + 1) === 'constexpr' ? at + 2 : at + 1;
  if (!code.is(open, OPEN)) return at;
  const close = code.closing(open);
  if (close < 0) return at;
  for (let inner = open + 1; inner < close;) {
    const next = maskWord(masking, inner, 'block');
    inner = next > inner ? next : inner + 1;
  }
  return beginSegmentAfter(masking, close + 1, 'block');
}

function beginWithName(masking: Masking, at: number, scope: Scope): number {
  const { code } = masking;
  const shape = shapeAt(masking, at);
  const next = at + 1;
  if ((shape === 'begin' || shape === 'end') && (scope === 'block' || !code.is(next, OPEN))) {
    const end = code.is(next, OPEN) ? Math.max(next, code.closing(next) + 1) : next;
    maskTokens(masking, next, end);
    masking.edits.replace(code.start[at] ?? 0, code.end[at] ?? 0, shape === 'begin' ? '{' : '}');
    return end;
  }
  if (code.is(next, OPEN)) return beginWithCall(masking, at, scope);
  if (code.is(next, COLON)) {
    // signals:
    if (scope === 'type' && shape === 'attribute') maskTokens(masking, at, next + 1);
    return at;
  }
  if (scope === 'type' && code.is(next, CLOSE_BRACE)) {
    maskTokens(masking, at, next);
    return next;
  }
  if (scope === 'block' && !code.isWord(next) && !code.is(next, STAR)) {
    if (code.is(next, CLOSE_BRACE) && shape !== undefined) addSemicolon(masking, at);
    return at;
  }
  // UNLOCK return x;
  const of = code.wordClass(next);
  if (scope === 'block' && (of === STATEMENT || of === CONTROL)) {
    if (!addSemicolon(masking, at)) maskTokens(masking, at, next);
    return next - 1 + 1;
  }
  return maskHead(masking, at, scope);
}

/** `NAME(...)` at the beginning. */
function beginWithCall(masking: Masking, at: number, scope: Scope): number {
  const { code, dialect } = masking;
  const close = code.closing(at + 1);
  if (close < 0) return at;
  const next = close + 1;
  const shape = shapeAt(masking, at);
  if (code.is(next, SEMICOLON)) {
    if (scope === 'type' && dialect === 'c') maskTokens(masking, at + 1, next);
    return at;
  }
  if (code.is(next, OPEN_BRACE)) return beginWithBlock(masking, at, close, scope);
  const of = code.wordClass(next);
  if (of < 0 && !code.is(next, CLOSE_BRACE) && !code.is(next, STAR) && next < code.count) {
    if (scope !== 'block' && code.is(next, EQUALS)) return nameFromArgument(masking, at, close);
    const isLoop = shape === 'loop';
    if (isLoop) return asLoop(masking, at, close);
    // `++x;` and `(void)x;` behind a macro on a line of its own.
    if (scope === 'block' && code.beginsLine(next) && shape === 'statement') addSemicolon(masking, close);
    return at;
  }
  if (shape === 'loop') return asLoop(masking, at, close);
  if (scope !== 'block' && (shape === 'attribute' || shape === 'argument' || shape === 'type')) {
    return maskHead(masking, at, scope);
  }
  if (scope === 'file' && code.is(next + 1, OPEN) && isTypeGroup(masking, at + 1, close)) {
    // LOCAL(void)
    // function(int x) {
    maskTokens(masking, at, at + 2);
    maskTokens(masking, close, next);
    return maskHead(masking, next - 2, scope);
  }
  const startsLine = code.beginsLine(next) || next >= code.count || code.is(next, CLOSE_BRACE);
  if (code.is(next, STAR)) {
    if (!code.isWord(next + 1) || startsLine) return at;
    maskTokens(masking, at + 1, next);
    return next;
  }
  if (startsLine || shape === 'statement' || of === STATEMENT || of === CONTROL) {
    if (scope === 'file' && isOldStyleFunction(masking, at + 1, close)) return at;
    endStatement(masking, at, close, scope);
    return next;
  }
  return maskHead(masking, at, scope);
}

/** Tokens in which the parameters of an old function are declared. */
const MAX_OLD_STYLE = 200;

/** `(void)`, `(const char *)` */
function isTypeGroup({ code }: Masking, open: number, close: number): boolean {
  const of = code.wordClass(open + 1);
  return of === TYPE || of === TAG || of === QUALIFIER || code.is(close - 1, STAR);
}

/** `main(argc, argv) int argc; char **argv; {` */
function isOldStyleFunction({ code }: Masking, open: number, close: number): boolean {
  const of = code.wordClass(close + 1);
  if (of !== TYPE && of !== TAG && code.word(close + 1) !== 'register') return false;
  if (close === open + 1) return false;
  for (let at = open + 1; at < close; at++) if (!code.isName(at) && !code.is(at, COMMA)) return false;
  // Declarations of the names follow, then the body.
  for (let at = close + 1; at < Math.min(code.count, close + MAX_OLD_STYLE); at++) {
    if (code.is(at, OPEN_BRACE)) return code.is(at - 1, SEMICOLON);
    const isPart = code.isWord(at) || code.is(at, SEMICOLON) || code.is(at, STAR) || code.is(at, COMMA);
    if (!isPart && !code.is(at, OPEN_SQUARE) && !code.is(at, CLOSE_SQUARE)) return false;
  }
  return false;
}

/** Ends a macro that is used as a statement or declaration without `;`. */
function endStatement(masking: Masking, at: number, close: number, scope: Scope): void {
  const { code } = masking;
  if (scope === 'type') {
    if (addSemicolon(masking, close)) maskTokens(masking, at + 1, close + 1);
    else maskTokens(masking, at, close + 1);
    return;
  }
  maskArguments(masking, at + 1);
  if (addSemicolon(masking, close)) return;
  if (scope === 'block') return;
  // `NAME(a, b)` with no room for a `;`: `NAME a, b;` declares as much.
  let isList = close > at + 2;
  for (let inner = at + 2; inner < close; inner++) {
    const isRight = (inner - at) % 2 === 0 ? code.isName(inner) : code.is(inner, COMMA);
    isList &&= isRight;
  }
  if (!isList) {
    maskTokens(masking, at, close + 1);
    return;
  }
  maskTokens(masking, at + 1, at + 2);
  masking.edits.replace(code.start[close] ?? 0, code.end[close] ?? 0, ';');
}

/** `NAME(...) {`: the head of a loop in functions, of a function elsewhere. */
function beginWithBlock(masking: Masking, at: number, close: number, scope: Scope): number {
  const { code, dialect } = masking;
  const shape = shapeAt(masking, at);
  if (scope === 'block') {
    if (shape === 'loop' || /for_?each|^for_|foreach|_for$/i.test(code.word(at)))
      return asLoop(masking, at, close);
    maskArguments(masking, at + 1);
    addSemicolon(masking, close);
    return close + 1;
  }
  if (scope !== 'file' || close === at + 2) return close + 1;
  if (dialect === 'cpp' && !isCapital(code.word(at))) return at;
  // PROCESS_THREAD(name, event, data) {: a function of that name.
  if (!code.isName(at + 2)) {
    maskTokens(masking, at + 1, close + 1);
    return close + 1;
  }
  maskTokens(masking, at + 3, close);
  return close + 1;
}

function asLoop(masking: Masking, at: number, close: number): number {
  const { code, edits } = masking;
  const length = (code.end[at] ?? 0) - (code.start[at] ?? 0);
  if (close > at + 2 && length >= 2) {
    edits.replace(code.start[at] ?? 0, code.end[at] ?? 0, length >= 5 ? 'while' : 'if');
    maskArguments(masking, at + 1);
  } else if (code.is(close + 1, OPEN_BRACE)) addSemicolon(masking, close);
  return close + 1;
}

/** `NAME(x, y) = {...};` declares the last name among its arguments. */
function nameFromArgument(masking: Masking, at: number, close: number): number {
  const { code } = masking;
  let name = -1;
  for (let inner = at + 2; inner < close; inner++) if (code.isName(inner)) name = inner;
  if (name < 0) return at;
  maskTokens(masking, at + 1, name);
  maskTokens(masking, name + 1, close + 1);
  return close + 1;
}

/** Inside of code: calls, strings in a row, members behind macros. Returns the index behind what it has dealt with. */
function maskWord(masking: Masking, at: number, scope: Scope): number {
  const { code } = masking;
  if (code.isString(at)) return at;
  const of = code.wordClass(at);
  if (of !== NAME) {
    if (of === CONTROL && scope === 'block') return behindControl(masking, at);
    if (of === EXPRESSION && code.word(at).includes('asm')) return behindAssembler(masking, at);
    return at;
  }
  if (scope === 'enum') return maskEnumerator(masking, at);
  if (!code.is(at + 1, OPEN)) {
    if (scope === 'list' && code.isName(at + 1) && isCapital(code.word(at + 1)) && code.isWord(at)) {
      maskTokens(masking, at + 1, at + 2);
    }
    return at;
  }
  const close = code.closing(at + 1);
  if (close < 0) return at;
  if (code.isString(close + 1) || (at > 0 && code.isString(at - 1))) {
    maskTokens(masking, at, close + 1);
    return close + 1;
  }
  const before = at > 0 ? code.word(at - 1) : '';
  if ((before === '->' || before === '.') && shapeAt(masking, at) === 'argument') {
    maskTokens(masking, at, at + 2);
    maskTokens(masking, close, close + 1);
    return at + 2;
  }
  const isDeclared =
    at > 0 && code.isWord(at - 1) && ![STATEMENT, EXPRESSION, CONTROL].includes(code.wordClass(at - 1));
  if (!isDeclared && (scope === 'block' || scope === 'list')) maskArguments(masking, at + 1);
  return at;
}

/** `NAME(X, 1),` in an enum stands for `X`; `X ATTRIBUTE(1) = 2,` has its name. */
function maskEnumerator(masking: Masking, at: number): number {
  const { code } = masking;
  const isFirst = code.is(at - 1, COMMA) || code.is(at - 1, OPEN_BRACE);
  if (!isFirst) {
    const isExtra = code.wordClass(at - 1) === NAME || code.is(at - 1, CLOSE);
    return isExtra ? maskWithCall(masking, at) : at;
  }
  if (!code.is(at + 1, OPEN)) return at;
  const close = code.closing(at + 1);
  if (close < 0) return at;
  if (!code.isName(at + 2)) {
    maskTokens(masking, at + 1, close + 1);
    return close + 1;
  }
  maskTokens(masking, at, at + 2);
  maskTokens(masking, at + 3, close + 1);
  return close + 1;
}

/** `asm volatile ("..." : : )` is read by the grammar; `__asm { ... }` and `__asm mov eax, 1` are not. */
function behindAssembler(masking: Masking, at: number): number {
  const { code } = masking;
  if (code.isName(at + 1) && !code.word(at + 1).includes('volatile')) {
    let end = at + 1;
    while (end < code.count && !code.beginsLine(end) && !code.is(end, CLOSE_BRACE)) end++;
    maskTokens(masking, at, end);
    return end;
  }
  if (!code.is(at + 1, OPEN_BRACE)) return at;
  const close = code.closing(at + 1);
  if (close < 0) return at;
  maskTokens(masking, at, close + 1);
  return close + 1;
}

/** What a `{` begins. */
function scopeOf(masking: Masking, start: number, brace: number, outer: Scope): Scope {
  const { code } = masking;
  if (brace === 0) return 'block';
  if (outer === 'list') return code.is(brace - 1, OPEN) ? 'block' : 'list';
  if (code.is(brace - 1, EQUALS) || code.is(brace - 1, COMMA) || code.is(brace - 1, CLOSE_SQUARE))
    return 'list';
  if (code.is(brace - 1, OPEN)) return 'block';
  let inner: Scope = 'block';
  for (let at = start; at < brace; at++) {
    if (code.is(at, OPEN)) {
      const close = code.closing(at);
      if (close > at && close < brace) {
        at = close;
        if (inner === 'block') continue;
        return code.is(brace - 1, CLOSE) ? 'block' : inner;
      }
    }
    if (code.is(at, EQUALS)) return 'list';
    const of = code.wordClass(at);
    if (of === TAG) {
      if (code.word(at) === 'enum') return isBehindParameters(code, brace) ? 'block' : 'enum';
      inner = 'type';
    } else if (of === INTRODUCER && code.word(at) === 'namespace') return outer;
    else if (code.isString(at) && at > 0 && code.word(at - 1) === 'extern') return outer;
    else if (of === STATEMENT && code.word(at) === 'return') return 'list';
  }
  return inner;
}

/** `} PACKED name;` */
function maskBehindBody(masking: Masking, at: number): number {
  const { code } = masking;
  const names: number[] = [];
  let next = at;
  for (;;) {
    const of = code.wordClass(next);
    if (of === ATTRIBUTE) {
      next = Math.max(next + 1, code.closing(next + 1) + 1);
    } else if (of === QUALIFIER) next++;
    else if (of === NAME && code.is(next + 1, OPEN) && code.closing(next + 1) > 0) {
      const end = code.closing(next + 1) + 1;
      maskTokens(masking, next, end);
      next = end;
    } else if (of === NAME) {
      names.push(next);
      next++;
    } else break;
  }
  if (names.length > 1) {
    const macro = names
      .slice(0, -1)
      .every((name) => isCapital(code.word(name)) || !isCapital(code.word(names.at(-1) ?? 0)));
    const keep = macro ? names.at(-1) : names[0];
    for (const name of names) if (name !== keep) maskTokens(masking, name, name + 1);
  }
  return next;
}

/** Tokens of an address; more are something else. */
const MAX_PLACEMENT = 12;

/** `int x @ 0x40;`, `int x @ "section" = 1;` of compilers for small devices. Any other `@` stays and does not parse. */
function maskPlacement(masking: Masking, at: number): number {
  const { code } = masking;
  if (!code.isWord(at - 1) && !code.is(at - 1, CLOSE_SQUARE) && !code.is(at - 1, CLOSE)) return at + 1;
  for (let end = at + 1; end < Math.min(code.count, at + 1 + MAX_PLACEMENT); end++) {
    if (PLACEMENT_ENDS.some((sign) => code.is(end, sign))) {
      if (end > at + 1) maskTokens(masking, at, end);
      return end;
    }
    if (code.is(end, AT)) break;
    // An address may be computed: (BASE + 4).
    if (code.is(end, OPEN)) end = Math.max(end, code.closing(end));
  }
  return at + 1;
}

const PLACEMENT_ENDS = [SEMICOLON, EQUALS, COMMA, OPEN_BRACE, CLOSE_BRACE];

function isLabel({ code }: Masking, start: number, colon: number, scope: Scope): boolean {
  if (scope === 'type') return colon === start + 1 && code.wordClass(start) === INTRODUCER;
  if (scope !== 'block') return false;
  const word = code.word(start);
  return word === 'case' || word === 'default' || colon === start + 1;
}

/** True between the parentheses of a `for`. */
function isInParentheses({ code }: Masking, at: number): boolean {
  for (let back = at - 1; back >= Math.max(0, at - 400); back--) {
    if (code.is(back, OPEN)) return code.closing(back) > at;
    const partner = code.partner[back] ?? -1;
    if (partner >= 0 && partner < back) back = partner;
    else if (code.is(back, OPEN_BRACE) || code.is(back, SEMICOLON)) return false;
  }
  return false;
}
