import { base64OfHex, sha256Hex } from '../../base/hash.ts';
import { isPythonScalar, pythonSpelling, pythonText, writtenOf } from './pythonYaml.ts';
import { compareUids } from './uid.ts';

/** What Doorstop's fingerprints are made of. */
export interface FingerprintParts {
  readonly uid: string;
  /** As {@link normalText} makes it. */
  readonly text: string;
  readonly ref: string;
  /** As {@link writtenReferences} makes it; '' when there are none. */
  readonly references: string;
  /** Ids of the items that it links to, in any order. */
  readonly parents: readonly string[];
  /** {@link writtenAttribute} of each attribute that the document names and the item has, in the order of their names. */
  readonly reviewed: readonly string[];
}

/** Fingerprint that `reviewed` is compared with (with parents), or a link's stamp (without). */
export function fingerprint(parts: FingerprintParts, withParents: boolean): string {
  const parents = withParents ? [...parts.parents].sort(compareUids) : [];
  const whole = [parts.uid, parts.text, parts.ref, parts.references, ...parents, ...parts.reviewed].join('');
  return base64OfHex(sha256Hex(whole)).replaceAll('+', '-').replaceAll('/', '_');
}

/** Without line breaks around it, and without blanks at the ends of lines. */
export function normalText(text: string): string {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.trimEnd());
  const first = lines.findIndex((line) => line !== '');
  const last = lines.findLastIndex((line) => line !== '');
  return first < 0 ? '' : lines.slice(first, last + 1).join('\n');
}

const REFERENCE_KEYS = ['type', 'path', 'keyword', 'sha'] as const;

/** The list of external references as Python writes it. */
export function writtenReferences(references: unknown): string {
  if (!Array.isArray(references) || references.length === 0) return '';
  const each = references.map((reference: unknown) => {
    const record = new Map(
      typeof reference === 'object' && reference !== null ? Object.entries(reference) : [],
    );
    const entries = REFERENCE_KEYS.flatMap((key) => {
      const value: unknown = record.get(key);
      if (value === undefined) return [];
      const spelled = key === 'path' ? pythonText(writtenOf(value).trim()) : pythonSpelling(value);
      return [`${pythonText(key)}: ${spelled}`];
    });
    return `{${entries.join(', ')}}`;
  });
  return `[${each.join(', ')}]`;
}

/** An attribute as the fingerprint holds it: types and values of scalars, values alone of lists and mappings. */
export function writtenAttribute(value: unknown): string {
  if (Array.isArray(value)) return `\\L${value.map(writtenAttribute).join('')}`;
  if (isPythonScalar(value)) return `\\T<class '${value.python}'>\\V${value.written}`;
  if (typeof value === 'string') return `\\T<class 'str'>\\V${value.replaceAll('\\', '\\\\')}`;
  if (typeof value !== 'object' || value === null) return '';
  const sorted = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `\\D${sorted.map(([, each]) => writtenAttribute(each)).join('')}`;
}
