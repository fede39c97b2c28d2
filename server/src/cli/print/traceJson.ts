import type { TracedItem, TracedLink } from '../../core/trace/traceGraph.ts';
import { summaryOf } from '../../core/trace/chain.ts';
import type { TraceReport } from '../traceReport.ts';
import { jsonProblem, jsonSkipped, toJson } from './places.ts';

/** Items and links with what became of them, for programs. Lines count from 1. */
export function traceJson({ selection, problems, skipped }: TraceReport): string {
  return toJson({
    items: selection.items.map(jsonItem),
    links: selection.links.map(jsonLink),
    summary: summaryOf(selection),
    problems: [...selection.problems, ...problems].map(jsonProblem),
    skipped: skipped.map(jsonSkipped),
  });
}

export function jsonItem({
  item,
  status,
  reasons,
  transitive,
}: TracedItem): Readonly<Record<string, unknown>> {
  return {
    id: item.id,
    kind: item.kind,
    status,
    file: item.location.path,
    line: item.location.range.start.line + 1,
    title: item.title,
    ...(item.category === undefined ? {} : { category: item.category }),
    revision: item.revision,
    approval: item.approval,
    transitive,
    reasons,
    ...(item.justification === undefined ? {} : { justification: item.justification }),
  };
}

export function jsonLink(link: TracedLink): Readonly<Record<string, unknown>> {
  const { from } = link;
  return {
    from: typeof from === 'string' ? from : from.kind === 'file' ? from.path : `${from.path}#${from.name}`,
    to: link.to,
    type: link.type,
    status: link.status,
    file: link.location.path,
    line: link.location.range.start.line + 1,
    ...(link.revision === undefined ? {} : { revision: link.revision }),
    ...(typeof from === 'string' ? {} : { unit: { file: from.path, name: from.name, kind: from.kind } }),
    ...(link.reason === undefined ? {} : { reason: link.reason }),
  };
}
