import type { CsvRow } from './csv.ts';
import type { Outcome, Problem } from './problem.ts';
import { childNamed, childrenNamed, readXml, type XmlElement } from './xml.ts';
import { dateStyles, isoDate } from './xlsxDates.ts';
import { readZip, textOfBytes } from './zip.ts';

export interface Sheet {
  readonly name: string;
  readonly rows: readonly CsvRow[];
}

/** Cells further to the right are not read. */
const MAX_COLUMNS = 1_000;
const MAX_CELLS = 2_000_000;
/** Cells that merged ranges fill in. */
const MAX_MERGED = 200_000;
const WORKBOOK = 'xl/workbook.xml';

/**
 * Reads sheets of a workbook (.xlsx) as texts. Nothing is computed: a formula is shown as it is written (`=A1&B1`), a date as
 * `2026-01-31`. Never throws.
 *
 * @param wanted names of sheets; undefined: the one that was active when the file was saved
 * @returns rows with the number of their row as line
 */
export function readXlsx(
  path: string,
  bytes: Uint8Array,
  wanted: readonly string[] | undefined,
): Outcome<readonly Sheet[]> {
  const { value: entries, problems: found } = readZip(path, bytes, (entry) => /\.(?:xml|rels)$/.test(entry));
  const problems: Problem[] = [...found];
  const report = (message: string, severity: Problem['severity'] = 'error'): void => {
    problems.push({ code: 'xlsx', severity, message, path });
  };
  const partOf = (name: string): XmlElement | undefined => {
    const content = entries.get(name);
    if (content === undefined) return undefined;
    const { value, problems: broken } = readXml(path, textOfBytes(content));
    for (const { message } of broken) report(`In ${name.slice(0, 100)}: ${message}`);
    return value;
  };
  const bookPath = workbookPath(partOf('_rels/.rels'));
  const book = partOf(bookPath);
  if (book === undefined) {
    if (problems.length === 0) report('This archive is no workbook: `xl/workbook.xml` is missing.');
    return { value: [], problems };
  }
  const folder = bookPath.slice(0, bookPath.lastIndexOf('/') + 1);
  const targets = relationsOf(partOf(`${folder}_rels/${bookPath.slice(folder.length)}.rels`), folder);
  const pathOfType = (type: string) => [...targets.values()].find((each) => each.type === type)?.target ?? '';
  const texts = (partOf(pathOfType('sharedStrings'))?.children ?? []).map(richText);
  const properties = childNamed(book, 'workbookPr')?.attributes.get('date1904');
  const context: Context = {
    texts,
    dates: dateStyles(partOf(pathOfType('styles'))),
    since1904: properties === '1' || properties === 'true',
    report,
  };
  const listed = childNamed(book, 'sheets')?.children ?? [];
  const names = listed.map(({ attributes }) => attributes.get('name') ?? '');
  const view = childNamed(book, 'bookViews')?.children[0]?.attributes.get('activeTab');
  const active = names[Number(view ?? 0)] ?? names[0];
  const chosen = wanted ?? (active === undefined ? [] : [active]);
  const sheets: Sheet[] = [];
  for (const name of chosen) {
    const at = names.indexOf(name);
    const target = targets.get(listed[at]?.attributes.get('id') ?? '')?.target ?? '';
    if (at < 0) {
      const there = names.slice(0, 10).map((each) => `\`${each.slice(0, 40)}\``);
      report(`There is no sheet \`${name.slice(0, 40)}\`; there are ${there.join(', ')}.`);
      continue;
    }
    const sheet = partOf(target);
    if (sheet === undefined) report(`The sheet \`${name.slice(0, 40)}\` is not in the archive.`);
    else sheets.push({ name, rows: rowsOf(sheet, name, context) });
  }
  return { value: sheets, problems };
}

interface Context {
  /** The shared strings. */
  readonly texts: readonly string[];
  /** Indexes of styles that show a number as a date or time. */
  readonly dates: ReadonlySet<number>;
  readonly since1904: boolean;
  readonly report: (message: string, severity?: Problem['severity']) => void;
}

function workbookPath(relations: XmlElement | undefined): string {
  const [first] = [...relationsOf(relations, '').values()].filter(({ type }) => type === 'officeDocument');
  return first?.target ?? WORKBOOK;
}

function relationsOf(
  root: XmlElement | undefined,
  folder: string,
): ReadonlyMap<string, { readonly type: string; readonly target: string }> {
  return new Map(
    (root?.children ?? []).map(({ attributes }) => {
      const target = attributes.get('Target') ?? '';
      const type = (attributes.get('Type') ?? '').replace(/^.*\//, '');
      return [
        attributes.get('Id') ?? '',
        { type, target: target.startsWith('/') ? target.slice(1) : folder + target },
      ];
    }),
  );
}

/** The text of a shared or inline string: all its runs, without phonetic hints. */
function richText(element: XmlElement): string {
  const runs = element.children.map((child) => {
    if (child.name === 't') return child.text;
    return child.name === 'r' ? (childNamed(child, 't')?.text ?? '') : '';
  });
  return unescaped(runs.join(''));
}

/** `_x000D_` stands for the character of that number. */
function unescaped(text: string): string {
  return text
    .replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\r\n?/g, '\n');
}

function rowsOf(sheet: XmlElement, name: string, context: Context): readonly CsvRow[] {
  const { report } = context;
  const shown = name.slice(0, 40);
  const rows = new Map<number, string[]>();
  const masters = new Map<string, string>();
  let count = 0;
  let formulas = 0;
  let hidden = 0;
  let wide = false;
  let at = -1;
  for (const row of childNamed(sheet, 'sheetData')?.children ?? []) {
    at = indexOf(row.attributes.get('r')) ?? at + 1;
    const flag = row.attributes.get('hidden');
    if (flag === '1' || flag === 'true') hidden++;
    const cells = rows.get(at) ?? [];
    let column = -1;
    for (const cell of row.children) {
      column = columnOf(cell.attributes.get('r')) ?? column + 1;
      if (column >= MAX_COLUMNS) {
        wide = true;
        continue;
      }
      if (childNamed(cell, 'f') !== undefined) formulas++;
      while (cells.length < column) cells.push('');
      cells[column] = textOfCell(cell, masters, context);
    }
    count += cells.length;
    if (count > MAX_CELLS) {
      report(`The sheet \`${shown}\` has more than ${MAX_CELLS} cells: the rest is not read.`);
      break;
    }
    rows.set(at, cells);
  }
  if (wide) report(`The sheet \`${shown}\` has more than ${MAX_COLUMNS} columns: the rest is not read.`);
  if (formulas > 0) {
    const cells = formulas === 1 ? 'One cell holds a formula' : `${formulas} cells hold formulas`;
    report(`${cells} in the sheet \`${shown}\`: shown as written, and not computed.`, 'information');
  }
  if (hidden > 0) {
    const lines = hidden === 1 ? 'One row is' : `${hidden} rows are`;
    report(`${lines} hidden in the sheet \`${shown}\`, and read like the others.`, 'information');
  }
  const merged = fillMerged(sheet, rows, () =>
    report(`The sheet \`${shown}\` merges more than ${MAX_MERGED} cells: the rest stays empty.`),
  );
  return [...rows]
    .sort(([a], [b]) => a - b)
    .map(([line, cells]): CsvRow => {
      const columns = merged.get(line);
      return {
        cells,
        range: { start: { line, column: 0 }, end: { line, column: 0 } },
        ...(columns !== undefined && { merged: columns }),
      };
    });
}

function textOfCell(cell: XmlElement, masters: Map<string, string>, context: Context): string {
  const formula = childNamed(cell, 'f');
  if (formula !== undefined) {
    const shared = formula.attributes.get('si');
    const own = formula.text.trim();
    if (shared !== undefined && own !== '') masters.set(shared, own);
    // A formula that shares its text with another one is shown by the other's.
    const text = own === '' && shared !== undefined ? (masters.get(shared) ?? '') : own;
    return `=${unescaped(text)}`;
  }
  const written = childNamed(cell, 'v')?.text ?? '';
  switch (cell.attributes.get('t')) {
    case 's':
      return context.texts[Number(written)] ?? '';
    case 'inlineStr': {
      const inline = childNamed(cell, 'is');
      return inline === undefined ? '' : richText(inline);
    }
    case 'b':
      return written === '1' ? 'true' : 'false';
    case 'str':
    case 'e':
    case 'd':
      return unescaped(written);
    default: {
      const number = Number(written);
      if (written.trim() === '' || !Number.isFinite(number)) return written;
      if (!context.dates.has(Number(cell.attributes.get('s') ?? 0))) return String(number);
      return isoDate(number, context.since1904) ?? String(number);
    }
  }
}

/** Gives the value of merged cells to all of them, and says which columns of a row only go on with the row above. */
function fillMerged(
  sheet: XmlElement,
  rows: Map<number, string[]>,
  tooMany: () => void,
): ReadonlyMap<number, ReadonlySet<number>> {
  const merged = new Map<number, Set<number>>();
  let filled = 0;
  for (const list of childrenNamed(sheet, 'mergeCells')) {
    for (const { attributes } of list.children) {
      const [from = '', to = ''] = (attributes.get('ref') ?? '').split(':', 2);
      const [top, left, bottom, right] = [indexOf(from), columnOf(from), indexOf(to), columnOf(to)];
      if (top === undefined || left === undefined || bottom === undefined || right === undefined) continue;
      const value = rows.get(top)?.[left] ?? '';
      if (right >= MAX_COLUMNS) continue;
      for (let line = top; line <= bottom; line++) {
        // Rows that the sheet does not have stay away.
        const cells = rows.get(line);
        filled += right - left + 1;
        if (filled > MAX_MERGED) {
          tooMany();
          return merged;
        }
        if (cells === undefined) continue;
        for (let column = left; column <= right; column++) {
          while (cells.length <= column) cells.push('');
          cells[column] = value;
          if (line === top) continue;
          const columns = merged.get(line) ?? new Set();
          merged.set(line, columns.add(column));
        }
      }
    }
  }
  return merged;
}

/** Zero-based row of `7` or `AB7`. */
function indexOf(reference: string | undefined): number | undefined {
  const [, digits] = /^[A-Za-z]{0,3}(\d{1,7})$/.exec(reference ?? '') ?? [];
  const number = Number(digits);
  return digits === undefined || number < 1 ? undefined : number - 1;
}

/** Zero-based column of `AB7`. */
function columnOf(reference: string | undefined): number | undefined {
  const [, letters] = /^([A-Za-z]{1,3})\d{1,7}$/.exec(reference ?? '') ?? [];
  if (letters === undefined) return undefined;
  return Array.from(letters.toUpperCase()).reduce((sum, sign) => sum * 26 + sign.charCodeAt(0) - 64, 0) - 1;
}
