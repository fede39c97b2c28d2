/**
 * Reads the plain part of block YAML that files of items are mostly made of, many times faster than a full reader: mappings and lists by
 * indentation, one-line scalars, lists in brackets of plain words, folded and literal texts. Whatever is not certain to mean the same to the full reader
 * (`yamlDocument.ts`) is left to it: the answer is undefined then, never a guess. `plainYaml.test.ts` holds both against each other.
 */

/** A node with its extent, without white space behind it. */
export type PlainNode = PlainScalarNode | PlainMap | PlainList;

export interface PlainScalarNode extends Extent {
  readonly kind: 'scalar';
  readonly value: string | number | boolean;
}

export interface PlainMap extends Extent {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, PlainEntry>;
}

export interface PlainList extends Extent {
  readonly kind: 'list';
  readonly items: readonly PlainNode[];
}

export interface PlainEntry {
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly value: PlainNode;
}

export interface Extent {
  /** Offsets. */
  readonly start: number;
  readonly end: number;
}

/** Nested deeper, a file is not of the plain sort. */
const MAX_DEPTH = 20;

interface Line {
  readonly indent: number;
  /** Of the first character that is no blank, and behind the last one. */
  readonly start: number;
  readonly end: number;
}

interface Reader {
  readonly text: string;
  /** Lines with content. */
  readonly lines: readonly Line[];
  at: number;
}

const NOT_PLAIN = undefined;

/** Tabs, carriage returns, byte order marks, and what YAML does not allow or counts as a line end elsewhere. */
const UNUSUAL = /[^\n\x20-\x7e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;
const KEY = /^[A-Za-z_][\w.-]*$/;
/** Words that are no texts as keys or values. */
const SPECIAL = /^(?:null|true|false)$/i;
/** A value that begins so is a text, unless it is {@link SPECIAL}. */
const PLAIN_START = /^[A-Za-z_/($^;\u00a1-\u1fff\u2010-\u2027\u2030-\ud7ff\ue000-\ufefe]/;
const INTEGER = /^(?:0|[1-9]\d{0,14})$/;
/** Begins with a digit, and is a text all the same. */
const DIGIT_TEXT = /^\d[\d.]*[ :,/-].*[^\d.+-]/;
const DATE = /^\d{4}-\d\d-\d\d$/;
/** In brackets: words alone. */
const FLOW_WORDS = /^[A-Za-z_](?:[\w.@~/ ()-]*[\w.@~/)-])?$/;
const FLOW_END = /[,[\]{}\n]/g;

/** The tree of a text; undefined when the text is not of the plain sort. Never throws. */
export function readPlainYaml(text: string): PlainNode | undefined {
  if (UNUSUAL.test(text)) return NOT_PLAIN;
  const lines = linesOf(text);
  if (lines?.[0]?.indent !== 0) return NOT_PLAIN;
  const reader: Reader = { text, lines, at: 0 };
  const node = block(reader, 0, 0);
  return reader.at === lines.length ? node : NOT_PLAIN;
}

/** Lines with content; comments may stand only before the first one. */
function linesOf(text: string): readonly Line[] | undefined {
  const lines: Line[] = [];
  for (let from = 0; from < text.length;) {
    const newline = text.indexOf('\n', from);
    const stop = newline < 0 ? text.length : newline;
    let start = from;
    while (start < stop && text[start] === ' ') start++;
    let end = stop;
    while (end > start && text[end - 1] === ' ') end--;
    // A line of blanks may belong to a text above it.
    if (start === end && stop > from) return NOT_PLAIN;
    if (start < end) {
      if (text[start] === '#' && lines.length === 0) {
        if (start > from) return NOT_PLAIN;
      } else lines.push({ indent: start - from, start, end });
    }
    from = stop + 1;
  }
  return lines;
}

/** A mapping or a list whose lines stand at an indentation. */
function block(reader: Reader, indent: number, depth: number): PlainMap | PlainList | undefined {
  const line = reader.lines[reader.at];
  if (line === undefined || depth > MAX_DEPTH) return NOT_PLAIN;
  return isDash(reader.text, line.start, line.end)
    ? list(reader, indent, depth)
    : map(reader, indent, line.start, depth);
}

function isDash(text: string, start: number, end: number): boolean {
  return text[start] === '-' && (start + 1 === end || text[start + 1] === ' ');
}

function list(reader: Reader, indent: number, depth: number): PlainList | undefined {
  const { text, lines } = reader;
  const items: PlainNode[] = [];
  const start = lines[reader.at]?.start ?? 0;
  let end = start;
  for (let line = lines[reader.at]; line?.indent === indent; line = lines[reader.at]) {
    if (!isDash(text, line.start, line.end)) break;
    let from = line.start + 1;
    while (from < line.end && text[from] === ' ') from++;
    if (from === line.end) return NOT_PLAIN;
    const inner = indent + (from - line.start);
    const node = isKeyLine(text, from, line.end)
      ? map(reader, inner, from, depth + 1)
      : scalarLine(reader, from, line, indent);
    if (node === undefined) return NOT_PLAIN;
    items.push(node);
    end = node.end;
  }
  return items.length === 0 ? NOT_PLAIN : { kind: 'list', start, end, items };
}

/** Whether a key and a colon stand first. */
function isKeyLine(text: string, from: number, end: number): boolean {
  const colon = text.indexOf(':', from);
  return (
    colon > from &&
    colon < end &&
    (colon + 1 === end || text[colon + 1] === ' ') &&
    KEY.test(text.slice(from, colon))
  );
}

/** @param start of its first key, which may stand behind a dash */
function map(reader: Reader, indent: number, start: number, depth: number): PlainMap | undefined {
  const { text, lines } = reader;
  const entries = new Map<string, PlainEntry>();
  let end = start;
  let keyStart = start;
  for (let line = lines[reader.at]; line !== undefined; line = lines[reader.at]) {
    if (entries.size > 0) {
      if (line.indent !== indent) break;
      keyStart = line.start;
      if (isDash(text, line.start, line.end)) break;
    }
    if (!isKeyLine(text, keyStart, line.end)) return NOT_PLAIN;
    const keyEnd = text.indexOf(':', keyStart);
    const key = text.slice(keyStart, keyEnd);
    if (!isFreeKey(key, entries)) return NOT_PLAIN;
    let from = keyEnd + 1;
    while (from < line.end && text[from] === ' ') from++;
    const value = from < line.end ? scalarLine(reader, from, line, indent) : nested(reader, indent, depth);
    if (value === undefined) return NOT_PLAIN;
    entries.set(key, { keyStart, keyEnd, value });
    end = value.end;
  }
  return entries.size === 0 ? NOT_PLAIN : { kind: 'map', start, end, entries };
}

/** What stands below a key that has nothing beside it: a block further in, or a list at the key's own indentation. */
function nested(reader: Reader, indent: number, depth: number): PlainNode | undefined {
  reader.at++;
  const next = reader.lines[reader.at];
  if (next === undefined) return NOT_PLAIN;
  const isList = isDash(reader.text, next.start, next.end);
  if (next.indent < indent || (next.indent === indent && !isList)) return NOT_PLAIN;
  // A list behind a dash and a key (`- key:`) has no indentation of its own to stand at.
  return block(reader, next.indent, depth + 1);
}

/** A value that ends with its line, or a text that its first line announces. The line after it must not belong to it. */
function scalarLine(reader: Reader, from: number, line: Line, indent: number): PlainNode | undefined {
  const { text, lines } = reader;
  const first = text[from];
  if (first === '>' || first === '|') return textBlock(reader, from, line, indent);
  reader.at++;
  const next = lines[reader.at];
  if (next !== undefined && next.indent > indent) return NOT_PLAIN;
  if (first === '[' || first === '{') return flow(text, from, line.end);
  return scalar(text, from, line.end);
}

function scalar(text: string, start: number, end: number): PlainScalarNode | undefined {
  const first = text[start];
  if (first === "'" || first === '"') return quoted(text, start, end);
  const value = text.slice(start, end);
  const node = (read: PlainScalarNode['value']): PlainScalarNode => ({
    kind: 'scalar',
    start,
    end,
    value: read,
  });
  if (value === 'true' || value === 'false') return node(value === 'true');
  if (INTEGER.test(value)) return node(Number(value));
  const isText =
    (PLAIN_START.test(value) || DIGIT_TEXT.test(value) || DATE.test(value)) &&
    !SPECIAL.test(value) &&
    !value.includes(': ') &&
    !value.includes(' #') &&
    !value.endsWith(':');
  return isText ? node(value) : NOT_PLAIN;
}

/** Between quotes, without escapes. */
function quoted(text: string, start: number, end: number): PlainScalarNode | undefined {
  const quote = text[start] ?? '';
  const value = text.slice(start + 1, end - 1);
  const isWhole = end - start >= 2 && text[end - 1] === quote;
  if (!isWhole || value.includes(quote) || (quote === '"' && value.includes('\\'))) return NOT_PLAIN;
  return { kind: 'scalar', start, end, value };
}

/** `[A, B-1]`, `{id: A, links: [B]}`: within one line. */
function flow(text: string, start: number, end: number): PlainNode | undefined {
  const reader: FlowReader = { text, end, at: start };
  const node = flowNode(reader, 0);
  return reader.at === end ? node : NOT_PLAIN;
}

interface FlowReader {
  readonly text: string;
  readonly end: number;
  at: number;
}

function flowNode(reader: FlowReader, depth: number): PlainNode | undefined {
  if (depth > MAX_DEPTH) return NOT_PLAIN;
  const first = reader.text[reader.at];
  if (first === '[') return flowList(reader, depth);
  if (first === '{') return flowMap(reader, depth);
  const start = reader.at;
  FLOW_END.lastIndex = start;
  const stop = FLOW_END.exec(reader.text)?.index ?? reader.end;
  reader.at = Math.min(stop, reader.end);
  let end = reader.at;
  while (end > start && reader.text[end - 1] === ' ') end--;
  const value = reader.text.slice(start, end);
  if (INTEGER.test(value)) return { kind: 'scalar', start, end, value: Number(value) };
  return FLOW_WORDS.test(value) && !SPECIAL.test(value) ? { kind: 'scalar', start, end, value } : NOT_PLAIN;
}

function flowList(reader: FlowReader, depth: number): PlainList | undefined {
  const start = reader.at++;
  const items: PlainNode[] = [];
  skipBlanks(reader);
  while (reader.text[reader.at] !== ']') {
    const node = flowNode(reader, depth + 1);
    if (node === undefined || !endsEntry(reader, ']')) return NOT_PLAIN;
    items.push(node);
  }
  return { kind: 'list', start, end: ++reader.at, items };
}

function flowMap(reader: FlowReader, depth: number): PlainMap | undefined {
  const { text } = reader;
  const start = reader.at++;
  const entries = new Map<string, PlainEntry>();
  skipBlanks(reader);
  while (text[reader.at] !== '}') {
    const keyStart = reader.at;
    const keyEnd = text.indexOf(': ', keyStart);
    const key = text.slice(keyStart, Math.max(keyStart, keyEnd));
    if (keyEnd > reader.end || !isFreeKey(key, entries)) return NOT_PLAIN;
    reader.at = keyEnd + 1;
    skipBlanks(reader);
    const value = flowNode(reader, depth + 1);
    if (value === undefined || !endsEntry(reader, '}')) return NOT_PLAIN;
    entries.set(key, { keyStart, keyEnd, value });
  }
  return { kind: 'map', start, end: ++reader.at, entries };
}

/** Goes past a comma, which must not be the last thing in its brackets, or up to the closing bracket. */
function endsEntry(reader: FlowReader, close: string): boolean {
  skipBlanks(reader);
  const { text, end } = reader;
  if (reader.at >= end) return false;
  if (text[reader.at] === close) return true;
  if (text[reader.at] !== ',') return false;
  reader.at++;
  skipBlanks(reader);
  return reader.at < end && text[reader.at] !== close;
}

function skipBlanks(reader: FlowReader): void {
  while (reader.at < reader.end && reader.text[reader.at] === ' ') reader.at++;
}

function isFreeKey(key: string, entries: ReadonlyMap<string, PlainEntry>): boolean {
  return KEY.test(key) && !SPECIAL.test(key) && key !== '__proto__' && !entries.has(key);
}

/** `>-`, `>`, `|-` or `|` with lines of one indentation and none that is empty. */
function textBlock(reader: Reader, from: number, head: Line, indent: number): PlainScalarNode | undefined {
  const { text, lines } = reader;
  const header = text.slice(from, head.end);
  if (header !== '>' && header !== '>-' && header !== '|' && header !== '|-') return NOT_PLAIN;
  reader.at++;
  const parts: string[] = [];
  const inner = lines[reader.at]?.indent ?? 0;
  if (inner <= indent) return NOT_PLAIN;
  let before = head;
  for (let line = lines[reader.at]; line !== undefined && line.indent > indent; line = lines[++reader.at]) {
    const newline = text.indexOf('\n', before.end);
    // Blanks at the end of a line, and lines between, are part of the text.
    if (line.indent !== inner || newline + 1 + inner !== line.start) return NOT_PLAIN;
    if (before !== head && newline !== before.end) return NOT_PLAIN;
    parts.push(text.slice(line.start, line.end));
    before = line;
  }
  // Without a line end behind it there is none to keep; blanks behind the last line would be part of it.
  if (text[before.end] !== '\n') return NOT_PLAIN;
  const value = parts.join(header.startsWith('>') ? ' ' : '\n');
  return {
    kind: 'scalar',
    start: from,
    end: before.end,
    value: header.endsWith('-') ? value : `${value}\n`,
  };
}

/** Words of the full reader's lexer at most: it refuses files with too many. */
export function mostWords(text: string): number {
  let words = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10) words += 10;
    else if (code === 44) words += 4;
  }
  return words + 10;
}

/** The tree as plain data. */
export function plainValue(node: PlainNode): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(plainValue);
  const value: Record<string, unknown> = {};
  for (const [key, entry] of node.entries) value[key] = plainValue(entry.value);
  return value;
}

/** Extent of the node at a path, or of its key; where there is nothing, that of the nearest parent. */
export function plainSpan(root: PlainNode, keys: readonly (string | number)[], ofKey: boolean): Extent {
  let node = root;
  let key: Extent | undefined;
  for (const step of keys) {
    if (node.kind === 'map') {
      const entry = node.entries.get(String(step));
      if (entry === undefined) break;
      key = { start: entry.keyStart, end: entry.keyEnd };
      node = entry.value;
    } else {
      const item = node.kind === 'list' && typeof step === 'number' ? node.items[step] : undefined;
      if (item === undefined) break;
      key = undefined;
      node = item;
    }
  }
  return ofKey && key !== undefined ? key : node;
}
