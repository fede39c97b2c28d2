import type { Problem } from '../base/problem.ts';
import type { Item } from './item.ts';
import { doxygenTags, lobsterTags, needIdTags, scoreTags } from './tagSyntaxes/idLists.ts';
import { needLineTags } from './tagSyntaxes/needLines.ts';
import { openFastTraceTags } from './tagSyntaxes/openFastTrace.ts';
import { strictDocTags } from './tagSyntaxes/strictDoc.ts';
import { tracewardTags } from './tagSyntaxes/traceward.ts';
import type { CommentText, Tag, Unit } from './unit.ts';

/** A source file as a reader of tags sees it: its comments, never its code or strings. */
export interface TaggedFile {
  readonly path: string;
  /** Id of its language: `c`, `python`. */
  readonly language: string;
  /** In the order of the text. */
  readonly comments: readonly CommentText[];
  /** The file itself first; tags and comments name them by index. */
  readonly units: readonly Unit[];
}

export interface TagSettings {
  /** Id prefixes that make a bracketed text a tag of Traceward's own. */
  readonly prefixes: readonly string[];
}

export interface TagReading {
  readonly tags: readonly Tag[];
  /** Tags that are items themselves, and may be linked to: OpenFastTrace's `[dsn->req~pin~1>>impl]`. Their `unit` says what carries them. */
  readonly items: readonly Item[];
  /** Near misses. */
  readonly problems: readonly Problem[];
}

/** A way to write links in comments. `read` is pure, never throws, and takes time linear in the comments. */
export interface TagSyntax {
  readonly title: string;
  /** Whether a text of source code uses it; `traceward init` asks. */
  readonly detect: (text: string) => boolean;
  /** What a text holds wherever there is a tag of this syntax or what is nearly one: a file without it need not be parsed for its tags. */
  readonly mark: (settings: TagSettings) => RegExp;
  readonly read: (file: TaggedFile, settings: TagSettings) => TagReading;
}

/** Every syntax that `trace.tags` may name. A new one is a file in `tagSyntaxes/` and a line here. */
export const TAG_SYNTAXES = {
  traceward: tracewardTags,
  oft: openFastTraceTags,
  strictdoc: strictDocTags,
  doxygen: doxygenTags,
  'need-ids': needIdTags,
  'need-lines': needLineTags,
  score: scoreTags,
  lobster: lobsterTags,
} as const satisfies Readonly<Record<string, TagSyntax>>;

export type TagSyntaxId = keyof typeof TAG_SYNTAXES;

/** Syntaxes that a text of source code seems to use. */
export function tagSyntaxesIn(text: string): readonly TagSyntaxId[] {
  const table: Readonly<Record<TagSyntaxId, TagSyntax>> = TAG_SYNTAXES;
  return (Object.keys(table) as TagSyntaxId[]).filter((id) => table[id].detect(text));
}

/** One entry of `trace.tags`: a syntax, or a syntax with what its words mean in this project. */
export type TagEntry = TagSyntaxId | TagMeaning;

export interface TagMeaning {
  readonly syntax: TagSyntaxId;
  /** What a role or word of a tag does: `{ Tests: verifies, bench: verifies }`. Others mean what the syntax says. */
  readonly roles: Readonly<Record<string, Tag['type']>>;
  /** What a tag does that names no role; undefined: what the syntax says. */
  readonly type?: Tag['type'] | undefined;
}

function meaningOf(entry: TagEntry): TagMeaning {
  return typeof entry === 'string' ? { syntax: entry, roles: {} } : entry;
}

/** Whether a text may hold tags, or what is nearly one: false is certain. */
export function mayHoldTags(text: string, entries: readonly TagEntry[], settings: TagSettings): boolean {
  return entries.some((entry) => syntaxOf(meaningOf(entry)).mark(settings).test(text));
}

/** Reads the tags of a file in each of the syntaxes; the same id at the same place in two of them counts once. */
export function readAllTags(
  file: TaggedFile,
  entries: readonly TagEntry[],
  settings: TagSettings,
): TagReading {
  const readings = entries.map((entry): TagReading => {
    const meaning = meaningOf(entry);
    return withMeaning(syntaxOf(meaning).read(file, settings), meaning);
  });
  const [only] = readings;
  if (only !== undefined && readings.length === 1) return only;
  const seen = new Set<string>();
  const tags = readings
    .flatMap((reading) => reading.tags)
    .filter(({ id, type, unit, range: { start } }) => {
      const key = `${id}\n${type}\n${unit}\n${start.line}\n${start.column}`;
      return !seen.has(key) && seen.add(key);
    });
  return {
    tags,
    items: readings.flatMap((reading) => reading.items),
    problems: readings.flatMap((reading) => reading.problems),
  };
}

function syntaxOf({ syntax }: TagMeaning): TagSyntax {
  return TAG_SYNTAXES[syntax];
}

/** Tags and items of a syntax with the types of links that a project gives to their roles and words. */
function withMeaning(reading: TagReading, { roles, type }: TagMeaning): TagReading {
  if (type === undefined && Object.keys(roles).length === 0) return reading;
  const typeOf = (word: string | undefined): Tag['type'] | undefined =>
    word === undefined ? type : Object.hasOwn(roles, word) ? roles[word] : undefined;
  return {
    ...reading,
    tags: reading.tags.map((tag) => ({ ...tag, type: typeOf(tag.role ?? tag.word) ?? tag.type })),
    items: reading.items.map((item) => {
      const given = typeOf(item.origin.type);
      return given === undefined ? item : withType(item, given);
    }),
  };
}

/** A tag that is an item is code or a test, as its links say; a step of design stays one. */
function withType(item: Item, type: Tag['type']): Item {
  if (item.kind !== 'unit' && item.kind !== 'test') return item;
  const links = item.links.map((link) =>
    link.type === 'implements' || link.type === 'verifies' ? { ...link, type } : link,
  );
  return { ...item, kind: type === 'verifies' ? 'test' : 'unit', links };
}
