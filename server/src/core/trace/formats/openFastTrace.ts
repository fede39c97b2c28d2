import type { TextFormat } from '../formats.ts';
import { readSpecifications } from '../oft/readSpecifications.ts';
import { specificationLine } from '../oft/specificationLines.ts';

/** OpenFastTrace items in Markdown and reStructuredText. */
export const openFastTrace: TextFormat = {
  title: 'OpenFastTrace (Markdown, reStructuredText)',
  input: 'text',
  candidates: ['**/*.{md,markdown,rst}'],
  detect: (_, text) => text.split(/\r?\n/).some((line) => specificationLine(line).is === 'item'),
  read: (path, text, settings) => ({
    value: { items: readSpecifications(path, text, settings) },
    problems: [],
  }),
};
