import type { TextFormat } from '../formats.ts';
import { readNeeds } from '../sphinxNeeds/readNeeds.ts';

/** Sphinx-Needs: the `needs.json` that its builder writes. */
export const sphinxNeeds: TextFormat = {
  title: 'Sphinx-Needs (needs.json)',
  input: 'text',
  candidates: ['**/needs.json'],
  detect: (_, text) => text.includes('"versions"') && text.includes('"current_version"'),
  read: readNeeds,
};
