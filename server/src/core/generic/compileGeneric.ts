import type { RuleOptions } from '../rules/options.ts';
import { bracesOf, indentation, tokenPattern } from './genericText.ts';

/** A piece of a pattern for text. */
export type GenericElement =
  /** The same token. `closes` is the pattern's own opening brace that it belongs to, `opens` tells that one. */
  | {
      readonly is: 'token';
      readonly text: string;
      readonly opens: boolean;
      readonly closes: boolean;
      readonly newLine: boolean;
    }
  /** One word; `undefined` for `$_`. */
  | { readonly is: 'word'; readonly name: string | undefined; readonly newLine: boolean }
  /** `...` and `$...X`. */
  | {
      readonly is: 'dots';
      readonly name: string | undefined;
      /** How many stand in a row. */
      readonly times: number;
      /** `....`: over any lines. */
      readonly long: boolean;
    }
  /** Lines that are indented more than the one before. */
  | { readonly is: 'indent' }
  | { readonly is: 'dedent' };

export interface GenericPattern {
  readonly elements: readonly GenericElement[];
  readonly options: RuleOptions;
  /** Words that every match contains, the longest first; empty where case does not count. */
  readonly required: readonly string[];
}

/** Elements of a pattern. */
const MAX_ELEMENTS = 1_000;
const HOLE = /\$\.{3,4}[A-Z_][A-Z_0-9]*|\$[A-Z_][A-Z_0-9]*|\.{4,}|\.\.\./y;

/** @returns the pattern, or what is wrong with it, as a sentence */
export function compileGeneric(
  pattern: string,
  options: RuleOptions,
): { pattern: GenericPattern } | { error: string } {
  const reading = new PatternReader(pattern, options);
  const elements = trimmed(reading.elements);
  if (elements.length > MAX_ELEMENTS)
    return { error: `The pattern has more than ${MAX_ELEMENTS} words and signs.` };
  if (!elements.some(({ is }) => is === 'token' || is === 'word')) {
    return { error: 'The pattern matches any text: it needs a word or a sign besides `...`.' };
  }
  const words = elements.flatMap((each) => (each.is === 'token' ? [each.text] : []));
  const required = [...new Set(words)].toSorted((a, b) => b.length - a.length);
  return { pattern: { elements, options, required: options.generic_caseless ? [] : required } };
}

class PatternReader {
  readonly elements: GenericElement[] = [];
  readonly #options: RuleOptions;
  readonly #braces: ReadonlyMap<string, string>;
  readonly #open: { readonly closes: string; readonly index: number }[] = [];

  constructor(pattern: string, options: RuleOptions) {
    this.#options = options;
    this.#braces = bracesOf(options);
    const indents: number[] = [];
    for (const line of pattern.split('\n')) {
      const start = line.length - line.trimStart().length;
      if (start === line.length) continue;
      if (this.elements.length > MAX_ELEMENTS) break;
      if (options.generic_engine === 'spacegrep') this.#nest(indents, indentation(line, 0, start));
      this.#line(line.trimEnd(), start);
    }
    for (let depth = 1; depth < indents.length; depth++) this.elements.push({ is: 'dedent' });
  }

  #nest(indents: number[], indent: number): void {
    // What is indented less than the first line is as good as on its level.
    while (indents.length > 1 && (indents.at(-1) ?? 0) > indent) {
      indents.pop();
      this.elements.push({ is: 'dedent' });
    }
    const last = indents.at(-1);
    if (last === undefined) indents.push(indent);
    else if (indent > last) {
      indents.push(indent);
      this.elements.push({ is: 'indent' });
    }
  }

  #line(line: string, start: number): void {
    const token = tokenPattern(this.#options.generic_extra_word_characters);
    let newLine = this.elements.length > 0;
    for (let at = start; at < line.length;) {
      HOLE.lastIndex = at;
      const hole = HOLE.exec(line)?.[0];
      const taken = hole === undefined ? undefined : this.#hole(hole, newLine);
      if (taken !== undefined) at += taken;
      else {
        token.lastIndex = at;
        const match = token.exec(line);
        if (match === null) return;
        this.#token(match[0], newLine);
        at = match.index + match[0].length;
      }
      newLine = false;
      while (/\s/.test(line.charAt(at))) at++;
    }
  }

  /** @returns how much of it was a hole; undefined when it is none */
  #hole(hole: string, newLine: boolean): number | undefined {
    const alien = this.#options.generic_engine === 'aliengrep';
    if (hole.startsWith('$') && !hole.startsWith('$.')) {
      this.elements.push({ is: 'word', name: hole === '$_' ? undefined : hole, newLine });
      return hole.length;
    }
    const named = /^\$(\.+)(\w+)$/.exec(hole);
    const length = named?.[1]?.length ?? hole.length;
    if (named !== null) {
      if (length > 3 && !alien) return undefined;
      const name = named[2] === '_' ? undefined : `$...${named[2] ?? ''}`;
      this.elements.push({ is: 'dots', name, times: 1, long: length > 3 });
      return hole.length;
    }
    const long = alien && length > 3;
    const last = this.elements.at(-1);
    if (last?.is === 'dots' && last.name === undefined) this.elements.pop();
    const times = last?.is === 'dots' && last.name === undefined ? last.times + 1 : 1;
    this.elements.push({
      is: 'dots',
      name: undefined,
      times,
      long: long || (times > 1 && last?.is === 'dots' && last.long),
    });
    return long ? 4 : 3;
  }

  #token(text: string, newLine: boolean): void {
    const index = this.elements.length;
    const closes = this.#open.findLastIndex((open) => open.closes === text);
    // A pair counts when its braces enclose each other properly, and lines nest as the braces do.
    const isClosing = closes >= 0 && closes === this.#open.length - 1;
    if (isClosing) {
      const opening = this.#open.pop();
      const element = opening === undefined ? undefined : this.elements[opening.index];
      if (opening !== undefined && element?.is === 'token' && this.#isLevel(opening.index)) {
        this.elements[opening.index] = { ...element, opens: true };
        this.elements.push({ is: 'token', text: this.#folded(text), opens: false, closes: true, newLine });
        return;
      }
    }
    this.elements.push({ is: 'token', text: this.#folded(text), opens: false, closes: false, newLine });
    const partner = this.#braces.get(text);
    if (partner !== undefined) this.#open.push({ closes: partner, index });
  }

  /** As many indents as dedents since an element. */
  #isLevel(from: number): boolean {
    let level = 0;
    for (const { is } of this.elements.slice(from)) {
      if (is === 'indent') level++;
      else if (is === 'dedent' && --level < 0) return false;
    }
    return level === 0;
  }

  #folded(text: string): string {
    return this.#options.generic_caseless ? text.toLowerCase() : text;
  }
}

/** Without `...` at the start: a match begins where something stands. */
function trimmed(elements: readonly GenericElement[]): readonly GenericElement[] {
  const first = elements.findIndex((each) => each.is !== 'dots' || each.name !== undefined);
  return first < 0 ? [] : elements.slice(first);
}
