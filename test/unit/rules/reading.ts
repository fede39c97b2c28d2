import { loadRules } from '../../../server/src/core/rules/loadRules.ts';
import type { Rule } from '../../../server/src/core/rules/rule.ts';
import type { RuleSet } from '../../../server/src/core/rules/ruleSet.ts';
import type { LanguageSet } from '../../../server/src/core/syntax/languageSet.ts';

/** Languages by name alone: reading rules needs no grammar. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  c: [],
  cpp: ['c++'],
  python: ['py'],
  javascript: ['js'],
  typescript: ['ts'],
  tsx: [],
  java: [],
  go: ['golang'],
};

const definitions = Object.entries(NAMES).map(([id, aliases]) =>
  id === 'tsx' ? { id, name: id, aliases, partOf: 'typescript' } : { id, name: id, aliases },
);

export const LANGUAGES = {
  definitions,
  ofName: (name: string) => {
    const lower = name.toLowerCase();
    return definitions.find(({ id, aliases }) => id === lower || aliases.includes(lower));
  },
} as unknown as LanguageSet;

export function load(text: string, path = 'rules.yaml'): RuleSet {
  return loadRules([{ path, text }], LANGUAGES);
}

/** A rule file with one rule named `r`; `keys` stand below the four that every rule has, from line 6 on. */
export function fileWith(keys: string, languages = '[python]'): string {
  const indented = keys
    .replace(/^\n|\n\s*$/g, '')
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
  return `rules:\n  - id: r\n    languages: ${languages}\n    severity: ERROR\n    message: m\n${indented}\n`;
}

/** The one rule of these keys. Throws when it does not load, so that a test cannot pass by mistake. */
export function rule(keys: string, languages?: string): Rule {
  const { rules, problems } = load(fileWith(keys, languages));
  const [only] = rules;
  if (only === undefined) throw new Error(problems.map(({ message }) => message).join('\n'));
  return only;
}

/** What is said of these keys: `line: message`, one-based lines. */
export function complaints(keys: string, languages?: string): string[] {
  const { problems } = load(fileWith(keys, languages));
  return problems.map(({ message, range }) => `${(range?.start.line ?? -1) + 1}: ${message}`);
}

/** A value without the places in the file, which differ between spellings. */
export function withoutPlaces(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPlaces);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => key !== 'at' && key !== 'source');
  return Object.fromEntries(entries.map(([key, each]) => [key, withoutPlaces(each)]));
}

/** What a rule looks for, without places. */
export function formulaOf(keys: string, languages?: string): unknown {
  return withoutPlaces(rule(keys, languages).formula);
}
