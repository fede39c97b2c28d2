import * as z from 'zod';

import { CATEGORIES, LEVELS } from './item.ts';
import type { AttributeValue } from './item.ts';

export const STRIDE = [
  'spoofing',
  'tampering',
  'repudiation',
  'information-disclosure',
  'denial-of-service',
  'elevation-of-privilege',
] as const;
export const SEVERITY_OF_HARM = ['negligible', 'minor', 'serious', 'critical', 'catastrophic'] as const;
export const EXPLOITABILITY = ['very-low', 'low', 'medium', 'high', 'very-high'] as const;
export const APPROVALS = ['draft', 'approved', 'rejected'] as const;
export const TEST_METHODS = ['automated', 'manual', 'analysis', 'inspection'] as const;
/** Words of a requirement's or design's `needs`. */
export const NEEDS = [
  'code',
  'test',
  'unit-test',
  'integration-test',
  'software-test',
  'system-test',
  'user-test',
  'analysis',
  'inspection',
  'review',
  'code-review',
  'design',
  'requirement',
  'system-requirement',
  'software-requirement',
] as const;
export const DEFAULT_NEEDS = ['code', 'test'] as const;
export const ELEMENT_TYPES = ['external', 'process', 'store'] as const;
/** Software safety classes of IEC 62304. */
export const SAFETY_CLASSES = ['A', 'B', 'C'] as const;

const MAX_ID_LENGTH = 100;
/** `SR-AUTH-003`: upper-case letters and digits in parts joined by hyphens. */
export const ID_PATTERN = /^[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+$/;
/** `SR-AUTH-003` or `SR-AUTH-003@2`. */
export const LINK_PATTERN = /^([A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+)(?:@([1-9][0-9]{0,8}))?$/;

export const prose = z.string().regex(/\S/, 'it is empty, write something');
export const id = z
  .string()
  .max(MAX_ID_LENGTH)
  .regex(ID_PATTERN, 'an id is upper-case letters and digits joined by hyphens, such as SR-AUTH-003')
  .describe('Unique id: upper-case letters and digits joined by hyphens, such as SR-AUTH-003.');
export const link = z
  .string()
  .max(MAX_ID_LENGTH + 10)
  .regex(LINK_PATTERN, 'a link is an id such as SR-AUTH-003, or one with a revision such as SR-AUTH-003@2');
export const links = z.array(link);

export const attribute: z.ZodType<AttributeValue> = z.lazy(() =>
  z.union([
    z.string(),
    z.number(),
    z.boolean(),
    z.null(),
    z.array(attribute),
    z.record(z.string(), attribute),
  ]),
);

export const level = z.enum(LEVELS);

export const needs = z
  .array(z.union([z.enum(NEEDS), z.array(z.enum(NEEDS)).min(1)]))
  .default([...DEFAULT_NEEDS])
  .describe(
    'What it asks for, all of it: code that implements it and a test that verifies it (default). A list in the list: any one of these.',
  );

export const common = {
  id,
  title: prose.describe('One line that says what this is.'),
  text: prose.describe('The full statement.').optional(),
  revision: z
    .int()
    .min(1)
    .max(999_999_999)
    .default(1)
    .describe('Raise it when the meaning changes: links that name an older revision become outdated.'),
  status: z
    .enum(APPROVALS)
    .default('approved')
    .describe('A rejected item stays for the record: it asks for nothing and counts for nothing.'),
  tags: z.array(prose).default([]).describe('Free words to group items by.'),
  justification: prose.describe('Written reason why a gap of this item is accepted.').optional(),
  attributes: z
    .record(z.string(), attribute)
    .default({})
    .describe('Anything else; the rules of `trace.needs` can ask for these values.'),
};

export const category = z.enum(CATEGORIES).describe('Security capability that this belongs to.');

export const cwe = z
  .array(z.string().regex(/^CWE-[0-9]{1,6}$/, 'an entry is like CWE-287'))
  .default([])
  .describe('Weaknesses that make it possible, such as CWE-287.');
