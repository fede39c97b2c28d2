import { globTest } from '../base/glob.ts';
import { TRACE_FORMATS, traceFormat, type TraceFormatId } from './formats.ts';

/** Formats of files of items, without the records of reviews that Traceward itself writes. */
const FORMATS: readonly TraceFormatId[] = (Object.keys(TRACE_FORMATS) as TraceFormatId[]).filter(
  (id) => id !== 'reviews',
);
const byCandidates = FORMATS.map((id) => ({ id, test: globTest(traceFormat(id).candidates).test }));
/** Item files of Traceward need not lie where the default looks for them. */
const anyYaml = globTest(['**/*.{yaml,yml}']).test;

/** Formats that a file may be of, by its path: whether it is worth to be read. */
export function candidateFormats(path: string): readonly TraceFormatId[] {
  return byCandidates
    .filter(({ id, test }) => test(path) || (id === 'traceward' && anyYaml(path)))
    .map(({ id }) => id);
}

/**
 * The format of a file by what it holds: the first of the candidates that takes it for its own. A spreadsheet or a table is one of requirements
 * only where its name says so, or where it was named itself.
 */
export function formatOf(
  path: string,
  bytes: Uint8Array,
  text: string | undefined,
  candidates: readonly TraceFormatId[],
): TraceFormatId | undefined {
  return candidates.find((id) => {
    const format = traceFormat(id);
    if (format.input === 'bytes') return format.detect(path, bytes);
    return text !== undefined && format.detect(path, text);
  });
}

/** All formats: for a file that somebody names. */
export const ALL_FORMATS: readonly TraceFormatId[] = FORMATS;
