import { counted, visibleText } from '../../core/evidence/text.ts';
import { summaryOf, type KindSummary } from '../../core/trace/chain.ts';
import { kindNames, shownKinds, type ItemKind } from '../../core/trace/item.ts';
import type { TracedItem, TracedLink } from '../../core/trace/traceGraph.ts';
import type { Sink } from '../io.ts';
import type { TraceReport } from '../traceReport.ts';
import { styleOf, type Style } from './style.ts';
import { tableOf } from './table.ts';
import { wrapped } from './width.ts';

const MAX_COLUMNS = 120;

/** Broken links and gaps, and how many items of each kind are covered. */
export function traceText({ project }: TraceReport, sink: Pick<Sink, 'colour' | 'columns'>): string {
  const style = styleOf(sink);
  const width = Math.min(sink.columns, MAX_COLUMNS);
  const { trace } = project.snapshot;
  if (trace.items.length === 0 && trace.links.length === 0) {
    return `${style.yellow('There are no items and no tags here.')} Item files are looked for at: ${project.config.items.join(', ')}\n`;
  }
  const broken = trace.links.filter(({ status }) => status !== 'covered');
  const wrong = trace.items.filter(({ status }) => status === 'duplicate' || status === 'cycle');
  const live = trace.items.filter(
    ({ item, status }) => item.approval !== 'rejected' && status === 'uncovered',
  );
  const gaps = live.filter(({ transitive }) => !transitive);
  const itemText = (item: TracedItem) => itemEntry(item, project.display, style, width);
  return [
    section(
      'Broken links',
      broken.map((link) => linkEntry(link, project.display, style, width)),
      style,
    ),
    section('Items that cannot be traced', wrong.map(itemText), style),
    section('Gaps', gaps.map(itemText), style),
    summary(trace.items.length, summaryOf(trace), style),
    headline(broken.length + wrong.length, gaps.length, live.length - gaps.length, style),
  ].join('');
}

function section(title: string, entries: readonly string[], style: Style): string {
  return entries.length === 0 ? '' : `${style.bold(style.underline(title))}\n\n${entries.join('\n')}\n`;
}

function itemEntry(
  { item, status, reasons }: TracedItem,
  display: (path: string) => string,
  style: Style,
  width: number,
): string {
  const colour = status === 'uncovered' ? style.yellow : style.red;
  const place = `${visibleText(display(item.location.path))}:${item.location.range.start.line + 1}`;
  return [
    `${colour(style.bold(status))}  ${style.bold(item.id)}  ${visibleText(item.title)}`,
    `  ${style.cyan(place)}`,
    ...indented(reasons.join(' '), width),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

function linkEntry(link: TracedLink, display: (path: string) => string, style: Style, width: number): string {
  const from = typeof link.from === 'string' ? link.from : link.from.name;
  const { start } = link.location.range;
  const place = `${visibleText(display(link.location.path))}:${start.line + 1}:${start.column + 1}`;
  const colour = link.status === 'unwanted' ? style.yellow : style.red;
  return [
    `${colour(style.bold(link.status))}  ${visibleText(from)} ${style.dim(link.type)} ${style.bold(link.to)}`,
    `  ${style.cyan(place)}`,
    ...indented(link.reason ?? '', width),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

function indented(text: string, width: number): readonly string[] {
  return text === ''
    ? []
    : wrapped(visibleText(text.replaceAll('`', '')), width - 2).map((line) => `  ${line}`);
}

function summary(total: number, { items }: ReturnType<typeof summaryOf>, style: Style): string {
  if (total === 0) return '';
  const right = (heading: string) => ({ heading, align: 'right' as const });
  const columns = [
    { heading: 'items' },
    right('total'),
    right('covered'),
    right('justified'),
    right('gaps'),
    right('gaps further down'),
    right('duplicate or circular'),
  ];
  const row = (kind: ItemKind, { total: all, status, transitive }: KindSummary) => [
    kindNames(kind),
    ...[
      all,
      status.covered,
      status.justified,
      status.uncovered - transitive,
      transitive,
      status.duplicate + status.cycle,
    ].map(String),
  ];
  return `${tableOf(
    columns,
    shownKinds((kind) => items[kind].total > 0).map((kind) => row(kind, items[kind])),
    style.dim,
  )}\n`;
}

function headline(broken: number, gaps: number, transitive: number, style: Style): string {
  if (broken + gaps + transitive === 0)
    return `${style.green(style.bold('Every link leads where it should, and nothing is missing.'))}\n`;
  const parts = [
    broken === 0 ? '' : style.red(counted(broken, 'broken link or item', 'broken links or items')),
    gaps === 0 ? '' : style.yellow(counted(gaps, 'gap')),
    transitive === 0 ? '' : counted(transitive, 'gap further down', 'gaps further down'),
  ];
  return `${parts.filter((part) => part !== '').join(', ')}\n`;
}
