import {
  complement,
  DIGIT,
  HORIZONTAL,
  LINE_BREAK,
  POSIX,
  SPACE,
  VERTICAL,
  WORD,
  type CodeRange,
  type UnicodeProperty,
} from './regexSet.ts';

/** `\d` and its like, in and out of brackets. */
export const CLASS_ESCAPES: Readonly<Record<string, readonly CodeRange[]>> = {
  d: DIGIT,
  D: complement(DIGIT),
  w: WORD,
  W: complement(WORD),
  s: SPACE,
  S: complement(SPACE),
  h: HORIZONTAL,
  H: complement(HORIZONTAL),
  v: VERTICAL,
  V: complement(VERTICAL),
  N: complement(LINE_BREAK),
};

const CONTROLS: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, f: 12, a: 7, e: 27 };

export interface EscapedCharacter {
  readonly code: number;
  /** Offset behind the escape. */
  readonly end: number;
}

/**
 * Reads the escape of one character (`\n`, `\x41`, `\x{1F600}`, `\u0041`, `\cA`, `\.`), not of digits that may be a reference.
 *
 * @param at offset of what follows the backslash
 * @returns undefined when it is none
 */
export function escapedCharacter(source: string, at: number): EscapedCharacter | undefined {
  const character = String.fromCodePoint(source.codePointAt(at) ?? 0);
  if (at >= source.length) return undefined;
  const control = Object.hasOwn(CONTROLS, character) ? CONTROLS[character] : undefined;
  if (control !== undefined) return { code: control, end: at + 1 };
  const numbered =
    /^(?:x\{\s*([\da-fA-F]{1,6})\s*\}|x([\da-fA-F]{2})|u([\da-fA-F]{4})|u\{([\da-fA-F]{1,6})\}|U([\da-fA-F]{8})|x([\da-fA-F]?))/.exec(
      source.slice(at, at + 20),
    );
  if (numbered !== null) {
    const code = Number.parseInt(`0${numbered.slice(1).join('')}`, 16);
    return code > 0x10ffff ? undefined : { code, end: at + numbered[0].length };
  }
  const octal = /^o\{([0-7]{1,7})\}|^(0[0-7]{0,2})/.exec(source.slice(at, at + 12));
  if (octal !== null) return { code: Number.parseInt(octal[1] ?? octal[2] ?? '0', 8), end: at + octal[0].length };
  if (character === 'c') {
    const next = source.charCodeAt(at + 1);
    return next > 0x20 && next < 0x7f
      ? { code: source.charAt(at + 1).toUpperCase().charCodeAt(0) ^ 0x40, end: at + 2 }
      : undefined;
  }
  // Letters without a meaning are reserved; everything else stands for itself.
  return /^[A-Za-z0-9]$/.test(character)
    ? undefined
    : { code: character.codePointAt(0) ?? 0, end: at + character.length };
}

/**
 * Reads `\p{L}`, `\pL`, `\P{Greek}`, `\p{^Lu}`.
 *
 * @param at offset of the `p`
 */
export function escapedProperty(
  source: string,
  at: number,
): { readonly property: UnicodeProperty; readonly end: number } | { readonly error: string } {
  const read = /^([pP])(?:\{\s*(\^?)\s*([\w &=-]+?)\s*\}|([A-Z]))/.exec(source.slice(at, at + 60));
  const name = read?.[3] ?? read?.[4];
  if (read === null || name === undefined) return { error: `a property is missing after \`\\${source.charAt(at)}\`` };
  const test = propertyTest(name);
  if (test === undefined) return { error: `\`${name}\` is not a property of characters` };
  const negated = (read[1] === 'P') !== (read[2] === '^');
  return { property: { name, test, negated }, end: at + read[0].length };
}

const SPELLINGS: Readonly<Record<string, string>> = {
  'L&': 'LC',
  Xan: '[\\p{L}\\p{N}]',
  Xwd: '[\\p{L}\\p{N}_]',
  Xsp: '\\s',
  Xps: '\\s',
};

/** Only names from Unicode's own lists reach the expression. */
function propertyTest(name: string): RegExp | undefined {
  const plain = Object.hasOwn(SPELLINGS, name) ? (SPELLINGS[name] ?? name) : name.replaceAll(/[ -]/g, '_');
  const forms = plain.includes('\\') ? [plain] : [plain, `Script=${plain}`, `General_Category=${plain}`].map((each) => `\\p{${each}}`);
  for (const form of forms) {
    try {
      return new RegExp(form, 'u');
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  return undefined;
}

/**
 * Reads `[:alpha:]` within brackets.
 *
 * @param at offset of the inner bracket
 * @returns undefined when there is none
 */
export function posixClass(
  source: string,
  at: number,
): { readonly ranges: readonly CodeRange[]; readonly end: number } | { readonly error: string } | undefined {
  const read = /^\[:(\^?)([a-z]+):\]/.exec(source.slice(at, at + 20));
  if (read === null) return undefined;
  const [whole, negation = '', name = ''] = read;
  const ranges = Object.hasOwn(POSIX, name) ? POSIX[name] : undefined;
  if (ranges === undefined) return { error: `\`[:${name}:]\` is not a class of characters` };
  return { ranges: negation === '' ? ranges : complement(ranges), end: at + whole.length };
}
