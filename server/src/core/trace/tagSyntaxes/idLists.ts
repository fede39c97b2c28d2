import type { Range } from '../../base/range.ts';
import { rangesWithin } from '../commentRanges.ts';
import type { TagSyntax } from '../tagSyntaxes.ts';
import type { CommentText, Tag } from '../unit.ts';

/** A word of a list of ids, as offsets into its text. */
interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A list of ids is no longer than this. */
const MAX_LIST = 2000;

/** Sphinx-Needs codelinks: `@need-ids: SR_1, SR_2`. */
export const needIdTags: TagSyntax = markedLists(
  'Sphinx-Needs codelinks (@need-ids:)',
  /@need-ids:/g,
  /[\s,]+/,
);

/** S-CORE: `# req-Id: a, b` and `// req-traceability: a`, exactly so at the start of a comment's line. */
export const scoreTags: TagSyntax = markedLists(
  'S-CORE (req-Id:)',
  /(?:^|(?<=\n)[ \t]*)(?:#|\/\/) (?:req-Id|req-traceability):/g,
  /,/,
);

/** LOBSTER: `// lobster-trace: pkg.req, pkg.req2`. */
export const lobsterTags: TagSyntax = markedLists('LOBSTER (lobster-trace:)', /\blobster-trace:/g, /,/);

function markedLists(title: string, marker: RegExp, separator: RegExp): TagSyntax {
  return {
    title,
    detect: (text) => new RegExp(marker.source).test(text),
    mark: () => new RegExp(marker.source, marker.flags.replace('g', '')),
    read: ({ comments }) => ({
      tags: comments.flatMap((comment) => {
        const rangeOf = rangesWithin(comment);
        return [...comment.text.matchAll(marker)].flatMap((found) => {
          const start = found.index + found[0].length;
          const line = comment.text.slice(start, start + MAX_LIST).split(/\r?\n|\*\//, 1)[0] ?? '';
          return wordsOf(line, separator, start).map((word) => tagOf(word, comment, rangeOf, 'implements'));
        });
      }),
      items: [],
      problems: [],
    }),
  };
}

function wordsOf(line: string, separator: RegExp, offset: number): readonly Word[] {
  const words: Word[] = [];
  let at = 0;
  for (const part of line.split(separator)) {
    const text = part.trim();
    if (text === '') continue;
    const start = line.indexOf(text, at);
    at = start + text.length;
    // An id is one word; what follows a blank is prose.
    if (/^\S+$/.test(text)) words.push({ text, start: offset + start, end: offset + at });
  }
  return words;
}

function tagOf(
  { text, start, end }: Word,
  { unit }: CommentText,
  rangeOf: (start: number, end: number) => Range,
  type: Tag['type'],
  role?: string,
): Tag {
  return { id: text, type, ...(role !== undefined && { role }), range: rangeOf(start, end), unit };
}

const DOXYGEN = /[@\\](satisfy|verify|req|requirement)(?:\{|[ \t]+)/g;
const REQ_LIST = /^[@\\]req\{([^{}]{0,1900})\}/;

/** Doxygen: `@satisfy{@req{SR-1}}` on code, `@verify{@req{SR-1}}` on tests, plain `@req SR-1`. */
export const doxygenTags: TagSyntax = {
  title: 'Doxygen (@satisfy, @verify, @req)',
  detect: (text) => /[@\\](?:satisfy|verify)\{|[@\\]req[ \t{]/.test(text),
  mark: () => /[@\\](?:satisfy|verify|req)/,
  read: ({ comments }) => ({
    tags: comments.flatMap((comment) => {
      const { text } = comment;
      const rangeOf = rangesWithin(comment);
      const tags: Tag[] = [];
      let covered = 0;
      for (const found of text.matchAll(DOXYGEN)) {
        const [whole, command = ''] = found;
        // What stands within `@satisfy{...}` has been read with it.
        if (found.index < covered) continue;
        const start = found.index + whole.length;
        const line = text.slice(start, start + MAX_LIST).split(/\r?\n|\*\//, 1)[0] ?? '';
        const type = command === 'verify' ? 'verifies' : 'implements';
        if (command === 'satisfy' || command === 'verify') {
          if (!whole.endsWith('{')) continue;
          const [list, ids] = REQ_LIST.exec(line) ?? [];
          if (list === undefined || ids === undefined) continue;
          covered = start + list.length;
          const words = wordsOf(ids, /,/, start + '@req{'.length);
          tags.push(...words.map((word) => tagOf(word, comment, rangeOf, type, command)));
        } else {
          const list = whole.endsWith('{') ? (line.split('}', 1)[0] ?? '') : listAtStart(line);
          covered = start + list.length;
          tags.push(...wordsOf(list, /,/, start).map((word) => tagOf(word, comment, rangeOf, type, command)));
        }
      }
      return tags;
    }),
    items: [],
    problems: [],
  }),
};

/** `SR-1, SR-2 and prose`: the ids with commas between them. An id has a digit, so that prose has none. */
function listAtStart(line: string): string {
  return (
    /^[#\w.-]*\d[\w.-]*(?:[ \t]{0,9},[ \t]{0,9}[#\w.-]*\d[\w.-]*)*/.exec(line)?.[0].replace(/[.-]+$/, '') ??
    ''
  );
}
