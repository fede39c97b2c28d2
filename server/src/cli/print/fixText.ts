import { counted, visibleText } from '../../core/evidence/text.ts';
import type { Sink } from '../io.ts';
import { appliedCount, type FixReport, type LeftOutFix } from '../fixFiles.ts';
import { jsonRange } from './places.ts';
import { styleOf, type Style } from './style.ts';
import { unifiedDiff } from './unifiedDiff.ts';

const REASONS: Readonly<Record<LeftOutFix['reason'], string>> = {
  overlap: 'it overlaps the fix of another finding; run again for it',
  syntax: 'with the fixes of this file its syntax would be broken, so it was left as it is',
  changed: 'the file changed while it was analysed',
  encoding: 'the file is not in UTF-8 or UTF-16, so it was left as it is',
  unreadable: 'the file can no longer be read',
  unwritable: 'the file cannot be written',
};

/** `3 fixes applied in 2 files, 1 left out`. */
export function fixSummary(report: FixReport): string {
  const { files, leftOut, dryRun } = report;
  const applied = appliedCount(report);
  const done = dryRun ? 'would be applied' : 'applied';
  const out = leftOut.length === 0 ? '' : `, ${leftOut.length} left out`;
  return `${counted(applied, 'fix', 'fixes')} ${done} in ${counted(files.length, 'file')}${out}`;
}

/** What was repaired and what was left out, one line each, and the summary. */
export function fixLines(
  report: FixReport,
  display: (path: string) => string,
  sink: Pick<Sink, 'colour'>,
): string {
  const style = styleOf(sink);
  const place = (path: string, line: number): string =>
    style.cyan(visibleText(`${display(path)}:${line + 1}`));
  const fixed = report.files.flatMap(({ path, applied }) =>
    applied.map(
      ({ ruleId, range }) =>
        `${style.green('fixed')}     ${place(path, range.start.line)}  ${visibleText(ruleId)}`,
    ),
  );
  return [
    ...(report.dryRun ? [] : fixed),
    ...report.leftOut.map(
      ({ path, finding, reason }) =>
        `${style.yellow('left out')}  ${place(path, finding.range.start.line)}  ${visibleText(finding.ruleId)}: ${REASONS[reason]}`,
    ),
    fixSummary(report),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

/** All changes as one unified diff. On a terminal control characters are shown as their codes. */
export function fixDiff(
  { files }: FixReport,
  display: (path: string) => string,
  sink: Pick<Sink, 'colour' | 'isTerminal'>,
): string {
  const style = styleOf(sink);
  return files
    .flatMap(({ path, text, edits }) => unifiedDiff(display(path), text, edits))
    .map((line) => `${coloured(sink.isTerminal ? visibleText(line) : line, style)}\n`)
    .join('');
}

function coloured(line: string, style: Style): string {
  if (line.startsWith('--- ') || line.startsWith('+++ ')) return style.bold(line);
  if (line.startsWith('@@')) return style.cyan(line);
  if (line.startsWith('+')) return style.green(line);
  return line.startsWith('-') ? style.red(line) : line;
}

/** What `--fix` did, for programs. Places are those of the text before. */
export function jsonFixes(report: FixReport): Readonly<Record<string, unknown>> {
  return {
    dryRun: report.dryRun,
    applied: appliedCount(report),
    leftOut: report.leftOut.length,
    files: report.files.map(({ path, text, edits, applied }) => ({
      file: path,
      fixes: applied.map(({ ruleId, range }) => ({ ruleId, ...jsonRange(range) })),
      edits: edits.map(({ range, newText }) => ({ ...jsonRange(range), newText })),
      diff: unifiedDiff(path, text, edits)
        .map((line) => `${line}\n`)
        .join(''),
    })),
    notApplied: report.leftOut.map(({ path, finding, reason }) => ({
      file: path,
      ruleId: finding.ruleId,
      ...jsonRange(finding.range),
      reason,
      detail: REASONS[reason],
    })),
  };
}
