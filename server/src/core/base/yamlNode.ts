import type { JsonNode } from './jsonDocument.ts';
import type { Outcome } from './problem.ts';
import { readJson } from './jsonDocument.ts';
import { readYaml, type YamlFile } from './yamlDocument.ts';

/**
 * Reads a document that may be JSON or YAML as nodes that know their places.
 *
 * @param merge `<<` puts the entries of other mappings into one
 */
export function readJsonOrYaml(path: string, text: string, merge = false): Outcome<JsonNode | undefined> {
  if (/^\uFEFF?\s*[[{]/.test(text)) return readJson(path, text);
  const { document, problems } = readYaml(path, text, undefined, merge);
  return { value: document === undefined ? undefined : nodeAt(document, [], document.value), problems };
}

function nodeAt(file: YamlFile, keys: readonly (string | number)[], value: unknown): JsonNode {
  const isList = Array.isArray(value);
  const isRecord = typeof value === 'object' && value !== null && !isList;
  return {
    scalar:
      value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
        ? value
        : undefined,
    items: isList ? value.map((each: unknown, at) => nodeAt(file, [...keys, at], each)) : [],
    entries: new Map(
      isRecord ? Object.entries(value).map(([key, each]) => [key, nodeAt(file, [...keys, key], each)]) : [],
    ),
    // Most places are never asked for.
    get range() {
      return file.rangeOf(keys, 'head');
    },
  };
}
