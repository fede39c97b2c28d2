import type { MarkdownBlock, MarkdownLine } from '../../base/markdownBlocks.ts';
import { markdownBlocks } from '../../base/markdownBlocks.ts';
import type { Span } from '../../base/range.ts';
import { ITEM_LIST_NAMES, ITEM_LISTS } from '../itemSchema.ts';

/** A field as it is written. */
export interface FieldText {
  readonly name: string;
  readonly nameSpan: Span;
  /** What stands on the line of the name. */
  readonly value: MarkdownLine;
  /** What stands below it, as blocks of its own. */
  readonly below: readonly MarkdownBlock[];
}

const NAMED =
  /^((?:\*\*|__|[`*_])?)([A-Za-z][A-Za-z -]{0,40}?)(?:\*\*|__|[`*_])?[ \t]*:(?:\*\*|__|[*_])?(?:[ \t]+|$)/;

/** `Category: authentication`, with or without signs of emphasis around the name. */
export function fieldOfLine(line: MarkdownLine): Pick<FieldText, 'name' | 'nameSpan' | 'value'> | undefined {
  const found = NAMED.exec(line.text);
  const [whole = '', lead = '', name] = found ?? [];
  if (name === undefined) return undefined;
  const start = line.offset + lead.length;
  return {
    name,
    nameSpan: { start, end: start + name.length },
    value: { text: line.text.slice(whole.length).trimEnd(), offset: line.offset + whole.length },
  };
}

/**
 * The fields of a list, or of a table with two columns; undefined when the block is neither.
 *
 * @param isAhead it stands right behind the heading: any name of a field in it tells that it is one; elsewhere its first one must
 */
export function fieldsOfBlock(
  block: MarkdownBlock,
  isAhead: boolean,
): readonly (FieldText | MarkdownLine)[] | undefined {
  if (block.is === 'list' && !block.ordered) {
    const names = block.entries.map(([line]) => line && fieldOfLine(line)?.name);
    const telling = isAhead ? names : names.slice(0, 1);
    if (!telling.some((name) => name !== undefined && isFieldName(name))) return undefined;
    return block.entries.map((lines): FieldText | MarkdownLine => {
      const [line = { text: '', offset: 0 }, ...rest] = lines;
      const field = fieldOfLine(line);
      return field === undefined ? line : { ...field, below: markdownBlocks(rest) };
    });
  }
  return block.is === 'paragraph' ? fieldsOfTable(block.lines) : undefined;
}

/** Rows of a name and a value; the head of the table is a row too, where it begins with a name. */
function fieldsOfTable(lines: readonly MarkdownLine[]): readonly FieldText[] | undefined {
  const [head, ruler, ...rows] = lines;
  if (
    head === undefined ||
    ruler === undefined ||
    !/^ {0,3}\|?[ \t]*:?-+:?[ \t]*\|[ \t:|-]*$/.test(ruler.text)
  )
    return undefined;
  const fields = [head, ...rows].map((line): FieldText => {
    const [name = EMPTY, value = EMPTY] = cellsOf(line);
    const plain = name.text.replace(/^[*_`]+|[*_`]+$/g, '');
    const start = name.offset + Math.max(0, name.text.indexOf(plain));
    return { name: plain, nameSpan: { start, end: start + plain.length }, value, below: [] };
  });
  const [first, second] = fields;
  if (cellsOf(head).length !== 2) return undefined;
  if (first !== undefined && isFieldName(first.name)) return fields;
  return second !== undefined && isFieldName(second.name) ? fields.slice(1) : undefined;
}

const EMPTY: MarkdownLine = { text: '', offset: 0 };

/** Cells of a row of a table; `\|` is no border. */
function cellsOf({ text, offset }: MarkdownLine): readonly MarkdownLine[] {
  const cells: MarkdownLine[] = [];
  let start = /^\s*\|?/.exec(text)?.[0].length ?? 0;
  const end = text.replace(/(?<!\\)\|?\s*$/, '').length;
  for (let at = start; at <= end; at++) {
    if (at < end && (text[at] !== '|' || text[at - 1] === '\\')) continue;
    const cell = text.slice(start, at);
    const lead = cell.length - cell.trimStart().length;
    cells.push({ text: cell.trim(), offset: offset + start + lead });
    start = at + 1;
  }
  return cells;
}

/** Field names as one word in lower case: `Out of scope` and `outOfScope` are the same. */
export function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[ -]/g, '');
}

/** Fields that the heading gives. */
export const HEADING_FIELDS: readonly string[] = ['id', 'title'];

const NAMES = new Set([
  'kind',
  ...ITEM_LIST_NAMES.flatMap((list) => Object.keys(ITEM_LISTS[list].schema.shape)).map(plainName),
]);

/** Whether some kind of item has such a field. */
export function isFieldName(name: string): boolean {
  return NAMES.has(plainName(name));
}
