/** A field's name as people write it: `outOfScope` is `Out of scope`. */
export function fieldLabel(name: string): string {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Signs that give a line a meaning where they begin it. */
const MEANING = /^( {0,3})(?:(\d{1,9})(?=[.)\\])|)([#`~<>|*+=_\\.)-])/;

/** A text whose lines mean nothing but themselves; line ends become `\n`. */
export function escapedLines(text: string): string {
  return text
    .split(/\r?\n/)
    .map((line) =>
      line.replace(MEANING, (_, indent: string, digits: string | undefined, sign: string) =>
        digits === undefined && (sign === '.' || sign === ')')
          ? `${indent}${sign}`
          : `${indent}${digits ?? ''}\\${sign}`,
      ),
    )
    .join('\n');
}

export function attributeKey(key: string): string {
  return /^[A-Za-z_][\w .-]*$/.test(key) && key.trim() === key && !key.endsWith('_')
    ? key
    : JSON.stringify(key);
}

/** JSON, or a text that is none. */
export function attributeValue(value: unknown): string {
  const isPlain =
    typeof value === 'string' &&
    /^[A-Za-z](?:[^\r\n]*\S)?$/.test(value) &&
    !/^(?:true|false|null)$/.test(value);
  return isPlain ? value : JSON.stringify(value);
}
