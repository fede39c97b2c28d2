/** Characters that make a spreadsheet take a cell for a formula when they come first. */
const FORMULA_START = /^[=+\-@\t\r]/;

/** Makes spreadsheets read a file as UTF-8; programs that read the text from a pipe do without. */
export const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Rows as comma-separated values after RFC 4180. A cell that a spreadsheet would take for a formula gets an apostrophe before it: the
 * texts come from whoever may write to the repository.
 */
export function csvOf(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(text: string): string {
  const safe = FORMULA_START.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
