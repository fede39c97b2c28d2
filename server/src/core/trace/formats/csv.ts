import { readCsv } from '../../base/csv.ts';
import { withoutEscape } from '../../base/csvText.ts';
import type { TextFormat } from '../formats.ts';
import { readTable } from '../table/readTable.ts';

/** Tables of requirements: comma, semicolon or tab. */
export const csv: TextFormat = {
  title: 'Table (CSV, TSV)',
  input: 'text',
  candidates: ['**/*req*.{csv,tsv}'],
  detect: (_, text) => /^\uFEFF?[^\r\n]*\b(?:uid|id|req ?id)\b/i.test(text),
  read: (path, text, settings) => {
    const { value: rows, problems } = readCsv(path, text);
    const table = readTable(
      path,
      rows.map(({ cells, range }) => ({ cells: cells.map(withoutEscape), range })),
      settings,
      'csv',
    );
    return { value: table.value, problems: [...problems, ...table.problems] };
  },
};
