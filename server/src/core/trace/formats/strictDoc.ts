import type { TextFormat } from '../formats.ts';
import { joinStrictDoc, readStrictDoc } from '../strictdoc/readStrictDoc.ts';

/** StrictDoc documents (`.sdoc`). */
export const strictDoc: TextFormat = {
  title: 'StrictDoc (.sdoc)',
  input: 'text',
  candidates: ['**/*.sdoc'],
  detect: (_, text) => /^\uFEFF?\[DOCUMENT\]/.test(text),
  read: readStrictDoc,
  join: joinStrictDoc,
};
