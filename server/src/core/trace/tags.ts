import type { Problem } from '../base/problem.ts';
import { containsPosition } from '../base/range.ts';
import type { Position } from '../base/range.ts';
import { rangesWithin } from './commentRanges.ts';
import { LINK_PATTERN } from './itemFields.ts';
import type { CommentText, Tag } from './unit.ts';

/** A longer stretch between brackets is prose, not a tag. */
const MAX_TAG_LENGTH = 2000;
/** Per comment: a hostile one must not fill the problem list. */
const MAX_NEAR_MISSES = 20;

/** Words before an id that show that somebody meant a tag. */
const VERIFY_WORDS = /^(?:verif(?:y|ies|ied|ying)|tests?|tested|testing|checks?|validates?|covers?)$/i;
const IMPLEMENT_WORDS =
  /^(?:implements?|implemented|implementing|satisf(?:y|ies|ied)|fulfill?s?|fulfilled|traces?|req|requirement)$/i;

interface Reading {
  readonly tags: readonly Tag[];
  readonly problems: readonly Problem[];
}

const NO_TAGS: Reading = { tags: [], problems: [] };

/** What comments say that have tags, or nearly: an open file keeps its comments from one text to the next. */
const known = new WeakMap<CommentText, { readonly prefixes: readonly string[]; readonly reading: Reading }>();

/** A word of a bracketed text, as offsets into the comment. */
interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Reads the tags of one comment: `[SR-AUTH-003]`, `[verifies SR-AUTH-003@2]`, `[SR-AUTH-003, SR-LOG-001]`, over several lines too. Takes
 * time linear in the comment's length. Problems have no path: the caller knows the file.
 *
 * @param prefixes - id prefixes that make a bracketed text a tag
 */
export function readTags(comment: CommentText, prefixes: readonly string[]): Reading {
  const open = comment.text.indexOf('[');
  if (open < 0) return NO_TAGS;
  const before = known.get(comment);
  if (before?.prefixes === prefixes) return before.reading;
  const reading = readFrom(comment, prefixes, open);
  if (reading.tags.length + reading.problems.length > 0) known.set(comment, { prefixes, reading });
  return reading;
}

function readFrom(comment: CommentText, prefixes: readonly string[], first: number): Reading {
  const { text } = comment;
  let open = first;
  const tags: Tag[] = [];
  const problems: Problem[] = [];
  const rangeOf = rangesWithin(comment);
  /** Where the last tag ended: `[A-1][A-2]` are two tags, `a[A-1]` and `[x][A-1]` are none. */
  let tagEnd = 0;
  while (open >= 0) {
    const next = text.indexOf('[', open + 1);
    const limit = next < 0 ? text.length : next;
    // No `[` stands within the stretch that is searched, so no character is searched twice.
    const found = text.slice(open + 1, Math.min(limit, open + MAX_TAG_LENGTH)).indexOf(']');
    const close = found < 0 ? undefined : open + 1 + found;
    const indexed = open > 0 && open !== tagEnd && /[\w)\]]/.test(text[open - 1] ?? '');
    const isLink = close !== undefined && text[close + 1] === '(';
    if (!indexed && !isLink) {
      const read = readBrackets(text, open, close, limit, prefixes);
      for (const { word, revision, id } of read.ids) {
        tags.push({
          id,
          type: read.verifies ? 'verifies' : 'implements',
          range: rangeOf(word.start, word.end),
          unit: comment.unit,
          ...(revision !== undefined && { revision }),
        });
      }
      if (read.ids.length > 0 && close !== undefined) tagEnd = close + 1;
      for (const { message, start, end } of read.nearMisses) {
        if (problems.length >= MAX_NEAR_MISSES) break;
        problems.push({
          code: 'tag-near-miss',
          severity: 'information',
          message,
          range: rangeOf(start, end),
        });
      }
    }
    open = next;
  }
  return { tags, problems };
}

interface Brackets {
  readonly verifies: boolean;
  readonly ids: readonly {
    readonly id: string;
    readonly revision: number | undefined;
    readonly word: Word;
  }[];
  readonly nearMisses: readonly { readonly message: string; readonly start: number; readonly end: number }[];
}

const NOTHING: Brackets = { verifies: false, ids: [], nearMisses: [] };

function readBrackets(
  text: string,
  open: number,
  close: number | undefined,
  limit: number,
  prefixes: readonly string[],
): Brackets {
  // Without `]`, only the rest of the line can have been meant.
  const end = close ?? endOfLine(text, open, Math.min(limit, open + MAX_TAG_LENGTH));
  const parts = splitParts(text, open + 1, end);
  const first = parts[0] ?? [];
  const verb = first.length > 1 ? first[0] : undefined;
  const verifies = verb?.text === 'verifies';
  const lead = (verifies ? first[1] : first[0])?.text ?? '';
  if (!looksLikeId(lead, prefixes)) {
    if (verb === undefined || !looksLikeId(first[1]?.text ?? '', prefixes)) return NOTHING;
    const id = first[1]?.text ?? '';
    const word = verb.text.replace(/:$/, '');
    const advice = VERIFY_WORDS.test(word)
      ? `[verifies ${id}]`
      : IMPLEMENT_WORDS.test(word)
        ? `[${id}]`
        : undefined;
    if (advice === undefined) return NOTHING;
    const message = `This is not read as a tag: write \`${advice}\`.`;
    return { ...NOTHING, nearMisses: [{ message, start: verb.start, end: first[1]?.end ?? verb.end }] };
  }
  if (close === undefined) {
    const last = first.at(-1);
    const message = `This is not read as a tag: close the bracket after \`${lead}\`.`;
    return { ...NOTHING, nearMisses: [{ message, start: open, end: last?.end ?? end }] };
  }
  const ids: { id: string; revision: number | undefined; word: Word }[] = [];
  const nearMisses: { message: string; start: number; end: number }[] = [];
  parts.forEach((part, index) => {
    const words = index === 0 && verifies ? part.slice(1) : part;
    const [word, extra] = words;
    if (word === undefined) {
      nearMisses.push({
        message: 'An id is missing in this tag: remove the comma.',
        start: open,
        end: close + 1,
      });
      return;
    }
    const [, id, revision] = LINK_PATTERN.exec(word.text) ?? [];
    const read = id !== undefined && hasPrefix(id, prefixes);
    if (read && extra === undefined) {
      ids.push({ id, revision: revision === undefined ? undefined : Number(revision), word });
      return;
    }
    const message = read ? extraAdvice(word, words) : idAdvice(word.text, prefixes);
    nearMisses.push({ message, start: word.start, end: words.at(-1)?.end ?? word.end });
  });
  return { verifies, ids, nearMisses };
}

/** The words of each part between commas; decoration at the start of a line (` * `, `//`) is no word. */
function splitParts(text: string, start: number, end: number): Word[][] {
  const parts: Word[][] = [[]];
  let at = start;
  let lineStart = false;
  while (at < end) {
    const char = text[at] ?? '';
    if (char === ',') {
      parts.push([]);
      at++;
    } else if (/\s/.test(char)) {
      if (char === '\n') lineStart = true;
      at++;
      continue;
    } else {
      let stop = at;
      while (stop < end && !/[\s,]/.test(text[stop] ?? '')) stop++;
      const word = { text: text.slice(at, stop), start: at, end: stop };
      if (!lineStart || !/^(?:\*+|\/\/+[!/]?|#+|--+|;+)$/.test(word.text)) parts.at(-1)?.push(word);
      at = stop;
    }
    lineStart = false;
  }
  return parts;
}

function hasPrefix(id: string, prefixes: readonly string[]): boolean {
  const hyphen = id.indexOf('-');
  return prefixes.includes(id.slice(0, hyphen));
}

/** True for an id of a known prefix and for what can only be a misspelt one: it must have a hyphen (or the like) and a digit. */
function looksLikeId(word: string, prefixes: readonly string[]): boolean {
  const [, prefix, rest] = /^([A-Za-z][A-Za-z0-9]*)[-_\u2010-\u2015](.{1,150})/.exec(word) ?? [];
  if (prefix === undefined || rest === undefined) return false;
  if (prefixes.includes(prefix) && LINK_PATTERN.test(word)) return true;
  return prefixes.includes(prefix.toUpperCase()) && /[0-9]/.test(rest);
}

function extraAdvice(word: Word, words: readonly Word[]): string {
  const another = words.find((each, index) => index > 0 && LINK_PATTERN.test(each.text));
  return another === undefined
    ? `This is not read as a tag: only ids may stand in the brackets; write \`[${word.text}]\` and put the rest after it.`
    : `This is not read as a tag: put a comma between \`${word.text}\` and \`${another.text}\`.`;
}

function idAdvice(word: string, prefixes: readonly string[]): string {
  const [id = '', revision] = word.split('@', 2);
  const better = id
    .toUpperCase()
    .replace(/[_\u2010-\u2015]/g, '-')
    .replace(/[^A-Z0-9-].*$/, '')
    .replace(/-+$/, '');
  if (LINK_PATTERN.test(id) && hasPrefix(id, prefixes) && revision !== undefined) {
    return `This is not read as a tag: the revision after \`@\` is a whole number from 1 on, as in \`${id}@2\`.`;
  }
  if (LINK_PATTERN.test(better) && hasPrefix(better, prefixes)) {
    return `This is not read as a tag: write the id as \`${better}\`.`;
  }
  return `\`${word.slice(0, 40)}\` is not read as a tag: an id here starts with ${prefixes.map((each) => `\`${each}-\``).join(' or ')}.`;
}

function endOfLine(text: string, from: number, limit: number): number {
  const at = text.slice(from, limit).search(/[\r\n]/);
  return at < 0 ? limit : from + at;
}

/** The tag under a cursor. */
export function tagAt(tags: readonly Tag[], position: Position): Tag | undefined {
  return tags.find((tag) => containsPosition(tag.range, position));
}

/** What is being typed between the brackets of a tag. */
export interface TagCompletion {
  readonly type: 'implements' | 'verifies';
  /** What has been typed of the id so far; may be empty, in any case, and may also be the start of `verifies`. */
  readonly typed: string;
  /** Column at which `typed` starts, counted in the text given. */
  readonly start: number;
  /** Ids that stand before it in the same tag. */
  readonly others: readonly string[];
}

/**
 * Whether a line of a comment ends, at the cursor, within a tag in which an id may follow. The caller makes sure that the cursor is in a
 * comment.
 */
export function completionContext(
  lineTextBeforeCursor: string,
  prefixes: readonly string[],
): TagCompletion | undefined {
  const text = lineTextBeforeCursor.slice(-MAX_TAG_LENGTH);
  const skipped = lineTextBeforeCursor.length - text.length;
  const open = text.lastIndexOf('[');
  if (open < 0 || text.includes(']', open) || /[\w)]/.test(text[open - 1] ?? '')) return undefined;
  const body = text.slice(open + 1);
  const verb = /^\s*verifies\s+/.exec(body)?.[0] ?? '';
  const parts = body.slice(verb.length).split(',');
  const last = parts.pop() ?? '';
  const others = parts.map((part) => part.trim());
  if (!others.every((other) => LINK_PATTERN.test(other))) return undefined;
  const typed = last.trimStart();
  if (!/^[A-Za-z0-9-]*$/.test(typed)) return undefined;
  const upper = typed.toUpperCase();
  const fits =
    prefixes.some((prefix) => `${prefix}-`.startsWith(upper) || upper.startsWith(`${prefix}-`)) ||
    (verb === '' && others.length === 0 && 'VERIFIES'.startsWith(upper));
  if (!fits) return undefined;
  return {
    type: verb === '' ? 'implements' : 'verifies',
    typed,
    start: skipped + text.length - typed.length,
    others: others.map((other) => other.replace(/@.*$/, '')),
  };
}
