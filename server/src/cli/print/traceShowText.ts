import { visibleText } from '../../core/evidence/text.ts';
import type { Location } from '../../core/base/range.ts';
import { MAX_STEPS, type ChainStep, type ChainTree } from '../../core/trace/chainTree.ts';
import { kindName } from '../../core/trace/item.ts';
import { unitName } from '../../core/trace/reviews.ts';
import type { TracedItem } from '../../core/trace/traceGraph.ts';
import type { Sink } from '../io.ts';
import { toJson } from './places.ts';
import { styleOf, type Style } from './style.ts';
import { jsonItem, jsonLink } from './traceJson.ts';
import { statusColour } from './traceText.ts';
import { wrapped } from './width.ts';

/** One definition of an id with all that hangs together with it. */
export interface ShownItem {
  readonly item: TracedItem;
  readonly up: ChainTree;
  readonly down: ChainTree;
}

const MAX_COLUMNS = 120;

/** Deeper steps are not indented further. */
const MAX_INDENT = 20;

export function showText(
  shown: readonly ShownItem[],
  display: (path: string) => string,
  sink: Pick<Sink, 'colour' | 'columns'>,
): string {
  const style = styleOf(sink);
  const width = Math.min(sink.columns, MAX_COLUMNS);
  return shown
    .map(({ item, up, down }) =>
      [
        ...head(item, display, style, width),
        ...tree('up', up, display, style),
        ...tree('down', down, display, style),
      ]
        .map((line) => `${line}\n`)
        .join(''),
    )
    .join('\n');
}

function head(
  { item, status, reasons, result }: TracedItem,
  display: (path: string) => string,
  style: Style,
  width: number,
): readonly string[] {
  const facts = [
    kindName(item.kind),
    ...(item.origin.type === undefined ? [] : [item.origin.type]),
    `revision ${item.revision}`,
    item.approval,
    ...(item.level === undefined ? [] : [`level ${item.level}`]),
    ...(item.category === undefined ? [] : [item.category]),
    ...(result === undefined ? [] : [`tests ${result}`]),
  ];
  const prose = (text: string) => wrapped(visibleText(text), width - 2).map((line) => `  ${line}`);
  return [
    `${statusColour(status, style)(style.bold(status))}  ${style.bold(visibleText(item.id))}  ${visibleText(item.title)}`,
    `  ${style.cyan(place(item.location, display))}  ${style.dim(visibleText(facts.join(', ')))}`,
    ...reasons.flatMap((reason) => prose(reason.replaceAll('`', ''))),
    ...(item.justification === undefined ? [] : prose(`Justified: ${item.justification}`)),
    ...(item.text === undefined ? [] : ['', ...item.text.split('\n').flatMap(prose)]),
  ];
}

function tree(
  direction: 'up' | 'down',
  { steps, cut }: ChainTree,
  display: (path: string) => string,
  style: Style,
): readonly string[] {
  return [
    '',
    style.bold(style.underline(direction === 'up' ? 'Leads to' : 'What leads to it')),
    '',
    ...(steps.length === 0 ? ['  nothing'] : steps.map((step) => stepLine(step, direction, display, style))),
    ...(cut ? [`  ... and more than the ${MAX_STEPS} that are shown`] : []),
  ];
}

function stepLine(
  { depth, link, item, repeated }: ChainStep,
  direction: 'up' | 'down',
  display: (path: string) => string,
  style: Style,
): string {
  const indent = '  '.repeat(Math.min(depth, MAX_INDENT) + 1);
  const broken = link.status === 'covered' ? '' : ` ${statusColour(link.status, style)(link.status)}`;
  const how = `${style.dim(link.role === undefined || link.role === link.type ? link.type : `${link.type} (${visibleText(link.role)})`)}${broken}`;
  const far =
    item === undefined
      ? style.bold(visibleText(farName(link, direction)))
      : `${style.bold(visibleText(item.item.id))}  ${statusColour(item.status, style)(item.status)}  ${visibleText(item.item.title)}`;
  const at = place(item?.item.location ?? link.location, display);
  const why = link.reason === undefined ? '' : `\n${indent}  ${visibleText(link.reason.replaceAll('`', ''))}`;
  return `${indent}${how} ${far}  ${style.cyan(at)}${repeated ? style.dim('  (shown above)') : ''}${why}`;
}

function farName({ from, to }: ChainStep['link'], direction: 'up' | 'down'): string {
  if (direction === 'up') return to;
  return typeof from === 'string' ? from : unitName(from);
}

function place({ path, range }: Location, display: (path: string) => string): string {
  return `${visibleText(display(path))}:${range.start.line + 1}`;
}

/** The same for programs; a step names its link and, where there is one, the item at the far end. */
export function showJson(shown: readonly ShownItem[]): string {
  const steps = ({ steps: all, cut }: ChainTree) => ({
    steps: all.map(({ depth, link, item, repeated }) => ({
      depth,
      link: jsonLink(link),
      ...(item === undefined ? {} : { item: jsonItem(item) }),
      repeated,
    })),
    cut,
  });
  return toJson({
    items: shown.map(({ item, up, down }) => ({
      ...jsonItem(item),
      ...(item.item.text === undefined ? {} : { text: item.item.text }),
      up: steps(up),
      down: steps(down),
    })),
  });
}
