import * as z from 'zod';

import {
  category,
  cwe,
  EXPLOITABILITY,
  level,
  prose,
  SEVERITY_OF_HARM,
  STRIDE,
  TEST_METHODS,
} from './itemFields.ts';
import type { Attributes, AttributeValue, Item } from './item.ts';

/** A list, or a text with its words between commas. */
function listOf<T>(entry: z.ZodType<T>): z.ZodType<T[]> {
  return z.preprocess(
    (value) =>
      typeof value === 'string'
        ? value
            .split(',')
            .map((word) => word.trim())
            .filter((word) => word !== '')
        : value,
    z.array(entry),
  );
}

const wholeNumber = z.preprocess(
  (value) => (typeof value === 'string' && /^\d{1,9}$/.test(value.trim()) ? Number(value) : value),
  z.int().min(0).max(999_999_999),
);

/** Fields of an item that other formats have no word for: they carry them as attributes of these names. */
const FIELDS = {
  revision: wholeNumber,
  tags: listOf(prose),
  category,
  level,
  stride: listOf(z.enum(STRIDE)),
  cwe: listOf(cwe.unwrap().element),
  severity: z.enum(SEVERITY_OF_HARM),
  exploitability: z.enum(EXPLOITABILITY),
  method: z.enum(TEST_METHODS),
  procedure: prose,
  justification: prose,
} as const satisfies Partial<Record<keyof Item, z.ZodType>>;

export type OwnField = keyof typeof FIELDS;
export const OWN_FIELDS: readonly OwnField[] = [
  'revision',
  'tags',
  'category',
  'level',
  'stride',
  'cwe',
  'severity',
  'exploitability',
  'method',
  'procedure',
  'justification',
];

/** Takes attributes that are named like a field of ours and hold what this field can hold; the rest stay attributes. */
export function withOwnFields(attributes: Attributes): Partial<Item> & Pick<Item, 'attributes'> {
  const rest: [string, AttributeValue][] = [];
  const taken: [string, unknown][] = [];
  for (const [name, value] of Object.entries(attributes)) {
    const field = OWN_FIELDS.find((each) => each === name);
    const read = field === undefined ? undefined : FIELDS[field].safeParse(value);
    if (read?.success === true) taken.push([name, read.data]);
    else rest.push([name, value]);
  }
  const fields: Partial<Item> = Object.fromEntries(taken);
  return { ...fields, attributes: Object.fromEntries(rest) };
}

/** The fields of {@link withOwnFields} that an item has something in, but for those that the format has a place for. */
export function ownFieldsOf(
  item: Item,
  except: readonly OwnField[] = [],
): Readonly<Partial<Record<OwnField, AttributeValue>>> {
  return Object.fromEntries(
    OWN_FIELDS.filter((field) => !except.includes(field)).flatMap((field): [OwnField, AttributeValue][] => {
      const value = item[field];
      if (value === undefined || (Array.isArray(value) && value.length === 0)) return [];
      if (field === 'revision' && value === 1) return [];
      return [[field, value]];
    }),
  );
}
