import { joinDoorstop } from '../doorstop/joinDoorstop.ts';
import { baseName, DOCUMENT_FILE, readDoorstop } from '../doorstop/readDoorstop.ts';
import type { TextFormat } from '../formats.ts';

/** Doorstop documents: folders with a `.doorstop.yml`, one file an item. */
export const doorstop: TextFormat = {
  title: 'Doorstop (YAML, Markdown)',
  input: 'text',
  candidates: ['**/.doorstop.yml'],
  detect: (path) => baseName(path) === DOCUMENT_FILE,
  read: (path, text) => readDoorstop(path, text),
  join: joinDoorstop,
};
