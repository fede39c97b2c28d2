import { LineIndex } from '../../server/src/core/base/lineIndex.ts';
import type { Finding } from '../../server/src/core/match/finding.ts';

/** The text after the fixes of all findings, which must not overlap. */
export function applyFixes(text: string, findings: readonly Finding[]): string {
  const lines = new LineIndex(text);
  const edits = findings
    .flatMap(({ fix }) => fix ?? [])
    .map(({ range, newText }) => ({
      start: lines.offsetAt(range.start),
      end: lines.offsetAt(range.end),
      newText,
    }))
    .sort((a, b) => b.start - a.start);
  let fixed = text;
  for (const { start, end, newText } of edits) fixed = fixed.slice(0, start) + newText + fixed.slice(end);
  return fixed;
}
