import { z } from 'zod';

import { CATEGORIES } from './item.ts';
import type { ItemKind, LinkType } from './item.ts';

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
export const NEEDS = ['code', 'test'] as const;

const MAX_ID_LENGTH = 100;
/** `SR-AUTH-003`: upper-case letters and digits in parts joined by hyphens. */
export const ID_PATTERN = /^[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+$/;
/** `SR-AUTH-003` or `SR-AUTH-003@2`. */
export const LINK_PATTERN = /^([A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+)(?:@([1-9][0-9]{0,8}))?$/;

const prose = z.string().regex(/\S/, 'it is empty, write something');
const id = z
  .string()
  .max(MAX_ID_LENGTH)
  .regex(ID_PATTERN, 'an id is upper-case letters and digits joined by hyphens, such as SR-AUTH-003')
  .describe('Unique id: upper-case letters and digits joined by hyphens, such as SR-AUTH-003.');
const link = z
  .string()
  .max(MAX_ID_LENGTH + 10)
  .regex(LINK_PATTERN, 'a link is an id such as SR-AUTH-003, or one with a revision such as SR-AUTH-003@2');
const links = z.array(link);

const common = {
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
};

const category = z.enum(CATEGORIES).describe('Security capability that this belongs to.');

export const assetSchema = z.strictObject(common).describe('Something worth protecting.');

export const threatSchema = z
  .strictObject({
    ...common,
    stride: z.array(z.enum(STRIDE)).min(1).describe('STRIDE classes of the threat.'),
    assets: links.default([]).describe('Ids of the assets that it threatens.'),
    cwe: z
      .array(z.string().regex(/^CWE-[0-9]{1,6}$/, 'an entry is like CWE-287'))
      .default([])
      .describe('Weaknesses that make it possible, such as CWE-287.'),
  })
  .describe('What an attacker could do.');

export const riskSchema = z
  .strictObject({
    ...common,
    threats: links.min(1).describe('Ids of the threats that it rates.'),
    severity: z.enum(SEVERITY_OF_HARM).describe('How bad the harm would be.'),
    exploitability: z.enum(EXPLOITABILITY).describe('How easily the threat can be carried out.'),
  })
  .describe('How bad and how likely a threat is.');

export const controlSchema = z
  .strictObject({
    ...common,
    category,
    mitigates: links.min(1).describe('Ids of the threats and risks that it mitigates.'),
  })
  .describe('A decision of the design that mitigates threats.');

export const requirementSchema = z
  .strictObject({
    ...common,
    text: prose.describe('What the device shall do.'),
    category,
    derives: links.default([]).describe('Ids of the controls that it makes concrete.'),
    mitigates: links.default([]).describe('Ids of the threats that it mitigates directly.'),
    needs: z
      .array(z.enum(NEEDS))
      .default([...NEEDS])
      .describe(
        'What it asks for: code that implements it, a test that verifies it, both (default) or neither.',
      ),
  })
  .describe('A security requirement of the device.');

export const testSchema = z
  .strictObject({
    ...common,
    verifies: links.min(1).describe('Ids of the requirements that it verifies.'),
    method: z
      .enum(TEST_METHODS)
      .default('automated')
      .describe('An automated test needs test code that carries its id in a tag.'),
    procedure: prose.describe('Steps and expected results.').optional(),
  })
  .describe('A test case.');

/** The lists that an item file may have, in the order of the chain. */
export const ITEM_LISTS = {
  assets: { kind: 'asset', schema: assetSchema, links: {} },
  threats: { kind: 'threat', schema: threatSchema, links: { assets: 'derives' } },
  risks: { kind: 'risk', schema: riskSchema, links: { threats: 'derives' } },
  controls: { kind: 'control', schema: controlSchema, links: { mitigates: 'mitigates' } },
  requirements: {
    kind: 'requirement',
    schema: requirementSchema,
    links: { derives: 'derives', mitigates: 'mitigates' },
  },
  tests: { kind: 'test', schema: testSchema, links: { verifies: 'verifies' } },
} as const satisfies Readonly<
  Record<string, { kind: ItemKind; schema: z.ZodObject; links: Readonly<Record<string, LinkType>> }>
>;
export type ItemListName = keyof typeof ITEM_LISTS;
export const ITEM_LIST_NAMES: readonly ItemListName[] = [
  'assets',
  'threats',
  'risks',
  'controls',
  'requirements',
  'tests',
];

/** A whole item file: any of the lists. */
export const itemFileSchema = z
  .strictObject({
    assets: z.array(assetSchema).optional(),
    threats: z.array(threatSchema).optional(),
    risks: z.array(riskSchema).optional(),
    controls: z.array(controlSchema).optional(),
    requirements: z.array(requirementSchema).optional(),
    tests: z.array(testSchema).optional(),
  })
  .describe('Assets, threats, risks, controls, security requirements and test cases of a device.');

/**
 * Takes what can be used of an entry that may have mistakes, so that one wrong word does not make every link to the item an orphan.
 * Only the id must be right. What is reported comes from the strict schemas above.
 */
export const lenientItemSchema = z.object({
  id,
  title: common.title.optional().catch(undefined),
  text: prose.optional().catch(undefined),
  procedure: prose.optional().catch(undefined),
  revision: common.revision.catch(1),
  status: common.status.catch('approved'),
  tags: common.tags.catch([]),
  justification: prose.optional().catch(undefined),
  category: category.optional().catch(undefined),
  stride: lenientList(z.enum(STRIDE)),
  cwe: lenientList(z.string()),
  severity: z.enum(SEVERITY_OF_HARM).optional().catch(undefined),
  exploitability: z.enum(EXPLOITABILITY).optional().catch(undefined),
  needs: requirementSchema.shape.needs.catch([...NEEDS]),
  method: testSchema.shape.method.catch('automated'),
});

function lenientList<T>(entry: z.ZodType<T>): z.ZodType<T[]> {
  return z
    .array(z.unknown())
    .catch([])
    .transform((entries) =>
      entries.flatMap((each) => {
        const read = entry.safeParse(each);
        return read.success ? [read.data] : [];
      }),
    );
}
