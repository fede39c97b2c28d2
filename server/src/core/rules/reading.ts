import { LineIndex } from '../base/lineIndex.ts';
import { nearestAmong } from '../base/nearest.ts';
import type { Problem } from '../base/problem.ts';
import type { Range } from '../base/range.ts';
import type { YamlFile } from '../base/yamlDocument.ts';
import { METAVARIABLE, type KeyTable, type Shape } from './keyTable.ts';
import { compileRegex } from './regex.ts';
import { UNSUPPORTED_KEYS } from './ruleKeys.ts';

/** Where in a YAML file something stands. */
export type KeyPath = readonly (string | number)[];

export type Mapping = Readonly<Record<string, unknown>>;

/** A rule file that is being read. */
export interface RuleText {
  readonly path: string;
  readonly file: YamlFile;
  /** The text written at a place, without quotes taken off or numbers read. */
  rawText(place: KeyPath): string;
}

export function ruleText(path: string, text: string, file: YamlFile): RuleText {
  let lines: LineIndex | undefined;
  return {
    path,
    file,
    rawText: (place) => {
      lines ??= new LineIndex(text);
      const { start, end } = file.rangeOf(place, 'value');
      return text.slice(lines.offsetAt(start), lines.offsetAt(end));
    },
  };
}

/** One rule that is being read: gathers what is wrong with it. A rule with any refusal does not load. */
export interface Reading extends RuleText {
  readonly problems: readonly Problem[];
  /** Refuses the rule. The message continues the name of what stands at the place, or names something in backticks itself. */
  refuse(place: KeyPath, message: string): void;
  /** Says something about the rule, which loads all the same (or is passed over, as the message says). */
  remark(place: KeyPath, severity: 'information' | 'warning', message: string): void;
  /** Number of refusals so far: to ask whether a part was read without any. */
  refusals(): number;
  rangeOf(place: KeyPath): Range;
}

/** A broken rule needs no endless list of what is wrong with it. */
const MAX_PROBLEMS = 50;

/** @param name - what the rule is called in messages */
export function startReading(text: RuleText, name: string, rule: KeyPath): Reading {
  const problems: Problem[] = [];
  let refusals = 0;
  const said = new Set<string>();
  const add = (code: string, severity: Problem['severity'], message: string, place: KeyPath): void => {
    const key = `${place.join('/')} ${message}`;
    if (problems.length >= MAX_PROBLEMS || said.has(key)) return;
    said.add(key);
    problems.push({ code, severity, message, path: text.path, range: text.file.rangeOf(place, 'key') });
  };
  return {
    ...text,
    problems,
    refuse: (place, message) => {
      refusals++;
      const subject = message.startsWith('`') ? '' : `${nameOf(place, rule)} `;
      add('rule-invalid', 'error', `Rule ${name} does not load: ${subject}${message}`, place);
    },
    remark: (place, severity, message) => {
      add('rule-remark', severity, `Rule ${name} ${message}`, place);
    },
    refusals: () => refusals,
    rangeOf: (place) => text.file.rangeOf(place, 'value'),
  };
}

/** `pattern`, entry 2 of `patterns`, or the rule itself. */
function nameOf(place: KeyPath, rule: KeyPath): string {
  const last = place.at(-1);
  if (last === undefined || place.length <= rule.length) return 'it';
  if (typeof last === 'string') return `\`${last}\``;
  return `entry ${last + 1} of ${nameOf(place.slice(0, -1), rule)}`;
}

export function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True for the table's own keys alone: `constructor` is no key of a rule. */
export function hasKey(table: KeyTable, key: string): boolean {
  return Object.hasOwn(table, key);
}

/** As `hasKey`, for a table whose keys are known to the compiler. */
export function isKeyOf<T extends KeyTable>(table: T, key: string): key is Extract<keyof T, string> {
  return Object.hasOwn(table, key);
}

/**
 * Checks a mapping against a table: refuses keys that are not in it, values of another shape, and the lack of what is required.
 *
 * @param what - what the mapping is, for messages: `a rule`
 * @returns the mapping, or undefined when it is none; refusals are counted by the reading
 */
export function checkMapping(
  reading: Reading,
  value: unknown,
  place: KeyPath,
  keys: KeyTable,
  what: string,
): Mapping | undefined {
  if (!isMapping(value)) {
    reading.refuse(place, `must be a mapping with ${listOf(Object.keys(keys).slice(0, 4))}.`);
    return undefined;
  }
  for (const key of Object.keys(value)) if (!hasKey(keys, key)) refuseKey(reading, [...place, key], key, Object.keys(keys), what);
  checkKnown(reading, value, place, keys);
  return value;
}

/** As `checkMapping`, for a mapping that also has keys which somebody else reads. */
export function checkKnown(reading: Reading, mapping: Mapping, place: KeyPath, keys: KeyTable): void {
  for (const [key, { shape, required }] of Object.entries(keys)) {
    if (Object.hasOwn(mapping, key)) fits(reading, mapping[key], [...place, key], shape);
    else if (required) reading.refuse(place, `\`${key}\` is missing: add it.`);
  }
}

/** Refuses a key that has no meaning where it stands. */
export function refuseKey(
  reading: Reading,
  place: KeyPath,
  key: string,
  known: readonly string[],
  what: string,
): void {
  if (Object.hasOwn(UNSUPPORTED_KEYS, key)) {
    reading.refuse(place, `\`${key}\` is not supported by this version: ${UNSUPPORTED_KEYS[key] ?? ''}.`);
    return;
  }
  const [guess] = nearestAmong(known)(key, 1);
  const advice = guess === undefined ? '.' : `: did you mean \`${guess}\`?`;
  reading.refuse(place, `\`${oneLine(key)}\` is not a key of ${what}${advice}`);
}

/** A key that a mistake in the YAML made of much text, as a message shows it. */
function oneLine(key: string): string {
  const line = key.replace(/\s+/g, ' ');
  return line.length > MAX_SHOWN ? `${line.slice(0, MAX_SHOWN)}...` : line;
}

/** Characters of a key that a message shows. */
const MAX_SHOWN = 60;

/** Refuses a value that has another shape than it must have. */
export function fits(reading: Reading, value: unknown, place: KeyPath, shape: Shape): boolean {
  const refuse = (message: string): false => {
    reading.refuse(place, message);
    return false;
  };
  switch (shape.is) {
    case 'text': {
      const text = readText(reading, value, place, shape.code === true);
      if (text === undefined) return refuse('must be a text.');
      const isFine = shape.mayBeEmpty === true || text.trim() !== '';
      return isFine || refuse('must be a text that is not empty.');
    }
    case 'regex': {
      const text = readText(reading, value, place, true);
      if (text === undefined || text === '') return refuse('must be a regular expression that is not empty.');
      const outcome = compileRegex(text);
      return !('error' in outcome) || refuse(`is not a regular expression that can run: ${outcome.error}.`);
    }
    case 'boolean':
      return typeof value === 'boolean' || refuse('must be true or false.');
    case 'integer': {
      const { least, most } = shape;
      if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return true;
      return refuse(`must be a whole number from ${least} to ${most}.`);
    }
    case 'oneOf': {
      const written = shape.anyCase && typeof value === 'string' ? value.toUpperCase() : value;
      if (shape.values.some((each) => each === written)) return true;
      const [guess] = nearestAmong(shape.values.map(String))(typeof value === 'string' ? value : '', 1);
      const list = shape.values.map(String).join(', ');
      return refuse(`must be one of ${list}${guess === undefined ? '.' : `: did you mean \`${guess}\`?`}`);
    }
    case 'metavariable':
      if (value === '$_' || value === '$..._') return refuse('cannot be `$_`, which is never bound: give it a name.');
      return (typeof value === 'string' && METAVARIABLE.test(value)) || refuse('must be a metavariable such as `$X`.');
    case 'list': {
      if (!Array.isArray(value)) return refuse('must be a list.');
      if (value.length < shape.least) return refuse(`must be a list of at least ${shape.least === 1 ? 'one entry' : `${shape.least} entries`}.`);
      if (value.length > (shape.most ?? Infinity)) return refuse(`must be a list of at most ${shape.most ?? 0} entries.`);
      return value.map((each, index) => fits(reading, each, [...place, index], shape.of)).every(Boolean);
    }
    case 'oneOrMore':
      return Array.isArray(value)
        ? fits(reading, value, place, { is: 'list', of: shape.of, least: 1 })
        : fits(reading, value, place, shape.of);
    case 'mapping':
      return isMapping(value) || refuse(`must be a mapping with ${listOf(Object.keys(shape.keys).slice(0, 4))}.`);
    case 'anything':
      return shape.type !== 'object' || isMapping(value) || value === null || refuse('must be a mapping.');
    case 'definition':
      return true;
  }
}

/**
 * A text as its author wrote it: YAML reads an unquoted `0x10`, `1.10` or `true` as something else than text.
 *
 * @param code - also takes the word `null`, which is a pattern in several languages
 */
export function readText(reading: Reading, value: unknown, place: KeyPath, code = false): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') {
    const raw = reading.rawText(place);
    return raw === '' || /^[*&!]/.test(raw) ? String(value) : raw;
  }
  if (value === null && code) {
    const raw = reading.rawText(place);
    return /^null$/i.test(raw) ? raw : undefined;
  }
  return undefined;
}

/** The texts of a value that is one or a list; those that are none are left out. */
export function readTexts(reading: Reading, value: unknown, place: KeyPath, code = false): string[] {
  const entries: readonly unknown[] = Array.isArray(value) ? value : [value];
  return entries.flatMap((each, index) => readText(reading, each, Array.isArray(value) ? [...place, index] : place, code) ?? []);
}

/** `a`, `b` and `c`, in backticks. */
export function listOf(words: readonly string[], last = 'and'): string {
  const quoted = words.map((word) => `\`${word}\``);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} ${last} ${quoted.at(-1) ?? ''}`;
}
