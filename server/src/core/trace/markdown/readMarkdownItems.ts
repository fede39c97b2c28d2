import type { z } from 'zod';

import { checkShape } from '../../base/checkShape.ts';
import { LineIndex } from '../../base/lineIndex.ts';
import { markdownLines, type MarkdownBlock, type MarkdownLine } from '../../base/markdownBlocks.ts';
import type { Outcome } from '../../base/problem.ts';
import { START_OF_FILE, type Range, type Span } from '../../base/range.ts';
import type { YamlFile } from '../../base/yamlDocument.ts';
import type { Item } from '../item.ts';
import { isMapping, readItemEntry } from '../itemEntry.ts';
import { limited } from '../itemFile.ts';
import { ITEM_LISTS, type ItemListName } from '../itemSchema.ts';
import { NO_SETTINGS, type SourceSettings } from '../sources.ts';
import { fieldsOfBlock, HEADING_FIELDS, plainName, type FieldText } from './fieldText.ts';
import { fieldValue, textOfBlocks, type Placed } from './fieldValue.ts';
import { isKnownPrefix, itemHeading, listByName, listByPrefix, nearlyId } from './itemHeading.ts';
import { frontMatter, type FrontMatter } from './frontMatter.ts';
import { spanAt, type Reading } from './reading.ts';
import { partsOf, sectionsOf, type OtherHeading, type Section } from './sections.ts';

/** In UTF-16 code units, as for YAML. */
const MAX_LENGTH = 2_000_000;

/**
 * Reads the items of a Markdown file: headings that begin with an id, with fields in a list or a table behind them. Never throws. The fields are those
 * of item files in YAML, and so are the problems.
 */
export function readMarkdownItems(
  path: string,
  text: string,
  settings: SourceSettings,
): Outcome<readonly Item[]> {
  if (text.length > MAX_LENGTH) {
    const message = `This file is too large (limit: ${MAX_LENGTH} characters): split it into smaller ones.`;
    return {
      value: [],
      problems: [{ code: 'item-file', severity: 'error', message, path, range: START_OF_FILE }],
    };
  }
  const reading: Reading = { path, settings, lines: new LineIndex(text), problems: [] };
  const { front, sections, head, others } = sectionsIn(reading, text);
  const items: Item[] = [];
  if (front.entry !== undefined) items.push(...itemOfFrontMatter(reading, front, head));
  for (const section of sections) {
    const item = itemOf(reading, section, front);
    if (item !== undefined) items.push(item);
  }
  for (const each of others) reportNearMiss(reading, each);
  return { value: items, problems: limited(reading.problems, path) };
}

/** A heading that is an item, with what is known of it. */
export interface ItemSection extends Section {
  readonly list: ItemListName;
  readonly fields: readonly (FieldText | MarkdownLine)[];
  /** The lists and tables that hold the fields. */
  readonly fieldBlocks: readonly MarkdownBlock[];
  /** The other blocks. */
  readonly rest: readonly MarkdownBlock[];
}

/** The items of a text that have headings. */
export function markdownSections(text: string, settings: SourceSettings): readonly ItemSection[] {
  return sectionsIn({ path: '', settings, lines: new LineIndex(text), problems: [] }, text).sections;
}

function sectionsIn(reading: Reading, text: string) {
  const { settings } = reading;
  const front = frontMatter(reading, text);
  const listOf = (
    id: string,
    under: ItemListName | undefined,
    fields: readonly (FieldText | MarkdownLine)[],
  ) => kindField(fields) ?? listBySettings(id, settings) ?? under ?? front.kind ?? listByPrefix(id, settings);
  const { items, head, others } = sectionsOf(markdownLines(text, front.end), (item, under, [next]) => {
    const fields = next === undefined ? undefined : fieldsOfBlock(next, true);
    return listOf(item.id, under, fields ?? []) !== undefined;
  });
  const sections = items.flatMap((section): ItemSection[] => {
    const found = fieldsIn(section);
    const list = listOf(section.item.id, section.under, found.fields);
    return list === undefined ? [] : [{ ...section, ...found, list }];
  });
  return { front, sections, head, others };
}

/** Whether some heading that begins with an id, whatever its first part, has fields; or the front matter makes the file an item. */
export function holdsMarkdownItems(text: string): boolean {
  const reading: Reading = { path: '', settings: NO_SETTINGS, lines: new LineIndex(text), problems: [] };
  const front = frontMatter(reading, text);
  const { items } = sectionsOf(markdownLines(text, front.end), () => true);
  return front.entry !== undefined || items.some((section) => fieldsIn(section).fields.length > 0);
}

/** First parts of the ids of requirements and tests: what tags in code may name. */
export function markdownPrefixes(text: string): readonly string[] {
  const { items } = sectionsOf(markdownLines(text), () => true);
  const tagged = items.filter(({ item, under }) => {
    const list = under ?? listByPrefix(item.id, NO_SETTINGS) ?? 'requirements';
    return list === 'requirements' || list === 'tests';
  });
  return [...new Set(tagged.map(({ item: { id } }) => id.slice(0, id.indexOf('-'))))];
}

/** Kinds that the configuration gives to first parts of ids go before what a heading says. */
function listBySettings(id: string, settings: SourceSettings): ItemListName | undefined {
  return Object.hasOwn(settings.kinds, id.slice(0, id.indexOf('-'))) ? listByPrefix(id, settings) : undefined;
}

function kindField(fields: readonly (FieldText | MarkdownLine)[]): ItemListName | undefined {
  const field = fields.find((each) => 'name' in each && plainName(each.name) === 'kind');
  return field !== undefined && 'value' in field
    ? listByName(field.value.text.replaceAll(/[`*_]/g, ''))
    : undefined;
}

/** The list or table behind the heading, and one at the end of the item's own text. */
function fieldsIn({ blocks }: Section): Pick<ItemSection, 'fields' | 'fieldBlocks' | 'rest'> {
  const [first] = blocks;
  const firstHeading = blocks.findIndex(({ is }) => is === 'heading');
  const last = blocks[(firstHeading < 0 ? blocks.length : firstHeading) - 1];
  const found = [
    ...(first === undefined ? [] : [{ block: first, fields: fieldsOfBlock(first, true) }]),
    ...(last === undefined || last === first ? [] : [{ block: last, fields: fieldsOfBlock(last, false) }]),
  ].filter(({ fields }) => fields !== undefined);
  const fieldBlocks = found.map(({ block }) => block);
  return {
    fields: found.flatMap(({ fields }) => fields ?? []),
    fieldBlocks,
    rest: blocks.filter((block) => !fieldBlocks.includes(block)),
  };
}

function itemOf(reading: Reading, section: ItemSection, front: FrontMatter): Item | undefined {
  const { heading, item, list, fields, rest } = section;
  const idSpan = spanAt(heading.title.offset + item.idStart, item.id);
  const parts = partsOf(rest);
  const entry = new Map<string, Placed>([['id', { value: item.id, span: idSpan }]]);
  if (item.title !== '')
    entry.set('title', {
      value: item.title,
      span: spanAt(heading.title.offset + item.titleStart, item.title),
    });
  for (const field of fields) addField(reading, entry, field, list);
  for (const { heading: named, blocks } of parts.named)
    addField(
      reading,
      entry,
      {
        name: named.title.text.replace(/:$/, ''),
        nameSpan: spanAt(named.title.offset, named.title.text),
        value: { text: '', offset: named.title.offset },
        below: blocks,
      },
      list,
    );
  const text = textOfBlocks(parts.own);
  const firstLine = parts.own[0]?.lines[0];
  if (text !== '' && firstLine !== undefined && !entry.has('text'))
    entry.set('text', {
      value: text,
      span: { start: firstLine.offset, end: firstLine.offset + firstLine.text.length },
    });
  for (const [name, value] of front.defaults)
    if (!entry.has(name) && Object.hasOwn(ITEM_LISTS[list].schema.shape, name)) entry.set(name, value);
  const title = heading.title;
  return checked(reading, list, {
    value: undefined,
    span: { start: title.offset, end: title.offset + title.text.length },
    inner: entry,
  });
}

function addField(
  { problems, path, lines }: Reading,
  entry: Map<string, Placed>,
  field: FieldText | MarkdownLine,
  list: ItemListName,
): void {
  const report = (message: string, span: Span) =>
    problems.push({ code: 'item-shape', severity: 'error', message, path, range: lines.rangeOf(span) });
  if (!('name' in field)) {
    report('Each entry of a list of fields is `Field: value`.', spanAt(field.offset, field.text));
    return;
  }
  const plain = plainName(field.name);
  if (plain === 'kind') {
    if (listByName(field.value.text.replaceAll(/[`*_]/g, '')) === undefined)
      report(
        `\`Kind\` must be one of ${Object.values(ITEM_LISTS)
          .map(({ kind }) => `\`${kind}\``)
          .join(', ')}.`,
        spanAt(field.value.offset, field.value.text),
      );
    return;
  }
  const shape: Readonly<Record<string, z.ZodType>> = ITEM_LISTS[list].schema.shape;
  const name = Object.keys(shape).find((each) => plainName(each) === plain);
  if (HEADING_FIELDS.includes(plain))
    report(`The heading says the ${plain}: remove this field.`, field.nameSpan);
  else if (name !== undefined && entry.has(name))
    report(`The field \`${field.name}\` stands twice in this item: keep one.`, field.nameSpan);
  else if (name === undefined || shape[name] === undefined)
    // The schema says what is wrong with it.
    entry.set(field.name, {
      value: field.value.text,
      span: spanAt(field.value.offset, field.value.text),
      key: field.nameSpan,
    });
  else entry.set(name, fieldValue(field, shape[name], Object.hasOwn(ITEM_LISTS[list].links, name)));
}

function checked(reading: Reading, list: ItemListName, entry: Placed): Item | undefined {
  const { path, lines } = reading;
  const file = fileOf(entry, lines);
  const wrong = checkShape<unknown>(file, ITEM_LISTS[list].schema, path, 'item-shape').problems;
  reading.problems.push(...wrong);
  return readItemEntry(path, list, file, 'markdown', wrong.length === 0);
}

function fileOf(entry: Placed, lines: LineIndex): YamlFile {
  const value = Object.fromEntries([...(entry.inner ?? [])].map(([name, each]) => [name, each.value]));
  return {
    value,
    rangeOf: (keys, what = 'value') => {
      let place = entry;
      for (const key of keys) {
        const inner = place.inner?.get(String(key));
        if (inner === undefined) break;
        place = inner;
      }
      const isEmpty = place.span.end <= place.span.start;
      const range = lines.rangeOf(
        place.key !== undefined && (what === 'key' || isEmpty) ? place.key : place.span,
      );
      return what === 'head' ? headOf(range, lines) : range;
    },
  };
}

function headOf(range: Range, lines: LineIndex): Range {
  if (range.start.line === range.end.line) return range;
  const end = lines.positionAt(lines.lineStart(range.start.line + 1) - 1);
  return { start: range.start, end };
}

/** A file that is one item: its fields are the front matter, its text what follows, its title the first heading. */
function itemOfFrontMatter(
  reading: Reading,
  { entry }: FrontMatter,
  head: readonly MarkdownBlock[],
): readonly Item[] {
  if (entry === undefined || !isMapping(entry.value)) return [];
  const { kind, ...fields } = entry.value;
  const id = String(entry.value['id']);
  const list =
    (typeof kind === 'string' ? listByName(kind) : undefined) ?? listByPrefix(id, reading.settings);
  if (list === undefined) {
    const message = `\`${id}\` does not say what it is: add \`kind: requirement\`, or another kind.`;
    reading.problems.push({
      code: 'item-shape',
      severity: 'error',
      message,
      path: reading.path,
      range: entry.rangeOf(['id']),
    });
    return [];
  }
  const title = head.find(({ is }) => is === 'heading');
  const body = textOfBlocks(head.filter((block) => block !== title));
  const value = {
    ...fields,
    ...(fields['title'] === undefined && title?.is === 'heading' && { title: title.title.text }),
    ...(fields['text'] === undefined && body !== '' && { text: body }),
  };
  const file: YamlFile = { value, rangeOf: (keys, what) => entry.rangeOf(keys, what) };
  const wrong = checkShape<unknown>(file, ITEM_LISTS[list].schema, reading.path, 'item-shape').problems;
  reading.problems.push(...wrong);
  const item = readItemEntry(reading.path, list, file, 'markdown', wrong.length === 0);
  return item === undefined ? [] : [item];
}

/** A heading that its writer most likely meant as an item. */
function reportNearMiss(
  { path, lines, problems, settings }: Reading,
  { heading: { title }, next }: OtherHeading,
): void {
  const report = (message: string, text: string) => {
    const span = spanAt(title.offset + title.text.indexOf(text), text);
    problems.push({ code: 'item-shape', severity: 'warning', message, path, range: lines.rangeOf(span) });
  };
  const item = itemHeading(title.text);
  if (item !== undefined) {
    const prefix = item.id.slice(0, item.id.indexOf('-'));
    if (next !== undefined && fieldsOfBlock(next, true) !== undefined)
      report(
        `This is no item, as \`${prefix}\` is not known: add it to \`prefixes\` in traceward.yaml, or a field \`Kind\` that says what it is.`,
        item.id,
      );
    return;
  }
  const nearly = nearlyId(title.text);
  const prefix = nearly?.split(/[-_]/, 1)[0]?.toUpperCase();
  if (nearly !== undefined && prefix !== undefined && isKnownPrefix(prefix, settings))
    report(
      `\`${nearly}\` is no id: write upper-case letters and digits joined by hyphens, such as ${prefix}-AUTH-003.`,
      nearly,
    );
}
