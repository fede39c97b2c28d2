import { LineIndex } from '../base/lineIndex.ts';
import { compareText } from '../base/order.ts';
import { comparePositions, compareRanges, type Range, type TextEdit } from '../base/range.ts';
import { partitionPoint } from '../base/partition.ts';
import type { Grammar } from '../syntax/grammar.ts';
import { at } from '../syntax/syntaxTable.ts';
import { freeFile, NO_PREPROCESSING, parseFile } from '../syntax/parsedFile.ts';
import type { Finding } from './finding.ts';

/** Why a fix was not applied: another one changes the same text, or the text would have more syntax errors afterwards. */
export type LeftOutReason = 'overlap' | 'syntax';

/** What became of the fixes of one text. */
export interface AppliedFixes {
  /** The text after the fixes; the same as before when none was applied. */
  readonly text: string;
  /** In the order of the text, without overlaps; ranges are those of the text before. */
  readonly edits: readonly TextEdit[];
  /** Findings whose fix is among the edits. */
  readonly applied: readonly Finding[];
  readonly leftOut: readonly { readonly finding: Finding; readonly reason: LeftOutReason }[];
}

/**
 * Applies the fixes of findings to a text. Of two that overlap the first in the text wins, so that a second round can do the rest. When
 * the text would have more syntax errors than before, nothing is applied. New lines end as the lines of the text do.
 *
 * @param grammar of the text; without it there is no syntax to break
 */
export function applyFixes(
  text: string,
  findings: readonly Finding[],
  grammar: Grammar | undefined,
): AppliedFixes {
  const { edits, applied, leftOut } = choose(text, findings);
  if (applied.length === 0) return { text, edits, applied, leftOut };
  const fixed = applyEdits(text, edits);
  if (grammar !== undefined && syntaxErrors(grammar, fixed) > syntaxErrors(grammar, text)) {
    const broken = applied.map((finding) => ({ finding, reason: 'syntax' as const }));
    return {
      text,
      edits: [],
      applied: [],
      leftOut: [...broken, ...leftOut].sort((a, b) => compareFindings(a.finding, b.finding)),
    };
  }
  return { text: fixed, edits, applied, leftOut };
}

/** @param edits whose ranges do not overlap, in any order */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const lines = new LineIndex(text);
  const parts: string[] = [];
  let from = 0;
  for (const { range, newText } of [...edits].sort((a, b) => compareRanges(a.range, b.range))) {
    parts.push(text.slice(from, lines.offsetAt(range.start)), newText);
    from = lines.offsetAt(range.end);
  }
  return parts.join('') + text.slice(from);
}

function choose(
  text: string,
  findings: readonly Finding[],
): Pick<AppliedFixes, 'edits' | 'applied' | 'leftOut'> {
  /** In the order of the text; as none overlap, only the neighbours of a new one can be in its way. */
  const edits: TextEdit[] = [];
  const applied: Finding[] = [];
  const leftOut: { finding: Finding; reason: LeftOutReason }[] = [];
  const withCrlf = usesCrlf(text);
  for (const finding of [...findings].sort(compareFindings)) {
    if (finding.fix === undefined || finding.fix.length === 0) continue;
    const own = finding.fix.map(({ range, newText }) => ({
      range,
      newText: withCrlf ? newText.replace(/\r?\n/g, '\r\n') : newText,
    }));
    const places = own.map((edit) => placeIn(edits, edit));
    if (places.includes('taken')) {
      leftOut.push({ finding, reason: 'overlap' });
      continue;
    }
    applied.push(finding);
    for (const edit of own) {
      const place = placeIn(edits, edit);
      if (typeof place === 'number') edits.splice(place, 0, edit);
    }
  }
  return { edits, applied, leftOut };
}

/** Where an edit belongs among sorted ones: its index, `there` when it is one of them, `taken` when it overlaps one. */
function placeIn(edits: readonly TextEdit[], edit: TextEdit): number | 'there' | 'taken' {
  const place = partitionPoint(edits.length, (index) => {
    const other = edits[index];
    return other !== undefined && comparePositions(other.range.start, edit.range.start) < 0;
  });
  const neighbours = [edits[place - 1], edits[place]].filter((other) => other !== undefined);
  if (neighbours.some((other) => isSame(other, edit))) return 'there';
  return neighbours.some((other) => overlap(other.range, edit.range)) ? 'taken' : place;
}

/** By the place of the fix, then the longer first, then the rule. */
function compareFindings(a: Finding, b: Finding): number {
  return (
    compareRanges(a.fix?.[0]?.range ?? a.range, b.fix?.[0]?.range ?? b.range) ||
    compareText(a.ruleId, b.ruleId)
  );
}

/** Two findings may ask for the same change: that is one edit. */
function isSame(a: TextEdit, b: TextEdit): boolean {
  return a.newText === b.newText && compareRanges(a.range, b.range) === 0;
}

/** True when two ranges share a character, or when it would be open which of two texts at one place comes first. */
function overlap(a: Range, b: Range): boolean {
  if (comparePositions(a.start, b.start) === 0) return true;
  return comparePositions(a.start, b.end) < 0 && comparePositions(b.start, a.end) < 0;
}

function usesCrlf(text: string): boolean {
  const end = text.indexOf('\n');
  return end > 0 && text[end - 1] === '\r';
}

/** Places where the grammar could not read a text. */
function syntaxErrors(grammar: Grammar, text: string): number {
  const file = parseFile(grammar, text, NO_PREPROCESSING);
  freeFile(file);
  const { table } = file.main;
  let errors = 0;
  for (let node = 0; node < table.count; node++) {
    if (at(table.kind, node) === grammar.errorKind || at(table.missing, node) === 1) errors++;
  }
  return errors;
}
