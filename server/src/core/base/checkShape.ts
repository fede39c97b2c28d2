import type { z } from 'zod';

import { nearestAmong } from './nearest.ts';
import type { Problem } from './problem.ts';
import type { YamlFile } from './yamlDocument.ts';

const MAX_PROBLEMS = 100;

type Issue = z.core.$ZodIssue;
type Path = readonly (string | number)[];

/**
 * Checks a document against a schema. Each thing that does not fit becomes one problem at its place, in words for the person who wrote
 * the file; a missing key is reported at the first line of the mapping that lacks it.
 *
 * @param code - the code of all problems that it reports
 * @returns the schema's output, or undefined when there are problems
 */
export function checkShape<T>(
  file: YamlFile,
  schema: z.ZodType<T>,
  path: string,
  code: string,
): { readonly value: T | undefined; readonly problems: Problem[] } {
  const result = schema.safeParse(file.value);
  if (result.success) return { value: result.data, problems: [] };
  const problems: Problem[] = [];
  for (const issue of result.error.issues.flatMap((each) => flatten(each, file.value))) {
    if (problems.length >= MAX_PROBLEMS) break;
    problems.push(...issueProblems(issue, file, schema, path, code));
  }
  return { value: undefined, problems: problems.slice(0, MAX_PROBLEMS) };
}

/** Replaces a failed union by the complaints of the alternative that the user most likely meant, where there is one. */
function flatten(issue: Issue, root: unknown): Issue[] {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue];
  const isWord = typeof valueAt(root, keysOf(issue)) === 'string';
  const meant = issue.errors
    .filter(
      (branch) =>
        branch.length > 0 &&
        branch.every(
          (inner) =>
            inner.path.length > 0 || inner.code === 'unrecognized_keys' || (isWord && isChoice(inner)),
        ),
    )
    .sort((a, b) => a.length - b.length)[0];
  if (meant === undefined) return [issue];
  return meant.flatMap((inner) => flatten({ ...inner, path: [...issue.path, ...inner.path] }, root));
}

/** A word is wanted here, one of several. */
function isChoice(issue: Issue): boolean {
  return issue.code === 'invalid_value' && issue.values.length > 1;
}

function keysOf({ path }: Issue): Path {
  return path.map((key) => (typeof key === 'symbol' ? String(key) : key));
}

function issueProblems(
  issue: Issue,
  file: YamlFile,
  schema: z.ZodType,
  path: string,
  code: string,
): Problem[] {
  const keys = keysOf(issue);
  const problem = (message: string, at: Path, what: 'key' | 'head'): Problem => ({
    code,
    severity: 'error',
    message,
    path,
    range: file.rangeOf(at, what),
  });
  if (issue.code === 'unrecognized_keys') {
    const nearest = nearestAmong(knownKeys(schema, keys));
    return issue.keys.slice(0, MAX_PROBLEMS).map((key) => {
      const [guess] = nearest(key, 1);
      const advice = guess === undefined ? knownKeysAdvice(schema, keys) : `: did you mean \`${guess}\`?`;
      return problem(`Unknown key \`${key}\`${advice}`, [...keys, key], 'key');
    });
  }
  if (issue.code === 'invalid_key')
    return [problem(`The key ${nameOf(keys)} is not allowed here.`, keys, 'key')];
  const input = valueAt(file.value, keys);
  const last = keys.at(-1);
  if (input === undefined && typeof last === 'string') {
    return [
      problem(`The key \`${last}\` is missing: add it${expectation(issue)}.`, keys.slice(0, -1), 'head'),
    ];
  }
  return [problem(`${capitalised(nameOf(keys))} ${sentenceEnd(complaint(issue, input))}`, keys, 'head')];
}

/** What is wrong with a value that is there, as the rest of a sentence that starts with its name. */
function complaint(issue: Issue, input: unknown): string {
  switch (issue.code) {
    case 'invalid_type': {
      if (typeof input === 'number' && issue.expected === 'int')
        return `must be a whole number, not ${input}`;
      const expected = typeName(issue.expected);
      if (issue.expected === 'string' && (typeof input === 'number' || typeof input === 'boolean')) {
        return `must be text: put quotes around ${String(input)}`;
      }
      return `must be ${expected}${input === null ? ', but it is empty' : `, not ${describe(input)}`}`;
    }
    case 'invalid_value': {
      const allowed = issue.values.map(String);
      const guess = typeof input === 'string' ? nearestAmong(allowed)(input, 1)[0] : undefined;
      const advice = guess === undefined ? '' : `; did you mean \`${guess}\`?`;
      const list = allowed.map((each) => `\`${each}\``).join(', ');
      return (allowed.length === 1 ? `must be ${list}` : `must be one of ${list}`) + advice;
    }
    case 'too_small':
      return issue.origin === 'array'
        ? `must have at least ${count(issue.minimum, 'entry', 'entries')}`
        : issue.origin === 'string'
          ? 'must not be empty'
          : `must be ${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}`;
    case 'too_big':
      return issue.origin === 'array'
        ? `must have at most ${count(issue.maximum, 'entry', 'entries')}`
        : issue.origin === 'string'
          ? `must have at most ${count(issue.maximum, 'character', 'characters')}`
          : `must be ${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}`;
    case 'invalid_union': {
      const expected = issue.errors.flatMap((branch) =>
        branch.flatMap((inner) =>
          inner.code === 'invalid_type' && inner.path.length === 0 ? [typeName(inner.expected)] : [],
        ),
      );
      if (expected.length === 0) return 'has none of the forms that are allowed here';
      return `must be ${[...new Set(expected)].join(' or ')}, not ${describe(input)}`;
    }
    default:
      // A schema's own words, written to go on from the value's name or to stand after a colon.
      return issue.message.startsWith('Invalid ') || issue.message === ''
        ? 'has a form that is not allowed here'
        : `is not right: ${issue.message}`;
  }
}

function expectation(issue: Issue): string {
  if (issue.code === 'invalid_type') return ` (${typeName(issue.expected)})`;
  if (issue.code === 'invalid_value')
    return ` (one of ${issue.values.map((each) => `\`${String(each)}\``).join(', ')})`;
  return '';
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'a mapping (`key: value` lines)',
  record: 'a mapping (`key: value` lines)',
  null: 'empty',
};

function typeName(expected: string): string {
  return TYPE_NAMES[expected] ?? expected;
}

function describe(input: unknown): string {
  if (input === null || input === undefined) return 'empty';
  if (Array.isArray(input)) return 'a list';
  switch (typeof input) {
    case 'string':
      return 'text';
    case 'number':
      return 'a number';
    case 'boolean':
      return 'true or false';
    default:
      return 'a mapping';
  }
}

function count(amount: number | bigint, one: string, many: string): string {
  return `${amount} ${Number(amount) === 1 ? one : many}`;
}

/** `stride`, entry 2 of `derives`, or the file itself. */
function nameOf(keys: Path): string {
  const last = keys.at(-1);
  if (last === undefined) return 'this';
  if (typeof last === 'string') return `\`${last}\``;
  return `entry ${last + 1} of ${keys.length > 1 ? nameOf(keys.slice(0, -1)) : 'this list'}`;
}

function sentenceEnd(text: string): string {
  return text.endsWith('?') ? text : `${text}.`;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function valueAt(root: unknown, keys: Path): unknown {
  let value = root;
  for (const key of keys) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Readonly<Record<string | number, unknown>>)[key];
  }
  return value;
}

function knownKeysAdvice(schema: z.ZodType, keys: Path): string {
  const known = knownKeys(schema, keys);
  if (known.length === 0 || known.length > 12) return ': remove it.';
  return `: remove it, or use one of ${known.map((key) => `\`${key}\``).join(', ')}.`;
}

/** Keys that a schema allows in the mapping at a path. */
function knownKeys(schema: z.ZodType, keys: Path): string[] {
  let schemas: readonly z.core.$ZodType[] = objectForms(schema);
  for (const key of keys) {
    schemas = schemas.flatMap((each) => {
      const definition = (each as z.core.$ZodTypes)._zod.def;
      if (definition.type === 'object') {
        const field = definition.shape[key];
        return field === undefined ? [] : objectForms(field);
      }
      if (definition.type === 'array') return objectForms(definition.element);
      if (definition.type === 'record') return objectForms(definition.valueType);
      return [];
    });
  }
  const names = schemas.flatMap((each) => {
    const definition = (each as z.core.$ZodTypes)._zod.def;
    return definition.type === 'object' ? Object.keys(definition.shape) : [];
  });
  return [...new Set(names)];
}

/** A schema without the wrappers around it; the alternatives of a union each. */
export function objectForms(schema: z.core.$ZodType, depth = 0): readonly z.core.$ZodType[] {
  if (depth > 20) return [];
  const definition = (schema as z.core.$ZodTypes)._zod.def;
  switch (definition.type) {
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'nonoptional':
    case 'readonly':
    case 'catch':
      return objectForms(definition.innerType, depth + 1);
    case 'lazy':
      return objectForms(definition.getter(), depth + 1);
    case 'pipe':
      return objectForms(definition.in, depth + 1);
    case 'union':
      return definition.options.flatMap((option) => objectForms(option, depth + 1));
    case 'intersection':
      return [...objectForms(definition.left, depth + 1), ...objectForms(definition.right, depth + 1)];
    default:
      return [schema];
  }
}
