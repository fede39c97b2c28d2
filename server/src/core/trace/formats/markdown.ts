import type { TextFormat } from '../formats.ts';
import { holdsMarkdownItems, readMarkdownItems } from '../markdown/readMarkdownItems.ts';

/** Traceward's own items in Markdown: headings with ids, fields in lists or tables. */
export const markdown: TextFormat = {
  title: 'Traceward items (Markdown)',
  input: 'text',
  candidates: ['**/*.{md,markdown}'],
  detect: (_, text) => /^#{1,6}[ \t]+[[`*_]{0,3}[A-Z][A-Z0-9]*-|^id:/m.test(text) && holdsMarkdownItems(text),
  read: (path, text, settings) => {
    const { value, problems } = readMarkdownItems(path, text, settings);
    return { value: { items: value }, problems };
  },
};
