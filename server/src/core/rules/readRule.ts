import type { Outcome, Problem } from '../base/problem.ts';
import type { Severity } from '../base/severity.ts';
import type { YamlFile } from '../base/yamlDocument.ts';
import type { LanguageSet } from '../syntax/languageSet.ts';
import { FORMULA_KEYS, isMapping, readFormula, type Complain, type KeyPath } from './readFormula.ts';
import type { Rule, RuleMetadata, TagRequirement } from './rule.ts';

const RULE_KEYS = ['id', 'languages', 'severity', 'message', 'metadata', 'mode', 'require', 'fix', 'paths', ...FORMULA_KEYS];
const PLANNED_KEYS = [
  'options',
  'min-version',
  'max-version',
  'fix-regex',
  'match',
  'taint',
  'pattern-sources',
  'pattern-sinks',
  'pattern-sanitizers',
  'pattern-propagators',
  'interfile',
];
const SEVERITY_WORDS: Readonly<Record<string, Severity>> = {
  CRITICAL: 'error',
  HIGH: 'error',
  ERROR: 'error',
  MEDIUM: 'warning',
  WARNING: 'warning',
  LOW: 'info',
  INFO: 'info',
};
const LINK_WORDS = ['implements', 'verifies'] as const;
const TARGET_WORDS = ['requirement', 'test', 'control', 'threat'] as const;

/** Reads one entry of `rules`. Any complaint refuses the rule: a rule never runs with a part of it ignored. */
export function readRule(
  path: string,
  file: YamlFile,
  entry: unknown,
  keys: KeyPath,
  languages: LanguageSet,
): Outcome<Rule | undefined> {
  const problems: Problem[] = [];
  const name = isMapping(entry) && typeof entry['id'] === 'string' ? entry['id'] : `number ${Number(keys[1]) + 1}`;
  const complain: Complain = (place, message) => {
    const key = place.length > keys.length ? `\`${String(place[place.length - 1])}\` ` : '';
    problems.push({
      code: 'rule-invalid',
      severity: 'error',
      message: `Rule ${name} does not load: ${message.startsWith('`') ? '' : key}${message}`,
      path,
      range: file.rangeOf(place, 'key'),
    });
  };
  if (!isMapping(entry)) {
    complain(keys, 'it must be a mapping with `id`, `languages`, `severity`, `message` and a pattern.');
    return { value: undefined, problems };
  }
  for (const key of Object.keys(entry)) {
    if (RULE_KEYS.includes(key)) continue;
    const known = PLANNED_KEYS.includes(key);
    complain([...keys, key], known ? 'is not supported by this version.' : 'is not a key of a rule.');
  }
  const text = (key: string, fallback?: string): string => {
    const value = entry[key];
    if (typeof value === 'string' && value.trim() !== '') return value;
    if (value !== undefined || fallback === undefined) complain([...keys, key], 'must be a text that is not empty.');
    return fallback ?? '';
  };
  const id = text('id');
  const message = text('message');
  const mode = text('mode', 'search');
  if (mode !== 'search' && mode !== 'require-tag') {
    complain([...keys, 'mode'], `\`${mode}\` is not supported by this version (search, require-tag).`);
  }
  const severity = SEVERITY_WORDS[text('severity').toUpperCase()];
  if (severity === undefined) complain([...keys, 'severity'], 'must be ERROR, WARNING or INFO.');
  const rule: Rule = {
    id,
    languages: readLanguages(entry['languages'], [...keys, 'languages'], languages, complain),
    severity: severity ?? 'error',
    message,
    metadata: readMetadata(entry['metadata'], [...keys, 'metadata'], complain),
    formula: readFormula(file, entry, keys, complain) ?? EMPTY,
    mode: mode === 'require-tag' ? 'require-tag' : 'search',
    ...readRequire(entry['require'], mode, [...keys, 'require'], complain),
    ...(entry['fix'] === undefined ? {} : { fix: text('fix').replace(/\n$/, '') }),
    paths: readPaths(entry['paths'], [...keys, 'paths'], complain),
    source: { path, range: file.rangeOf([...keys, 'id'], 'value') },
  };
  return { value: problems.length === 0 ? rule : undefined, problems };
}

/** Stands in for a formula that could not be read; the rule is refused anyway. */
const EMPTY = { op: 'any', of: [], at: { start: { line: 0, column: 0 }, end: { line: 0, column: 0 } } } as const;

function readLanguages(value: unknown, keys: KeyPath, languages: LanguageSet, complain: Complain): string[] {
  if (!Array.isArray(value) || value.length === 0) {
    complain(keys, 'must be a list of languages.');
    return [];
  }
  const ids = value.map((name: unknown, index) => {
    const language = typeof name === 'string' ? languages.ofName(name) : undefined;
    const known = languages.definitions.map((each) => each.id).join(', ');
    if (!language) complain([...keys, index], `\`${String(name)}\` is not a supported language (${known}).`);
    return language?.id ?? '';
  });
  return [...new Set(ids)];
}

/** Foreign keys are kept out without complaint: public rules carry metadata of their own. */
function readMetadata(value: unknown, keys: KeyPath, complain: Complain): RuleMetadata {
  const metadata = isMapping(value) ? value : {};
  if (value !== undefined && !isMapping(value)) complain(keys, 'must be a mapping.');
  const list = (key: string): string[] => {
    const entry = metadata[key];
    if (entry === undefined) return [];
    const entries: unknown[] = Array.isArray(entry) ? entry : [entry];
    if (entries.every((each) => typeof each === 'string' || typeof each === 'number')) return entries.map(String);
    complain([...keys, key], 'must be a text or a list of texts.');
    return [];
  };
  const text = (key: string): string | undefined => {
    const entry = metadata[key];
    if (entry === undefined || typeof entry === 'string') return entry;
    complain([...keys, key], 'must be a text.');
    return undefined;
  };
  const confidence = text('confidence');
  const why = text('why');
  const fixGuidance = text('fix-guidance');
  return {
    cwe: list('cwe'),
    cert: list('cert'),
    stride: list('stride'),
    fda: list('fda'),
    iec81001: list('iec-81001-5-1'),
    references: list('references'),
    ...(confidence === undefined ? {} : { confidence }),
    ...(why === undefined ? {} : { why }),
    ...(fixGuidance === undefined ? {} : { fixGuidance }),
  };
}

function readPaths(value: unknown, keys: KeyPath, complain: Complain): Rule['paths'] {
  const paths = isMapping(value) ? value : {};
  if (value !== undefined && !isMapping(value)) complain(keys, 'must be a mapping with `include` or `exclude`.');
  const list = (key: string): string[] => {
    const entry = paths[key];
    if (entry === undefined) return [];
    if (Array.isArray(entry) && entry.every((each) => typeof each === 'string')) return entry;
    complain([...keys, key], 'must be a list of globs.');
    return [];
  };
  for (const key of Object.keys(paths)) {
    if (key !== 'include' && key !== 'exclude') complain([...keys, key], 'is not a key of `paths`.');
  }
  return { include: list('include'), exclude: list('exclude') };
}

function readRequire(value: unknown, mode: string, keys: KeyPath, complain: Complain): { require?: TagRequirement } {
  if (mode !== 'require-tag') {
    if (value !== undefined) complain(keys, 'belongs to `mode: require-tag`.');
    return {};
  }
  const require = isMapping(value) ? value : {};
  const link = LINK_WORDS.find((word) => word === require['link']);
  const to = TARGET_WORDS.find((word) => word === require['to']);
  const categories = require['category'];
  if (link === undefined) complain([...keys, 'link'], `must be one of ${LINK_WORDS.join(', ')}.`);
  if (to === undefined) complain([...keys, 'to'], `must be one of ${TARGET_WORDS.join(', ')}.`);
  if (!Array.isArray(categories) || !categories.every((each) => typeof each === 'string')) {
    complain([...keys, 'category'], 'must be a list of categories.');
    return {};
  }
  return link && to ? { require: { link, to, categories } } : {};
}
