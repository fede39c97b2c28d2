import type { RuleOptions } from '../rules/options.ts';

/**
 * Any text as words and signs, with the nesting that its indentation and its braces show. Arrays have an entry for each
 * token; offsets are UTF-16 code units, `End` is one behind the last.
 */
export interface GenericText {
  readonly text: string;
  readonly count: number;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** Lines, counted from 0. */
  readonly lines: Int32Array;
  /** 1 for words and numbers, 0 for signs. */
  readonly isWord: Uint8Array;
  /** In lower case where case does not count. */
  readonly texts: readonly string[];
  /** The other brace of the pair; -1 where there is none. */
  readonly partners: Int32Array;
  /** End of the block that a match which begins here stays in: deeper indented lines, or a pair of braces within a line. */
  readonly blockEnds: Int32Array;
  /** End of the block of deeper indented lines that begins here; 0 where none begins. */
  readonly opens: Int32Array;
}

/** Texts are read alike under options with the same key; for those who keep them. */
export function genericTextKey(options: RuleOptions): string {
  const {
    generic_caseless,
    generic_extra_word_characters,
    generic_comment_style,
    generic_braces,
    generic_extra_braces,
  } = options;
  return JSON.stringify([
    generic_caseless,
    generic_extra_word_characters,
    generic_comment_style ?? null,
    generic_braces,
    generic_extra_braces,
  ]);
}

export interface GenericToken {
  readonly text: string;
  readonly start: number;
  readonly isWord: boolean;
}

/** One regular expression for words, and for every other sign by itself. */
export function tokenPattern(extra: readonly string[]): RegExp {
  const more = extra
    .flatMap((each) => Array.from(each))
    .map((each) => `\\u{${(each.codePointAt(0) ?? 0).toString(16)}}`);
  return new RegExp(`([\\p{L}\\p{M}\\p{N}_${more.join('')}]+)|[^\\s]`, 'gu');
}

/** Braces that are one character each, the opening one first. */
export function bracesOf({ generic_braces, generic_extra_braces }: RuleOptions): ReadonlyMap<string, string> {
  return new Map([...generic_braces, ...generic_extra_braces]);
}

export function genericText(text: string, options: RuleOptions): GenericText {
  const starts: number[] = [];
  const texts: string[] = [];
  const words: number[] = [];
  const visible = withoutComments(text, options.generic_comment_style);
  for (const match of visible.matchAll(tokenPattern(options.generic_extra_word_characters))) {
    starts.push(match.index);
    texts.push(match[0]);
    words.push(match[1] === undefined ? 0 : 1);
  }
  const count = starts.length;
  const ends = Int32Array.from(starts, (start, token) => start + (texts[token]?.length ?? 0));
  const { lines, indents } = linesOf(visible, starts);
  const partners = pairs(texts, bracesOf(options));
  const opens = indented(lines, indents);
  return {
    text,
    count,
    starts: Int32Array.from(starts),
    ends,
    lines,
    isWord: Uint8Array.from(words),
    texts: options.generic_caseless ? texts.map((each) => each.toLowerCase()) : texts,
    partners,
    blockEnds: blocks(count, lines, partners, opens),
    opens,
  };
}

const COMMENTS = {
  c: /\/\*[^]*?(?:\*\/|$(?![^]))/g,
  cpp: /\/\*[^]*?(?:\*\/|$(?![^]))|\/\/[^\n]*/g,
  shell: /(?<![^\s])#[^\n]*/g,
};

/** The text with blanks for comments. */
function withoutComments(text: string, style: RuleOptions['generic_comment_style']): string {
  if (style === undefined) return text;
  return text.replace(COMMENTS[style], (comment) => comment.replace(/[^\n]/g, ' '));
}

/** The line of each token, and the indentation of the first one of a line; -1 for the others. A tab goes to the next eighth column. */
function linesOf(
  text: string,
  starts: readonly number[],
): { readonly lines: Int32Array; readonly indents: Int32Array } {
  const lines = new Int32Array(starts.length);
  const indents = new Int32Array(starts.length).fill(-1);
  let line = 0;
  let lineStart = 0;
  let lastLine = -1;
  for (const [token, start] of starts.entries()) {
    for (
      let end = text.indexOf('\n', lineStart);
      end >= 0 && end < start;
      end = text.indexOf('\n', lineStart)
    ) {
      line++;
      lineStart = end + 1;
    }
    lines[token] = line;
    if (line !== lastLine) indents[token] = indentation(text, lineStart, start);
    lastLine = line;
  }
  return { lines, indents };
}

/** Columns of the blanks between two offsets. */
export function indentation(text: string, from: number, to: number): number {
  let column = 0;
  for (let at = from; at < to; at++)
    column = text.charAt(at) === '\t' ? column + 8 - (column % 8) : column + 1;
  return column;
}

/** A brace without a partner is a sign like others, and disturbs no pair around it that is of another kind. */
function pairs(texts: readonly string[], braces: ReadonlyMap<string, string>): Int32Array {
  const partners = new Int32Array(texts.length).fill(-1);
  const closing = new Set(braces.values());
  const open: { readonly token: number; readonly closes: string }[] = [];
  for (const [token, text] of texts.entries()) {
    if (closing.has(text)) {
      const at = open.findLastIndex(({ closes }) => closes === text);
      // Far up the stack, it is more likely a slip than the end of all that is open since.
      if (at >= 0 && open.length - at <= MAX_UNCLOSED) {
        const opening = open[at]?.token ?? token;
        open.length = at;
        partners[opening] = token;
        partners[token] = opening;
        continue;
      }
    }
    const closes = braces.get(text);
    if (closes !== undefined) open.push({ token, closes });
  }
  return partners;
}

/** Braces left open that a closing one may skip to find its partner. */
const MAX_UNCLOSED = 3;

/** See `opens`. */
function indented(lines: Int32Array, indents: Int32Array): Int32Array {
  const opens = new Int32Array(lines.length);
  const open: { readonly token: number; readonly indent: number }[] = [];
  for (const [token, indent] of indents.entries()) {
    if (indent < 0) continue;
    for (let last = open.at(-1); last !== undefined && last.indent > indent; last = open.at(-1)) {
      opens[last.token] = token;
      open.pop();
    }
    if (indent > (open.at(-1)?.indent ?? -1)) open.push({ token, indent });
  }
  // The least indented lines, to the end of the text, are in no block.
  for (const { token } of open.slice(1)) opens[token] = lines.length;
  return opens;
}

function blocks(count: number, lines: Int32Array, partners: Int32Array, opens: Int32Array): Int32Array {
  const ends = new Int32Array(count);
  const open: number[] = [count];
  for (let token = 0; token < count; token++) {
    while ((open.at(-1) ?? count) <= token) open.pop();
    const block = opens[token] ?? 0;
    if (block > token) open.push(Math.min(block, open.at(-1) ?? count));
    ends[token] = open.at(-1) ?? count;
    const partner = partners[token] ?? -1;
    if (partner > token && lines[partner] === lines[token])
      open.push(Math.min(partner, open.at(-1) ?? count));
  }
  return ends;
}
