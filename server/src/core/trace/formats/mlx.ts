import type { TextFormat } from '../formats.ts';
import { joinItems, readItems } from '../mlx/readItems.ts';

/** Items in reStructuredText of the Sphinx extension mlx.traceability. */
export const mlx: TextFormat = {
  title: 'mlx.traceability (reStructuredText)',
  input: 'text',
  candidates: ['**/*.rst'],
  detect: (_, text) => /^[ \t]*\.\. item::[ \t]/m.test(text),
  read: readItems,
  join: joinItems,
};
