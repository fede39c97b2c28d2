import * as z from 'zod';

import { checkShape } from '../../base/checkShape.ts';
import type { Outcome, Problem } from '../../base/problem.ts';
import { readYaml } from '../../base/yamlDocument.ts';
import type { SourceFacts, TextFormat } from '../formats.ts';
import { LINK_TYPES } from '../item.ts';
import type { ReviewRecord, ReviewSubject } from '../reviews.ts';

const word = z.string().regex(/\S/, 'it is empty, write something').max(1000);
const fingerprint = z.string().regex(/^[0-9a-f]{8,64}$/, 'a fingerprint is lower-case hexadecimal digits');

/** A file of `.traceward/reviews`: one record. */
export const reviewFileSchema = z
  .strictObject({
    item: word.describe('Id of the item that was reviewed.').optional(),
    unit: word.describe('Code that was reviewed: path#function, or the path of a file.').optional(),
    link: z
      .strictObject({ from: word, type: z.enum(LINK_TYPES), to: word })
      .describe('Link that was confirmed.')
      .optional(),
    finding: z
      .strictObject({ rule: word, unit: word })
      .describe('Finding that is accepted as long as its unit does not change.')
      .optional(),
    fingerprint: fingerprint.describe('Of the item or unit, when it was reviewed.').optional(),
    fingerprints: z
      .strictObject({ from: fingerprint, to: fingerprint })
      .describe('Of both ends of the link.')
      .optional(),
    by: word.describe('Who.'),
    at: word.describe('When: date or time in ISO 8601.'),
    commit: z
      .string()
      .regex(/^[0-9a-f]{7,64}$/, 'a commit is named by its hash')
      .optional(),
    reason: word.describe('Why it is right as it is.').optional(),
  })
  .describe('A record of a review. One file a record, so that two reviewers do not collide.');

type ReviewFile = z.output<typeof reviewFileSchema>;

/** Records of reviews in `.traceward/reviews`. A file that is broken is named, and no other is touched by it. */
export const reviewRecords: TextFormat = {
  title: 'Traceward review records',
  input: 'text',
  candidates: ['.traceward/reviews/**/*.{yaml,yml}'],
  detect: (path) => path.startsWith('.traceward/reviews/'),
  read: (path, text) => {
    const conflict = /^(?:<{7}|>{7})(?: |$)/m.exec(text);
    if (conflict !== null)
      return nothing(path, 'This file has a merge conflict: keep one side, or both as two files.');
    const { document, problems } = readYaml(path, text);
    if (document === undefined) return { value: { items: [] }, problems };
    const shape = checkShape(document, reviewFileSchema, path, 'review-record');
    const found: Problem[] = [...problems, ...shape.problems];
    if (shape.value === undefined) return { value: { items: [] }, problems: found };
    const subject = subjectOf(shape.value);
    if (typeof subject === 'string') {
      const refused = nothing(path, subject);
      return { ...refused, problems: [...found, ...refused.problems] };
    }
    const { by, at, commit, reason } = shape.value;
    const record: ReviewRecord = {
      subject,
      by,
      at,
      location: { path, range: document.rangeOf([], 'head') },
      ...(commit !== undefined && { commit }),
      ...(reason !== undefined && { reason }),
    };
    return { value: { items: [], reviews: [record] }, problems: found };
  },
};

function nothing(path: string, message: string): Outcome<SourceFacts> {
  return { value: { items: [] }, problems: [{ code: 'review-record', severity: 'error', message, path }] };
}

/** What the record is about, or what is wrong with it. */
function subjectOf(file: ReviewFile): ReviewSubject | string {
  const { item, unit, link, finding, fingerprint: print, fingerprints } = file;
  const named = [item, unit, link, finding].filter((each) => each !== undefined).length;
  if (named !== 1)
    return 'A record is about one thing: write exactly one of `item`, `unit`, `link` and `finding`.';
  if (link !== undefined) {
    return fingerprints === undefined
      ? 'A record of a link has `fingerprints` of both ends.'
      : { kind: 'link', ...link, fingerprints };
  }
  if (print === undefined)
    return 'The `fingerprint` is missing: without it nobody can tell what was reviewed.';
  if (item !== undefined) return { kind: 'item', id: item, fingerprint: print };
  if (unit !== undefined) return { kind: 'unit', unit, fingerprint: print };
  return finding === undefined
    ? 'A record is about one thing: write exactly one of `item`, `unit`, `link` and `finding`.'
    : { kind: 'finding', ...finding, fingerprint: print };
}
