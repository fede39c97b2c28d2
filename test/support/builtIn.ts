import { readFileSync } from 'node:fs';

import { loadRules } from '../../server/src/core/rules/loadRules.ts';
import { writePreparedRules } from '../../server/src/core/rules/preparedRules.ts';
import type { LanguageDefinition } from '../../server/src/core/syntax/language.ts';
import { languageSet } from '../../server/src/core/syntax/loadLanguages.ts';

const definitions = JSON.parse(
  readFileSync(new URL('../../dist/assets/languages.json', import.meta.url), 'utf8'),
) as LanguageDefinition[];
const languages = languageSet(definitions);

/** The asset `rules.json` for rules of a test in the place of those that ship. */
export function builtInRules(path: string, text: string): string {
  return writePreparedRules(loadRules([{ path, text, isBuiltIn: true }], languages));
}
