import { isCollection, isMap, isPair, isScalar, isSeq, parseDocument, type YAMLMap } from 'yaml';

import { readYaml } from './yamlDocument.ts';

/** Columns at which prose and long lists are wrapped. */
const LINE_WIDTH = 110;

/** The keys of a mapping in their order, by the path of keys and indexes to it; undefined to leave it as it is. */
export type KeyOrder = (path: readonly (string | number)[]) => readonly string[] | undefined;

/**
 * Writes a document anew in one form: indentation, wrapping, the order of keys. Comments and the style of values stay.
 *
 * @returns undefined for what is no valid YAML, is refused, or would not be the same data afterwards
 */
export function formatYaml(text: string, orderOf: KeyOrder): string | undefined {
  const before = readYaml('', text);
  if (before.document === undefined || before.problems.length > 0) return undefined;
  if (before.document.value === null) return text;
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const once = written(text, orderOf);
  // Where comments stand oddly, only the second round is settled.
  const twice = once && written(once, orderOf);
  if (twice === undefined || written(twice, orderOf) !== twice) return undefined;
  const after = readYaml('', twice).document?.value;
  if (sorted(after) !== sorted(before.document.value)) return undefined;
  return newline === '\n' ? twice : twice.replaceAll('\n', newline);
}

function written(text: string, orderOf: KeyOrder): string | undefined {
  try {
    const document = parseDocument(text.replaceAll('\r\n', '\n').replace(/^\uFEFF/, ''));
    order(document.contents, [], orderOf);
    return document.toString({ lineWidth: LINE_WIDTH, flowCollectionPadding: false });
  } catch {
    // An alias that would stand before its anchor, say: the file is left as it is, and the caller says so.
    return undefined;
  }
}

function order(node: unknown, path: readonly (string | number)[], orderOf: KeyOrder): void {
  if (isSeq(node)) {
    node.items.forEach((item, index) => {
      order(item, [...path, index], orderOf);
    });
    return;
  }
  if (!isMap(node)) return;
  const keys = orderOf(path);
  if (keys !== undefined) sortKeys(node, keys);
  for (const pair of node.items) order(pair.value, [...path, keyOf(pair)], orderOf);
}

function sortKeys(map: YAMLMap, keys: readonly string[]): void {
  const [first] = map.items;
  const place = (pair: unknown) => {
    const at = keys.indexOf(keyOf(pair));
    return at < 0 ? keys.length : at;
  };
  map.items.sort((a, b) => place(a) - place(b));
  // Empty lines separate entries, not a dash from its first key.
  const [now] = map.items;
  if (now !== first && now !== undefined && isScalar(now.key)) now.key.spaceBefore = false;
}

function keyOf(pair: unknown): string {
  return isPair(pair) && isScalar(pair.key) && !isCollection(pair.key) ? String(pair.key.value) : '';
}

/** Data as a text in which the order of keys does not count. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : each,
  );
}
