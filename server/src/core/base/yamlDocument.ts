import {
  Composer,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  Lexer,
  Parser,
  Scalar,
  visit,
} from 'yaml';
import type { CST, Document, Node, ScalarTag, YAMLError, YAMLMap } from 'yaml';

import { LineIndex } from './lineIndex.ts';
import { mostWords, plainSpan, plainValue, readPlainYaml } from './plainYaml.ts';
import type { Problem } from './problem.ts';
import { START_OF_FILE } from './range.ts';
import type { Range } from './range.ts';

export { checkShape } from './checkShape.ts';

/** In UTF-16 code units. A file of ten thousand items is below it. */
export const MAX_YAML_LENGTH = 2_000_000;
/** Levels of lists and mappings within each other. The composer recurses, so this also guards the stack. */
export const MAX_YAML_DEPTH = 100;
/** Values of a document once every alias stands for what it names: aliases of aliases multiply. */
const MAX_EXPANDED = 500_000;
/** Documents of one file, where it may hold several. */
export const MAX_YAML_DOCUMENTS = 100;
/** Lexical words: a dense file within the length limit has about half of this. */
const MAX_WORDS = 800_000;
const TOO_LARGE = {
  code: 'yaml-too-large',
  message: `This file is too large (limit: ${MAX_YAML_LENGTH} characters): split it into smaller ones.`,
} as const;
const MAX_PROBLEMS = 100;

/** A YAML document as plain data, with the places that its data came from. */
export interface YamlFile {
  /** Strings, finite and other numbers, booleans, null, arrays and objects. An empty file is `null`. */
  readonly value: unknown;
  /**
   * Range of the node at a path of keys and indexes: its value (default), its key, or its `head`, which is the value's first line. When
   * nothing is there: that of the nearest parent. A value that is left empty has the range of its key.
   */
  rangeOf(keys: readonly (string | number)[], what?: 'key' | 'value' | 'head'): Range;
}

/** The part of a file below `keys`, as a file of its own. */
export function yamlAt(file: YamlFile, keys: readonly (string | number)[], value: unknown): YamlFile {
  return { value, rangeOf: (inner, what) => file.rangeOf([...keys, ...inner], what) };
}

/** What was read of one document: see `readYaml`. */
export interface YamlReading {
  readonly document: YamlFile | undefined;
  readonly problems: Problem[];
}

const EMPTY: YamlReading = { document: { value: null, rangeOf: () => START_OF_FILE }, problems: [] };

/** What a plain scalar (one without quotes) means, where a file is not YAML 1.2. Must not throw. */
export type PlainScalar = (text: string) => unknown;

/**
 * Reads one YAML 1.2 document (core schema, no custom tags; merge keys only where asked for). Never throws.
 *
 * @param plain for other versions of YAML: makes the values of plain scalars; keys stay texts
 * @param merge `<<` puts the entries of other mappings into one, as in YAML 1.1
 * @returns `document` is there whenever something could be read, also beside problems: half a file is still worth showing while its
 *   user types. It is undefined when the file was refused as a whole (too large, too deep, several documents, unreadable aliases).
 */
export function readYaml(path: string, text: string, plain?: PlainScalar, merge = false): YamlReading {
  const [only] = readAll(path, text, { plain, merge, most: 1 });
  return only ?? EMPTY;
}

/** Reads all documents of a file, which lines `---` part, each as `readYaml` reads one; merge keys count. One that is refused for a file refused as a whole. */
export function readYamlDocuments(path: string, text: string): readonly YamlReading[] {
  return readAll(path, text, { plain: undefined, merge: true, most: MAX_YAML_DOCUMENTS });
}

interface ReadingOptions {
  readonly plain: PlainScalar | undefined;
  readonly merge: boolean;
  /** Files of more documents are refused. */
  readonly most: number;
}

function readAll(path: string, text: string, options: ReadingOptions): readonly YamlReading[] {
  const { plain, merge, most } = options;
  const refuse = (code: string, message: string, range: Range = START_OF_FILE): readonly YamlReading[] => [
    { document: undefined, problems: [{ code, severity: 'error', message, path, range }] },
  ];
  if (text.length > MAX_YAML_LENGTH) return refuse(TOO_LARGE.code, TOO_LARGE.message);
  const lines = new LineIndex(text);
  const simple = plain === undefined ? plainFile(text, lines) : undefined;
  if (simple !== undefined) return [{ document: simple, problems: [] }];
  const { tokens, refusal } = parseTokens(text, most);
  if (refusal !== undefined) {
    return refuse(
      refusal.code,
      refusal.message,
      firstLine(text, lines, refusal.offset, Math.min(refusal.offset + 3, text.length)),
    );
  }
  const composer = new Composer({
    version: '1.2',
    ...(plain === undefined ? { schema: 'core' } : { schema: 'failsafe', customTags: [plainTag(plain)] }),
    merge,
    resolveKnownTags: false,
    // Checked below in linear time; the library compares every key with every other.
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'error',
  });
  return [...composer.compose(tokens, true, text.length)].map((document) =>
    readComposed(document, path, text, lines, options),
  );
}

function readComposed(
  document: Document.Parsed,
  path: string,
  text: string,
  lines: LineIndex,
  { plain, merge }: ReadingOptions,
): YamlReading {
  const found = [...document.errors, ...document.warnings].filter(
    (error, index) => index === 0 || !isAftermath(error),
  );
  const problems = found.slice(0, MAX_PROBLEMS).map((error) => syntaxProblem(error, path, text, lines));
  problems.push(...nodeProblems(document, path, text, lines));
  if (found.length > MAX_PROBLEMS) {
    const message = `${found.length - MAX_PROBLEMS} more places of this file are not valid YAML.`;
    problems.push({ code: 'yaml-syntax', severity: 'error', message, path, range: START_OF_FILE });
  }
  if (problems.some((problem) => problem.code === 'yaml-alias')) return { document: undefined, problems };
  if (plain !== undefined) textKeys(document);
  if (merge) problems.push(...dropWrongMerges(document, path, text, lines));
  try {
    // `nodeProblems` has bounded what aliases stand for.
    const value: unknown = document.toJS({ maxAliasCount: -1 });
    return { document: { value, rangeOf: rangeFinder(document, text, lines) }, problems };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    problems.push({
      code: 'yaml-alias',
      severity: 'error',
      message: `The aliases of this file cannot be used: ${detail}.`,
      path,
      range: START_OF_FILE,
    });
    return { document: undefined, problems };
  }
}

/** A file without anything that only the full reader knows. */
function plainFile(text: string, lines: LineIndex): YamlFile | undefined {
  const root = mostWords(text) > MAX_WORDS ? undefined : readPlainYaml(text);
  if (root === undefined) return undefined;
  return {
    value: plainValue(root),
    rangeOf: (keys, what = 'value') => {
      const { start, end } = plainSpan(root, keys, what === 'key');
      return what === 'head' ? firstLine(text, lines, start, end) : lines.rangeOf({ start, end });
    },
  };
}

function plainTag(plain: PlainScalar): ScalarTag {
  return { tag: 'tag:yaml.org,2002:plain', default: true, test: /^/, resolve: (text) => plain(text) };
}

/** Keys are names, whatever they would mean as values: `on`, `1.10`. */
function textKeys(document: Document.Parsed): void {
  visit(document, {
    Pair: (_, { key }) => {
      if (isScalar(key) && typeof key.value !== 'string') key.value = key.source ?? '';
    },
  });
}

/** Takes out each `<<` that brings no mapping, and tells it: one of them is no reason to refuse all of a file. */
function dropWrongMerges(document: Document.Parsed, path: string, text: string, lines: LineIndex): Problem[] {
  const problems: Problem[] = [];
  const resolved = (node: unknown): unknown => (isAlias(node) ? node.resolve(document) : node);
  visit(document, {
    Pair: (_, { key, value }) => {
      if (!isScalar(key) || typeof key.value !== 'symbol') return undefined;
      const source = resolved(value);
      const sources: readonly unknown[] = isSeq(source) ? source.items : [source];
      if (sources.every((each) => isMap(resolved(each)))) return undefined;
      const [start, end] = key.range ?? [0, 0];
      problems.push({
        code: 'yaml-merge',
        severity: 'error',
        message: '`<<` takes a mapping, an alias of one, or a list of these.',
        path,
        range: firstLine(text, lines, start, end),
      });
      return visit.REMOVE;
    },
  });
  return problems;
}

interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly offset: number;
}

/**
 * The library's concrete syntax tree, given up early where composing it would take too long, overflow the stack or be useless: its parser
 * is driven word by word so that a hostile file costs little.
 */
function parseTokens(
  text: string,
  most: number,
): { readonly tokens: readonly CST.Token[]; readonly refusal?: Refusal } {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let documents = 0;
  let words = 0;
  for (const word of new Lexer().lex(text)) {
    for (const token of parser.next(word)) {
      tokens.push(token);
      if (token.type === 'document') documents++;
    }
    const offset = parser.offset;
    if (++words > MAX_WORDS) return { tokens: [], refusal: { ...TOO_LARGE, offset: 0 } };
    // The stack also holds the document and the scalar that is being read.
    if (parser.stack.length > MAX_YAML_DEPTH + 2) {
      const message = `Lists and mappings are nested deeper than ${MAX_YAML_DEPTH} levels: flatten them.`;
      return {
        tokens: [],
        refusal: { code: 'yaml-too-deep', message, offset: Math.max(0, offset - word.length) },
      };
    }
    if (documents >= most && parser.stack[0]?.type === 'document') {
      const message =
        most === 1
          ? 'A file holds one document: remove the line `---` here, or split the file.'
          : `A file holds at most ${most} documents: split it.`;
      return { tokens: [], refusal: { code: 'yaml-documents', message, offset: offset - word.length } };
    }
  }
  tokens.push(...parser.end());
  return { tokens };
}

/** Behind a mistake that takes away the structure, each token down to the end of the file is called unexpected. */
function isAftermath({ code, message }: YAMLError): boolean {
  return code === 'UNEXPECTED_TOKEN' && message.includes('token in YAML stream');
}

/** What the library's errors mean to somebody who writes a file; the others speak for themselves. */
const EXPLANATIONS: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'tabs cannot indent YAML; use spaces',
  BAD_INDENT:
    'the indentation does not fit the lines above; align the keys of a mapping and the dashes of a list',
  BLOCK_AS_IMPLICIT_KEY:
    'a value that contains `: ` needs quotes around it, and a nested mapping a line of its own',
  MULTILINE_IMPLICIT_KEY:
    'a `:` is missing after a key here or on the line before, or a value needs quotes around it',
  BAD_SCALAR_START: 'a value cannot start with this character; put quotes around it',
  TAG_RESOLVE_FAILED: 'tags such as `!name` are not supported; write plain values',
};

function syntaxProblem(error: YAMLError, path: string, text: string, lines: LineIndex): Problem {
  const tag = error.code === 'TAG_RESOLVE_FAILED';
  const atEnd =
    error.code === 'BAD_INDENT' && /must end with|sufficiently indented and end/.test(error.message);
  const detail = atEnd
    ? 'a bracket is not closed'
    : (EXPLANATIONS[error.code] ?? error.message.replace(/[.:]?\s*$/, ''));
  return {
    code: tag ? 'yaml-tag' : 'yaml-syntax',
    severity: 'error',
    message: tag ? `YAML ${detail}.` : `This is not valid YAML: ${detail}.`,
    path,
    range: firstLine(text, lines, error.pos[0], error.pos[1]),
  };
}

/** What the composer does not tell: keys that stand twice, keys that are no plain values, aliases without an anchor before them. */
function nodeProblems(document: Document.Parsed, path: string, text: string, lines: LineIndex): Problem[] {
  const problems: Problem[] = [];
  const report = (code: string, message: string, node: Node) => {
    const [start, end] = node.range ?? [0, 0];
    if (problems.length > MAX_PROBLEMS) return;
    problems.push({ code, severity: 'error', message, path, range: firstLine(text, lines, start, end) });
  };
  /** Offset at which each anchor's node ends: an alias within the node itself would be endless. */
  const anchors = new Map<string, number>();
  const open: unknown[] = [document.contents];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (isPair(node)) {
      open.push(node.value, node.key);
      continue;
    }
    if (!isNode(node)) continue;
    if (isAlias(node)) {
      const end = anchors.get(node.source);
      if (end === undefined || end > (node.range?.[0] ?? 0)) {
        report(
          'yaml-alias',
          `There is no anchor \`&${node.source}\` before this alias: write the value out.`,
          node,
        );
      }
      continue;
    }
    if (node.anchor !== undefined) anchors.set(node.anchor, node.range?.[1] ?? Infinity);
    if (isSeq(node)) for (let at = node.items.length - 1; at >= 0; at--) open.push(node.items[at]);
    if (isMap(node)) {
      const seen = new Set<string>();
      for (const { key } of node.items) {
        if (!isScalar(key)) {
          if (isNode(key)) report('yaml-syntax', 'A key must be a plain word: put quotes around it.', key);
          continue;
        }
        const name = nameOfKey(key);
        if (seen.has(name))
          report('yaml-duplicate-key', `The key \`${name}\` stands twice in this mapping: keep one.`, key);
        seen.add(name);
      }
      for (let at = node.items.length - 1; at >= 0; at--) open.push(node.items[at]);
    }
  }
  if (anchors.size > 0 && expandedSize(document.contents, new Map()) > MAX_EXPANDED)
    report(
      'yaml-alias',
      `The aliases of this file stand for more than ${MAX_EXPANDED} values: write them out where they are needed.`,
      document.contents ?? new Scalar(null),
    );
  return problems;
}

/** Counts the values that a node stands for when its aliases are written out, up to the limit. The depth of nesting is bounded. */
function expandedSize(node: unknown, anchors: Map<string, number>): number {
  if (isPair(node)) return expandedSize(node.key, anchors) + expandedSize(node.value, anchors);
  if (!isNode(node)) return 0;
  if (isAlias(node)) return anchors.get(node.source) ?? 1;
  let size = 1;
  if (isSeq(node) || isMap(node))
    for (const item of node.items) size = Math.min(MAX_EXPANDED + 1, size + expandedSize(item, anchors));
  if (node.anchor !== undefined) anchors.set(node.anchor, size);
  return size;
}

/** A key as a text; one that has a value of its own kind is named as it is written. */
function nameOfKey({ value, source }: Scalar): string {
  return typeof value === 'object' && value !== null ? (source ?? '') : String(value);
}

function rangeFinder(document: Document.Parsed, text: string, lines: LineIndex): YamlFile['rangeOf'] {
  /** Pairs by the text of their keys, per mapping; built when first asked for. */
  const pairs = new WeakMap<YAMLMap, Map<string, { key: unknown; value: unknown }>>();
  const pairOf = (map: YAMLMap, key: string | number) => {
    let known = pairs.get(map);
    if (known === undefined) {
      known = new Map(map.items.map((pair) => [isScalar(pair.key) ? nameOfKey(pair.key) : '', pair]));
      pairs.set(map, known);
    }
    return known.get(String(key));
  };
  return (keys, what = 'value') => {
    let value: unknown = document.contents;
    let key: unknown;
    for (const step of keys) {
      if (isAlias(value)) value = value.resolve(document);
      if (isMap(value)) {
        const pair = pairOf(value, step);
        if (pair === undefined) break;
        ({ key, value } = pair);
      } else if (isSeq(value)) {
        const item: unknown = typeof step === 'number' ? value.items[step] : undefined;
        if (item === undefined) break;
        key = undefined;
        value = item;
      } else break;
    }
    const [valueStart, valueEnd] = spanOf(value, text);
    const useKey = isNode(key) && (what === 'key' || valueStart === valueEnd);
    const [start, end] = useKey ? spanOf(key, text) : [valueStart, valueEnd];
    return what === 'head' ? firstLine(text, lines, start, end) : lines.rangeOf({ start, end });
  };
}

/** Offsets of a node without the white space and line ends after it. */
function spanOf(node: unknown, text: string): [number, number] {
  const [start, valueEnd] = isNode(node) ? (node.range ?? [0, 0]) : [0, 0];
  let end = valueEnd;
  while (end > start && /\s/.test(text[end - 1] ?? '')) end--;
  return [start, end];
}

/** The span's part on its first line: what an editor should underline for a node of many lines. */
function firstLine(text: string, lines: LineIndex, start: number, end: number): Range {
  let stop = start;
  while (stop < end && text[stop] !== '\n' && text[stop] !== '\r') stop++;
  return lines.rangeOf({ start, end: stop });
}
