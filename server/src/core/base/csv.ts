import { parse, type Info } from 'csv-parse/browser/esm/sync';

import type { Outcome, Problem } from './problem.ts';
import { START_OF_FILE, type Range } from './range.ts';

export interface CsvRow {
  readonly cells: readonly string[];
  /** Of the line that it begins on. */
  readonly range: Range;
  /** Columns whose cell is one with that of the row above (spreadsheets). */
  readonly merged?: ReadonlySet<number>;
}

const MAX_LENGTH = 64_000_000;
const MAX_ROW = 1_000_000;

/**
 * Reads a table of cells: comma, semicolon or tab, whichever stands most often in the first line. Never throws; rows before a mistake are
 * kept. Cells are texts, and nothing in them is computed.
 */
export function readCsv(path: string, text: string): Outcome<readonly CsvRow[]> {
  const rows: CsvRow[] = [];
  const problems: Problem[] = [];
  const fail = (message: string, range: Range): void => {
    problems.push({ code: 'csv', severity: 'error', message, path, range });
  };
  if (text.length > MAX_LENGTH) {
    fail(`This table is larger than ${MAX_LENGTH} characters: split it.`, START_OF_FILE);
    return { value: rows, problems };
  }
  const plain = text.replace(/^\uFEFF/, '');
  let line = 0;
  const rangeAt = (at: number): Range => ({ start: { line: at, column: 0 }, end: { line: at, column: 0 } });
  try {
    parse(plain, {
      delimiter: delimiterOf(plain),
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      relax_quotes: true,
      max_record_size: MAX_ROW,
      on_record: (cells: string[], { lines }: Info) => {
        rows.push({ cells, range: rangeAt(line) });
        line = lines;
        return null;
      },
    });
  } catch (error) {
    // Only the parser runs here, and it throws for what is no table.
    const detail = error instanceof Error ? error.message : String(error);
    fail(`This table cannot be read from here on: ${detail.slice(0, 200)}.`, rangeAt(line));
  }
  return { value: rows, problems };
}

function delimiterOf(text: string): string {
  const [first = ''] = text.split(/[\r\n]/, 1);
  const plain = first.replace(/"[^"]*"/g, '');
  const count = (sign: string) => plain.split(sign).length;
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}
