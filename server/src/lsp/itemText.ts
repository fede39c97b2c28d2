import type { Location } from '../core/base/range.ts';
import { kindName } from '../core/trace/item.ts';
import { chainOfItem, testsOf, type CodeLink } from '../core/trace/chain.ts';
import type { TracedItem, TracedLink, TraceGraph } from '../core/trace/traceGraph.ts';
import { escapeMarkdown, markdownLink } from './markdown.ts';

/** Where a link of a hover leads; undefined where a client cannot follow it. */
export type TargetOf = (location: Location) => string;

const MAX_LISTED = 8;

/** What there is to say of an item: title, text, category, status with reasons, and what it hangs together with. Markdown. */
export function itemMarkdown(trace: TraceGraph, traced: TracedItem, targetOf: TargetOf): string {
  const { item } = traced;
  const chain = chainOfItem(trace, traced);
  const items = (label: string, list: readonly TracedItem[]): string =>
    listLine(
      label,
      list,
      ({ item: each }) => `${markdownLink(each.id, targetOf(each.location))} ${escapeMarkdown(each.title)}`,
    );
  const code = (label: string, list: readonly CodeLink[]): string =>
    listLine(
      label,
      list,
      ({ from, location }) => `${markdownLink(from.name, targetOf(location))} ${placeText(location)}`,
    );
  const { upstream, downstream } = chain;
  const tests = item.kind === 'requirement' ? testsOf(trace, item.id).items : downstream.test;
  const related = [
    items('Assets', upstream.asset),
    items('Threats', [...upstream.threat, ...downstream.threat]),
    items('Risks', [...upstream.risk, ...downstream.risk]),
    items('Controls', [...upstream.control, ...downstream.control]),
    items('Requirements', [...upstream.requirement, ...downstream.requirement]),
    items('Tests', tests),
    code('Code', chain.units),
    code('Test code', chain.testUnits),
  ].filter((line) => line !== '');
  return [
    `**${escapeMarkdown(item.id)}** ${escapeMarkdown(item.title)}`,
    [...attributes(traced)].map(escapeMarkdown).join(' · '),
    ...(item.text === undefined ? [] : [`> ${escapeMarkdown(item.text)}`]),
    statusText(traced),
    ...(related.length === 0 ? [] : [related.map((line) => `- ${line}`).join('\n')]),
  ].join('\n\n');
}

/** `Status: covered`, or why not. Markdown. */
export function statusText({ item, status, reasons, transitive }: TracedItem): string {
  const why = reasons.map(escapeMarkdown).join(' ');
  switch (status) {
    case 'covered':
      return '**Covered**';
    case 'justified':
      return `**Justified gap**: ${escapeMarkdown(item.justification ?? '')} (${why})`;
    case 'uncovered':
      return transitive ? `**Not covered all the way**: ${why}` : `**Not covered**: ${why}`;
    case 'duplicate':
      return `**Duplicate id**: ${why}`;
    case 'cycle':
      return `**Part of a circle**: ${why}`;
    case 'unreviewed':
      return `**To be reviewed**: ${why}`;
  }
}

/** What is wrong with a link, or undefined. Markdown. */
export function linkText({ status, reason, to }: TracedLink): string | undefined {
  if (status === 'covered') return undefined;
  const words = {
    orphaned: 'leads nowhere',
    outdated: 'is outdated',
    predated: 'is ahead of its target',
    ambiguous: 'is ambiguous',
    unwanted: 'is unwanted',
    suspect: 'is suspect',
  } as const;
  return `**${escapeMarkdown(to)} ${words[status]}**: ${escapeMarkdown(reason ?? '')}`;
}

/** `src/pairing.c:12`, with the one-based line that editors show. */
export function placeText({ path, range }: Location): string {
  return `${escapeMarkdown(path)}:${range.start.line + 1}`;
}

function* attributes({ item }: TracedItem): Iterable<string> {
  yield kindName(item.kind);
  if (item.category !== undefined) yield item.category;
  if (item.stride.length > 0) yield item.stride.join(', ');
  if (item.severity !== undefined) yield `severity ${item.severity}`;
  if (item.exploitability !== undefined) yield `exploitability ${item.exploitability}`;
  if (item.method !== undefined) yield item.method;
  if (item.cwe.length > 0) yield item.cwe.join(', ');
  yield `revision ${item.revision}`;
  if (item.approval !== 'approved') yield item.approval;
}

function listLine<T>(label: string, list: readonly T[], textOf: (each: T) => string): string {
  if (list.length === 0) return '';
  const more = list.length > MAX_LISTED ? `; and ${list.length - MAX_LISTED} more` : '';
  return `${label}: ${list.slice(0, MAX_LISTED).map(textOf).join('; ')}${more}`;
}
