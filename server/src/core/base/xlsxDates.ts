import { childNamed, type XmlElement } from './xml.ts';

/** Formats of numbers that every workbook has and that show dates or times. */
const BUILT_IN: readonly (readonly [from: number, to: number])[] = [
  [14, 22],
  [27, 36],
  [45, 47],
  [50, 58],
];

/** Indexes of the cell styles of a workbook that show a number as a date or time. */
export function dateStyles(styles: XmlElement | undefined): ReadonlySet<number> {
  const dates = new Set<number>();
  if (styles === undefined) return dates;
  const own = new Map(
    (childNamed(styles, 'numFmts')?.children ?? []).map(({ attributes }) => [
      Number(attributes.get('numFmtId')),
      attributes.get('formatCode') ?? '',
    ]),
  );
  for (const [index, { attributes }] of (childNamed(styles, 'cellXfs')?.children ?? []).entries()) {
    const format = Number(attributes.get('numFmtId') ?? 0);
    const code = own.get(format);
    const isDate =
      code === undefined ? BUILT_IN.some(([from, to]) => format >= from && format <= to) : showsDate(code);
    if (isDate) dates.add(index);
  }
  return dates;
}

/** Whether a format code has parts of a date outside of quotes, brackets and escapes: `yyyy-mm-dd`, not `0.00 "d"` or `[Red]0`. */
function showsDate(code: string): boolean {
  const plain = code.replace(/"[^"]*"|\\.|_.|\*./g, '').replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '');
  return /[dmyhs]/i.test(plain.replace(/general/gi, ''));
}

/** Days from the first day of a serial number to 1970. */
const DAYS_1900 = 25_569;
const DAYS_1904 = 24_107;
/** 9999-12-31. */
const LAST_SERIAL = 2_958_465;

/**
 * A serial number as `2026-01-31`, with a time where there is one, or `12:30:00` for a time alone. Undefined where it is no date.
 */
export function isoDate(serial: number, since1904: boolean): string | undefined {
  if (serial < 0 || serial > LAST_SERIAL) return undefined;
  const seconds = Math.round((serial - Math.floor(serial)) * 86_400);
  // Excel counts a day that 1900 did not have.
  const days = Math.floor(serial) + (!since1904 && serial < 60 ? 1 : 0) - (since1904 ? DAYS_1904 : DAYS_1900);
  const whole = days + Math.floor(seconds / 86_400);
  const left = seconds % 86_400;
  const time = [left / 3600, (left / 60) % 60, left % 60]
    .map((each) => padded(Math.floor(each), 2))
    .join(':');
  if (serial < 1) return time;
  return left === 0 ? dateOf(whole) : `${dateOf(whole)} ${time}`;
}

/** Days since 1970-01-01 as a date of the Gregorian calendar, counted from 1 March so that the leap day comes last. */
function dateOf(days: number): string {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const day = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (day - Math.floor(day / 1460) + Math.floor(day / 36_524) - Math.floor(day / 146_096)) / 365,
  );
  const dayOfYear = day - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const march = Math.floor((5 * dayOfYear + 2) / 153);
  const month = march < 10 ? march + 3 : march - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(dayOfYear - Math.floor((153 * march + 2) / 5) + 1, 2)}`;
}

function padded(number: number, length: number): string {
  return String(number).padStart(length, '0');
}
