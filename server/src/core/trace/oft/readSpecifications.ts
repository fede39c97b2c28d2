import type { Location, Range } from '../../base/range.ts';
import { newItem, type DeclaredLink, type Item } from '../item.ts';
import type { SourceSettings } from '../sources.ts';
import { coverageTags, nameOfTag } from './coverageTag.ts';
import { itemOfTag } from './itemOfTag.ts';
import { coveringLink, itemIdOf, meaningOfType, type SpecificationId } from './specificationId.ts';
import { idInBullet, specificationLine, type SpecificationLine } from './specificationLines.ts';

/** What the lines that follow belong to. */
type State =
  | 'outside'
  | 'item'
  | 'description'
  | 'rationale'
  | 'comment'
  | 'covers'
  | 'depends'
  | 'needs'
  | 'tags'
  /** In a fenced block between items. */
  | 'fence'
  /** Behind `oft:off`. */
  | 'off';

interface OpenItem {
  readonly id: SpecificationId;
  readonly location: Location;
  readonly title: string | undefined;
  status: string;
  readonly description: string[];
  readonly rationale: string[];
  readonly comment: string[];
  readonly needs: string[];
  readonly tags: string[];
  readonly covers: CoveredPlace[];
  readonly depends: CoveredPlace[];
}

interface CoveredPlace {
  readonly id: SpecificationId;
  readonly location: Location;
}

/**
 * Reads the specification items of a Markdown or reStructuredText document, line by line as OpenFastTrace does, and the tags in its HTML
 * comments. One thing is put right: a fence that is the first text after a heading is seen.
 */
export function readSpecifications(path: string, text: string, { kinds }: SourceSettings): readonly Item[] {
  const lines = text.split(/\r?\n/);
  const items: Item[] = [];
  let state: State = 'outside';
  let title: string | undefined;
  let open: OpenItem | undefined;

  const place = (line: number, start: number, end: number): Location => {
    const range: Range = { start: { line, column: start }, end: { line, column: end } };
    return { path, range };
  };
  const finish = (): void => {
    if (open !== undefined) items.push(itemOf(open, kinds));
    open = undefined;
    state = 'outside';
  };
  const begin = (line: SpecificationLine & { is: 'item' }, number: number): void => {
    finish();
    open = openItem(line.id, place(number, line.start, line.end), title);
    state = 'item';
  };

  lines.forEach((whole, number) => {
    const line = headed(whole, lines[number + 1]);
    if (state === 'off') {
      if (line.is === 'on') state = open === undefined ? 'outside' : 'item';
      return;
    }
    if (state === 'fence') {
      if (line.is === 'fence') state = 'outside';
      return;
    }
    items.push(...tagsInComment(path, whole, number, place));
    switch (line.is) {
      case 'off':
        state = 'off';
        return;
      case 'item':
        begin(line, number);
        return;
      case 'heading':
        finish();
        title = line.text;
        return;
      case 'fence':
        if (open === undefined) state = 'fence';
        else state = takeText(open, state, whole);
        return;
      case 'forward':
        if (state === 'rationale' || state === 'comment') break;
        finish();
        items.push(forwarded(line, place(number, line.start, line.end), kinds));
        return;
      default:
        break;
    }
    if (open !== undefined)
      state = takeLine(open, state, line, whole, (start, end) => place(number, start, end));
  });
  finish();
  return items;
}

/** A line that is underlined is a heading. */
function headed(whole: string, next: string | undefined): SpecificationLine {
  const line = specificationLine(whole);
  if (line.is !== 'text' || next === undefined || specificationLine(next).is !== 'underline') return line;
  return { is: 'heading', text: whole.trim() };
}

function openItem(id: SpecificationId, location: Location, title: string | undefined): OpenItem {
  return {
    id,
    location,
    title,
    status: 'approved',
    description: [],
    rationale: [],
    comment: [],
    needs: [],
    tags: [],
    covers: [],
    depends: [],
  };
}

/** Takes a line within an item; returns what the next lines belong to. */
function takeLine(
  item: OpenItem,
  state: State,
  line: SpecificationLine,
  whole: string,
  place: (start: number, end: number) => Location,
): State {
  switch (line.is) {
    case 'needs':
      item.needs.push(...line.words);
      return 'item';
    case 'tags':
      item.tags.push(...line.words);
      return 'item';
    case 'needs-list':
      return 'needs';
    case 'tags-list':
      return 'tags';
    case 'covers':
    case 'depends':
    case 'description':
    case 'rationale':
    case 'comment':
      return line.is;
    case 'status':
      if (state !== 'item') return takeText(item, state, whole);
      item.status = line.status;
      return 'item';
    case 'empty':
      if (state === 'needs' || state === 'tags') return 'item';
      return state === 'item' ? state : takeText(item, state, '');
    case 'bullet':
      return takeBullet(item, state, line, whole, place);
    default:
      return takeText(item, state, whole);
  }
}

function takeBullet(
  item: OpenItem,
  state: State,
  { text, column }: SpecificationLine & { is: 'bullet' },
  whole: string,
  place: (start: number, end: number) => Location,
): State {
  if (state === 'covers' || state === 'depends') {
    const found = idInBullet(text);
    if (found !== undefined)
      item[state].push({ id: found.id, location: place(column + found.start, column + found.end) });
    return state;
  }
  if (state === 'needs' || state === 'tags') {
    if (text.trim() !== '') item[state].push(text.trim());
    return state;
  }
  return takeText(item, state, whole);
}

/** Text begins a description, goes on in a block of text, and means nothing in a list. */
function takeText(item: OpenItem, state: State, whole: string): State {
  if (state === 'rationale' || state === 'comment') {
    item[state].push(whole);
    return state;
  }
  if (state !== 'item' && state !== 'description') return state;
  item.description.push(whole);
  return 'description';
}

function itemOf(open: OpenItem, kinds: SourceSettings['kinds']): Item {
  const { id, status } = open;
  const meaning = meaningOfType(id.type, kinds);
  const rationale = blockOf(open.rationale);
  const comment = blockOf(open.comment);
  const text = blockOf(open.description);
  return newItem({
    id: itemIdOf(id),
    ...meaning,
    ...(open.title !== undefined && { title: open.title }),
    ...(text !== '' && { text }),
    revision: id.revision,
    revisioned: true,
    approval: status === 'approved' || status === 'rejected' ? status : 'draft',
    tags: open.tags,
    asks: 'needs',
    needs: open.needs.map((word) => ({ anyOf: [word] })),
    links: [
      ...open.covers.map((covered) => linkOf(coveringLink(meaning.kind), 'covers', covered)),
      ...open.depends.map((covered) => linkOf('relates', 'depends', covered)),
    ],
    attributes: { ...(rationale !== '' && { rationale }), ...(comment !== '' && { comment }) },
    origin: { format: 'oft', type: id.type, status },
    location: open.location,
  });
}

/** `arch --> dsn, impl : req~pin~1`: hands the requirement on to the next steps without anything to add. */
function forwarded(
  { from, to, covered }: SpecificationLine & { is: 'forward' },
  location: Location,
  kinds: SourceSettings['kinds'],
): Item {
  const meaning = meaningOfType(from, kinds);
  return newItem({
    id: itemIdOf({ ...covered, type: from }),
    ...meaning,
    revision: covered.revision,
    revisioned: true,
    asks: 'needs',
    needs: to.map((word) => ({ anyOf: [word] })),
    links: [linkOf(coveringLink(meaning.kind), 'covers', { id: covered, location })],
    attributes: { forwarded: true },
    origin: { format: 'oft', type: from },
    location,
  });
}

/** `<!-- [uman->req~pin~1] -->`: a document that covers an item. */
function tagsInComment(
  path: string,
  line: string,
  number: number,
  place: (line: number, start: number, end: number) => Location,
): readonly Item[] {
  const start = line.indexOf('<!--');
  if (start < 0) return [];
  const end = line.indexOf('-->', start);
  return coverageTags(line).flatMap((tag, index) => {
    if (tag.start < start || (end >= 0 && tag.end > end)) return [];
    return itemOfTag(tag, {
      path,
      name: nameOfTag(tag, path, number + 1, index),
      rangeAt: (from, to) => place(number, from, to).range,
    });
  });
}

function linkOf(type: DeclaredLink['type'], role: string, { id, location }: CoveredPlace): DeclaredLink {
  return { type, role, to: itemIdOf(id), revision: id.revision, location };
}

function blockOf(lines: readonly string[]): string {
  return lines.join('\n').trim();
}
