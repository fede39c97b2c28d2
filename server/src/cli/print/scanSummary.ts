import { countBySeverity } from '../../core/evidence/findings.ts';
import { analysedTotals, unparsedShare } from '../../core/evidence/notAnalysed.ts';
import { counted } from '../../core/evidence/text.ts';
import type { ScanReport } from '../scanReport.ts';
import type { Style } from './style.ts';

/** The table at the end of a scan. */
export function scanSummary(report: ScanReport, seconds: number, style: Style): string {
  const totals = analysedTotals(report.snapshot);
  const count = countBySeverity(report.findings.shown);
  const coloured = (number: number, colour: (text: string) => string) =>
    number === 0 ? String(number) : colour(String(number));
  const rows: (readonly [string, string, string])[] = [
    ['files', String(totals.files), counted(report.snapshot.rules.rules.length, 'rule')],
    ['lines', String(totals.lines), ''],
    ['errors', coloured(count.error, style.red), ''],
    ['warnings', coloured(count.warning, style.yellow), ''],
    ['notes', coloured(count.info, style.blue), ''],
    ['broken links', coloured(report.broken.length, style.red), ''],
    ['suppressed', String(report.findings.suppressed.length), 'by comments and reviews'],
    ['not analysed', coloured(report.limits.skipped.length, style.yellow), notAnalysedNote(report)],
    ['seconds', seconds.toFixed(seconds < 10 ? 2 : 1), ''],
  ];
  const title = headline(report, style);
  const width = Math.max(...rows.map(([, value]) => plainLength(value)));
  const body = rows.map(([name, value, note]) => {
    const fill = ' '.repeat(width - plainLength(value));
    return `  ${style.dim(name.padEnd(13))} ${fill}${value}${note === '' ? '' : `   ${style.dim(note)}`}\n`;
  });
  return `${title}\n${body.join('')}`;
}

function headline({ findings, broken, snapshot }: ScanReport, style: Style): string {
  if (snapshot.files.size === 0) return style.yellow('Nothing to analyse here: no file of a known language.');
  const total = findings.shown.length + broken.length;
  if (total === 0) return style.green(style.bold('No findings.'));
  const parts = [
    findings.shown.length === 0 ? '' : counted(findings.shown.length, 'finding'),
    broken.length === 0 ? '' : counted(broken.length, 'broken link'),
  ];
  return style.bold(parts.filter((part) => part !== '').join(', '));
}

function notAnalysedNote({ project, snapshot, limits }: ScanReport): string {
  const totals = analysedTotals(snapshot);
  const testFiles = project.leftOut.testFiles.length;
  const notes = [
    limits.skipped.length === 0 ? '' : 'files',
    totals.unparsedBytes === 0 ? '' : `${unparsedShare(totals)} of the bytes could not be parsed`,
    testFiles === 0 ? '' : `${counted(testFiles, 'test file')} for tags only`,
  ];
  return notes.filter((note) => note !== '').join('; ');
}

/** Length without colour codes. */
function plainLength(text: string): number {
  // eslint-disable-next-line no-control-regex -- that is how colours are written
  return text.replaceAll(/\u001b\[\d+m/g, '').length;
}
