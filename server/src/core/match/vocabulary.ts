import { TextSet, type SoughtText } from './textSet.ts';

/** First size of the table of a vocabulary; a power of two. */
const FIRST_SIZE = 256;

/**
 * Words and texts that rules look for, numbered. Its table finds the words of a text without making a string of each: most words of a
 * file are of no interest to any rule.
 */
export class Vocabulary {
  readonly #words: string[] = [];
  readonly #ids = new Map<string, number>();
  /** Open addressing: number of the word plus one, by hash. */
  #table = new Int32Array(FIRST_SIZE);
  #hashes = new Int32Array(FIRST_SIZE);
  readonly #texts = new TextSet();
  #among:
    | {
        readonly of: ReadonlySet<string>;
        readonly size: number;
        readonly found: readonly (readonly [word: string, id: number])[];
      }
    | undefined;

  get size(): number {
    return this.#words.length;
  }

  /** Number of a word; it gets one when it has none. */
  add(word: string): number {
    const known = this.#ids.get(word);
    if (known !== undefined) return known;
    const id = this.#words.length;
    this.#words.push(word);
    this.#ids.set(word, id);
    if (2 * this.#words.length > this.#table.length) this.#grow();
    else this.#place(id);
    return id;
  }

  /** Number of a text that is looked for anywhere, or undefined when it cannot be. */
  addText(text: SoughtText): number | undefined {
    const next = this.#words.length;
    const id = this.#texts.add(text, next);
    // No word has that number.
    if (id === next) this.#words.push('');
    return id;
  }

  /** Number of a word, or undefined when it is none of these. */
  idOf(word: string): number | undefined {
    return this.#ids.get(word);
  }

  /** Number of a text that is looked for anywhere, or undefined when it is none of these. */
  idOfText(text: SoughtText): number | undefined {
    return this.#texts.idOf(text);
  }

  /** Those of the words that it has, with their numbers. Kept for the next file that asks for the same set. */
  among(words: ReadonlySet<string>): readonly (readonly [word: string, id: number])[] {
    if (words.size === 0) return [];
    if (this.#among?.of !== words || this.#among.size !== this.size) {
      const found = [...words].flatMap((word) => {
        const id = this.#ids.get(word);
        return id === undefined ? [] : [[word, id] as const];
      });
      this.#among = { of: words, size: this.size, found };
    }
    return this.#among.found;
  }

  /** Length of the longest text. */
  get longestText(): number {
    return this.#texts.longest;
  }

  /** Every occurrence of a text of the vocabulary. */
  textsIn(text: string): Occurrences {
    return this.#texts.occurrencesIn(text);
  }

  /** Every occurrence of a word of the vocabulary as a whole word of the text, in its order. */
  occurrencesIn(text: string): Occurrences {
    const ids: number[] = [];
    const offsets: number[] = [];
    const mask = this.#table.length - 1;
    const { length } = text;
    for (let at = 0; at < length;) {
      const code = text.charCodeAt(at);
      if (code > 127 || IS_WORD[code] !== 1) {
        at++;
        continue;
      }
      // `$name` in a text of Kotlin is the name too.
      if (code === DOLLAR) this.#note(text, at++, ids, offsets, mask);
      at = this.#note(text, at, ids, offsets, mask);
    }
    return { ids, offsets };
  }

  /** Notes the word that begins at `start`; returns where it ends. */
  #note(text: string, start: number, ids: number[], offsets: number[], mask: number): number {
    let at = start;
    let hash = 0;
    for (let code = text.charCodeAt(at); code <= 127 && IS_WORD[code] === 1; code = text.charCodeAt(++at))
      hash = (Math.imul(hash, 31) + code) | 0;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const entry = this.#table[slot] ?? 0;
      if (entry === 0) return at;
      if (this.#hashes[slot] !== hash) continue;
      const word = this.#words[entry - 1] ?? '';
      if (word.length !== at - start || !text.startsWith(word, start)) continue;
      ids.push(entry - 1);
      offsets.push(start);
      return at;
    }
  }

  #place(id: number): void {
    const hash = hashOf(this.#words[id] ?? '');
    const mask = this.#table.length - 1;
    let slot = hash & mask;
    while (this.#table[slot] !== 0) slot = (slot + 1) & mask;
    this.#table[slot] = id + 1;
    this.#hashes[slot] = hash;
  }

  #grow(): void {
    this.#table = new Int32Array(2 * this.#table.length);
    this.#hashes = new Int32Array(this.#table.length);
    for (const id of this.#ids.values()) this.#place(id);
  }
}

export interface Occurrences {
  /** Numbers of the words or texts, in the order of the text. */
  readonly ids: readonly number[];
  /** Where each stands; never falls. */
  readonly offsets: readonly number[];
}

/** What a word is: letters, digits, `_` and `$` of ASCII, as many as stand together. */
export const PLAIN_WORD = /^[\w$]+$/;

const DOLLAR = 36;

const IS_WORD = Uint8Array.from({ length: 128 }, (_, code) =>
  PLAIN_WORD.test(String.fromCharCode(code)) ? 1 : 0,
);

function hashOf(word: string): number {
  let hash = 0;
  for (let at = 0; at < word.length; at++) hash = (Math.imul(hash, 31) + word.charCodeAt(at)) | 0;
  return hash;
}
