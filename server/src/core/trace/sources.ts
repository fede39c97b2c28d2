import * as z from 'zod';

import { ITEM_KINDS, LINK_TYPES } from './item.ts';

const globs = z.array(z.string()).min(1);

/** How the words of a foreign format are to be understood; every reader has defaults for its usual words, which these extend. */
const wordMaps = {
  kinds: z
    .record(z.string(), z.enum(ITEM_KINDS))
    .default({})
    .describe('What the types of the format mean: {SYS_REQ: requirement, mitigation: control}.'),
  roles: z
    .record(z.string(), z.enum(LINK_TYPES))
    .default({})
    .describe('What the roles of its links mean: {Refines: derives, tested_by: verifies}.'),
  fields: z
    .record(z.string(), z.string())
    .default({})
    .describe(
      'Which field or column of the format holds what: {id: "Req ID", text: Statement, derives: Parent}.',
    ),
  options: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]))
    .default({})
    .describe('What only this format knows; see docs/trace-format.md.'),
};

/** One entry of `trace.sources`; its `format` is an enumeration of the formats that there are. */
export const sourceShape = { files: globs.describe('Globs of the files.'), ...wordMaps };

/** What a reader is told beside its file. */
export type SourceSettings = z.output<z.ZodObject<typeof wordMaps>>;

export const NO_SETTINGS: SourceSettings = { kinds: {}, roles: {}, fields: {}, options: {} };
