import type { Occurrences } from './vocabulary.ts';

/** A text to look for, anywhere: also as part of a word. */
export interface SoughtText {
  /** Of ASCII; in lower case when case does not count. */
  readonly text: string;
  readonly ignoreCase: boolean;
}

/** States of the automaton: some megabytes. What would need more is not looked for. */
const MAX_STATES = 20_000;
/** A text to look for is of these characters. */
const ASCII = 128;

/**
 * Texts that rules look for, found in one pass over a text however many they are (Aho and Corasick). The automaton reads without
 * regard to case; a text whose case counts is compared once more where it was found.
 */
export class TextSet {
  readonly #sought: (SoughtText & { readonly id: number })[] = [];
  readonly #ids = new Map<string, number>();
  #length = 0;
  #longest = 0;
  #automaton: Automaton | undefined;

  /**
   * @param nextId of a text that is new
   * @returns the number of the text; undefined when it cannot be looked for
   */
  add({ text, ignoreCase }: SoughtText, nextId: number): number | undefined {
    const key = keyOf(text, ignoreCase);
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    if (this.#length + text.length >= MAX_STATES || !isAscii(text)) return undefined;
    this.#length += text.length;
    this.#longest = Math.max(this.#longest, text.length);
    this.#ids.set(key, nextId);
    this.#sought.push({ text, ignoreCase, id: nextId });
    this.#automaton = undefined;
    return nextId;
  }

  /** Number of a text; undefined when it is not looked for. */
  idOf({ text, ignoreCase }: SoughtText): number | undefined {
    return this.#ids.get(keyOf(text, ignoreCase));
  }

  get longest(): number {
    return this.#longest;
  }

  /** Every occurrence, by the place of its last character. */
  occurrencesIn(text: string): Occurrences {
    const ids: number[] = [];
    const offsets: number[] = [];
    if (this.#sought.length === 0) return { ids, offsets };
    this.#automaton ??= automatonOf(this.#sought.map((each) => each.text.toLowerCase()));
    const { classes, steps, width, ends, shorter } = this.#automaton;
    let state = 0;
    for (let at = 0; at < text.length; at++) {
      state = steps[state * width + (classes[folded(text.charCodeAt(at))] ?? 0)] ?? 0;
      for (let each = state; each !== 0; each = shorter[each] ?? 0) {
        for (const index of ends[each] ?? NONE) {
          const sought = this.#sought[index];
          if (sought === undefined) continue;
          const start = at + 1 - sought.text.length;
          if (!sought.ignoreCase && !text.startsWith(sought.text, start)) continue;
          ids.push(sought.id);
          offsets.push(at);
        }
      }
    }
    return { ids, offsets };
  }
}

const NONE: readonly number[] = [];

function keyOf(text: string, ignoreCase: boolean): string {
  return ignoreCase ? `i${text}` : `c${text}`;
}

export function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) >= ASCII) return false;
  return true;
}

/** The code of a character in lower case; 0 for what is no ASCII. `ſ` counts as `s` and the sign of Kelvin as `k` where case is ignored. */
function folded(code: number): number {
  if (code >= 65 && code <= 90) return code + 32;
  if (code < ASCII) return code;
  return code === 0x17f ? 115 : code === 0x212a ? 107 : 0;
}

interface Automaton {
  /** Class of each character; 0 for those of no text. */
  readonly classes: Uint8Array;
  /** Number of classes. */
  readonly width: number;
  /** The next state, by state times `width` plus class. */
  readonly steps: Int32Array;
  /** By state: positions of the texts that end there. */
  readonly ends: readonly (readonly number[] | undefined)[];
  /** By state: the state of the longest end of what was read at which a text ends too; 0 for none. */
  readonly shorter: Int32Array;
}

function automatonOf(texts: readonly string[]): Automaton {
  const classes = new Uint8Array(ASCII);
  let width = 1;
  let most = 1;
  for (const text of texts) {
    most += text.length;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (classes[code] === 0) classes[code] = width++;
    }
  }
  const steps = new Int32Array(most * width);
  const ends: number[][] = [];
  let count = 1;
  texts.forEach((text, index) => {
    let state = 0;
    for (let at = 0; at < text.length; at++) {
      const step = state * width + (classes[text.charCodeAt(at)] ?? 0);
      let next = steps[step] ?? 0;
      if (next === 0) steps[step] = next = count++;
      state = next;
    }
    (ends[state] ??= []).push(index);
  });
  return { classes, width, steps, ends, shorter: close(steps, width, count, ends) };
}

/** Fills in where to go on when no text goes on: what the longest end that begins some text does. */
function close(
  steps: Int32Array,
  width: number,
  count: number,
  ends: readonly (readonly number[] | undefined)[],
): Int32Array {
  const falls = new Int32Array(count);
  const shorter = new Int32Array(count);
  const queue: number[] = [];
  for (let kind = 0; kind < width; kind++) if (steps[kind] !== 0) queue.push(steps[kind] ?? 0);
  for (let state = queue[0], at = 0; state !== undefined; state = queue[++at]) {
    const fall = falls[state] ?? 0;
    shorter[state] = ends[fall] === undefined ? (shorter[fall] ?? 0) : fall;
    for (let kind = 0; kind < width; kind++) {
      const step = state * width + kind;
      const next = steps[step] ?? 0;
      const other = steps[fall * width + kind] ?? 0;
      if (next === 0) steps[step] = other;
      else {
        falls[next] = other;
        queue.push(next);
      }
    }
  }
  return shorter;
}
