/**
 * Where in a YAML document a cursor stands, told from the lines alone: while a rule is typed the document is rarely whole, and a parser
 * would know least where it matters most. Block style; a flow list (`[a, b]`) only as a value on the line of its key.
 */
export interface YamlCursor {
  /** Keys and list entries (as -1) from the top of the document to the mapping or list that the cursor stands in. */
  readonly path: readonly (string | -1)[];
  /** `key`: a key, or an entry of a list, is being written. `value`: the value of the last key of the path. */
  readonly at: 'key' | 'value';
  /** What stands before the cursor of the word being written, and the column where that begins. */
  readonly typed: string;
  readonly start: number;
  /** Other keys of the same mapping. */
  readonly siblings: readonly string[];
}

interface Line {
  readonly dashes: readonly number[];
  /** Column of what follows the dashes. */
  readonly column: number;
  readonly key: string | undefined;
  /** What follows the key. */
  readonly value: string;
}

const KEY = /^(["']?)([\w$.-]+)\1[ \t]*:(?:[ \t]+(.*)|)$/;
const BLOCK_SCALAR = /^[|>][-+\d]*\s*(?:#.*)?$/;
/** Farther up nothing is looked for: a rule is shorter. */
const MAX_LINES = 3000;

/**
 * @param lines of the whole document
 * @param line zero-based, `character` in UTF-16 code units
 * @returns undefined where no key and no simple value is being written: in a comment, a block of text, a quoted text
 */
export function yamlCursor(
  lines: readonly string[],
  line: number,
  character: number,
): YamlCursor | undefined {
  const before = (lines[line] ?? '').slice(0, character);
  const here = parse(before);
  if (here === undefined) return undefined;
  const climb = climbFrom(lines, line, here);
  if (climb === undefined) return undefined;
  const { path } = climb;
  if (here.key !== undefined) {
    const value = /^(?:\[(?:[^\]#]*,)?[ \t]*)?([\w-]*)$/.exec(here.value);
    if (value === null) return undefined;
    const typed = value[1] ?? '';
    const inList = here.value.startsWith('[');
    return {
      path: [...path, here.key, ...(inList ? ([-1] as const) : [])],
      at: 'value',
      typed,
      start: character - typed.length,
      siblings: [],
    };
  }
  const word = /^[\w-]*$/.exec(before.slice(here.column));
  if (word === null) return undefined;
  const below = keysBelow(lines, line, here.column);
  return { path, at: 'key', typed: word[0], start: here.column, siblings: [...climb.siblings, ...below] };
}

/** The key that stands at a place, with the path to it; undefined elsewhere. */
export function yamlKeyAt(
  lines: readonly string[],
  line: number,
  character: number,
): { readonly path: readonly (string | -1)[]; readonly start: number; readonly end: number } | undefined {
  const here = parse(lines[line] ?? '');
  if (here?.key === undefined) return undefined;
  const end = (lines[line] ?? '').indexOf(':', here.column + here.key.length);
  if (character < here.column || character > end) return undefined;
  const climb = climbFrom(lines, line, here);
  return climb && { path: [...climb.path, here.key], start: here.column, end };
}

/** Undefined for a comment, a blank line is a place to write at its end. */
function parse(text: string): Line | undefined {
  if (/^\s*#/.test(text)) return undefined;
  const dashes: number[] = [];
  let column = /^ */.exec(text)?.[0].length ?? 0;
  for (;;) {
    const dash = /^-(?: +|$)/.exec(text.slice(column));
    if (dash === null) break;
    dashes.push(column);
    column += dash[0].length;
  }
  const key = KEY.exec(text.slice(column).trimEnd() + (/:\s+$/.test(text) ? ' ' : ''));
  return { dashes, column, key: key?.[2], value: (key?.[3] ?? '').trimStart() };
}

interface Climb {
  readonly path: readonly (string | -1)[];
  readonly siblings: readonly string[];
}

function climbFrom(lines: readonly string[], line: number, here: Line): Climb | undefined {
  const path: (string | -1)[] = [];
  const siblings: string[] = [];
  let column = here.column;
  let isOwn = true;
  /** Enters the list entries that the dashes of a line begin. */
  const enter = (dashes: readonly number[]): void => {
    for (const dash of dashes.toReversed()) {
      path.unshift(-1);
      column = dash;
    }
    if (dashes.length > 0) isOwn = false;
  };
  enter(here.dashes);
  let isEntry = here.dashes.length > 0;
  for (let at = line - 1; at >= Math.max(0, line - MAX_LINES) && (column > 0 || isEntry || isOwn); at--) {
    const text = lines[at] ?? '';
    const above = text.trim() === '' ? undefined : parse(text);
    if (above?.key === undefined && (above?.dashes.length ?? 0) === 0) continue;
    if (above === undefined) continue;
    if (!isEntry && above.column === column && above.dashes.length > 0) {
      if (isOwn && above.key !== undefined) siblings.push(above.key);
      enter(above.dashes);
      isEntry = true;
    } else if (
      above.key !== undefined &&
      (above.column < column || (isEntry && above.column === column && above.dashes.length === 0))
    ) {
      if (BLOCK_SCALAR.test(above.value)) return undefined;
      path.unshift(above.key);
      column = above.column;
      isOwn = false;
      enter(above.dashes);
      isEntry = above.dashes.length > 0;
    } else if (isOwn && above.column === column && above.key !== undefined) {
      siblings.push(above.key);
    }
  }
  return { path, siblings };
}

/** Keys of the same mapping on the lines that follow. */
function keysBelow(lines: readonly string[], line: number, column: number): readonly string[] {
  const keys: string[] = [];
  for (let at = line + 1; at < Math.min(lines.length, line + MAX_LINES); at++) {
    const text = lines[at] ?? '';
    const below = text.trim() === '' ? undefined : parse(text);
    if (below === undefined) continue;
    if (below.column < column || below.dashes.some((dash) => dash < column)) break;
    if (below.column === column && below.key !== undefined) keys.push(below.key);
  }
  return keys;
}
