import type { Problem } from '../../base/problem.ts';
import type { Range } from '../../base/range.ts';
import { rangesWithin } from '../commentRanges.ts';
import { generalMarker, languageMarkers, type MarkerReading } from '../strictdoc/relationMarker.ts';
import type { TagSyntax } from '../tagSyntaxes.ts';
import type { CommentText, Tag } from '../unit.ts';

/** Per file: a hostile one must not fill the problem list. */
const MAX_PROBLEMS = 20;
/** Files that StrictDoc reads with a parser of their language. */
const LANGUAGE_FILES = /\.(?:py|c|cc|cpp|h|hh|hpp|rs|robot)$/;
/** What leads a line of a comment, and what closes one. */
const LEADERS = /^[ \t]*(?:\/\*+!?|\*+\/?|\/{2,}!?|#+)|\*+\/[ \t]*$/gm;

interface Found {
  readonly reading: MarkerReading;
  readonly unit: number;
  readonly rangeOf: (start: number, end: number) => Range;
}

/** `@relation(UID, scope=function)`, as the two parsers of StrictDoc read it; a near miss is reported. */
export const strictDocTags: TagSyntax = {
  title: 'StrictDoc markers',
  detect: (text) => text.includes('@relation('),
  mark: () => /relation/i,
  read: ({ path, comments }) => {
    const tags: Tag[] = [];
    const problems: Problem[] = [];
    const report = (message: string, range: Range): void => {
      if (problems.length < MAX_PROBLEMS)
        problems.push({ code: 'tag-near-miss', severity: 'information', message, path, range });
    };
    /** Ranges of lines that are open, innermost last: `skip` masks what stands in it. */
    const open: { readonly key: string; readonly skips: boolean; readonly range: Range }[] = [];
    let skipping = 0;
    for (const { reading, unit, rangeOf } of found(path, comments)) {
      if (!('marker' in reading)) {
        if (skipping === 0)
          report(`This is not read as a marker: ${reading.miss}.`, rangeOf(reading.start, reading.end));
        continue;
      }
      const { uids, scope, role, start, end } = reading.marker;
      const skips = uids.some(({ id }) => id === 'skip');
      const key = uids.map(({ id }) => id).join(', ');
      if (scope === 'range_end') {
        const begun = open.at(-1);
        if (begun?.key === key) {
          open.pop();
          if (begun.skips) skipping--;
        } else if (skipping === 0) {
          report('This ends a range that was not begun with the same ids.', rangeOf(start, end));
        }
        continue;
      }
      if (scope === 'range_start' && (skipping === 0 || skips)) {
        open.push({ key, skips, range: rangeOf(start, end) });
        if (skips) skipping++;
      }
      if (skipping > 0 || skips) continue;
      const seen = new Set<string>();
      for (const uid of uids) {
        if (seen.has(uid.id)) {
          report(`\`${uid.id}\` stands twice in this marker: keep one.`, rangeOf(uid.start, uid.end));
          continue;
        }
        seen.add(uid.id);
        tags.push({
          id: uid.id,
          type: role === 'Verifies' ? 'verifies' : 'implements',
          ...(role !== undefined && { role }),
          range: rangeOf(uid.start, uid.end),
          unit: scope === 'file' ? 0 : unit,
        });
      }
    }
    for (const { range } of open) report('This range is not ended with `scope=range_end`.', range);
    return { tags, items: [], problems };
  },
};

function* found(path: string, comments: readonly CommentText[]): Generator<Found> {
  if (!LANGUAGE_FILES.test(path)) {
    for (const comment of comments) {
      if (!comment.text.includes('@relation')) continue;
      const rangeOf = rangesWithin(comment);
      let offset = 0;
      for (const line of comment.text.split('\n')) {
        const reading = generalMarker(line.replace(/\r$/, ''), offset);
        if (reading !== undefined) yield { reading, unit: comment.unit, rangeOf };
        offset += line.length + 1;
      }
    }
    return;
  }
  const scopeNeeded = !path.endsWith('.rs');
  for (const group of adjacent(comments)) {
    const [first] = group;
    if (first === undefined || !group.some(({ text }) => text.includes('@relation'))) continue;
    const text = group.map((comment) => comment.text.replace(LEADERS, blanks)).join('\n');
    const places = placesOf(group);
    for (const reading of languageMarkers(text, scopeNeeded)) {
      const at = 'marker' in reading ? reading.marker.start : reading.start;
      yield { reading, unit: places.unitAt(at), rangeOf: places.rangeOf };
    }
  }
}

function blanks(leader: string): string {
  return ' '.repeat(leader.length);
}

/** Comments of one line each that follow each other are one text: a marker may go on in the next. */
function* adjacent(comments: readonly CommentText[]): Generator<readonly CommentText[]> {
  let group: CommentText[] = [];
  for (const comment of comments) {
    const last = group.at(-1);
    const joins =
      last !== undefined &&
      /^(?:\/\/|#)/.test(last.text) &&
      /^(?:\/\/|#)/.test(comment.text) &&
      comment.range.start.line - last.range.end.line <= 1;
    if (!joins && group.length > 0) {
      yield group;
      group = [];
    }
    group.push(comment);
  }
  if (group.length > 0) yield group;
}

/** Where offsets into the joined texts of comments are in the file. */
function placesOf(group: readonly CommentText[]): {
  readonly unitAt: (offset: number) => number;
  readonly rangeOf: (start: number, end: number) => Range;
} {
  let offset = 0;
  const parts = group.map((comment) => {
    const start = offset;
    offset += comment.text.length + 1;
    return { start, unit: comment.unit, rangeOf: rangesWithin(comment) };
  });
  const partAt = (at: number) => parts.findLast(({ start }) => start <= at) ?? parts[0];
  return {
    unitAt: (at) => partAt(at)?.unit ?? 0,
    rangeOf: (start, end) => {
      const [first, last] = [partAt(start), partAt(end)];
      const empty = { start: { line: 0, column: 0 }, end: { line: 0, column: 0 } };
      return {
        start: (first?.rangeOf(start - first.start, start - first.start) ?? empty).start,
        end: (last?.rangeOf(end - last.start, end - last.start) ?? empty).end,
      };
    },
  };
}
