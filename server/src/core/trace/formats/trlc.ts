import type { TextFormat } from '../formats.ts';
import { readTrlc } from '../trlc/readTrlc.ts';

/** Requirements as data in TRLC. */
export const trlc: TextFormat = {
  title: 'TRLC (.trlc)',
  input: 'text',
  candidates: ['**/*.trlc'],
  detect: (_, text) => /^\s*package\s+[A-Za-z]/m.test(text),
  read: readTrlc,
};
