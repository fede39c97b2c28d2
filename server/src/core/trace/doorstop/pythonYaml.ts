import type { AttributeValue } from '../item.ts';

/** Marks scalars, so that no mapping of a file can look like one. */
const SCALAR = Symbol('scalar');

/** A scalar that PyYAML does not read as a text: what Python calls its type, and how it writes the value. */
export interface PythonScalar {
  readonly is: typeof SCALAR;
  readonly python: 'bool' | 'int' | 'float' | 'NoneType' | 'datetime.date' | 'datetime.datetime';
  readonly written: string;
  readonly value: boolean | number | null | string;
}

/** A longer plain scalar is a text. */
const MAX_SCALAR = 100;
const TRUE = /^(?:yes|Yes|YES|true|True|TRUE|on|On|ON)$/;
const FALSE = /^(?:no|No|NO|false|False|FALSE|off|Off|OFF)$/;
const NULL = /^(?:~|null|Null|NULL|)$/;
const INTEGER =
  /^([-+]?)(?:0b([01_]+)|0x([0-9a-fA-F_]+)|0([0-7_]+)|(0|[1-9][0-9_]*)|([1-9][0-9_]*(?::[0-5]?[0-9])+))$/;
const FLOAT = /^[-+]?(?:[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?)$/;
const SEXAGESIMAL = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*$/;
const SPECIAL = /^(?:([-+]?)\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const DATE = /^\d{4}-\d\d-\d\d$/;
const TIME =
  /^(\d{4}-\d\d?-\d\d?)(?:[Tt]|[ \t]+)(\d\d?):(\d\d):(\d\d)(?:\.\d{0,9})?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?$/;

/** What a plain scalar means in YAML 1.1 as PyYAML reads it; a text stays a text. */
export function pythonScalar(text: string): string | PythonScalar {
  if (NULL.test(text)) return { is: SCALAR, python: 'NoneType', written: 'None', value: null };
  if (text.length > MAX_SCALAR) return text;
  if (TRUE.test(text)) return { is: SCALAR, python: 'bool', written: 'True', value: true };
  if (FALSE.test(text)) return { is: SCALAR, python: 'bool', written: 'False', value: false };
  const integer = INTEGER.exec(text);
  if (integer !== null) return integerOf(integer) ?? text;
  if (FLOAT.test(text)) return float(Number(text.replaceAll('_', '')));
  if (SEXAGESIMAL.test(text)) return float(inSixties(text.replaceAll('_', '')));
  const special = SPECIAL.exec(text);
  if (special !== null) {
    const written = special[1] === undefined ? 'nan' : `${special[1] === '-' ? '-' : ''}inf`;
    return { is: SCALAR, python: 'float', written, value: written };
  }
  if (DATE.test(text)) return { is: SCALAR, python: 'datetime.date', written: text, value: text };
  if (TIME.test(text)) return { is: SCALAR, python: 'datetime.datetime', written: text, value: text };
  return text;
}

function integerOf(groups: readonly (string | undefined)[]): PythonScalar | undefined {
  const [, sign = '', binary, hex, octal, decimal, sixties] = groups.map((group) =>
    group?.replaceAll('_', ''),
  );
  const digits =
    binary !== undefined
      ? `0b${binary}`
      : hex !== undefined
        ? `0x${hex}`
        : octal !== undefined
          ? `0o${octal}`
          : (decimal ?? String(inSixties(sixties ?? '')));
  // `0b_` has no digits at all; Python refuses it, and here it is a text.
  if (/^0[box]$/.test(digits)) return undefined;
  const size = BigInt(digits);
  const value = sign === '-' ? -size : size;
  return { is: SCALAR, python: 'int', written: String(value), value: Number(value) };
}

/** `1:30` is 90. */
function inSixties(text: string): number {
  const size = text
    .replace(/^[-+]/, '')
    .split(':')
    .reduce((sum, part) => sum * 60 + Number(part), 0);
  return text.startsWith('-') ? -size : size;
}

function float(value: number): PythonScalar {
  return { is: SCALAR, python: 'float', written: writtenFloat(value), value };
}

/** As Python writes it: always with a dot or an exponent, and the exponent with two digits at least. */
function writtenFloat(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e16 || size < 1e-4)) {
    return value.toExponential().replace(/e([-+])(\d)$/, 'e$10$2');
  }
  const text = Object.is(value, -0) ? '-0' : String(value);
  return text.includes('.') ? text : `${text}.0`;
}

export function isPythonScalar(value: unknown): value is PythonScalar {
  return typeof value === 'object' && value !== null && 'is' in value && value.is === SCALAR;
}

/** A value that was read with {@link pythonScalar} as an attribute. */
export function attributeOf(value: unknown): AttributeValue {
  if (isPythonScalar(value)) return value.value;
  if (Array.isArray(value)) return value.map(attributeOf);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, attributeOf(each)]));
  }
  return typeof value === 'string' ? value : String(value);
}

/** A scalar as Python writes it: `True`, `1.1`, `None`; of lists and mappings nothing. */
export function writtenOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return isPythonScalar(value) ? value.written : '';
}

/** Python's own spelling of a text: in `'`, or in `"` when only that saves a backslash. */
export function pythonText(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replaceAll(quote, `\\${quote}`);
  return `${quote}${escaped}${quote}`;
}

/** Python's own spelling of a scalar. */
export function pythonSpelling(value: unknown): string {
  return isPythonScalar(value) ? value.written : pythonText(writtenOf(value));
}
