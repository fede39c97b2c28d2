import { readXlsx } from '../../base/xlsx.ts';
import type { BytesFormat } from '../formats.ts';
import { readTable } from '../table/readTable.ts';

/** Tables of requirements in spreadsheets; lines are rows of a sheet. */
export const xlsx: BytesFormat = {
  title: 'Spreadsheet (XLSX)',
  input: 'bytes',
  candidates: ['**/*req*.xlsx'],
  detect: (_, bytes) => bytes[0] === 0x50 && bytes[1] === 0x4b,
  read: (path, bytes, settings) => {
    const sheet = settings.options['sheet'];
    const wanted = Array.isArray(sheet) ? sheet : sheet === undefined ? undefined : [String(sheet)];
    const { value: sheets, problems } = readXlsx(path, bytes, wanted);
    const tables = sheets.map(({ rows }) => readTable(path, rows, settings, 'xlsx'));
    return {
      value: { items: tables.flatMap(({ value }) => value.items) },
      problems: [...problems, ...tables.flatMap((table) => table.problems)],
    };
  },
};
