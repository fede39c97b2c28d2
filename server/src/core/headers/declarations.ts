import { definitionsIn, type MacroDefinition } from '../preprocess/macros.ts';
import { IDENTIFIER, PUNCTUATION, STRING, tokensOf, type Tokens } from '../preprocess/tokens.ts';
import { QUALIFIER, TAG, TYPE, WORDS } from '../preprocess/words.ts';
import { WEAK } from './attributes.ts';

/** What a C or C++ file offers to the files that include it. Plain data, read from tokens alone: nothing is parsed. */
export interface FileDeclarations {
  readonly includes: readonly Include[];
  readonly macros: readonly MacroDefinition[];
  readonly snippets: readonly Snippet[];
  /** Its short functions. */
  readonly functions: readonly FunctionText[];
}

/** A function with its body. */
export interface FunctionText {
  readonly name: string;
  /** The definition as the file has it. */
  readonly text: string;
  /** Only its own file can call it; of a header every file that includes it. */
  readonly isStatic: boolean;
  /** Names that it may call. */
  readonly calls: readonly string[];
}

/** What a file asks others for. */
export interface FileUses {
  readonly includes: readonly Include[];
  /** Names that it may call, in the order of their characters. */
  readonly calls: readonly string[];
}

export interface Include {
  /** As written: `lib/net.h`. */
  readonly name: string;
  /** Written with `<` and `>`. */
  readonly isSystem: boolean;
}

/** One declaration outside of functions: a type, a prototype, a constant. */
export interface Snippet {
  /** What it declares; a tag is `struct s`, `union u` or `enum e`. */
  readonly names: readonly string[];
  /** As the file has it, and closed by `;`. Empty when it has directives inside: it is not known what it declares. */
  readonly text: string;
}

/** Longer declarations are tables or generated code: nothing is kept of them. In characters. */
const MAX_SNIPPET = 20_000;
/** Further declarations of one file are not kept. */
const MAX_SNIPPETS = 20_000;

/** Bodies of longer functions are not kept. In characters. */
const MAX_FUNCTION = 3_000;
/** Further functions of one file are not kept. */
const MAX_FUNCTIONS = 5_000;

/** Reads what a text declares outside of functions, in all arms of its conditionals. Never throws. */
export function declarationsIn(text: string): FileDeclarations {
  const tokens = tokensOf(text);
  return {
    includes: includesIn(text),
    macros: definitionsIn(text, tokens),
    ...new Reader(text, tokens).read(),
  };
}

/** What a text asks other files for. */
export function usesIn(text: string): FileUses {
  return { includes: includesIn(text), calls: callsIn(text) };
}

function callsIn(text: string): readonly string[] {
  return [...new Set(callsOf(text))].sort();
}

/** Names in front of a parenthesis, in comments and strings too, as often as they stand there. */
export function* callsOf(text: string): Generator<string> {
  for (const [, name = ''] of text.matchAll(CALL)) yield name;
}

const CALL = /\b(?!(?:if|for|while|switch|return|sizeof|defined)\b)([A-Za-z_]\w*)\s*\(/g;

/** The files that a text includes, in all arms of its conditionals, and in comments too. */
export function includesIn(text: string): readonly Include[] {
  return [...text.matchAll(INCLUDE)].map(([, quoted, system]) => ({
    name: quoted ?? system ?? '',
    isSystem: quoted === undefined,
  }));
}

const INCLUDE = /^[ \t]*#[ \t]*(?:include(?:_next)?|import)[ \t]*(?:"([^"\n]+)"|<([^>\n]+)>)/gm;

/** Files of C and C++ that others do not include, by their ending. */
export function isSource(path: string): boolean {
  return /\.(?:c|cc|cpp|cxx|c\+\+)$/i.test(path);
}

/** Files that others include, by their ending. */
export function isHeader(path: string): boolean {
  return /\.(?:h|hh|hpp|hxx|h\+\+|inl|ipp|tcc)$/i.test(path);
}

/** Walks over the declarations of a file. An index past the end is a token of no kind. */
class Reader {
  readonly #text: string;
  readonly #tokens: Tokens;
  readonly #snippets: Snippet[] = [];
  readonly #functions: FunctionText[] = [];

  constructor(text: string, tokens: Tokens) {
    this.#text = text;
    this.#tokens = tokens;
  }

  read(): Pick<FileDeclarations, 'snippets' | 'functions'> {
    const { count } = this.#tokens;
    let start = 0;
    for (let at = 0; at < count && this.#snippets.length < MAX_SNIPPETS;) {
      if (this.#is(at, ';')) {
        this.#add(start, at);
        start = ++at;
      } else if (this.#is(at, '}') || (this.#is(at, '{') && this.#opensNamespace(start, at))) {
        start = ++at;
      } else if (this.#is(at, '{')) {
        const behind = this.#behindGroup(at, count);
        if (this.#isFunction(start, at)) {
          this.#add(start, at);
          this.#addFunction(start, at, behind);
          start = behind;
        }
        at = behind;
      } else at++;
    }
    return { snippets: this.#snippets, functions: this.#functions };
  }

  /**
   * @param brace opens the body
   * @param end behind the body
   */
  #addFunction(start: number, brace: number, end: number): void {
    if (!this.#is(end - 1, '}') || this.#functions.length >= MAX_FUNCTIONS) return;
    const from = this.#behindMacros(start, brace);
    const text = this.#text.slice(this.#tokens.start[from], this.#tokens.end[end - 1]);
    if (text.length > MAX_FUNCTION) return;
    // `name(...) {`, and no method, template or K&R definition.
    let open = from;
    while (open < brace && !(this.#is(open, '(') && this.#behindGroup(open, brace) === brace))
      open = this.#is(open, '(') ? this.#behindGroup(open, brace) : open + 1;
    const isPlain = open < brace && this.#isName(open - 1);
    let isStatic = false;
    for (let at = start; at < open; at++) {
      const word = this.#word(at);
      if (word === 'static') isStatic = true;
      if (word === '::' || word === 'template' || word === 'operator' || WEAK.test(word)) return;
    }
    if (isPlain && open - 1 > from)
      this.#functions.push({ name: this.#word(open - 1), text, isStatic, calls: callsIn(text) });
  }

  /** @param end behind the last token that is kept */
  #add(start: number, end: number): void {
    const from = this.#behindMacros(start, end);
    if (from >= end) return;
    const text = this.#text.slice(this.#tokens.start[from], this.#tokens.end[end - 1]);
    if (text.length > MAX_SNIPPET) return;
    const names = this.#namesOf(from, end);
    // What arms of conditionals make of it is not known.
    if (names.length > 0) this.#snippets.push({ names, text: text.includes('#') ? '' : `${text};` });
  }

  /** Behind macros such as `BEGIN_DECLS` that stand before the declaration. */
  #behindMacros(start: number, end: number): number {
    let at = start;
    while (at < end && this.#isName(at) && /^[A-Z_][A-Z0-9_]*$/.test(this.#word(at))) at++;
    return BEGINS.has(this.#classOf(at)) ? at : start;
  }

  /**
   * The names that a declaration may declare: those outside of brackets before a `,`, `=`, `[`, `(`, `:` or the end, the one in `(*name)`,
   * tags with a body, and enumerators. Attributes behind it may be among them, which does no harm.
   */
  #namesOf(from: number, end: number): string[] {
    const names: string[] = [];
    let isValue = false;
    for (let at = from; at < end; at++) {
      if (this.#classOf(at) === TAG) {
        const open = this.#isName(at + 1) ? at + 2 : at + 1;
        if (!this.#is(open, '{')) continue;
        if (open === at + 2) names.push(`${this.#word(at)} ${this.#word(at + 1)}`);
        if (this.#word(at) === 'enum')
          names.push(...this.#enumerators(open + 1, this.#behindGroup(open, end) - 1));
        at = open - 1;
      } else if (this.#is(at, ',')) isValue = false;
      else if (this.#is(at, '=')) isValue = true;
      else if (this.#opens(at)) {
        const name = this.#nameBehindStars(at);
        if (!isValue && name !== undefined) names.push(name);
        at = this.#behindGroup(at, end) - 1;
      } else if (!isValue && this.#isName(at) && (at + 1 === end || ENDS_NAME.has(this.#word(at + 1))))
        names.push(this.#word(at));
    }
    return names;
  }

  /** `name` of `(*name)` and `(* const name[4])`. */
  #nameBehindStars(open: number): string | undefined {
    if (!this.#is(open, '(') || !this.#is(open + 1, '*')) return undefined;
    let at = open + 1;
    while (this.#is(at, '*') || this.#classOf(at) === QUALIFIER) at++;
    return this.#isName(at) ? this.#word(at) : undefined;
  }

  /** `A` and `B` of `A, B = 2`. */
  #enumerators(from: number, end: number): string[] {
    const names: string[] = [];
    for (let at = from; at < end; at++) {
      if (this.#opens(at)) at = this.#behindGroup(at, end) - 1;
      else if (this.#isName(at) && (at === from || this.#is(at - 1, ','))) names.push(this.#word(at));
    }
    return names;
  }

  /** `extern "C" {`, `namespace x {`: what is inside is declared outside of functions too. */
  #opensNamespace(start: number, brace: number): boolean {
    if (this.#word(brace - 2) === 'extern' && this.#tokens.kind[brace - 1] === STRING) return true;
    for (let at = start; at < brace; at++) if (this.#word(at) === 'namespace') return true;
    return false;
  }

  /** `... name(...) {`, perhaps with words between the parentheses and the brace; no initialiser, and no `struct ATTRIBUTE(x) name {`. */
  #isFunction(start: number, brace: number): boolean {
    let isFunction = false;
    let isTag = false;
    for (let at = start; at < brace; at++) {
      if (this.#is(at, '=')) return false;
      if (this.#classOf(at) === TAG) isTag = true;
      if (!this.#is(at, '(')) continue;
      at = this.#behindGroup(at, brace) - 1;
      isFunction = true;
    }
    return isFunction && (!isTag || this.#is(brace - 1, ')'));
  }

  /** Index behind the bracket that closes the one at `open`, at most `end`. */
  #behindGroup(open: number, end: number): number {
    let depth = 0;
    for (let at = open; at < end; at++) {
      if (this.#opens(at)) depth++;
      else if ((this.#is(at, ')') || this.#is(at, ']') || this.#is(at, '}')) && --depth === 0) return at + 1;
    }
    return end;
  }

  #opens(at: number): boolean {
    return this.#is(at, '(') || this.#is(at, '[') || this.#is(at, '{');
  }

  #is(at: number, sign: string): boolean {
    const { kind, start, end, count } = this.#tokens;
    if (at < 0 || at >= count || kind[at] !== PUNCTUATION) return false;
    return (end[at] ?? 0) - (start[at] ?? 0) === 1 && this.#text[start[at] ?? 0] === sign;
  }

  #word(at: number): string {
    const { start, end, count } = this.#tokens;
    return at < 0 || at >= count ? '' : this.#text.slice(start[at], end[at]);
  }

  /** -1 for what is no word. */
  #classOf(at: number): number {
    if (at < 0 || at >= this.#tokens.count || this.#tokens.kind[at] !== IDENTIFIER) return -1;
    return WORDS.cpp.get(this.#word(at)) ?? 0;
  }

  #isName(at: number): boolean {
    return this.#classOf(at) === 0;
  }
}

/** What may follow a declared name. */
const ENDS_NAME: ReadonlySet<string> = new Set([',', '=', '[', '(', ':']);

/** Words that begin a declaration. */
const BEGINS: ReadonlySet<number> = new Set([TYPE, QUALIFIER, TAG]);
