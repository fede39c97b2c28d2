import assert from 'node:assert/strict';

import fc from 'fast-check';

import type { Problem } from '../../../server/src/core/base/problem.ts';
import type { TextFormat } from '../../../server/src/core/trace/formats.ts';
import type { Item, LooseLink } from '../../../server/src/core/trace/item.ts';
import { NO_SETTINGS, type SourceSettings } from '../../../server/src/core/trace/sources.ts';
import {
  TAG_SYNTAXES,
  type TagReading,
  readAllTags,
  type TagEntry,
  type TaggedFile,
  type TagSyntaxId,
} from '../../../server/src/core/trace/tagSyntaxes.ts';
import { traceGraph } from '../../../server/src/core/trace/tracer.ts';
import type { TraceGraph } from '../../../server/src/core/trace/traceGraph.ts';
import type { Unit } from '../../../server/src/core/trace/unit.ts';

/** What a format makes of files by path, as a source reads them: each, then all together. */
export function readFiles(
  format: TextFormat,
  files: Readonly<Record<string, string>>,
  settings: Partial<SourceSettings> = {},
): { items: readonly Item[]; links: readonly LooseLink[]; problems: readonly Problem[]; graph: TraceGraph } {
  const whole = { ...NO_SETTINGS, ...settings };
  const read = Object.entries(files).map(([path, text]) => ({ path, ...format.read(path, text, whole) }));
  const own = read.flatMap(({ problems }) => problems);
  const together = format.join?.(
    read.map(({ path, value }) => ({ path, facts: value })),
    whole,
  );
  const items = together?.value.items ?? read.flatMap(({ value }) => value.items);
  const links = together?.value.links ?? read.flatMap(({ value }) => value.links ?? []);
  return {
    items,
    links,
    problems: [...own, ...(together?.problems ?? [])],
    graph: traceGraph(items, [], { links }),
  };
}

/** `SR-1 "Title" verifies/Verifies SR-2` */
export function brief({ id, title, links }: Item): string {
  const ends = links.map(({ type, role, to }) => ` ${type}${role === undefined ? '' : `/${role}`} ${to}`);
  return `${id}${title === id ? '' : ` "${title}"`}${ends.join('')}`;
}

/** `a.yml:3 warning code` */
export function problemLines(problems: readonly Problem[]): string[] {
  return problems.map(
    ({ path, range, severity, code }) =>
      `${path ?? '?'}:${(range?.start.line ?? -1) + 1} ${severity} ${code}`,
  );
}

const FILE: Unit = {
  kind: 'file',
  name: 'a.c',
  range: { start: { line: 0, column: 0 }, end: { line: 9, column: 0 } },
  nameRange: { start: { line: 0, column: 0 }, end: { line: 0, column: 0 } },
};

/** Reads the tags of comments, each of which starts at the first column; the first at line 1, the next behind it. */
export function readComments(
  syntax: TagSyntaxId,
  texts: readonly string[],
  { path = 'a.c', language = 'c' }: { readonly path?: string; readonly language?: string } = {},
): TagReading {
  return TAG_SYNTAXES[syntax].read(fileOf(texts, path, language), { prefixes: [] });
}

/** The same with entries of `trace.tags`. */
export function readTagged(entries: readonly TagEntry[], texts: readonly string[]): TagReading {
  return readAllTags(fileOf(texts, 'a.c', 'c'), entries, { prefixes: [] });
}

function fileOf(texts: readonly string[], path: string, language: string): TaggedFile {
  let line = 0;
  const comments = texts.map((text) => {
    const start = { line, column: 0 };
    line += text.split('\n').length;
    return { text, range: { start, end: { line, column: 0 } }, unit: 0 };
  });
  return { path, language, comments, units: [FILE] };
}

/** `SR-1 verifies/Verifies 3:4` for each tag, with its line and column from 1. */
export function tagLines({ tags }: TagReading): string[] {
  return tags.map(
    ({ id, type, role, range: { start } }) =>
      `${id} ${type}${role === undefined ? '' : `/${role}`} ${start.line + 1}:${start.column + 1}`,
  );
}

/**
 * Whatever becomes of the text of a sample (words of it shuffled, cut, doubled, other line ends, a byte order mark), the format reads it
 * without throwing, and every item and problem lies within the file.
 */
export function survives(format: TextFormat, path: string, samples: readonly string[]): void {
  const parts = samples.flatMap((sample) => sample.match(/\s+|[\w-]+|[^\s\w]/g) ?? []);
  const mutated = fc.oneof(
    fc
      .tuple(
        fc.constantFrom(...samples),
        fc.nat(),
        fc.nat(),
        fc.constantFrom(...parts, '\uFEFF', '\t', '\0', '\u2028'),
      )
      .map(([sample, at, length, word]) => {
        const start = at % (sample.length + 1);
        return sample.slice(0, start) + word + sample.slice(start + (length % 40));
      }),
    fc.array(fc.constantFrom(...parts), { maxLength: 60 }).map((words) => words.join('')),
    fc.constantFrom(...samples).map((sample) => `\uFEFF${sample.replaceAll('\n', '\r\n')}`),
    fc.string(),
  );
  fc.assert(
    fc.property(mutated, (text) => {
      const { items, problems } = readFiles(format, { [path]: text });
      const lines = text.split('\n').length;
      for (const { location } of items) assert.ok(location.range.end.line < lines, 'within the file');
      for (const problem of problems) {
        assert.equal(problem.path, path);
        assert.ok((problem.range?.end.line ?? 0) < lines + 1, 'within the file');
      }
    }),
  );
}

/** CRLF and a byte order mark change nothing. */
export function sameWithOtherLineEnds(format: TextFormat, path: string, text: string): void {
  const plain = readFiles(format, { [path]: text }).items;
  const other = readFiles(format, { [path]: `\uFEFF${text.replaceAll('\n', '\r\n')}` }).items;
  assert.deepEqual(other.map(brief), plain.map(brief));
  assert.deepEqual(
    other.map(({ text: each }) => each),
    plain.map(({ text: each }) => each),
  );
}
