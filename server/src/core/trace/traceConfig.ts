import * as z from 'zod';

import { TRACE_FORMATS, type TraceFormatId } from './formats.ts';
import { needRuleSchema } from './needRules.ts';
import { sourceShape } from './sources.ts';
import { TAG_SYNTAXES, type TagSyntaxId } from './tagSyntaxes.ts';

const TAG_IDS = idsOf<TagSyntaxId>(TAG_SYNTAXES);
const tagType = z.enum(['implements', 'verifies']);

const tagMeaningSchema = z.strictObject({
  // The project's own tags say `verifies`, or nothing: there is no word to explain.
  syntax: z.enum(TAG_IDS).exclude(['traceward']).describe('Syntax of the tags.'),
  roles: z
    .record(z.string(), tagType)
    .default({})
    .describe(
      'What the roles of its tags mean, as they are written: {Tests: verifies}. Of `oft` and `need-lines` it is the type: {bench: verifies}.',
    ),
  type: tagType.optional().describe('What a tag without a role does.'),
});

/** The key `trace` of `traceward.yaml`. */
export const traceConfigSchema = z.strictObject({
  sources: z
    .array(
      z.strictObject({
        format: z.enum(idsOf<TraceFormatId>(TRACE_FORMATS)).describe('Format of the files.'),
        ...sourceShape,
      }),
    )
    .default([])
    .describe(
      'Files of items in other formats, read where they are. A file belongs to the first entry that names it.',
    ),
  tags: z
    .array(z.union([z.enum(TAG_IDS), tagMeaningSchema]))
    .default(['traceward'])
    .describe('Syntaxes of tags in comments, each alone or with what its roles mean.'),
  needs: z
    .array(needRuleSchema)
    .default([])
    .describe('What items must be linked with, beside what their kind asks for.'),
});

export type TraceConfig = z.output<typeof traceConfigSchema>;

/** Keys of a table that is known not to be empty, in its order. */
function idsOf<Id extends string>(table: Readonly<Record<Id, unknown>>): [Id, ...Id[]] {
  return Object.keys(table) as [Id, ...Id[]];
}
