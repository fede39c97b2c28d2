import { stringify } from 'yaml';

/** A value as YAML, in the order of its keys, without folding lines. */
export function yamlText(value: unknown): string {
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });
}
