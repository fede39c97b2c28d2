import { compareRanges, START_OF_FILE } from '../../core/base/range.ts';
import type { Problem } from '../../core/base/problem.ts';
import { compareText } from '../../core/base/order.ts';
import type { PlacedFinding } from '../../core/evidence/findings.ts';
import { visibleText } from '../../core/evidence/text.ts';
import { cweNumber } from '../../core/rules/rule.ts';
import type { Sink } from '../io.ts';
import type { ScanReport } from '../scanReport.ts';
import { codeFrame } from './codeFrame.ts';
import { firstAdvice, proseLines } from './prose.ts';
import { scanSummary } from './scanSummary.ts';
import { severityColour, styleOf, type Style } from './style.ts';
import { wrapped } from './width.ts';

const MAX_COLUMNS = 140;
/** As wide as `  fix: `. */
const HINT = '       ';

export interface TextContext {
  /** For code frames; a file without its text gets none. */
  readonly texts: ReadonlyMap<string, string>;
  readonly sink: Pick<Sink, 'colour' | 'columns'>;
  readonly seconds: number;
}

/** A finding or a broken link, told the same way. */
interface Entry {
  readonly path: string;
  readonly range: Problem['range'];
  readonly severity: PlacedFinding['finding']['severity'];
  readonly id: string;
  readonly message: string;
  readonly placed?: PlacedFinding;
}

/** Findings by file with the code that they are about, and a summary. */
export function scanText(report: ScanReport, context: TextContext): string {
  const style = styleOf(context.sink);
  const width = Math.min(context.sink.columns, MAX_COLUMNS);
  const byPath = new Map<string, Entry[]>();
  for (const entry of entriesOf(report)) {
    const list = byPath.get(entry.path);
    if (list === undefined) byPath.set(entry.path, [entry]);
    else list.push(entry);
  }
  const files = [...byPath].sort(([a], [b]) => compareText(a, b));
  const parts = files.map(([path, entries]) => {
    const lines = context.texts.get(path)?.split(/\r?\n/) ?? [];
    const sorted = [...entries].sort((a, b) =>
      compareRanges(a.range ?? START_OF_FILE, b.range ?? START_OF_FILE),
    );
    const name = visibleText(report.project.display(path));
    return `${style.bold(style.underline(name))}\n\n${sorted.map((each) => entryText(each, report, lines, width, style)).join('')}`;
  });
  return parts.join('') + scanSummary(report, context.seconds, style);
}

function entriesOf({ findings, broken }: ScanReport): readonly Entry[] {
  return [
    ...findings.shown.map((placed) => ({
      path: placed.path,
      range: placed.finding.range,
      severity: placed.finding.severity,
      id: placed.finding.ruleId,
      message: placed.finding.message,
      placed,
    })),
    ...broken.map(({ path, range, code, message }) => ({
      path: path ?? '',
      range,
      severity: 'error' as const,
      id: code,
      message,
    })),
  ];
}

function entryText(
  entry: Entry,
  report: ScanReport,
  source: readonly string[],
  width: number,
  style: Style,
): string {
  const colour = severityColour(style, entry.severity);
  const metadata = report.snapshot.rules.byId.get(entry.id)?.metadata;
  const numbers = (metadata?.cwe ?? []).map(cweNumber).filter((number) => number !== undefined);
  const weakness = numbers.map((number) => `  CWE-${number}`).join('');
  const start = entry.range?.start;
  const place = start === undefined ? '' : `:${start.line + 1}:${start.column + 1}`;
  const lines = [
    `${colour(style.bold(entry.severity))}  ${style.bold(visibleText(entry.id))}${style.dim(weakness)}  ${style.cyan(
      visibleText(report.project.display(entry.path)) + place,
    )}`,
    ...wrapped(visibleText(entry.message.trim()), width - 2).map((line) => `  ${line}`),
    ...frameOf(entry.range, source, style, colour, width),
    ...(entry.placed?.finding.trace ?? []).map(({ path, range, message }) => {
      const file = path === undefined ? '' : `${visibleText(report.project.display(path))} `;
      return `  ${style.dim(`${file}line ${range.start.line + 1}:`)} ${visibleText(message)}`;
    }),
    ...(entry.placed?.finding.related ?? []).map(
      ({ range, message }) => `  ${style.dim(`line ${range.start.line + 1}:`)} ${visibleText(message)}`,
    ),
    ...hintOf(entry, metadata?.fixGuidance, width, style),
  ];
  while (lines.at(-1) === '') lines.pop();
  return `${lines.join('\n')}\n\n`;
}

function frameOf(
  range: Problem['range'],
  source: readonly string[],
  style: Style,
  colour: (text: string) => string,
  width: number,
): readonly string[] {
  if (range === undefined || source.length === 0) return [];
  const frame = codeFrame(source, range, style, colour, width).trimEnd();
  return frame === '' ? [] : ['', frame, ''];
}

/** The replacement that the rule offers, else the first paragraph of its advice. */
function hintOf(
  { placed }: Entry,
  guidance: string | undefined,
  width: number,
  style: Style,
): readonly string[] {
  const fix = placed?.finding.fix;
  const [only] = fix ?? [];
  if (fix?.length === 1 && only !== undefined && !only.newText.includes('\n') && only.newText !== '') {
    return [`  ${style.green('fix:')} ${visibleText(only.newText)}`];
  }
  if (guidance === undefined) return [];
  const lines = proseLines(firstAdvice(guidance), width - HINT.length);
  return lines.map((line, index) =>
    index === 0 ? `  ${style.green('fix:')} ${line}` : `${HINT}${line}`.trimEnd(),
  );
}
