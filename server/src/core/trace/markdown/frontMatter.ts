import type { Range, Span } from '../../base/range.ts';
import type { LineIndex } from '../../base/lineIndex.ts';
import { readYaml, type YamlFile } from '../../base/yamlDocument.ts';
import { isMapping } from '../itemEntry.ts';
import { ID_PATTERN } from '../itemFields.ts';
import { ITEM_LISTS, type ItemListName } from '../itemSchema.ts';
import type { Placed } from './fieldValue.ts';
import { listByName } from './itemHeading.ts';
import type { Reading } from './reading.ts';

/** What the front matter of a file says of its items. */
export interface FrontMatter {
  /** Offset at which the Markdown begins. */
  readonly end: number;
  /** The kind of items that do not say it themselves. */
  readonly kind: ItemListName | undefined;
  /** Fields of items that do not have them. */
  readonly defaults: ReadonlyMap<string, Placed>;
  /** The whole of it, when the file is one item. */
  readonly entry?: YamlFile;
}

const NO_FRONT_MATTER: FrontMatter = { end: 0, kind: undefined, defaults: new Map() };

/** `---`, YAML, `---` at the top of a file. Keys other than `traceward` are those of other tools, unless there is an id. */
export function frontMatter({ path, lines, problems }: Reading, text: string): FrontMatter {
  if (!/^\uFEFF?---[ \t]*\r?\n/.test(text)) return NO_FRONT_MATTER;
  const closing = /\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/.exec(text);
  if (closing === null) return NO_FRONT_MATTER;
  const end = closing.index + closing[0].length;
  // Blanks in the place of the dashes keep every offset.
  const yaml = text.slice(0, closing.index + 1).replace(/^\uFEFF?---/, (dashes) => ' '.repeat(dashes.length));
  const read = readYaml(path, yaml);
  problems.push(...read.problems);
  const { document } = read;
  if (document === undefined || !isMapping(document.value)) return { ...NO_FRONT_MATTER, end };
  const { id, traceward } = document.value;
  const placed = (keys: readonly string[], value: unknown): Placed => ({
    value,
    span: spanOf(document.rangeOf(keys, 'head'), lines),
    key: spanOf(document.rangeOf(keys, 'key'), lines),
  });
  if (typeof id === 'string' && ID_PATTERN.test(id))
    return { end, kind: undefined, defaults: new Map(), entry: document };
  if (!isMapping(traceward)) return { ...NO_FRONT_MATTER, end };
  const { kind, ...fields } = traceward;
  const list = typeof kind === 'string' ? listByName(kind) : undefined;
  const unknown = Object.keys(fields).filter((name) => !SHARED.has(name));
  for (const name of unknown)
    problems.push({
      code: 'item-shape',
      severity: 'error',
      message: `No kind of item has a field \`${name}\`: remove it.`,
      path,
      range: document.rangeOf(['traceward', name], 'key'),
    });
  if (kind !== undefined && list === undefined)
    problems.push({
      code: 'item-shape',
      severity: 'error',
      message: '`kind` must be a kind of item, such as `requirement`.',
      path,
      range: document.rangeOf(['traceward', 'kind'], 'head'),
    });
  return {
    end,
    kind: list,
    defaults: new Map(
      Object.entries(fields).map(([name, value]) => [name, placed(['traceward', name], value)]),
    ),
  };
}

/** Fields that the items of a file can have in common: all but those that are an item's own. */
const SHARED: ReadonlySet<string> = new Set(
  Object.values(ITEM_LISTS)
    .flatMap(({ schema }) => Object.keys(schema.shape))
    .filter((name) => !['id', 'title', 'text'].includes(name)),
);

function spanOf({ start, end }: Range, lines: LineIndex): Span {
  return { start: lines.offsetAt(start), end: lines.offsetAt(end) };
}
