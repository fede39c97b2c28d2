import type { TextFormat } from '../formats.ts';
import { readItemFile } from '../itemFile.ts';
import { ITEM_LIST_NAMES } from '../itemSchema.ts';

/** Traceward's own lists of items in YAML. */
export const tracewardYaml: TextFormat = {
  title: 'Traceward items (YAML)',
  input: 'text',
  candidates: ['security/**/*.{yaml,yml}'],
  detect: (_, text) => new RegExp(`^(?:${ITEM_LIST_NAMES.join('|')}):`, 'm').test(text),
  read: (path, text) => {
    const { value, problems } = readItemFile(path, text);
    return { value: { items: value }, problems };
  },
};
