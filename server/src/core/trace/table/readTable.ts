import type { CsvRow } from '../../base/csv.ts';
import type { Outcome, Problem } from '../../base/problem.ts';
import type { Range } from '../../base/range.ts';
import type { SourceFacts } from '../formats.ts';
import { approvalOf, foreignWords } from '../foreignWords.ts';
import {
  LINK_TYPES,
  newItem,
  type AttributeValue,
  type DeclaredLink,
  type Item,
  type LinkType,
} from '../item.ts';
import { withOwnFields } from '../ownFields.ts';
import type { SourceSettings } from '../sources.ts';

type Field = 'id' | 'title' | 'text' | 'kind' | 'status' | 'tags' | 'links' | LinkType;

/** Names of columns, without case, blanks, `-` and `_`; the first that a table has counts. */
export const COLUMNS: Readonly<Partial<Record<Field, readonly string[]>>> = {
  id: ['id', 'uid', 'reqid', 'requirementid', 'identifier', 'key'],
  title: ['title', 'name', 'summary', 'header'],
  text: ['text', 'description', 'statement', 'requirement'],
  kind: ['kind', 'type'],
  status: ['status', 'state'],
  tags: ['tags', 'labels'],
  links: ['parent', 'parents', 'links', 'link', 'derivesfrom', 'satisfies', 'traceto', 'tracesto'],
  verifies: ['verifies', 'tests'],
  mitigates: ['mitigates', 'threat', 'threats'],
};

/** Makes an item of each row; the first row that has cells names the columns. */
export function readTable(
  path: string,
  rows: readonly CsvRow[],
  settings: SourceSettings,
  format: string,
): Outcome<SourceFacts> {
  const problems: Problem[] = [];
  const filled = rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  const [head, ...body] = filled;
  if (head === undefined) return { value: { items: [] }, problems };
  const columns = columnsOf(head.cells, settings.fields);
  const idColumn = columns.get('id');
  if (idColumn === undefined) {
    const names = head.cells.map((cell) => `\`${cell.trim().slice(0, 40)}\``).slice(0, 10);
    problems.push({
      code: 'table-no-id',
      severity: 'error',
      message: `No column holds the ids (there are ${names.join(', ')}): name it under \`fields: { id: ... }\`.`,
      path,
      range: head.range,
    });
    return { value: { items: [] }, problems };
  }
  const words = foreignWords(path, settings);
  const used = new Set(columns.values());
  const items: Item[] = [];
  for (const { cells, range, merged } of body) {
    const cellOf = (field: Field): string => {
      const at = columns.get(field);
      return at === undefined ? '' : (cells[at] ?? '').trim();
    };
    const isMerged = (field: Field) => merged?.has(columns.get(field) ?? -1) === true;
    const id = cellOf('id');
    if (id === '') {
      const message = 'This row has no id: it is not read.';
      problems.push({ code: 'table-no-id', severity: 'information', message, path, range });
      continue;
    }
    const above = merged?.has(idColumn) === true ? items.at(-1) : undefined;
    if (above?.id === id) {
      // The id's cell goes over several rows: one item with the links of all of them.
      const usual = above.kind === 'test' ? 'verifies' : 'derives';
      items[items.length - 1] = {
        ...above,
        links: [...above.links, ...linksIn(path, range, cellOf, usual, (field) => !isMerged(field))],
      };
      continue;
    }
    const type = cellOf('kind');
    const kind = type === '' ? 'requirement' : words.kindOf(type, range);
    const usual = kind === 'test' ? 'verifies' : 'derives';
    const status = cellOf('status');
    const text = cellOf('text');
    const attributes = head.cells.flatMap((name, at): [string, AttributeValue][] =>
      used.has(at) || (cells[at] ?? '') === '' ? [] : [[name.trim() || `column ${at + 1}`, cells[at] ?? '']],
    );
    items.push(
      newItem({
        id,
        kind,
        title: cellOf('title') || (text.split('\n')[0] ?? ''),
        ...(text !== '' && { text }),
        approval: approvalOf(status),
        tags: tagsOf(cellOf('tags')),
        links: linksIn(path, range, cellOf, usual, () => true),
        ...withOwnFields(Object.fromEntries(attributes)),
        origin: { format, ...(type !== '' && { type }), ...(status !== '' && { status }) },
        location: { path, range },
      }),
    );
  }
  return { value: { items }, problems: [...problems, ...words.problems] };
}

/** Links of one row, in the columns that count. */
function linksIn(
  path: string,
  range: Range,
  cellOf: (field: Field) => string,
  usual: LinkType,
  counts: (field: Field) => boolean,
): readonly DeclaredLink[] {
  const linksOf = (field: Field, type: LinkType): DeclaredLink[] =>
    counts(field)
      ? wordsOf(cellOf(field)).map((word) => ({ type, ...linkOf(word, type), location: { path, range } }))
      : [];
  return [...linksOf('links', usual), ...LINK_TYPES.flatMap((link) => linksOf(link, link))];
}

function columnsOf(head: readonly string[], fields: SourceSettings['fields']): ReadonlyMap<Field, number> {
  const names = head.map(plainName);
  const taken = new Set<number>();
  const columns = new Map<Field, number>();
  const all: readonly Field[] = ['id', 'title', 'text', 'kind', 'status', 'tags', ...LINK_TYPES, 'links'];
  for (const field of all) {
    const told = Object.hasOwn(fields, field) ? fields[field] : undefined;
    const wanted = told === undefined ? (COLUMNS[field] ?? [field]) : [plainName(told)];
    const at = wanted.map((name) => names.indexOf(name)).find((each) => each >= 0 && !taken.has(each));
    if (at === undefined) continue;
    taken.add(at);
    columns.set(field, at);
  }
  return columns;
}

/** A name as {@link COLUMNS} has it. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[-_\s]/g, '');
}

/** An id, perhaps with the revision that is meant (`SR-1@2`), and of a link that only relates what it is: `zone=Z-1`. */
function linkOf(word: string, type: LinkType): Pick<DeclaredLink, 'to' | 'role' | 'revision'> {
  const [, role, rest = word] = (type === 'relates' ? /^([A-Za-z][\w-]*)=(.+)$/.exec(word) : undefined) ?? [];
  const [, to = rest, revision] = /^(.+)@(\d{1,9})$/.exec(rest) ?? [];
  return {
    to,
    ...(role !== undefined && { role }),
    ...(revision !== undefined && { revision: Number(revision) }),
  };
}

/** Words between commas, where there are any, else between blanks. */
function tagsOf(cell: string): readonly string[] {
  return cell.includes(',')
    ? cell
        .split(',')
        .map((tag) => tag.trim())
        .filter((tag) => tag !== '')
    : wordsOf(cell);
}

/** Ids between commas, semicolons, blanks or line breaks. */
function wordsOf(cell: string): readonly string[] {
  return cell.split(/[\s,;]+/).filter((word) => word !== '');
}
