import { joinDoorstop } from '../doorstop/joinDoorstop.ts';
import { baseName, DOCUMENT_FILE, readDoorstop } from '../doorstop/readDoorstop.ts';
import type { TextFormat } from '../formats.ts';

/** Doorstop documents: folders with a `.doorstop.yml`, one file an item. */
export const doorstop: TextFormat = {
  title: 'Doorstop (YAML, Markdown)',
  input: 'text',
  candidates: ['**/.doorstop.yml', '**/*[0-9].{yml,yaml,md}'],
  detect: (path, text) => baseName(path) === DOCUMENT_FILE || isItem(text),
  read: (path, text) => readDoorstop(path, text),
  join: joinDoorstop,
};

/** Fields that Doorstop writes into every item, at the start of their lines: of a YAML file, or of what stands before the text of a Markdown file. */
const FIELDS = [/^active:/m, /^level:/m, /^normative:/m, /^reviewed:/m];

function isItem(text: string): boolean {
  return FIELDS.every((field) => field.test(text));
}
