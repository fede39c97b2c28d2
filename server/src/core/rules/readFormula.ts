import type { YamlFile } from '../base/yamlDocument.ts';
import type { Clause, Condition, Formula } from './formula.ts';
import { compileRegex } from './regex.ts';

/** Where in a YAML file something stands. */
export type KeyPath = readonly (string | number)[];

/** Receives what is wrong with a rule; a rule with any complaint does not load. */
export type Complain = (keys: KeyPath, message: string) => void;

type Mapping = Readonly<Record<string, unknown>>;

/** Operators of the rule language that stand for a formula by themselves. */
export const FORMULA_KEYS = ['pattern', 'patterns', 'pattern-either', 'pattern-regex', 'tree-sitter'] as const;
const CLAUSE_KEYS = ['pattern-not', 'pattern-inside', 'pattern-not-inside', 'pattern-not-regex'] as const;
const CONDITION_KEYS = ['metavariable-regex', 'metavariable-pattern'] as const;
const PLANNED_KEYS = [
  'metavariable-comparison',
  'metavariable-type',
  'metavariable-analysis',
  'metavariable',
  'not',
  'inside',
  'any',
  'all',
  'regex',
  'where',
  'anywhere',
];
const METAVARIABLE = /^\$(\.\.\.)?[A-Z_][A-Z_0-9]*$/;

/** Reads the one operator in a mapping (a rule, or an entry of a list) as a formula. */
export function readFormula(file: YamlFile, mapping: Mapping, keys: KeyPath, complain: Complain): Formula | undefined {
  const present = FORMULA_KEYS.filter((key) => key in mapping);
  const [key, second] = present;
  if (key === undefined) {
    complain(keys, `needs one of ${FORMULA_KEYS.join(', ')}.`);
    return undefined;
  }
  if (second !== undefined) {
    complain([...keys, second], `has both \`${key}\` and \`${second}\`: put them under \`patterns\`.`);
    return undefined;
  }
  return readOperator(file, key, mapping[key], [...keys, key], complain);
}

function readOperator(
  file: YamlFile,
  key: (typeof FORMULA_KEYS)[number],
  value: unknown,
  keys: KeyPath,
  complain: Complain,
): Formula | undefined {
  const at = file.rangeOf(keys, 'value');
  switch (key) {
    case 'pattern': {
      const text = readText(value, keys, complain);
      return text === undefined ? undefined : { op: 'pattern', text, at };
    }
    case 'pattern-regex': {
      const regex = readRegex(value, keys, complain);
      return regex === undefined ? undefined : { op: 'regex', regex, at };
    }
    case 'tree-sitter': {
      const query = readText(value, keys, complain);
      return query === undefined ? undefined : { op: 'tree-sitter', query, at };
    }
    case 'pattern-either': {
      const of = readList(value, keys, complain).map(([entry, place]) => readFormula(file, entry, place, complain));
      return of.every((formula) => formula !== undefined) ? { op: 'any', of, at } : undefined;
    }
    case 'patterns':
      return readAll(file, value, keys, complain);
  }
}

function readAll(file: YamlFile, value: unknown, keys: KeyPath, complain: Complain): Formula | undefined {
  const clauses: Clause[] = [];
  const conditions: Condition[] = [];
  const focus: string[][] = [];
  let sound = true;
  const add = (clause: Clause | undefined): void => {
    if (clause === undefined) sound = false;
    else clauses.push(clause);
  };
  for (const [entry, place] of readList(value, keys, complain)) {
    const [key, second] = Object.keys(entry);
    if (key === undefined || second !== undefined) {
      complain(place, 'must be a mapping with exactly one operator.');
      sound = false;
    } else if (isOneOf(FORMULA_KEYS, key)) {
      const formula = readOperator(file, key, entry[key], [...place, key], complain);
      add(formula && { role: 'match', formula });
    } else if (isOneOf(CLAUSE_KEYS, key)) {
      add(readClause(file, key, entry[key], [...place, key], complain));
    } else if (key === 'focus-metavariable') {
      const names = readMetavariables(entry[key], [...place, key], complain);
      if (names.length > 0) focus.push(names);
      else sound = false;
    } else if (isOneOf(CONDITION_KEYS, key)) {
      const condition = readCondition(file, key, entry[key], [...place, key], complain);
      if (condition) conditions.push(condition);
      else sound = false;
    } else {
      complain([...place, key], unknownOperator(key));
      sound = false;
    }
  }
  if (!clauses.some((clause) => clause.role === 'match' || clause.role === 'inside')) {
    if (sound) complain(keys, 'needs at least one positive operator, such as `pattern`.');
    return undefined;
  }
  return sound ? { op: 'all', clauses, conditions, focus, at: file.rangeOf(keys, 'value') } : undefined;
}

function readClause(
  file: YamlFile,
  key: (typeof CLAUSE_KEYS)[number],
  value: unknown,
  keys: KeyPath,
  complain: Complain,
): Clause | undefined {
  if (key === 'pattern-not-regex') {
    const regex = readRegex(value, keys, complain);
    return regex === undefined
      ? undefined
      : { role: 'not-overlapping', formula: { op: 'regex', regex, at: file.rangeOf(keys, 'value') } };
  }
  const role = key === 'pattern-not' ? 'not' : key === 'pattern-inside' ? 'inside' : 'not-inside';
  const formula = isMapping(value)
    ? readFormula(file, value, keys, complain)
    : readOperator(file, 'pattern', value, keys, complain);
  return formula && { role, formula };
}

function readCondition(
  file: YamlFile,
  key: 'metavariable-regex' | 'metavariable-pattern',
  value: unknown,
  keys: KeyPath,
  complain: Complain,
): Condition | undefined {
  if (!isMapping(value)) {
    complain(keys, 'must be a mapping with `metavariable`.');
    return undefined;
  }
  const metavariable = value['metavariable'];
  if (typeof metavariable !== 'string' || !METAVARIABLE.test(metavariable)) {
    complain([...keys, 'metavariable'], 'must be a metavariable such as `$X`.');
    return undefined;
  }
  const allowed = key === 'metavariable-regex' ? ['metavariable', 'regex'] : ['metavariable', ...FORMULA_KEYS];
  const unknown = Object.keys(value).find((each) => !allowed.includes(each));
  if (unknown !== undefined) {
    complain([...keys, unknown], unknownOperator(unknown));
    return undefined;
  }
  const at = file.rangeOf(keys, 'value');
  if (key === 'metavariable-regex') {
    const regex = readRegex(value['regex'], [...keys, 'regex'], complain);
    return regex === undefined ? undefined : { kind: key, metavariable, regex, at };
  }
  const formula = readFormula(file, value, keys, complain);
  return formula && { kind: key, metavariable, formula, at };
}

function readMetavariables(value: unknown, keys: KeyPath, complain: Complain): string[] {
  const entries: unknown[] = Array.isArray(value) ? value : [value];
  const names = entries.filter((entry) => typeof entry === 'string' && METAVARIABLE.test(entry));
  if (names.length === entries.length && names.length > 0) return names as string[];
  complain(keys, 'must be a metavariable such as `$X`, or a list of them.');
  return [];
}

function readText(value: unknown, keys: KeyPath, complain: Complain): string | undefined {
  if (typeof value === 'string' && value.trim() !== '') return value;
  // YAML reads an unquoted `0` or `true` as something else than text.
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  complain(keys, 'must be a text that is not empty.');
  return undefined;
}

function readRegex(value: unknown, keys: KeyPath, complain: Complain): string | undefined {
  const text = readText(value, keys, complain);
  if (text === undefined) return undefined;
  const outcome = compileRegex(text);
  if (!('error' in outcome)) return text;
  complain(keys, `is not a regular expression that can run: ${outcome.error}.`);
  return undefined;
}

function readList(value: unknown, keys: KeyPath, complain: Complain): [Mapping, KeyPath][] {
  if (!Array.isArray(value) || value.length === 0) {
    complain(keys, 'must be a list with at least one entry.');
    return [];
  }
  const entries: [Mapping, KeyPath][] = [];
  value.forEach((entry: unknown, index) => {
    if (isMapping(entry)) entries.push([entry, [...keys, index]]);
    else complain([...keys, index], 'must be a mapping such as `pattern: ...`.');
  });
  return entries;
}

export function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isOneOf<T extends string>(list: readonly T[], text: string): text is T {
  return (list as readonly string[]).includes(text);
}

function unknownOperator(key: string): string {
  return PLANNED_KEYS.includes(key)
    ? `\`${key}\` is not supported by this version.`
    : `\`${key}\` is not an operator of the rule language.`;
}
