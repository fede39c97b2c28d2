import type { RuleMetadata } from './rule.ts';
import { METADATA_KEYS } from './ruleKeys.ts';
import { isMapping, readText, readTexts, type KeyPath, type Reading } from './reading.ts';

/**
 * Reads what Traceward shows of a rule's metadata. Foreign keys are let through unread: public rules carry metadata of their own,
 * and a rule means the same whatever they say. For the same reason an entry of another shape is left out with a remark.
 */
export function readMetadata(reading: Reading, value: unknown, place: KeyPath): RuleMetadata {
  const metadata = isMapping(value) ? value : {};
  const entry = (key: keyof typeof METADATA_KEYS): readonly string[] => {
    const written = metadata[key];
    const at = [...place, key];
    if (written === undefined || written === null) return [];
    const texts = readTexts(reading, written, at).filter((text) => text.trim() !== '');
    const lost = (Array.isArray(written) ? written : [written]).some((each) => typeof each === 'object' && each !== null);
    if (lost) reading.remark(at, 'information', `has metadata \`${key}\` that is neither a text nor a list of texts: it is not shown.`);
    return lost ? [] : texts;
  };
  const text = (key: 'confidence' | 'why' | 'fix-guidance'): string | undefined => {
    const written = metadata[key];
    const read = readText(reading, written, [...place, key]);
    if (read === undefined && written !== undefined && written !== null) {
      reading.remark([...place, key], 'information', `has metadata \`${key}\` that is no text: it is not shown.`);
    }
    return read;
  };
  const confidence = text('confidence');
  const why = text('why');
  const fixGuidance = text('fix-guidance');
  return {
    cwe: entry('cwe'),
    cert: entry('cert'),
    stride: entry('stride'),
    fda: entry('fda'),
    iec81001: entry('iec-81001-5-1'),
    references: entry('references'),
    ...(confidence === undefined ? {} : { confidence }),
    ...(why === undefined ? {} : { why }),
    ...(fixGuidance === undefined ? {} : { fixGuidance }),
  };
}
