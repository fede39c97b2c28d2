/** Inclusive code points. */
export type CodeRange = readonly [from: number, to: number];

/** A set of characters: what one position of a regular expression takes. */
export interface CharSet {
  /** Sorted, without overlap. */
  readonly ranges: readonly CodeRange[];
  /** Unicode properties such as `L` or `Greek`, whose members are in the set, or out of it. */
  readonly properties: readonly UnicodeProperty[];
  /** The set holds what is in neither ranges nor properties. */
  readonly negated: boolean;
}

export interface UnicodeProperty {
  readonly name: string;
  readonly negated: boolean;
  /** Tells for one character. */
  readonly test: RegExp;
}

export const MAX_CODE = 0x10ffff;

export const DIGIT: readonly CodeRange[] = [[0x30, 0x39]];
export const WORD: readonly CodeRange[] = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
];
export const SPACE: readonly CodeRange[] = [
  [9, 13],
  [0x20, 0x20],
];
export const HORIZONTAL: readonly CodeRange[] = [
  [9, 9],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x180e, 0x180e],
  [0x2000, 0x200a],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
];
export const VERTICAL: readonly CodeRange[] = [
  [10, 13],
  [0x85, 0x85],
  [0x2028, 0x2029],
];
export const LINE_BREAK: readonly CodeRange[] = [[10, 10]];

export const POSIX: Readonly<Record<string, readonly CodeRange[]>> = {
  alpha: [
    [0x41, 0x5a],
    [0x61, 0x7a],
  ],
  digit: DIGIT,
  alnum: [
    [0x30, 0x39],
    [0x41, 0x5a],
    [0x61, 0x7a],
  ],
  upper: [[0x41, 0x5a]],
  lower: [[0x61, 0x7a]],
  space: SPACE,
  blank: [
    [9, 9],
    [0x20, 0x20],
  ],
  punct: [
    [0x21, 0x2f],
    [0x3a, 0x40],
    [0x5b, 0x60],
    [0x7b, 0x7e],
  ],
  xdigit: [
    [0x30, 0x39],
    [0x41, 0x46],
    [0x61, 0x66],
  ],
  word: WORD,
  cntrl: [
    [0, 0x1f],
    [0x7f, 0x7f],
  ],
  print: [[0x20, 0x7e]],
  graph: [[0x21, 0x7e]],
  ascii: [[0, 0x7f]],
};

export function setOf(ranges: readonly CodeRange[], negated = false): CharSet {
  return { ranges: normal(ranges), properties: [], negated };
}

/** The code points that are in none of the ranges. */
export function complement(ranges: readonly CodeRange[]): readonly CodeRange[] {
  const rest: CodeRange[] = [];
  let next = 0;
  for (const [from, to] of normal(ranges)) {
    if (from > next) rest.push([next, from - 1]);
    next = to + 1;
  }
  if (next <= MAX_CODE) rest.push([next, MAX_CODE]);
  return rest;
}

/** Sorted and joined. */
export function normal(ranges: readonly CodeRange[]): readonly CodeRange[] {
  const result: [number, number][] = [];
  for (const [from, to] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const last = result.at(-1);
    if (last !== undefined && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
}

/** The one character of a set; undefined when it is none or several. */
export function onlyCharacter(set: CharSet): number | undefined {
  const [only] = set.ranges;
  if (only === undefined || only[0] !== only[1] || set.ranges.length !== 1) return undefined;
  return set.negated || set.properties.length > 0 ? undefined : only[0];
}

/** The characters of a set, where there are at most so many; undefined of an empty one. */
export function fewCharacters(set: CharSet, most: number): readonly number[] | undefined {
  if (set.negated || set.properties.length > 0) return undefined;
  const characters: number[] = [];
  for (const [from, to] of set.ranges) {
    if (characters.length + to - from >= most) return undefined;
    for (let code = from; code <= to; code++) characters.push(code);
  }
  return characters.length === 0 ? undefined : characters;
}

/** The letter, in its lower case, that a set stands for whose members differ in case alone. */
export function onlyLetter(set: CharSet): number | undefined {
  const first = set.ranges[0]?.[0];
  if (first === undefined || set.negated || set.properties.length > 0 || set.ranges.length > 4) return undefined;
  const lower = Math.max(...caseVariants(first).filter((code) => code < 0x80), -1);
  if (lower < 0) return undefined;
  const variants = normal(caseVariants(first).map((code) => [code, code]));
  const same = variants.length === set.ranges.length && variants.every(([from, to], index) => {
    const range = set.ranges[index];
    return range?.[0] === from && range[1] === to;
  });
  return same ? lower : undefined;
}

/** Letters that are one when case is ignored, beyond what upper and lower case tell. */
const MORE_VARIANTS: ReadonlyMap<number, readonly number[]> = new Map(
  [
    [0x4b, 0x6b, 0x212a],
    [0x53, 0x73, 0x17f],
    [0xc5, 0xe5, 0x212b],
    [0xb5, 0x39c, 0x3bc],
    [0x3a3, 0x3c2, 0x3c3],
    [0x1e9e, 0xdf],
    [0x2126, 0x3a9, 0x3c9],
    [0x398, 0x3b8, 0x3d1, 0x3f4],
  ].flatMap((group) => group.map((code): [number, readonly number[]] => [code, group])),
);

/** All characters that a character stands for when case is ignored, itself among them. */
export function caseVariants(code: number): readonly number[] {
  const more = MORE_VARIANTS.get(code);
  if (more !== undefined) return more;
  if (code < 0x41 || (code > 0x5a && code < 0x61) || (code > 0x7a && code < 0x80)) return [code];
  if (code < 0x80) return [code, code ^ 0x20];
  const character = String.fromCodePoint(code);
  const variants = new Set([code]);
  for (const other of [character.toLowerCase(), character.toUpperCase()]) {
    const each = other.codePointAt(0) ?? code;
    // `İ` and `ß` become two characters, and a letter of ASCII is no variant of one beyond it but for those above.
    if (String.fromCodePoint(each) === other && each >= 0x80) variants.add(each);
  }
  return [...variants];
}

/** Membership, ready for many questions. */
export interface SetTest {
  has(code: number): boolean;
}

export function setTest(set: CharSet): SetTest {
  const ascii = new Uint8Array(128);
  for (let code = 0; code < 128; code++) if (isMember(set, code)) ascii[code] = 1;
  // Most sets say nothing about what lies beyond ASCII, or take all of it.
  const beyond = set.ranges.filter(([, to]) => to >= 128);
  const [only] = beyond;
  const all = beyond.length === 1 && only !== undefined && only[0] <= 128 && only[1] === MAX_CODE;
  if (set.properties.length === 0 && (beyond.length === 0 || all)) {
    const rest = all !== set.negated;
    return { has: (code) => (code < 128 ? ascii[code] === 1 : rest) };
  }
  return { has: (code) => (code < 128 ? ascii[code] === 1 : isMember(set, code)) };
}

export function isMember(set: CharSet, code: number): boolean {
  return isListed(set, code) !== set.negated;
}

function isListed({ ranges, properties }: CharSet, code: number): boolean {
  let [low, high] = [0, ranges.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [from, to] = ranges[middle] ?? [0, 0];
    if (code < from) high = middle - 1;
    else if (code > to) low = middle + 1;
    else return true;
  }
  return properties.some(({ test, negated }) => test.test(String.fromCodePoint(code)) !== negated);
}

/** Whether a character may be in both. May say yes too often where properties are involved, never no. */
export function overlap(first: CharSet, second: CharSet): boolean {
  const [one, other] = [spanned(first), spanned(second)];
  if (one === undefined || other === undefined) return true;
  return one.some(([from, to]) => other.some((range) => range[0] <= to && from <= range[1]));
}

/** All ranges of a set, its negation worked in; undefined when properties make them unknown. */
export function spanned(set: CharSet): readonly CodeRange[] | undefined {
  if (set.properties.length > 0) return undefined;
  return set.negated ? complement(set.ranges) : set.ranges;
}

/** Where letters with two cases are; to go through all of Unicode would take too long. */
const CASED: readonly CodeRange[] = [
  [0x41, 0x24ff],
  [0x2c00, 0x2dff],
  [0xa640, 0xabff],
  [0xff21, 0xff5a],
  [0x10400, 0x104ff],
  [0x1e900, 0x1e943],
];

/** The ranges with all characters that differ from theirs in case alone. */
export function foldRanges(ranges: readonly CodeRange[]): readonly CodeRange[] {
  const folded: CodeRange[] = [...ranges];
  for (const [from, to] of ranges) {
    for (const [first, last] of CASED) {
      for (let code = Math.max(from, first); code <= Math.min(to, last); code++) {
        for (const each of caseVariants(code)) if (each < from || each > to) folded.push([each, each]);
      }
    }
  }
  return normal(folded);
}
