import * as z from 'zod';

import { PROBLEM_SEVERITIES } from '../base/problem.ts';
import type { AttributeValue, Item, Need } from './item.ts';

const word = z.string().regex(/\S/, 'it is empty, write a word').max(100);
const alternatives = z.union([word, z.array(word).min(1)]);

/** A rule of the configuration on what items must be linked with. */
export const needRuleSchema = z.strictObject({
  of: z
    .union([word, z.array(word).min(1)])
    .describe('Kinds of items (requirement, control, ...), or types of another tool (dsn, SYS_REQ).'),
  where: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]))
    .default({})
    .describe(
      'Only items with these values: level, category, class, severity, tags or any attribute; a list means any of them.',
    ),
  require: z
    .array(alternatives)
    .default([])
    .describe(
      'What must lead to the item, all of it: code, test, unit-test, review, a kind, or a foreign type. A list in the list: any one of these.',
    ),
  leadsTo: z.array(alternatives).default([]).describe('What the item must lead to, likewise.'),
  severity: z.enum(PROBLEM_SEVERITIES).default('warning').describe('Of the gap.'),
});

export type NeedRule = z.output<typeof needRuleSchema>;

/** What the rules ask of an item, in their order. */
export function needsByRules(item: Item, rules: readonly NeedRule[]): readonly Need[] {
  return rules
    .filter((rule) => appliesTo(rule, item))
    .flatMap(({ require, leadsTo, severity }) => [
      ...require.map((words): Need => ({ anyOf: listOf(words), severity })),
      ...leadsTo.map((words): Need => ({ anyOf: listOf(words), severity, direction: 'up' })),
    ]);
}

function appliesTo({ of, where }: NeedRule, item: Item): boolean {
  const names = listOf(of);
  if (!names.includes(item.kind) && (item.origin.type === undefined || !names.includes(item.origin.type)))
    return false;
  return Object.entries(where).every(([name, wanted]) => {
    const accepted = (Array.isArray(wanted) ? wanted : [wanted]).map(String);
    return valuesOf(item, name).some((value) => accepted.includes(value));
  });
}

/** Values of a field or attribute as texts; several for a list. */
export function valuesOf(item: Item, name: string): readonly string[] {
  switch (name) {
    case 'tags':
    case 'stride':
    case 'cwe':
      return item[name];
    case 'level':
    case 'category':
    case 'severity':
    case 'exploitability':
    case 'method':
    case 'approval':
      return item[name] === undefined ? [] : [item[name]];
    default:
      return Object.hasOwn(item.attributes, name) ? texts(item.attributes[name]) : [];
  }
}

function texts(value: AttributeValue | undefined): readonly string[] {
  if (value === undefined || value === null) return [];
  if (typeof value === 'object') return Array.isArray(value) ? value.flatMap(texts) : [];
  return [String(value)];
}

function listOf(words: string | readonly string[]): readonly string[] {
  return typeof words === 'string' ? [words] : words;
}
