import { HOLDERS_OF_FUNCTIONS, isFunctionHead, isNamedDeclaration } from './functionHead.ts';
import { IDENTIFIER, PUNCTUATION, STRING, type Tokens } from './tokens.ts';

/**
 * Code that is not finished, as it stands there while it is typed: a `(` that nothing closes before the block around it ends, a `)` that nothing opened,
 * a `do` without its `while`, a function or a declaration behind which another function begins. The code behind it would be read as its own.
 */
export interface Unfinished {
  /** Tokens that have no partner, in order. */
  readonly strays: readonly number[];
  readonly insertions: readonly Insertion[];
  /** Outside of functions nothing is unfinished. */
  readonly isSettled: boolean;
}

/** What is missing, with the place in the layout that it can take. */
export interface Insertion {
  readonly at: number;
  readonly code: string;
}

/** What is open at a place, from the inside outwards. */
interface Open {
  /** Character code of a bracket; `DO` for a `do`. */
  readonly sign: number;
  readonly index: number;
  /** Of a block the first token of what stands before it, as far as that is looked at. */
  readonly head: number;
  /** Lines of conditionals before it. */
  readonly lines: number;
  /** Statements that end in it, when it is a parenthesis. */
  readonly ends: number;
  /** It is a parenthesis in which more statements end, before a line of a conditional, than in any but those of macros. */
  readonly holdsStatements: boolean;
  /** The block of the function in which things in it stand: itself, when it is one; undefined outside of functions. */
  readonly body: Open | undefined;
  /** How many, with this, are open in the block. */
  readonly depth: number;
  /** How many blocks are open, with this. */
  readonly blocks: number;
  readonly below: Open | undefined;
}

/** A `#if` that is open. */
interface Conditional {
  readonly before: Open | undefined;
  /** How many blocks are open at the end of its first arm. */
  readonly blocks: number | undefined;
  readonly hasElse: boolean;
}

const DO = 1;
const OPEN = 40;
const CLOSE = 41;
const SEMICOLON = 59;
const OPEN_SQUARE = 91;
const CLOSE_SQUARE = 93;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const CONDITIONAL = /^(?:if|ifdef|ifndef|elif|elifdef|elifndef|else|endif)$/;
/** A macro may be the `while` of a `do`. */
const MACRO = /^while.|^[A-Z_\d]+$/;
const INCLUSION = /^(?:include|include_next|import|embed)$/;
/** Longer heads are not known for such, in tokens. */
const MAX_HEAD = 200;
/** A file with more open in one block, or more blocks open, is left as it is. */
const MAX_DEPTH = 100;

/**
 * Says only what is certain: where lines of conditionals stand between two brackets, one may belong to another arm. Linear in the text.
 *
 * @param first token that is looked at
 */
export function findUnfinished(text: string, tokens: Tokens, first: number): Unfinished {
  const asItIs = new Finder(text, tokens, false);
  const isRead = asItIs.read(first);
  // As long as all braces are closed in the end, a function in another one is meant to stand there.
  const finder = isRead && asItIs.isOpen ? new Finder(text, tokens, true) : asItIs;
  if (!isRead || (finder !== asItIs && !finder.read(first)))
    return { strays: [], insertions: [], isSettled: false };
  const { strays, insertions, isSettled } = finder;
  return { strays, insertions, isSettled: isSettled && finder === asItIs };
}

class Finder {
  readonly insertions: Insertion[] = [];
  isSettled = true;
  readonly #strays = new Set<number>();
  readonly #text: string;
  readonly #tokens: Tokens;
  /** Functions are ended where another one begins a line. */
  readonly #endsFunctions: boolean;
  #open: Open | undefined;
  readonly #conditionals: Conditional[] = [];
  /** Lines of conditionals so far, and at the last sign that ends something. */
  #lines = 0;
  #linesAtEnd = 0;
  /** The last sign that ends something. */
  #lastEnd = -1;
  /** The token behind the last arm in a function that does not open as many blocks as the others of its conditional. */
  #uneven = -1;
  #leavesFunctionOpen = false;
  /** The token behind the last begin of another arm. */
  #lastElse = -1;
  /** The token behind the last line that takes in another file. */
  #lastInclusion = -1;

  constructor(text: string, tokens: Tokens, endsFunctions: boolean) {
    this.#text = text;
    this.#tokens = tokens;
    this.#endsFunctions = endsFunctions;
  }

  /** Indexes of tokens, in order. */
  get strays(): readonly number[] {
    return [...this.#strays].sort((a, b) => a - b);
  }

  /** Not all is closed at the end of the text, or not all functions at the end of an arm. */
  get isOpen(): boolean {
    return this.#open !== undefined || this.#leavesFunctionOpen;
  }

  /** False where too much is open. */
  read(first: number): boolean {
    const { count, kind, directives } = this.#tokens;
    let next = 0;
    this.#lastEnd = first - 1;
    for (let index = first; index < count; index++) {
      for (let line = directives[next]; line && line.tokensBefore <= index; line = directives[++next])
        this.#passDirective(line.name, index);
      if (kind[index] === PUNCTUATION) this.#passSign(index);
      else if (kind[index] === IDENTIFIER) this.#passWord(index);
      if (this.#open && Math.max(this.#open.depth, this.#open.blocks) > MAX_DEPTH) return false;
    }
    for (let line = directives[next]; line; line = directives[++next]) this.#passDirective(line.name, count);
    return true;
  }

  #passDirective(name: string, index: number): void {
    if (INCLUSION.test(name)) {
      // What is missing may stand there.
      this.#lines++;
      this.#lastInclusion = index;
    }
    if (!CONDITIONAL.test(name)) return;
    this.#lines++;
    if (!name.startsWith('e')) {
      this.#conditionals.push({ before: this.#open, blocks: undefined, hasElse: false });
      return;
    }
    const conditional = this.#conditionals.pop();
    if (conditional === undefined) return;
    const now = this.#open?.blocks ?? 0;
    const { before, blocks = now, hasElse } = conditional;
    const isEven = now === blocks && (name !== 'endif' || hasElse || now === (before?.blocks ?? 0));
    if (before?.body !== undefined && !isEven) this.#uneven = index;
    if (before?.body === undefined && this.#open?.body !== undefined) this.#leavesFunctionOpen = true;
    if (name === 'endif') return;
    this.#lastElse = index;
    this.#open = before;
    this.#conditionals.push({ before, blocks, hasElse: hasElse || name === 'else' });
  }

  #passWord(index: number): void {
    const start = this.#tokens.start[index] ?? 0;
    const length = (this.#tokens.end[index] ?? 0) - start;
    if (length === 2 && this.#text.startsWith('do', start)) this.#push(DO, index);
    else if (length === 5 && this.#open?.sign === DO && this.#text.startsWith('while', start))
      this.#open = this.#open.below;
  }

  #passSign(index: number): void {
    const sign = this.#signAt(index);
    switch (sign) {
      case OPEN:
      case OPEN_SQUARE:
        this.#push(sign, index);
        break;
      case OPEN_BRACE:
        this.#beginBlock(index);
        break;
      case CLOSE:
        this.#close(index, OPEN);
        break;
      case CLOSE_SQUARE:
        this.#close(index, OPEN_SQUARE);
        break;
      case CLOSE_BRACE:
        this.#endBlock(index);
        break;
      case SEMICOLON:
        this.#endStatement(index);
    }
  }

  #push(sign: number, index: number): void {
    const below = this.#open;
    this.#open = {
      sign,
      index,
      head: index,
      lines: this.#lines,
      ends: sign === OPEN && this.#wordAt(index - 1) === 'for' ? -2 : 0,
      holdsStatements: false,
      body: below?.body,
      depth: (below?.depth ?? 0) + 1,
      blocks: below?.blocks ?? 0,
      below,
    };
  }

  #endStatement(index: number): void {
    if (this.#open?.sign === OPEN) {
      const ends = this.#open.ends + 1;
      const holdsStatements = this.#open.holdsStatements || (ends > 0 && this.#open.lines === this.#lines);
      this.#open = { ...this.#open, ends, holdsStatements };
    }
    this.#end(index);
  }

  #end(index: number): void {
    this.#lastEnd = index;
    this.#linesAtEnd = this.#lines;
  }

  #close(index: number, wanted: number): void {
    let opening = this.#open;
    while (opening !== undefined && opening.sign !== wanted && opening.sign !== OPEN_BRACE)
      opening = opening.below;
    if (opening?.sign === wanted) {
      this.#closeDownTo(opening);
      this.#open = opening.below;
      // Statements have ended in it: they are not what stands behind it.
      if (opening.index < this.#lastEnd) this.#end(index);
      return;
    }
    if (opening?.body === undefined) this.isSettled = false;
    if (this.#lines === this.#linesAtEnd) this.#strays.add(index);
  }

  /** What is open within a block or a bracket has no partner any more. */
  #closeDownTo(around: Open | undefined): void {
    let lines = this.#lines;
    for (let at = this.#open; at !== undefined && at !== around; at = at.below) {
      this.#unsettle(at);
      // What is open around a parenthesis that nothing closes is so too.
      if (at.holdsStatements) ({ lines } = at);
      if (at.lines === this.#lines || at.lines === lines) this.#strays.add(at.index);
    }
    this.#open = around;
  }

  #unsettle({ body }: Open): void {
    if (body === undefined) this.isSettled = false;
  }

  #beginBlock(index: number): void {
    const begin = this.#functionBefore(index);
    if (begin !== undefined) this.#endBefore(begin);
    const below = this.#open;
    const head = Math.max(this.#lastEnd + 1, index - MAX_HEAD);
    const block = {
      sign: OPEN_BRACE,
      index,
      head,
      lines: this.#lines,
      ends: 0,
      holdsStatements: false,
      depth: 0,
      blocks: (below?.blocks ?? 0) + 1,
      below,
    };
    let body = below?.body;
    if (body === undefined && !this.#holdsFunctions(head, index)) body = { ...block, body: undefined };
    this.#open = { ...block, body };
    this.#end(index);
  }

  /** Functions may stand in the block that begins at a `{`. */
  #holdsFunctions(head: number, index: number): boolean {
    for (let at = index - 1; at >= head; at--) {
      const sign = this.#signAt(at);
      if (sign === OPEN || sign === CLOSE) return false;
      if (HOLDERS_OF_FUNCTIONS.has(this.#wordAt(at))) return true;
    }
    return false;
  }

  /**
   * The token with which a function begins whose body begins at a `{`: the first of a line, and the first behind the last statement, behind what is open
   * or behind an empty line or a comment.
   */
  #functionBefore(index: number): number | undefined {
    const { kind, start } = this.#tokens;
    const from = Math.max(this.#lastEnd, index - MAX_HEAD) + 1;
    let found: number | undefined;
    for (let at = from; at < index; at++) {
      const isFirst = this.#text[(start[at] ?? 0) - 1] === '\n' || start[at] === 0;
      if (!isFirst || kind[at] !== IDENTIFIER) continue;
      const isNew = at === this.#lastEnd + 1 || APART.test(this.#layoutBefore(at));
      if (isNew && isFunctionHead(this.#code(at, index))) found = at;
    }
    return found;
  }

  /** Nothing before a function is still open. */
  #endBefore(begin: number): void {
    this.#closeDownTo(blockAround(this.#open));
    const body = this.#open?.body;
    if (body === undefined) this.#hideDeclaration(this.#lastEnd + 1, begin);
    else if (this.#endsFunctions && this.#uneven <= body.index) this.#endFunction(body, begin);
  }

  /** Of what is not finished outside of functions all is left out. In another arm there may be a head for the same body, in another file what is missing. */
  #hideDeclaration(from: number, to: number): void {
    if (this.#lastElse >= from || this.#lastInclusion > from) return;
    if (!isNamedDeclaration(this.#code(from, Math.min(to, from + MAX_HEAD)))) return;
    this.isSettled = false;
    for (let index = from; index < to; index++) this.#strays.add(index);
  }

  /** Closes a function in the layout behind it; where that has no place for it, the function is left out. */
  #endFunction(body: Open, begin: number): void {
    const code = '}'.repeat((this.#open?.blocks ?? 0) - body.blocks + 1);
    const layout = this.#layoutBefore(begin);
    const room = /^[ \t\r\n]*/.exec(layout)?.[0] ?? '';
    // A directive needs its line.
    if ((layout[room.length] === '#' ? room.lastIndexOf('\n') : room.length) >= code.length)
      this.insertions.push({ at: this.#tokens.end[begin - 1] ?? 0, code });
    // What closes it may stand in another file.
    else if (this.#lastInclusion <= body.index)
      for (let index = body.head; index < begin; index++) this.#strays.add(index);
    let block = this.#open;
    while (block !== undefined && block.index !== body.index) block = block.below;
    this.#open = block?.below;
  }

  #endBlock(index: number): void {
    this.#end(index);
    const block = blockAround(this.#open);
    this.#closeDownTo(block);
    if (block === undefined) {
      this.isSettled = false;
      return;
    }
    this.#open = block.below;
    if (this.#open?.sign !== DO || this.#open.index !== block.index - 1) return;
    const next = this.#wordAt(index + 1);
    if (MACRO.test(next) || this.#isCallBehind(index)) this.#open = this.#open.below;
    else if (next !== 'while') this.#closeDownTo(this.#open.below);
  }

  /** On the same line a call follows, of a macro that is the `while` of a `do`. */
  #isCallBehind(index: number): boolean {
    const isNext = this.#tokens.kind[index + 1] === IDENTIFIER && this.#signAt(index + 2) === OPEN;
    return isNext && !this.#layoutBefore(index + 1).includes('\n');
  }

  /** Tokens with one blank between them, without what is in strings. */
  #code(from: number, to: number): string {
    const words: string[] = [];
    for (let at = from; at < to; at++) words.push(this.#tokens.kind[at] === STRING ? '""' : this.#wordAt(at));
    return words.join(' ');
  }

  #wordAt(index: number): string {
    const { start, end } = this.#tokens;
    return index < 0 ? '' : this.#text.slice(start[index], end[index]);
  }

  /** What stands between a token and the one before it. */
  #layoutBefore(index: number): string {
    const { start, end } = this.#tokens;
    return index <= 0 ? '' : this.#text.slice(end[index - 1], start[index]);
  }

  #signAt(index: number): number {
    const { start, end } = this.#tokens;
    const from = start[index] ?? 0;
    return (end[index] ?? 0) - from === 1 ? this.#text.charCodeAt(from) : 0;
  }
}

/** An empty line, or a comment that begins one. */
const APART = /\n[ \t\r]*(?:\n|\/[*/])/;

function blockAround(open: Open | undefined): Open | undefined {
  let at = open;
  while (at !== undefined && at.sign !== OPEN_BRACE) at = at.below;
  return at;
}
