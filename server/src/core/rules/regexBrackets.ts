import { CLASS_ESCAPES, escapedCharacter, escapedProperty, posixClass } from './regexEscapes.ts';
import { RegexRefused } from './regexRefused.ts';
import { foldRanges, normal, type CharSet, type CodeRange, type UnicodeProperty } from './regexSet.ts';

/** Characters, or one that may begin a range. */
type Member = { readonly code: number } | { readonly ranges: readonly CodeRange[] } | { readonly property: UnicodeProperty };

/**
 * Reads `[...]`.
 *
 * @param start offset behind the opening bracket
 * @throws RegexRefused
 */
export function bracketSet(source: string, start: number, ignoreCase: boolean): { readonly set: CharSet; readonly end: number } {
  let at = start;
  const negated = source.charAt(at) === '^';
  if (negated) at++;
  const single: CodeRange[] = [];
  const classes: CodeRange[] = [];
  const properties: UnicodeProperty[] = [];
  /** Between `\Q` and `\E`. */
  let quoted = false;
  for (let first = true; first || quoted || source.charAt(at) !== ']'; first = false) {
    if (at >= source.length) throw new RegexRefused('a `[` has no `]`');
    if (source.startsWith(quoted ? '\\E' : '\\Q', at)) {
      quoted = !quoted;
      at += 2;
      continue;
    }
    if (!quoted && source.startsWith('\\E', at)) {
      at += 2;
      continue;
    }
    const member = quoted ? plain(source, at) : read(source, at);
    at = member.end;
    if ('ranges' in member) classes.push(...member.ranges);
    else if ('property' in member) properties.push(member.property);
    else {
      const to = quoted ? undefined : rangeEnd(source, at);
      if (to !== undefined && to.code < member.code) {
        throw new RegexRefused(`the range \`${String.fromCodePoint(member.code)}-${String.fromCodePoint(to.code)}\` is backwards`);
      }
      single.push([member.code, to?.code ?? member.code]);
      at = to?.end ?? at;
    }
  }
  const ranges = normal([...(ignoreCase ? foldRanges(single) : single), ...classes]);
  return { set: { ranges, properties, negated }, end: at + 1 };
}

/** What follows a character as `-z`; a hyphen before the end or a class stands for itself. */
function rangeEnd(source: string, at: number): { readonly code: number; readonly end: number } | undefined {
  if (source.charAt(at) !== '-' || source.charAt(at + 1) === ']' || at + 1 >= source.length) return undefined;
  const member = read(source, at + 1);
  return 'code' in member ? member : undefined;
}

function plain(source: string, at: number): { readonly code: number; readonly end: number } {
  const code = source.codePointAt(at) ?? 0;
  return { code, end: at + (code > 0xffff ? 2 : 1) };
}

function read(source: string, at: number): Member & { readonly end: number } {
  if (source.charAt(at) === '[') {
    const posix = posixClass(source, at);
    if (posix !== undefined && 'error' in posix) throw new RegexRefused(posix.error);
    if (posix !== undefined) return posix;
  }
  if (source.charAt(at) !== '\\') return plain(source, at);
  const letter = source.charAt(at + 1);
  if (letter === 'b') return { code: 8, end: at + 2 };
  const ranges = Object.hasOwn(CLASS_ESCAPES, letter) ? CLASS_ESCAPES[letter] : undefined;
  if (ranges !== undefined && letter !== 'N') return { ranges, end: at + 2 };
  if (letter === 'p' || letter === 'P') {
    const property = escapedProperty(source, at + 1);
    if ('error' in property) throw new RegexRefused(property.error);
    return property;
  }
  const octal = /^[0-7]{1,3}/.exec(source.slice(at + 1, at + 4))?.[0];
  if (octal !== undefined) return { code: Number.parseInt(octal, 8), end: at + 1 + octal.length };
  const character = escapedCharacter(source, at + 1);
  if (character === undefined) throw new RegexRefused(`\`\\${letter}\` is not an escape within brackets`);
  return character;
}
