import { counted, visibleText } from '../../core/evidence/text.ts';
import type { Impact } from '../../core/trace/impact.ts';
import { kindName } from '../../core/trace/item.ts';
import { unitName } from '../../core/trace/reviews.ts';
import type { TracedItem } from '../../core/trace/traceGraph.ts';
import type { Sink } from '../io.ts';
import { toJson } from './places.ts';
import { styleOf, type Style } from './style.ts';
import { jsonItem, jsonLink } from './traceJson.ts';
import { statusColour } from './traceText.ts';

/** What a change touches, from what changed to what is to be looked at again. */
export function impactText(
  { files, units, items, touched, above, below, code, statuses }: Impact,
  display: (path: string) => string,
  sink: Pick<Sink, 'colour' | 'columns'>,
): string {
  const style = styleOf(sink);
  const line = (traced: TracedItem) => itemLine(traced, display, style);
  const layout = files.filter(({ change }) => change === 'layout').length;
  const touchedIds = new Set(code.map((link) => `${unitName(link.from)} ${link.type} ${link.to}`));
  return [
    section(
      'Changed code',
      units.map(
        ({ name, change, from }) =>
          `${change}  ${visibleText(name)}${from === undefined ? '' : ` (was ${visibleText(from)})`}`,
      ),
      style,
    ),
    section(
      'Changed items',
      items.map(
        ({ item, change, what }) =>
          `${change}  ${style.bold(visibleText(item.id))}  ${visibleText(item.title)}${what.length === 0 ? '' : `  ${style.dim(what.join(', '))}`}`,
      ),
      style,
    ),
    section(
      'Touched items',
      touched.map(({ traced, because }) => `${line(traced)}\n    ${because.map(visibleText).join('\n    ')}`),
      style,
    ),
    section('What they exist for', above.map(line), style),
    section('What makes them true', below.map(line), style),
    section('Code that belongs to them', [...touchedIds].map(visibleText), style),
    section(
      'Other status than before',
      statuses.map(
        ({ id, before, after }) =>
          `${style.bold(visibleText(id))}  ${before} -> ${statusColour(after, style)(after)}`,
      ),
      style,
    ),
    `${counted(units.length, 'unit of code', 'units of code')} and ${counted(items.length, 'item')} changed in meaning; ${counted(touched.length, 'item')} touched, ${above.length} above, ${below.length} below. ${counted(layout, 'file')} changed in layout or comments alone.\n`,
  ].join('');
}

function section(title: string, lines: readonly string[], style: Style): string {
  if (lines.length === 0) return '';
  return `${style.bold(style.underline(title))}\n\n${lines.map((line) => `  ${line}\n`).join('')}\n`;
}

function itemLine({ item, status }: TracedItem, display: (path: string) => string, style: Style): string {
  const place = `${visibleText(display(item.location.path))}:${item.location.range.start.line + 1}`;
  return `${kindName(item.kind)} ${style.bold(visibleText(item.id))}  ${statusColour(status, style)(status)}  ${visibleText(item.title)}  ${style.cyan(place)}`;
}

/** The same for programs. */
export function impactJson({ files, units, items, touched, above, below, code, statuses }: Impact): string {
  return toJson({
    files,
    units,
    items: items.map(({ item, change, what }) => ({
      id: item.id,
      kind: item.kind,
      title: item.title,
      change,
      what,
    })),
    touched: touched.map(({ traced, because }) => ({ ...jsonItem(traced), because })),
    above: above.map(jsonItem),
    below: below.map(jsonItem),
    code: code.map(jsonLink),
    statuses,
  });
}
