import * as z from 'zod';

import {
  category,
  common,
  cwe,
  DEFAULT_NEEDS,
  ELEMENT_TYPES,
  EXPLOITABILITY,
  id,
  level,
  link,
  links,
  needs,
  prose,
  SAFETY_CLASSES,
  SEVERITY_OF_HARM,
  STRIDE,
  TEST_METHODS,
} from './itemFields.ts';
import type { ItemKind, LinkType } from './item.ts';

export const assetSchema = z.strictObject(common).describe('Something worth protecting.');

export const zoneSchema = z
  .strictObject({
    ...common,
    parent: link.describe('Zone that it lies in.').optional(),
    trust: z
      .union([z.int(), prose])
      .describe('How far it is trusted: a number or a word of the project.')
      .optional(),
  })
  .describe('A region of equal trust.');

export const elementSchema = z
  .strictObject({
    ...common,
    type: z.enum(ELEMENT_TYPES).describe('What it is in a data flow diagram.'),
    zone: link.describe('Trust zone that it lies in.').optional(),
    parent: link.describe('Element that it is part of.').optional(),
    technology: prose.optional(),
    outOfScope: prose.describe('Reason why it is not looked at.').optional(),
    components: links.default([]).describe('Ids of the components that it is made of.'),
  })
  .describe('An external party, process or store of a data flow diagram.');

export const flowSchema = z
  .strictObject({
    ...common,
    from: link.describe('Element where the data comes from.'),
    to: link.describe('Element where it goes.'),
    bidirectional: z.boolean().default(false),
    data: links.default([]).describe('Ids of the assets that it carries.'),
    protocol: prose.optional(),
    port: z.union([z.int(), prose]).describe('Port, channel or frequency.').optional(),
    authentication: prose.describe('How each end knows the other; `none` when it does not.').optional(),
    encryption: prose.describe('How the data is kept secret; `none` when it is not.').optional(),
    integrity: prose.describe('How a change is noticed; `none` when it is not.').optional(),
  })
  .describe('Data that goes from one element to another.');

export const componentSchema = z
  .strictObject({
    ...common,
    version: prose.optional(),
    supplier: prose.optional(),
    purl: prose.describe('Package URL.').optional(),
    implements: links.default([]).describe('Ids of the requirements that it implements.'),
  })
  .describe('Software that was not developed for this device (SOUP).');

export const vulnerabilitySchema = z
  .strictObject({
    ...common,
    on: links.min(1).describe('Ids of the components, elements, data flows or assets that have it.'),
    threats: links.default([]).describe('Ids of the threats that it makes possible.'),
    cve: prose.optional(),
    cvss: prose.describe('CVSS vector.').optional(),
    cwe,
  })
  .describe('A weakness that is known to be there.');

export const threatSchema = z
  .strictObject({
    ...common,
    stride: z.array(z.enum(STRIDE)).min(1).describe('STRIDE classes of the threat.'),
    assets: links.default([]).describe('Ids of the assets that it threatens.'),
    on: links.default([]).describe('Ids of the elements, data flows, zones and components where it applies.'),
    cwe,
  })
  .describe('What an attacker could do.');

export const riskSchema = z
  .strictObject({
    ...common,
    threats: links.min(1).describe('Ids of the threats and vulnerabilities that it rates.'),
    severity: z.enum(SEVERITY_OF_HARM).describe('How bad the harm would be.'),
    exploitability: z
      .enum(EXPLOITABILITY)
      .describe('How easily the threat can be carried out, before controls. Not how probable it is.'),
    cvss: prose
      .describe(
        'CVSS vector (3.0, 3.1, 4.0) before controls: what it gives is compared with `exploitability`.',
      )
      .optional(),
    after: z
      .strictObject({
        exploitability: z.enum(EXPLOITABILITY),
        severity: z.enum(SEVERITY_OF_HARM).describe('Where controls change it.').optional(),
        cvss: prose.optional(),
      })
      .describe('The rating after controls.')
      .optional(),
    decision: z
      .strictObject({
        kind: z.enum(['mitigate', 'accept', 'transfer', 'avoid']),
        by: prose.describe('Who decided, with the role.'),
        date: prose.optional(),
        reason: prose,
      })
      .describe('What is done about what remains.')
      .optional(),
    hazards: links.default([]).describe('Ids of the safety hazards (risks) that it can lead to.'),
    noSafetyImpact: prose.describe('Why it can lead to no hazard.').optional(),
  })
  .describe('How bad a threat is and how easily it is carried out.');

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
    level: level.describe('Level of the requirement: user, system, software, ...').optional(),
    class: z.enum(SAFETY_CLASSES).describe('Software safety class.').optional(),
    derives: links.default([]).describe('Ids of the controls that it makes concrete.'),
    mitigates: links.default([]).describe('Ids of the threats that it mitigates directly.'),
    needs,
  })
  .describe('A security requirement of the device.');

export const designSchema = z
  .strictObject({
    ...common,
    level: level.optional(),
    class: z.enum(SAFETY_CLASSES).describe('Software safety class.').optional(),
    derives: links.min(1).describe('Ids of the requirements and designs that it makes concrete.'),
    needs,
  })
  .describe('A decision of the architecture or the detailed design.');

export const testSchema = z
  .strictObject({
    ...common,
    verifies: links.min(1).describe('Ids of the requirements that it verifies.'),
    level: level.describe('Level of the test: unit, integration, software, system, user.').optional(),
    method: z
      .enum(TEST_METHODS)
      .default('automated')
      .describe('An automated test needs test code that carries its id in a tag.'),
    procedure: prose.describe('Steps and expected results.').optional(),
  })
  .describe('A test case.');

export const justificationSchema = z
  .strictObject({
    ...common,
    text: prose.describe('Why the gap is accepted.'),
    justifies: links.min(1).describe('Ids of the items whose gaps it accepts.'),
  })
  .describe('A written reason why gaps are accepted.');

/** The lists that an item file may have, in the order of the chain. */
export const ITEM_LISTS = {
  assets: { kind: 'asset', schema: assetSchema, links: {} },
  zones: { kind: 'zone', schema: zoneSchema, links: { parent: 'relates' } },
  elements: {
    kind: 'element',
    schema: elementSchema,
    links: { zone: 'relates', parent: 'relates', components: 'relates' },
  },
  flows: { kind: 'flow', schema: flowSchema, links: { from: 'relates', to: 'relates', data: 'relates' } },
  components: { kind: 'component', schema: componentSchema, links: { implements: 'implements' } },
  threats: { kind: 'threat', schema: threatSchema, links: { assets: 'derives', on: 'derives' } },
  vulnerabilities: {
    kind: 'vulnerability',
    schema: vulnerabilitySchema,
    links: { on: 'derives', threats: 'derives' },
  },
  risks: { kind: 'risk', schema: riskSchema, links: { threats: 'derives', hazards: 'relates' } },
  controls: { kind: 'control', schema: controlSchema, links: { mitigates: 'mitigates' } },
  requirements: {
    kind: 'requirement',
    schema: requirementSchema,
    links: { derives: 'derives', mitigates: 'mitigates' },
  },
  designs: { kind: 'design', schema: designSchema, links: { derives: 'derives' } },
  tests: { kind: 'test', schema: testSchema, links: { verifies: 'verifies' } },
  justifications: {
    kind: 'justification',
    schema: justificationSchema,
    links: { justifies: 'justifies' },
  },
} as const satisfies Readonly<
  Record<string, { kind: ItemKind; schema: z.ZodObject; links: Readonly<Record<string, LinkType>> }>
>;
export type ItemListName = keyof typeof ITEM_LISTS;
export const ITEM_LIST_NAMES: readonly ItemListName[] = [
  'assets',
  'zones',
  'elements',
  'flows',
  'components',
  'threats',
  'vulnerabilities',
  'risks',
  'controls',
  'requirements',
  'designs',
  'tests',
  'justifications',
];

/** A whole item file: any of the lists. */
export const itemFileSchema = z
  .strictObject({
    assets: z.array(assetSchema).optional(),
    zones: z.array(zoneSchema).optional(),
    elements: z.array(elementSchema).optional(),
    flows: z.array(flowSchema).optional(),
    components: z.array(componentSchema).optional(),
    threats: z.array(threatSchema).optional(),
    vulnerabilities: z.array(vulnerabilitySchema).optional(),
    risks: z.array(riskSchema).optional(),
    controls: z.array(controlSchema).optional(),
    requirements: z.array(requirementSchema).optional(),
    designs: z.array(designSchema).optional(),
    tests: z.array(testSchema).optional(),
    justifications: z.array(justificationSchema).optional(),
  })
  .describe(
    'Assets, data flows, threats, risks, controls, security requirements, designs and test cases of a device.',
  );

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
  level: level.optional().catch(undefined),
  class: z.enum(SAFETY_CLASSES).optional().catch(undefined),
  attributes: common.attributes.catch({}),
  needs: needs.catch([...DEFAULT_NEEDS]),
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
