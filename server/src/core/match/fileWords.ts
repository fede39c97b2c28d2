import type { Span } from '../base/range.ts';
import { changeBetween } from '../base/textChange.ts';
import { partitionPoint } from '../base/partition.ts';
import { macrosThatReach, NO_MACRO_NAMES, type MacroNames } from '../resolve/macroAliases.ts';
import type { SoughtText } from './textSet.ts';
import { PLAIN_WORD, type Occurrences, type Vocabulary } from './vocabulary.ts';

/** The words of a piece of a text. */
export interface WordsOfPiece {
  /** Numbers of those words and texts that the vocabulary has, each once. */
  readonly ids: ReadonlySet<number>;
  /** True for a word of the piece; of what is no word, when the whole text contains it. */
  has(word: string): boolean;
  /** False when a text certainly stands nowhere in the piece. */
  mayHaveText(text: SoughtText): boolean;
}

/** What is known of the words of a text, and was moved to where it stands in the next. */
interface MovedWords {
  readonly occurrences: readonly Occurrences[];
  readonly others: Map<string, readonly number[]>;
}

/** Which words stand where in one text. */
export class FileWords {
  readonly #text: string;
  readonly #vocabulary: Vocabulary;
  /** How many words the vocabulary had when the text was read: younger ones are looked for one by one. */
  readonly #read: number;
  /** Of words, and of texts. */
  readonly #occurrences: readonly Occurrences[];
  readonly #ids: ReadonlySet<number>;
  #outside: { readonly of: readonly Span[]; readonly ids: ReadonlySet<number> } | undefined;
  /** Of names that macros of headers stand for, where the text has such a macro. */
  readonly #macroIds: readonly number[];
  readonly #macros: MacroNames;
  /** Whether the text has a macro that stands for a word: to follow macros through all headers is dear, and each pattern asks. */
  readonly #hasMacro = new Map<string, boolean>();
  /** Offsets of words that the vocabulary did not have, and of texts that are no words. */
  readonly #others: Map<string, readonly number[]>;

  /**
   * @param macros of the headers: the text also has the words that these stand for
   * @param earlier of an earlier text of the same file: what stands in both is not looked for again
   */
  constructor(
    text: string,
    vocabulary: Vocabulary,
    macros: MacroNames = NO_MACRO_NAMES,
    earlier?: FileWords,
  ) {
    this.#text = text;
    this.#vocabulary = vocabulary;
    this.#read = vocabulary.size;
    const moved =
      earlier !== undefined && earlier.#vocabulary === vocabulary && earlier.#read === vocabulary.size
        ? earlier.#movedTo(text)
        : undefined;
    this.#occurrences = moved?.occurrences ?? [vocabulary.occurrencesIn(text), vocabulary.textsIn(text)];
    this.#others = moved?.others ?? new Map<string, readonly number[]>();
    const ids = new Set(this.#occurrences.flatMap(({ ids: found }) => found));
    this.#macros = macros;
    this.#macroIds = vocabulary
      .among(macros.aliased)
      .filter(([word, id]) => !ids.has(id) && this.#hasMacroFor(word))
      .map(([, id]) => id);
    for (const id of this.#macroIds) ids.add(id);
    this.#ids = ids;
  }

  /** The words of the whole text. */
  all(): WordsOfPiece {
    return {
      ids: this.#ids,
      has: (word) => {
        const id = this.#idOf(word);
        if (id !== undefined && this.#ids.has(id)) return true;
        return (id === undefined && this.#offsetsOf(word).length > 0) || this.#hasMacroFor(word);
      },
      mayHaveText: (text) => this.#mayHave(text, this.#ids),
    };
  }

  /**
   * The words of a stretch, and of all code that lies in none of `others`: an import or a variable of the file may stand for
   * what a function does not name.
   *
   * @param others stretches in the order of the text, without overlap; the same list each time
   */
  within({ start, end }: Span, others: readonly Span[]): WordsOfPiece {
    if (this.#outside?.of !== others) this.#outside = { of: others, ids: this.#idsOutside(others) };
    const outside = this.#outside.ids;
    const ids = new Set([...outside, ...this.#macroIds]);
    for (const { ids: found, offsets } of this.#occurrences) {
      for (let index = firstFrom(offsets, start); index < found.length; index++) {
        if ((offsets[index] ?? 0) >= end) break;
        ids.add(found[index] ?? 0);
      }
    }
    return {
      ids,
      has: (word) => {
        const id = this.#idOf(word);
        if (id !== undefined && ids.has(id)) return true;
        if (this.#hasMacroFor(word)) return true;
        if (id !== undefined) return false;
        const places = this.#offsetsOf(word);
        if (!PLAIN_WORD.test(word)) return places.length > 0;
        return places.some((at) => (at >= start && at < end) || isOutside(others, at));
      },
      mayHaveText: (text) => this.#mayHave(text, ids),
    };
  }

  #mayHave(text: SoughtText, ids: ReadonlySet<number>): boolean {
    const id = this.#vocabulary.idOfText(text);
    return id === undefined || id >= this.#read || ids.has(id);
  }

  #hasMacroFor(word: string): boolean {
    const { aliased, macrosFor } = this.#macros;
    if (!aliased.has(word)) return false;
    let isThere = this.#hasMacro.get(word);
    if (isThere === undefined) {
      isThere = macrosThatReach(word, macrosFor).some((macro) => this.#offsetsOf(macro).length > 0);
      this.#hasMacro.set(word, isThere);
    }
    return isThere;
  }

  #movedTo(text: string): MovedWords | undefined {
    const change = changeBetween(this.#text, text);
    const [words, texts] = this.#occurrences;
    if (words === undefined || texts === undefined) return undefined;
    let { start, newEnd } = change;
    while (start > 0 && PLAIN_WORD.test(text.charAt(start - 1))) start--;
    while (newEnd < text.length && PLAIN_WORD.test(text.charAt(newEnd))) newEnd++;
    const by = change.newEnd - change.oldEnd;
    const found = this.#vocabulary.occurrencesIn(text.slice(start, newEnd));
    const newWords = spliced(words, start, newEnd - by, by, found, start);
    // A text is found at its last character: the change may be anywhere in it.
    const reach = this.#vocabulary.longestText;
    const last = Math.min(text.length, change.newEnd + reach);
    const from = Math.max(0, change.start - reach);
    const inReach = this.#vocabulary.textsIn(text.slice(from, last));
    const skipped = firstFrom(inReach.offsets, change.start - from);
    const fresh = { ids: inReach.ids.slice(skipped), offsets: inReach.offsets.slice(skipped) };
    const newTexts = spliced(texts, change.start, last - by, by, fresh, from);
    const others = new Map<string, readonly number[]>();
    const stretch = text.slice(start, newEnd);
    for (const [word, offsets] of this.#others) {
      // Of what is no word only the first place is known.
      if (!PLAIN_WORD.test(word)) continue;
      const inside = offsetsOf(stretch, word);
      const none = offsets.length + inside.length === 0;
      others.set(word, none ? offsets : splicedOffsets(offsets, start, newEnd - by, by, inside, start));
    }
    return { occurrences: [newWords, newTexts], others };
  }

  /** Number of a word that the vocabulary had when the text was read. */
  #idOf(word: string): number | undefined {
    const id = this.#vocabulary.idOf(word);
    return id !== undefined && id < this.#read ? id : undefined;
  }

  #idsOutside(stretches: readonly Span[]): ReadonlySet<number> {
    const found = new Set<number>();
    for (const { ids, offsets } of this.#occurrences) {
      let at = 0;
      for (let index = 0; index < ids.length; index++) {
        const offset = offsets[index] ?? 0;
        while ((stretches[at]?.end ?? Number.POSITIVE_INFINITY) <= offset) at++;
        const stretch = stretches[at];
        if (stretch === undefined || offset < stretch.start) found.add(ids[index] ?? 0);
      }
    }
    return found;
  }

  #offsetsOf(word: string): readonly number[] {
    let offsets = this.#others.get(word);
    if (offsets === undefined) {
      offsets = offsetsOf(this.#text, word);
      this.#others.set(word, offsets);
    }
    return offsets;
  }
}

/** Occurrences with those from `start` to `end` replaced, and those behind moved. */
function spliced(
  { ids, offsets }: Occurrences,
  start: number,
  end: number,
  by: number,
  fresh: Occurrences,
  freshAt: number,
): Occurrences {
  const before = firstFrom(offsets, start);
  const behind = firstFrom(offsets, Math.max(start, end));
  return {
    ids: [...ids.slice(0, before), ...fresh.ids, ...ids.slice(behind)],
    offsets: splicedOffsets(offsets, start, end, by, fresh.offsets, freshAt),
  };
}

function splicedOffsets(
  offsets: readonly number[],
  start: number,
  end: number,
  by: number,
  fresh: readonly number[],
  freshAt: number,
): number[] {
  return [
    ...offsets.slice(0, firstFrom(offsets, start)),
    ...fresh.map((offset) => offset + freshAt),
    ...offsets.slice(firstFrom(offsets, Math.max(start, end))).map((offset) => offset + by),
  ];
}

function offsetsOf(text: string, word: string): number[] {
  const offsets: number[] = [];
  const isWord = PLAIN_WORD.test(word);
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + Math.max(1, word.length))) {
    // `$name` in a text of Kotlin is the name too.
    const before = text.charAt(at - 1);
    const isWhole =
      (before === '$' || !PLAIN_WORD.test(before)) && !PLAIN_WORD.test(text.charAt(at + word.length));
    if (!isWord || isWhole) offsets.push(at);
    if (!isWord) break;
  }
  return offsets;
}

/** Position of the first offset that is at least `from`. */
function firstFrom(offsets: readonly number[], from: number): number {
  return partitionPoint(offsets.length, (index) => (offsets[index] ?? 0) < from);
}

/** True when an offset lies in none of the stretches. */
function isOutside(stretches: readonly Span[], offset: number): boolean {
  const stretch =
    stretches[partitionPoint(stretches.length, (index) => (stretches[index]?.end ?? 0) <= offset)];
  return stretch === undefined || offset < stretch.start;
}
