import { padded, widthOf } from './width.ts';

export interface Column {
  readonly heading: string;
  readonly align?: 'left' | 'right';
}

/** Rows as text in columns, two spaces between, with a heading that `styleHeading` may dress. The last column is not filled up. */
export function tableOf(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  styleHeading: (line: string) => string = (line) => line,
): string {
  const widths = columns.map(({ heading }, index) =>
    Math.max(widthOf(heading), ...rows.map((row) => widthOf(row[index] ?? ''))),
  );
  const line = (cells: readonly string[]) =>
    columns
      .map(({ align }, index) => {
        const text = cells[index] ?? '';
        const width = widths[index] ?? 0;
        if (align === 'right') return ' '.repeat(Math.max(0, width - widthOf(text))) + text;
        return index === columns.length - 1 ? text : padded(text, width);
      })
      .join('  ')
      .trimEnd();
  return [styleHeading(line(columns.map(({ heading }) => heading))), ...rows.map(line)]
    .map((each) => `${each}\n`)
    .join('');
}
