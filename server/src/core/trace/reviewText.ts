import { sha256Hex } from '../base/hash.ts';
import { yamlText } from '../base/yamlText.ts';
import type { ReviewRecord, ReviewSubject } from './reviews.ts';

export const REVIEW_FOLDER = '.traceward/reviews';

/** Name and text of a new record. Two different records never have one name, so that branches that both add records merge. */
export function reviewFile(record: Omit<ReviewRecord, 'location'>): {
  readonly path: string;
  readonly text: string;
} {
  const { subject, by, at, commit, reason } = record;
  const text = yamlText({
    ...written(subject),
    by,
    at,
    ...(commit !== undefined && { commit }),
    ...(reason !== undefined && { reason }),
  });
  return { path: `${REVIEW_FOLDER}/${slugOf(subject)}-${sha256Hex(text).slice(0, 12)}.yaml`, text };
}

function written(subject: ReviewSubject): Readonly<Record<string, unknown>> {
  switch (subject.kind) {
    case 'item':
      return { item: subject.id, fingerprint: subject.fingerprint };
    case 'unit':
      return { unit: subject.unit, fingerprint: subject.fingerprint };
    case 'finding':
      return { finding: { rule: subject.rule, unit: subject.unit }, fingerprint: subject.fingerprint };
    case 'link': {
      const { from, type, to, fingerprints } = subject;
      return { link: { from, type, to }, fingerprints };
    }
  }
}

/** The start of the file name, for people: letters, digits and hyphens of what the record is about. */
function slugOf(subject: ReviewSubject): string {
  const about =
    subject.kind === 'item'
      ? subject.id
      : subject.kind === 'link'
        ? `${subject.from}-${subject.to}`
        : subject.unit.replace(/^.*[/#]/, '');
  const slug = about
    .replace(/^.*\//, '')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return slug === '' ? subject.kind : slug;
}
