import { compareText } from '../base/order.ts';
import type { Problem } from '../base/problem.ts';
import type { SourceFacts, TraceFormatId } from './formats.ts';
import { ITEM_KINDS, type ItemKind } from './item.ts';
import { markdownPrefixes } from './markdown/readMarkdownItems.ts';
import { createSourceSet } from './sourceSet.ts';
import { NO_SETTINGS } from './sources.ts';
import { traceGraph } from './tracer.ts';

/** What a format's files hold. */
export interface CheckedFormat {
  readonly format: TraceFormatId;
  readonly files: number;
  readonly items: number;
  /** How many items there are of each kind, in the order of the chain. */
  readonly kinds: Readonly<Partial<Record<ItemKind, number>>>;
  readonly links: number;
  readonly defects: number;
}

export interface SourceCheck {
  /** In the order of their names. */
  readonly formats: readonly CheckedFormat[];
  /** What cannot be read, and links that do not lead where they should: each with its path; by path and line. */
  readonly defects: readonly Problem[];
}

/** Gaps are no defects here: the code and the tests are not looked at. */
const GAPS: readonly string[] = ['trace-uncovered', 'trace-transitive'];

/** Whatever ids a file has headings for, they are its own here. */
function prefixesIn(contents: readonly (string | Uint8Array)[]): string[] {
  return [
    ...new Set(contents.flatMap((content) => (typeof content === 'string' ? markdownPrefixes(content) : []))),
  ];
}

function kindsOf(kinds: readonly ItemKind[]): CheckedFormat['kinds'] {
  return Object.fromEntries(
    ITEM_KINDS.flatMap((kind) => {
      const count = kinds.filter((each) => each === kind).length;
      return count === 0 ? [] : [[kind, count] as const];
    }),
  );
}

/** Reads files of items in the formats that they were recognised as, and links all of them with each other. */
export function checkSources(
  files: readonly {
    readonly path: string;
    readonly format: TraceFormatId;
    readonly content: string | Uint8Array;
  }[],
): SourceCheck {
  const formats = [...new Set(files.map(({ format }) => format))].sort(compareText);
  const formatOfPath = new Map(files.map(({ path, format }) => [path, format]));
  const problems: Problem[] = [];
  const facts = formats.map((format): SourceFacts => {
    const own = files.filter((file) => file.format === format);
    // Literal paths: names may hold characters that a glob gives a meaning.
    const set = createSourceSet([
      {
        ...NO_SETTINGS,
        format,
        files: own.map(({ path }) => path.replaceAll(/[[\]{}()*?!+@\\]/g, '\\$&')),
        options: { prefixes: format === 'markdown' ? prefixesIn(own.map(({ content }) => content)) : [] },
      },
    ]);
    for (const { path, content } of own) set.set(path, content);
    const outcome = set.facts();
    problems.push(...outcome.problems);
    return outcome.value;
  });
  const graph = traceGraph(
    facts.flatMap(({ items }) => items),
    [],
    { links: facts.flatMap(({ links }) => links ?? []) },
  );
  const defects = [...problems, ...graph.problems.filter(({ code }) => !GAPS.includes(code))].sort(
    (a, b) =>
      compareText(a.path ?? '', b.path ?? '') || (a.range?.start.line ?? 0) - (b.range?.start.line ?? 0),
  );
  const countOf = (paths: readonly (string | undefined)[], format: TraceFormatId) =>
    paths.filter((path) => path !== undefined && formatOfPath.get(path) === format).length;
  return {
    formats: formats.map((format) => ({
      format,
      files: files.filter((file) => file.format === format).length,
      items: countOf(
        graph.items.map(({ item }) => item.location.path),
        format,
      ),
      kinds: kindsOf(
        graph.items.flatMap(({ item }) =>
          formatOfPath.get(item.location.path) === format ? [item.kind] : [],
        ),
      ),
      links: countOf(
        graph.links.map(({ location }) => location.path),
        format,
      ),
      defects: countOf(
        defects.map(({ path }) => path),
        format,
      ),
    })),
    defects,
  };
}
