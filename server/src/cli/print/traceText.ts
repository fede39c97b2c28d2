import type { Problem } from '../../core/base/problem.ts';
import { counted, visibleText } from '../../core/evidence/text.ts';
import { summaryOf, type KindSummary } from '../../core/trace/chain.ts';
import { ITEM_KINDS, kindNames, shownKinds, type ItemKind } from '../../core/trace/item.ts';
import type { Selection, TraceStatus } from '../../core/trace/selection.ts';
import { isThreatLint } from '../../core/trace/traceProblems.ts';
import type { TracedItem, TracedLink } from '../../core/trace/traceGraph.ts';
import type { Sink } from '../io.ts';
import type { TraceReport } from '../traceReport.ts';
import { styleOf, type Style } from './style.ts';
import { tableOf } from './table.ts';
import { wrapped } from './width.ts';

const MAX_COLUMNS = 120;

/** Broken links, gaps and what is to be reviewed, other items where their status is asked for, and how many items of each kind are covered. */
export function traceText(
  { project, filter, selection }: TraceReport,
  sink: Pick<Sink, 'colour' | 'columns'>,
): string {
  const style = styleOf(sink);
  const width = Math.min(sink.columns, MAX_COLUMNS);
  const { trace } = project.snapshot;
  if (trace.items.length === 0 && trace.links.length === 0) {
    return `${style.yellow('There are no items and no tags here.')} Item files are looked for at: ${project.config.items.join(', ')}\n`;
  }
  const { items, links } = selection;
  if (items.length === 0 && links.length === 0) {
    return `${style.yellow('No item and no link is as asked for.')}\n`;
  }
  const live = items.filter(({ item, status }) => item.approval !== 'rejected' || status === 'duplicate');
  const broken = links.filter(({ status }) => status !== 'covered');
  const wrong = live.filter(({ status }) => status === 'duplicate' || status === 'cycle');
  const uncovered = live.filter(({ status }) => status === 'uncovered');
  const asked = filter.statuses ?? [];
  const filtered = selection !== trace;
  const transitive = uncovered.filter((each) => each.transitive);
  const unreviewed = live.filter(({ status }) => status === 'unreviewed');
  const others = live.filter(
    ({ status }) => (status === 'covered' || status === 'justified') && asked.includes(status),
  );
  const lints = selection.problems.filter(({ code }) => isThreatLint(code));
  const linkText = (link: TracedLink) => linkEntry(link, project.display, style, width);
  const itemText = (item: TracedItem) => itemEntry(item, project.display, style, width);
  return [
    section('Broken links', broken.map(linkText), style),
    section('Items that cannot be traced', wrong.map(itemText), style),
    section('Gaps', uncovered.filter((each) => !each.transitive).map(itemText), style),
    section('Gaps further down', asked.includes('uncovered') ? transitive.map(itemText) : [], style),
    section('To be reviewed', unreviewed.map(itemText), style),
    section('In order', others.map(itemText), style),
    section(
      'Threat model and risks',
      lints.map((lint) => lintEntry(lint, project.display, style, width)),
      style,
    ),
    summary(selection, filtered, style),
    headline(
      broken.length + wrong.length,
      uncovered.length - transitive.length,
      transitive.length,
      lints.length,
      filtered,
      style,
    ),
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
  const colour = statusColour(status, style);
  const place = `${visibleText(display(item.location.path))}:${item.location.range.start.line + 1}`;
  return [
    `${colour(style.bold(status))}  ${style.bold(item.id)}  ${visibleText(item.title)}`,
    `  ${style.cyan(place)}`,
    ...indented(reasons.join(' '), width),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

function lintEntry(
  { code, severity, message, path, range }: Problem,
  display: (path: string) => string,
  style: Style,
  width: number,
): string {
  const colour = severity === 'error' ? style.red : severity === 'warning' ? style.yellow : style.dim;
  const place = `${visibleText(display(path ?? ''))}:${(range?.start.line ?? 0) + 1}`;
  return [`${colour(style.bold(code))}  ${style.cyan(place)}`, ...indented(message, width)]
    .map((line) => `${line}\n`)
    .join('');
}

function linkEntry(link: TracedLink, display: (path: string) => string, style: Style, width: number): string {
  const from = typeof link.from === 'string' ? link.from : link.from.name;
  const { start } = link.location.range;
  const place = `${visibleText(display(link.location.path))}:${start.line + 1}:${start.column + 1}`;
  const colour = statusColour(link.status, style);
  return [
    `${colour(style.bold(link.status))}  ${visibleText(from)} ${style.dim(link.type)} ${style.bold(link.to)}`,
    `  ${style.cyan(place)}`,
    ...indented(link.reason ?? '', width),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

const MILD: readonly TraceStatus[] = ['uncovered', 'unreviewed', 'unwanted', 'suspect'];

/** Green for what is in order, red for what is wrong, yellow between. */
export function statusColour(status: TraceStatus, style: Style): (text: string) => string {
  if (status === 'covered' || status === 'justified') return style.green;
  return MILD.includes(status) ? style.yellow : style.red;
}

function indented(text: string, width: number): readonly string[] {
  return text === ''
    ? []
    : wrapped(visibleText(text.replaceAll('`', '')), width - 2).map((line) => `  ${line}`);
}

function summary(selection: Selection, filtered: boolean, style: Style): string {
  if (selection.items.length === 0) return '';
  const { items } = summaryOf(selection);
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
  const hasSome = (kind: ItemKind) => items[kind].total > 0;
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
    (filtered ? ITEM_KINDS.filter(hasSome) : shownKinds(hasSome)).map((kind) => row(kind, items[kind])),
    style.dim,
  )}\n`;
}

function headline(
  broken: number,
  gaps: number,
  transitive: number,
  lints: number,
  filtered: boolean,
  style: Style,
): string {
  const all = broken + gaps + transitive + lints;
  if (all === 0 && filtered) return `${style.green('Nothing is wrong with what is asked for.')}\n`;
  if (all === 0)
    return `${style.green(style.bold('Every link leads where it should, and nothing is missing.'))}\n`;
  const parts = [
    broken === 0 ? '' : style.red(counted(broken, 'broken link or item', 'broken links or items')),
    gaps === 0 ? '' : style.yellow(counted(gaps, 'gap')),
    transitive === 0 ? '' : counted(transitive, 'gap further down', 'gaps further down'),
    lints === 0 ? '' : counted(lints, 'finding on the threat model', 'findings on the threat model'),
  ];
  return `${parts.filter((part) => part !== '').join(', ')}\n`;
}
