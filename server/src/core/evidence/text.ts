import type { Range } from '../base/range.ts';

/** `src/ble.c:12`: what editors and terminals open on a click. Lines are 1-based for readers. */
export function placeOf(path: string, range: Range | undefined): string {
  return range === undefined ? path : `${path}:${range.start.line + 1}`;
}

/** A name made of words with dashes as words: `unbounded-string-copy` becomes `Unbounded string copy`. */
export function titleOfId(id: string): string {
  const words = id
    .slice(id.lastIndexOf('.') + 1)
    .replaceAll(/[-_]+/g, ' ')
    .trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `1 file`, `3 files`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}

const REASONS: Readonly<Record<string, string>> = {
  binary: 'binary',
  'too-large': 'too large',
  unreadable: 'unreadable',
  'no-grammar': 'no grammar',
  failed: 'analysis failed',
};

/** Words for a reason to skip a file. */
export function skipReason(reason: string): string {
  return REASONS[reason] ?? reason;
}

/**
 * Control characters, and characters that are invisible or turn the direction of text: in a terminal they can do harm, and on a page
 * they can make code read as what it is not. Tabs and line ends stay.
 */
const INVISIBLE = /[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/** Text with such characters written as their code: `<U+202E>`. */
export function visibleText(text: string): string {
  return text.replaceAll(INVISIBLE, (character) => {
    if (character === '\t' || character === '\n' || character === '\r') return character;
    return `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`;
  });
}
