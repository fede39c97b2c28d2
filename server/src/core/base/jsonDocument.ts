import { parseTree, type Node, type ParseError } from 'jsonc-parser';

import { LineIndex } from './lineIndex.ts';
import type { Outcome, Problem } from './problem.ts';
import { START_OF_FILE, type Range } from './range.ts';

/** A value of a JSON document that knows where it stands. */
export interface JsonNode {
  /** Strings, numbers, booleans, null; of lists and records nothing. */
  readonly scalar: string | number | boolean | null | undefined;
  /** Of a list. */
  readonly items: readonly JsonNode[];
  /** Of a record: of keys that stand twice the last. */
  readonly entries: ReadonlyMap<string, JsonNode>;
  readonly range: Range;
}

const MAX_LENGTH = 64_000_000;
/** Levels of lists and records within each other; the parser recurses. */
const MAX_DEPTH = 200;

/** Reads a JSON document with the places of its values. Never throws; what was read before a mistake is kept. */
export function readJson(path: string, text: string): Outcome<JsonNode | undefined> {
  const problems: Problem[] = [];
  const fail = (message: string, range = START_OF_FILE): void => {
    problems.push({ code: 'json', severity: 'error', message, path, range });
  };
  const plain = text.startsWith('\uFEFF') ? ` ${text.slice(1)}` : text;
  if (plain.length > MAX_LENGTH) {
    fail(`This JSON file is larger than ${MAX_LENGTH} characters: split it.`);
    return { value: undefined, problems };
  }
  if (depthOf(plain) > MAX_DEPTH) {
    fail(`Lists and records are nested deeper than ${MAX_DEPTH} levels.`);
    return { value: undefined, problems };
  }
  const errors: ParseError[] = [];
  const tree = parseTree(plain, errors, { disallowComments: true });
  const lines = new LineIndex(plain);
  const [first] = errors;
  if (tree === undefined || first !== undefined) {
    const start = first?.offset ?? 0;
    fail(
      plain.trim() === '' ? 'This JSON file is empty.' : 'This is not valid JSON here.',
      lines.rangeOf({ start, end: start + (first?.length ?? 0) }),
    );
  }
  return { value: tree === undefined ? undefined : nodeOf(tree, lines), problems };
}

/** The deepest nesting of brackets outside of strings. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const unit = text[at];
    if (quoted && unit === '\\') at++;
    else if (unit === '"') quoted = !quoted;
    else if (!quoted && (unit === '[' || unit === '{')) deepest = Math.max(deepest, ++depth);
    else if (!quoted && (unit === ']' || unit === '}')) depth--;
    // A string does not go over a line; what is open here is a mistake that the parser names.
    else if (unit === '\n') quoted = false;
  }
  return deepest;
}

function nodeOf(node: Node, lines: LineIndex): JsonNode {
  const children = node.children ?? [];
  const entries = new Map<string, JsonNode>();
  if (node.type === 'object') {
    for (const { children: [key, value] = [] } of children) {
      if (key !== undefined && value !== undefined) entries.set(String(key.value), nodeOf(value, lines));
    }
  }
  const value: unknown = node.value;
  const isScalar = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return {
    scalar: node.type === 'null' ? null : isScalar ? value : undefined,
    items: node.type === 'array' ? children.map((child) => nodeOf(child, lines)) : [],
    entries,
    range: lines.rangeOf({ start: node.offset, end: node.offset + node.length }),
  };
}

/** The text at a key; '' where there is none. */
export function jsonText(node: JsonNode | undefined, key: string): string {
  const scalar = node?.entries.get(key)?.scalar;
  return typeof scalar === 'string' ? scalar : typeof scalar === 'number' ? String(scalar) : '';
}

/** The items of the list at a key. */
export function jsonList(node: JsonNode | undefined, key: string): readonly JsonNode[] {
  return node?.entries.get(key)?.items ?? [];
}

/** A value as plain data. */
export type JsonData =
  string | number | boolean | null | readonly JsonData[] | { readonly [key: string]: JsonData };

export function jsonData(node: JsonNode): JsonData {
  if (node.scalar !== undefined) return node.scalar;
  if (node.entries.size > 0)
    return Object.fromEntries([...node.entries].map(([key, value]) => [key, jsonData(value)]));
  return node.items.map(jsonData);
}
