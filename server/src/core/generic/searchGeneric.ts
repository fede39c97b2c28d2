import type { GenericElement, GenericPattern } from './compileGeneric.ts';
import type { GenericText } from './genericText.ts';

/** Offsets are UTF-16 code units; `end` is one behind the last. */
export interface GenericHit {
  readonly start: number;
  readonly end: number;
  readonly bindings: readonly GenericBinding[];
}

export interface GenericBinding {
  /** With its `$`, or `$...`. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Where a pattern for text matches: from left to right, without overlap unless it is asked for.
 *
 * @param text read with the pattern's own options
 * @param spend called for every step; what it throws when there have been too many goes through
 */
export function searchGeneric(
  text: GenericText,
  pattern: GenericPattern,
  spend: () => void,
  overlapping = false,
): readonly GenericHit[] {
  const hits: GenericHit[] = [];
  const search = new Search(text, pattern, spend);
  for (let token = 0; token < text.count;) {
    const hit = search.matchAt(token);
    if (hit === undefined) token++;
    else {
      hits.push(hit);
      token = overlapping ? token + 1 : Math.max(search.end, token + 1);
    }
  }
  return hits;
}

/** Where the match may be; the innermost part that the pattern has opened. */
interface Scope {
  readonly limit: number;
  /** The token that must close it; -1 for any that is equal. */
  readonly closing: number;
  readonly outer: Scope | undefined;
}

/** Tokens from one to the one before `to`. */
interface Bound {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly before: Bound | undefined;
}

class Search {
  /** Token behind the last match. */
  end = 0;
  readonly #text: GenericText;
  readonly #elements: readonly GenericElement[];
  readonly #spend: () => void;
  readonly #alien: boolean;
  readonly #anyLine: boolean;
  /** Lines. */
  readonly #span: number;
  #bound: Bound | undefined;

  constructor(text: GenericText, { elements, options }: GenericPattern, spend: () => void) {
    this.#text = text;
    this.#elements = elements;
    this.#spend = spend;
    this.#alien = options.generic_engine === 'aliengrep';
    this.#anyLine = !this.#alien || options.generic_multiline;
    this.#span = options.generic_ellipsis_max_span;
  }

  matchAt(token: number): GenericHit | undefined {
    const text = this.#text;
    const limit = this.#alien ? text.count : (text.blockEnds[token] ?? text.count);
    if (!this.#match(0, token, { limit, closing: -1, outer: undefined }, -1, undefined)) return undefined;
    const bindings: GenericBinding[] = [];
    const names = new Set<string>();
    for (let bound = this.#bound; bound !== undefined; bound = bound.before)
      bindings.unshift(this.#place(bound));
    return {
      start: text.starts[token] ?? 0,
      end: this.#endOf(this.end - 1),
      bindings: bindings.filter(({ name }) => !names.has(name) && names.add(name)),
    };
  }

  /** @param last the token matched last; -1 before the first */
  #match(at: number, token: number, scope: Scope, last: number, bound: Bound | undefined): boolean {
    this.#spend();
    const element = this.#elements[at];
    if (element === undefined) return this.#done(token, bound);
    switch (element.is) {
      case 'indent': {
        const block = this.#text.opens[token] ?? 0;
        if (block === 0 || token >= scope.limit) return false;
        const limit = Math.min(block, scope.limit);
        return this.#match(at + 1, token, { limit, closing: limit, outer: scope }, last, bound);
      }
      case 'dedent':
        if (this.#onlyDedents(at)) return this.#done(token, bound);
        return token === scope.closing && this.#match(at + 1, token, scope.outer ?? scope, last, bound);
      case 'dots':
        return this.#dots(element, at, token, scope, last, bound);
      case 'token':
      case 'word':
        return (
          token < scope.limit &&
          this.#follows(element.newLine, at, token, last) &&
          this.#take(element, at, token, scope, bound)
        );
    }
  }

  #take(
    element: Extract<GenericElement, { is: 'token' | 'word' }>,
    at: number,
    token: number,
    scope: Scope,
    bound: Bound | undefined,
  ): boolean {
    const text = this.#text;
    if (element.is === 'word') {
      if (text.isWord[token] !== 1) return false;
      const next = this.#bind(bound, element.name, token, token + 1);
      return next !== false && this.#match(at + 1, token + 1, scope, token, next);
    }
    if (text.texts[token] !== element.text) return false;
    let inner = scope;
    if (element.opens) {
      const partner = text.partners[token] ?? -1;
      const closing = partner > token && partner < scope.limit ? partner : -1;
      inner = { limit: closing < 0 ? scope.limit : closing + 1, closing, outer: scope };
    } else if (element.closes) {
      if (scope.closing >= 0 && scope.closing !== token) return false;
      inner = scope.outer ?? scope;
    }
    return this.#match(at + 1, token + 1, inner, token, bound);
  }

  #dots(
    element: Extract<GenericElement, { is: 'dots' }>,
    at: number,
    token: number,
    scope: Scope,
    last: number,
    bound: Bound | undefined,
  ): boolean {
    // Behind an opening brace, its partner is no part of what the dots stand for, but the end of it.
    const isBraced = scope.outer !== undefined && scope.closing >= 0 && scope.closing < scope.limit;
    const limit = isBraced ? scope.closing : scope.limit;
    const lastLine = this.#lastLine(element, last);
    if (this.#onlyDedents(at + 1)) {
      let end = token;
      while (end < limit && this.#mayStandFor(end, lastLine)) end = this.#behind(end);
      const next = this.#bind(bound, element.name, token, end);
      return next !== false && this.#done(end, next);
    }
    for (let end = token; ; end = this.#behind(end)) {
      this.#spend();
      const inSpan = end >= this.#text.count || (this.#text.lines[end] ?? 0) <= lastLine;
      if (!inSpan && this.#elements[at + 1]?.is !== 'dedent') return false;
      const next = this.#bind(bound, element.name, token, end);
      if (next !== false && this.#match(at + 1, end, scope, end > token ? end - 1 : last, next)) return true;
      if (end >= limit || !this.#mayStandFor(end, lastLine)) return false;
    }
  }

  /** The last line that dots may reach. */
  #lastLine({ times, long }: Extract<GenericElement, { is: 'dots' }>, last: number): number {
    const line = last < 0 ? 0 : (this.#text.lines[last] ?? 0);
    if (this.#alien) return this.#anyLine || long ? Infinity : line;
    return line + times * this.#span;
  }

  #mayStandFor(token: number, lastLine: number): boolean {
    this.#spend();
    if (token >= this.#text.count || (this.#text.lines[token] ?? 0) > lastLine) return false;
    if (!this.#alien) return true;
    const partner = this.#text.partners[token] ?? -1;
    // The end of what is around the dots; and a pair is taken as a whole.
    if (partner >= 0 && partner < token) return false;
    return partner < 0 || (this.#text.lines[partner] ?? 0) <= lastLine;
  }

  #behind(token: number): number {
    const partner = this.#text.partners[token] ?? -1;
    return this.#alien && partner > token ? partner + 1 : token + 1;
  }

  /** Where lines count, what stands on one line in the pattern stands on one line in the text. */
  #follows(newLine: boolean, at: number, token: number, last: number): boolean {
    if (this.#anyLine || last < 0) return true;
    const before = this.#elements[at - 1];
    if (before?.is === 'dots' && before.long) return true;
    return (this.#text.lines[token] === this.#text.lines[last]) !== newLine;
  }

  #onlyDedents(at: number): boolean {
    for (let index = at; index < this.#elements.length; index++)
      if (this.#elements[index]?.is !== 'dedent') return false;
    return true;
  }

  #done(end: number, bound: Bound | undefined): boolean {
    this.end = end;
    this.#bound = bound;
    return true;
  }

  /** @returns false when the name stands for something else already */
  #bind(
    bound: Bound | undefined,
    name: string | undefined,
    from: number,
    to: number,
  ): Bound | undefined | false {
    if (name === undefined) return bound;
    for (let each = bound; each !== undefined; each = each.before) {
      if (each.name === name) return this.#isEqual(each, from, to) && bound;
    }
    return { name, from, to, before: bound };
  }

  #isEqual(bound: Bound, from: number, to: number): boolean {
    if (bound.to - bound.from !== to - from) return false;
    for (let offset = 0; offset < to - from; offset++) {
      this.#spend();
      if (this.#text.texts[bound.from + offset] !== this.#text.texts[from + offset]) return false;
    }
    return true;
  }

  #place({ name, from, to }: Bound): GenericBinding {
    if (to > from) return { name, start: this.#text.starts[from] ?? 0, end: this.#endOf(to - 1) };
    // Nothing: right behind what stands before.
    const at = from > 0 ? this.#endOf(from - 1) : 0;
    return { name, start: at, end: at };
  }

  #endOf(token: number): number {
    return this.#text.ends[token] ?? this.#text.text.length;
  }
}
