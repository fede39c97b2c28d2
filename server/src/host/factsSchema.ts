import * as z from 'zod';

import type { FileFacts } from '../core/facts/fileFacts.ts';
import type { Elsewhere } from '../core/match/finding.ts';
import { ITEM_KINDS } from '../core/trace/item.ts';

/** The shape of facts that come from a disk. Strict: what it does not know is refused, and a type that it does not fit does not compile. */

const list = <T extends z.ZodType>(of: T): z.ZodReadonly<z.ZodArray<T>> => z.array(of).readonly();
/** A schema for each field of a type, the optional ones included: a new field does not compile until it has one. */
type Fields<T> = Readonly<Record<keyof T, z.ZodType>>;
type Item = FileFacts['items'][number];

const text = z.string();
const count = z.int().nonnegative();

const position = z.strictObject({ line: count, column: count });
const range = z.strictObject({ start: position, end: position });
const location = z.strictObject({ path: text, range });
const place = z.strictObject({ range, message: text });
const problemSeverity = z.enum(['error', 'warning', 'information']);

const finding = z.strictObject({
  ruleId: text,
  severity: z.enum(['error', 'warning', 'info']),
  message: text,
  range,
  bindings: z.record(text, text),
  fix: z.exactOptional(list(z.strictObject({ range, newText: text }))),
  trace: z.exactOptional(list(z.strictObject({ range, message: text, path: z.exactOptional(text) }))),
  elsewhere: z.exactOptional(z.strictObject({ path: text, range, hash: text } satisfies Fields<Elsewhere>)),
  related: list(place),
} satisfies Fields<FileFacts['findings'][number]>);

const suppression = z
  .strictObject({ rules: list(text), reason: z.exactOptional(text), range, lines: list(count) })
  // JSON leaves out what is undefined.
  .transform(({ rules, reason, lines, ...rest }) => ({ rules, reason, range: rest.range, lines }));

const unitKind = z.enum(['file', 'function', 'type', 'declaration']);

const tag = z.strictObject({
  id: text,
  type: z.enum(['implements', 'verifies']),
  revision: z.exactOptional(z.number()),
  word: z.exactOptional(text),
  role: z.exactOptional(text),
  range,
  unit: count,
} satisfies Fields<FileFacts['tags'][number]>);

const link = z.strictObject({
  type: z.enum(['mitigates', 'derives', 'implements', 'verifies', 'justifies', 'relates']),
  role: z.exactOptional(text),
  to: text,
  revision: z.exactOptional(z.number()),
  stamp: z.exactOptional(text),
  location,
} satisfies Fields<Item['links'][number]>);

const item = z.strictObject({
  id: text,
  kind: z.enum(ITEM_KINDS),
  title: text,
  text: z.exactOptional(text),
  revision: z.number(),
  revisioned: z.exactOptional(z.boolean()),
  approval: z.enum(['draft', 'approved', 'rejected']),
  tags: list(text),
  justification: z.exactOptional(text),
  category: z.exactOptional(
    z.enum([
      ...(['authentication', 'authorization', 'cryptography', 'integrity'] as const),
      ...(['confidentiality', 'logging', 'resilience', 'update'] as const),
    ]),
  ),
  level: z.exactOptional(z.enum(['user', 'system', 'software', 'unit', 'integration'])),
  stride: list(text),
  cwe: list(text),
  severity: z.exactOptional(text),
  exploitability: z.exactOptional(text),
  needs: list(
    z.strictObject({
      anyOf: list(text),
      direction: z.exactOptional(z.enum(['down', 'up'])),
      severity: z.exactOptional(problemSeverity),
    }),
  ),
  asks: z.enum(['kind', 'needs', 'nothing']),
  method: z.exactOptional(z.enum(['automated', 'manual', 'analysis', 'inspection'])),
  procedure: z.exactOptional(text),
  links: list(link),
  attributes: z.record(text, z.json()),
  origin: z.strictObject({
    format: text,
    id: z.exactOptional(text),
    type: z.exactOptional(text),
    status: z.exactOptional(text),
  }),
  location,
  unit: z.exactOptional(z.strictObject({ path: text, name: text, kind: unitKind })),
  // Tags have neither.
} satisfies Fields<Omit<Item, 'result' | 'stamps'>>);

const includes = list(z.strictObject({ name: text, isSystem: z.boolean() }));

export const factsSchema: z.ZodType<FileFacts> = z.strictObject({
  path: text,
  language: text,
  hash: z.exactOptional(text),
  bytes: count,
  lines: count,
  outside: z.exactOptional(z.strictObject({ includes, calls: list(text), key: text })),
  includes: z.exactOptional(includes),
  calls: z.exactOptional(z.strictObject({ names: list(text), key: text })),
  unparsed: z.strictObject({ bytes: count, ranges: list(range) }),
  idle: z.exactOptional(z.literal(true)),
  findings: list(finding),
  demands: list(z.strictObject({ ruleId: text, unit: count, causes: list(z.strictObject({ range, text })) })),
  suppressions: list(suppression),
  units: list(z.strictObject({ kind: unitKind, name: text, range, nameRange: range })),
  fingerprints: list(text),
  tags: list(tag),
  items: list(item),
  problems: list(
    z.strictObject({
      code: text,
      severity: problemSeverity,
      message: text,
      path: z.exactOptional(text),
      range: z.exactOptional(range),
    } satisfies Fields<FileFacts['problems'][number]>),
  ),
} satisfies Fields<FileFacts>);
