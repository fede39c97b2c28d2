import * as z from 'zod';

import { PROBLEM_SEVERITIES } from '../base/problem.ts';
import { ELEMENT_TYPES, EXPLOITABILITY, SEVERITY_OF_HARM, STRIDE } from '../trace/itemFields.ts';

/** STRIDE classes that are to be thought of, by kind of element and for flows across a trust boundary. */
export const STRIDE_TABLE = {
  external: ['spoofing', 'repudiation'],
  process: [...STRIDE],
  store: ['tampering', 'repudiation', 'information-disclosure', 'denial-of-service'],
  flow: ['tampering', 'information-disclosure', 'denial-of-service'],
} as const satisfies Readonly<
  Record<(typeof ELEMENT_TYPES)[number] | 'flow', readonly (typeof STRIDE)[number][]>
>;

export const ACCEPTANCE = ['acceptable', 'reduce', 'unacceptable'] as const;
export type Acceptance = (typeof ACCEPTANCE)[number];
export type AcceptanceMatrix = Readonly<
  Record<(typeof EXPLOITABILITY)[number], Readonly<Record<(typeof SEVERITY_OF_HARM)[number], Acceptance>>>
>;

/** A matrix to begin with: a project decides on its own. */
const USUAL = {
  'very-low': row('acceptable', 'acceptable', 'acceptable', 'acceptable', 'reduce'),
  low: row('acceptable', 'acceptable', 'acceptable', 'reduce', 'unacceptable'),
  medium: row('acceptable', 'acceptable', 'reduce', 'unacceptable', 'unacceptable'),
  high: row('acceptable', 'reduce', 'unacceptable', 'unacceptable', 'unacceptable'),
  'very-high': row('acceptable', 'reduce', 'unacceptable', 'unacceptable', 'unacceptable'),
} as const satisfies AcceptanceMatrix;

function row(
  negligible: Acceptance,
  minor: Acceptance,
  serious: Acceptance,
  critical: Acceptance,
  catastrophic: Acceptance,
): AcceptanceMatrix['low'] {
  return { negligible, minor, serious, critical, catastrophic };
}

const word = z.enum(ACCEPTANCE);
const classes = z.array(z.enum(STRIDE));
const matrixRow = z.strictObject({
  negligible: word,
  minor: word,
  serious: word,
  critical: word,
  catastrophic: word,
});
const matrix = z.strictObject({
  'very-low': matrixRow,
  low: matrixRow,
  medium: matrixRow,
  high: matrixRow,
  'very-high': matrixRow,
});

/** Views of the architecture that a submission is asked for. */
export const VIEWS = ['global', 'multi-patient-harm', 'update', 'use-case'] as const;

const text = z.string().regex(/\S/, 'it is empty, write something');
const view = z.union([text, z.strictObject({ justification: text })]);

/** The key `threats` of `traceward.yaml`. */
export const threatConfigSchema = z.strictObject({
  stride: z
    .strictObject({
      external: classes.default([...STRIDE_TABLE.external]),
      process: classes.default([...STRIDE_TABLE.process]),
      store: classes.default([...STRIDE_TABLE.store]),
      flow: classes.default([...STRIDE_TABLE.flow]),
    })
    .prefault({})
    .describe(
      'STRIDE classes that are to be thought of for each kind of element, and for flows across a trust boundary.',
    ),
  acceptance: z
    .union([z.literal('usual'), matrix])
    .optional()
    .describe(
      'Which risks are accepted: exploitability by severity of harm. `usual` is a matrix to begin with. With it, ratings before and after controls are checked.',
    ),
  views: z
    .strictObject({
      global: view,
      'multi-patient-harm': view,
      update: view,
      'use-case': view,
    })
    .partial()
    .optional()
    .describe(
      'Where the views of the architecture are, or why one is not needed: {global: docs/system.md, update: {justification: "..."}}. With it, all four are asked for.',
    ),
  libraries: z
    .array(z.string())
    .default([])
    .describe('Libraries of threats that apply to the device: each of their threats must be answered.'),
  lints: z
    .record(z.string(), z.enum([...PROBLEM_SEVERITIES, 'off']))
    .default({})
    .describe('Severity of a lint by its code (TM01, ...), or `off`.'),
});

export type ThreatConfig = z.output<typeof threatConfigSchema>;

/** The matrix of a project; undefined where it has not said what it accepts. */
export function matrixOf({ acceptance }: ThreatConfig): AcceptanceMatrix | undefined {
  return acceptance === 'usual' ? USUAL : acceptance;
}
