import { jsonData, jsonList, jsonText, type JsonNode } from '../../base/jsonDocument.ts';
import type { AttributeValue } from '../item.ts';
import type { ModelBuilder, Reference, Sort } from './model.ts';

/** Entries of a list that have an id; the others are reported. */
export function entriesWith(
  root: JsonNode,
  list: string,
  idKey: string,
  builder: ModelBuilder,
): readonly JsonNode[] {
  return jsonList(root, list).filter((each) => {
    if (jsonText(each, idKey) !== '') return true;
    builder.report(`This entry of \`${list}\` has no \`${idKey}\`: it is not read.`, each.range);
    return false;
  });
}

/** The reference at a key; none where there is no text. */
export function referenceAt(
  node: JsonNode | undefined,
  key: string,
  role: string,
  sorts: readonly Sort[],
  type: Reference['type'] = 'relates',
): readonly Reference[] {
  const to = jsonText(node, key);
  const range = node?.entries.get(key)?.range;
  return to === '' || range === undefined ? [] : [{ type, role, to, sorts, range }];
}

/** The references of the list at a key: texts, or records that name something at one of `keys`. */
export function referencesIn(
  node: JsonNode | undefined,
  key: string,
  role: string,
  sorts: readonly Sort[],
  type: Reference['type'] = 'relates',
  keys: readonly string[] = [],
): readonly Reference[] {
  return jsonList(node, key).flatMap((each): Reference[] => {
    const to = textIn(each, ...keys);
    return to === '' ? [] : [{ type, role, to, sorts, range: each.range }];
  });
}

/** A text or number, or the first one at a key. */
export function textIn(node: JsonNode, ...keys: readonly string[]): string {
  if (typeof node.scalar === 'string' || typeof node.scalar === 'number') return String(node.scalar);
  return keys.map((key) => jsonText(node, key)).find((text) => text !== '') ?? '';
}

export function textsIn(node: JsonNode | undefined, key: string): readonly string[] {
  return jsonList(node, key)
    .map((each) => textIn(each))
    .filter((text) => text !== '');
}

/** The entries of a record that have no field of their own; null is as good as absent. */
export function othersOf(
  node: JsonNode | undefined,
  used: readonly string[],
): Readonly<Record<string, AttributeValue>> {
  return Object.fromEntries(
    [...(node?.entries ?? [])]
      .filter(([key, value]) => !used.includes(key) && value.scalar !== null)
      .map(([key, value]) => [key, jsonData(value)]),
  );
}

/** A truth value as the fields of flows have it. */
export function yesOrNone(node: JsonNode | undefined, key: string): 'yes' | 'none' | undefined {
  const scalar = node?.entries.get(key)?.scalar;
  return typeof scalar === 'boolean' ? (scalar ? 'yes' : 'none') : undefined;
}
