/**
 * Characters that make a spreadsheet take a cell for a formula when they come first, also in their wide forms; apostrophes before them are
 * of an escaped cell.
 */
const FORMULA_START = /^'*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;

/** Makes spreadsheets read a file as UTF-8; programs that read the text from a pipe do without. */
export const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Rows as comma-separated values after RFC 4180. A cell that a spreadsheet would take for a formula gets an apostrophe before it: the
 * texts come from whoever may write to the repository. So does a cell that looks like that already, so that {@link withoutEscape} gives
 * back every text exactly.
 */
export function csvOf(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(text: string): string {
  const safe = FORMULA_START.test(text) ? `'${text}` : text;
  return /[",\r\n;\t]/.test(safe) || safe.trim() !== safe ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A cell without the apostrophe that {@link csvOf} puts before what looks like a formula. */
export function withoutEscape(text: string): string {
  return text.startsWith("'") && FORMULA_START.test(text) ? text.slice(1) : text;
}
