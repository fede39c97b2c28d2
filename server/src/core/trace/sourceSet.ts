import { globTest } from '../base/glob.ts';
import type { PathTest } from '../base/glob.ts';
import { compareText } from '../base/order.ts';
import type { Outcome, Problem } from '../base/problem.ts';
import { traceFormat } from './formats.ts';
import type { Item } from './item.ts';
import { isOwnFormat } from './itemEntry.ts';
import type { SourceFacts, SourcePart, TraceFormat, TraceFormatId } from './formats.ts';
import { withKnown } from './rewording.ts';
import type { SourceSettings } from './sources.ts';

/** A `trace.sources` entry of the configuration. */
export interface SourceEntry extends SourceSettings {
  readonly format: TraceFormatId;
  readonly files: readonly string[];
  /** Further globs, one of which must name a file too. */
  readonly within?: readonly string[];
}

/** The item files of a workspace in all formats, read once each; what they hold together is put together anew only when one changed. */
export interface SourceSet {
  /** Whether some source names the file. */
  has(path: string): boolean;
  inputOf(path: string): 'text' | 'bytes';
  /** How a file in a format of Traceward's own is read; undefined for all others. */
  ownSettings(path: string): SourceSettings | undefined;
  /** Items of a file in a format of Traceward's own, which has nothing else; undefined for all others, and for a file that was not read. */
  ownItems(path: string): readonly Item[] | undefined;
  /** Reads a file that a source names; other files are ignored. */
  set(path: string, content: string | Uint8Array): void;
  /** True when the file was there. */
  remove(path: string): boolean;
  paths(): readonly string[];
  /** Whether a source is there for results of tests. */
  readonly expectsResults: boolean;
  /** Everything of all files, in an order that depends on their paths alone. */
  facts(): Outcome<SourceFacts>;
}

interface Source {
  readonly format: TraceFormat;
  readonly isOwn: boolean;
  readonly settings: SourceSettings;
  readonly names: PathTest;
  readonly files: Map<string, Outcome<SourceFacts>>;
  together: Outcome<SourceFacts> | undefined;
}

/** A file belongs to the first entry that names it. */
export function createSourceSet(entries: readonly SourceEntry[]): SourceSet {
  const sources = entries.map(({ format, files, within, ...settings }): Source => ({
    format: traceFormat(format),
    isOwn: isOwnFormat(format),
    settings,
    names: namesBoth(files, within),
    files: new Map(),
    together: undefined,
  }));
  const sourceOf = (path: string) => sources.find(({ names }) => names(path));
  let whole: Outcome<SourceFacts> | undefined;
  return {
    has: (path) => sourceOf(path) !== undefined,
    inputOf: (path) => sourceOf(path)?.format.input ?? 'text',
    ownSettings: (path) => {
      const source = sourceOf(path);
      return source?.isOwn === true ? source.settings : undefined;
    },
    ownItems: (path) => {
      const source = sourceOf(path);
      const facts = source?.isOwn === true ? source.files.get(path)?.value : undefined;
      return facts?.links === undefined && facts?.reviews === undefined ? facts?.items : undefined;
    },
    set: (path, content) => {
      const source = sourceOf(path);
      if (source === undefined) return;
      const read = readWith(source, path, content);
      const known = source.isOwn ? source.files.get(path)?.value.items : undefined;
      source.files.set(
        path,
        known === undefined
          ? read
          : { ...read, value: { ...read.value, items: withKnown(read.value.items, known) } },
      );
      source.together = undefined;
      whole = undefined;
    },
    remove: (path) => {
      const source = sources.find(({ files }) => files.delete(path));
      if (source === undefined) return false;
      source.together = undefined;
      whole = undefined;
      return true;
    },
    expectsResults: sources.some(({ format }) => format.holdsResults === true),
    paths: () => sources.flatMap(({ files }) => [...files.keys()]),
    facts: () => (whole ??= joined(sources.map((source) => (source.together ??= together(source))))),
  };
}

function namesBoth(files: readonly string[], within: readonly string[] | undefined): PathTest {
  const { test } = globTest(files);
  if (within === undefined) return test;
  const inner = globTest(within).test;
  return (path) => inner(path) && test(path);
}

function readWith(
  { format, settings }: Source,
  path: string,
  content: string | Uint8Array,
): Outcome<SourceFacts> {
  if (format.input === 'text' && typeof content === 'string') return format.read(path, content, settings);
  if (format.input === 'bytes' && typeof content !== 'string') return format.read(path, content, settings);
  const message = `A file of ${format.title} is not read from an open editor: save it, and it is read from the disk.`;
  return { value: { items: [] }, problems: [{ code: 'item-file', severity: 'information', message, path }] };
}

function together({ format, settings, files }: Source): Outcome<SourceFacts> {
  const sorted = [...files].sort(([a], [b]) => compareText(a, b));
  if (format.join === undefined) return joined(sorted.map(([, facts]) => facts));
  const parts = sorted.map(([path, { value }]): SourcePart => ({ path, facts: value }));
  const { value, problems } = format.join(parts, settings);
  return { value, problems: [...sorted.flatMap(([, each]) => each.problems), ...problems] };
}

function joined(outcomes: readonly Outcome<SourceFacts>[]): Outcome<SourceFacts> {
  const [only] = outcomes;
  if (only !== undefined && outcomes.length === 1) return only;
  const problems: Problem[] = outcomes.flatMap((each) => each.problems);
  return {
    value: {
      items: outcomes.flatMap(({ value }) => value.items),
      links: outcomes.flatMap(({ value }) => value.links ?? []),
      reviews: outcomes.flatMap(({ value }) => value.reviews ?? []),
    },
    problems,
  };
}
