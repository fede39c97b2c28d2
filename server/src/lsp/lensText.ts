import { leads, testsOf, threatsOf } from '../core/trace/chain.ts';
import { asksFor } from '../core/trace/coverageWords.ts';
import type { TracedItem, TracedLink, TraceGraph } from '../core/trace/traceGraph.ts';

const MAX_NAMED = 3;

/** One line over a unit of code: `SR-AUTH-003 | mitigates T-004 | 2 tests`, for each id that its tags name. Gaps are said plainly. */
export function lensText(trace: TraceGraph, links: readonly TracedLink[]): string {
  const texts = [...new Set(links.map((link) => knownLens(trace, link)))];
  const more = texts.length > MAX_NAMED ? [`${texts.length - MAX_NAMED} more`] : [];
  return [...texts.slice(0, MAX_NAMED), ...more].join(' · ');
}

const lenses = new WeakMap<TraceGraph, Map<string, string>>();

/** Many units may name one requirement: it is looked at once. */
function knownLens(trace: TraceGraph, link: TracedLink): string {
  const known = lenses.get(trace) ?? new Map<string, string>();
  lenses.set(trace, known);
  const key = [link.to, link.type, link.status, link.revision ?? ''].join(' ');
  const text = known.get(key) ?? linkLens(trace, link);
  known.set(key, text);
  return text;
}

function linkLens(trace: TraceGraph, link: TracedLink): string {
  const target = trace.byId.get(link.to)?.[0];
  if (target === undefined) return `${link.to} | does not exist`;
  if (link.status === 'ambiguous') return `${link.to} | defined more than once`;
  if (!leads(link)) return `${link.to} | ${link.status}`;
  const parts = [...partsOf(trace, link, target)];
  if (link.status !== 'covered')
    parts.push(`${link.status}: the tag names revision ${link.revision ?? 1} of ${target.item.revision}`);
  return parts.join(' | ');
}

function* partsOf(trace: TraceGraph, link: TracedLink, target: TracedItem): Iterable<string> {
  const { item } = target;
  if (link.type === 'verifies') {
    yield `verifies ${item.id}`;
    return;
  }
  yield item.id;
  if (item.kind === 'test') {
    const verified = target.outgoing
      .filter((each) => each.type === 'verifies' && leads(each))
      .map(({ to }) => to);
    yield verified.length > 0 ? `verifies ${some(verified)}` : 'verifies nothing';
    return;
  }
  if (item.approval !== 'approved') yield item.approval;
  const threats = threatsOf(trace, item.id).map((each) => each.item.id);
  yield threats.length > 0 ? `mitigates ${some(threats)}` : 'no threat';
  const { count } = testsOf(trace, item.id);
  if (count > 0) yield count === 1 ? '1 test' : `${count} tests`;
  else if (asksFor(item, 'test')) yield 'no test';
}

function some(ids: readonly string[]): string {
  const named = ids.slice(0, MAX_NAMED).join(', ');
  return ids.length > MAX_NAMED ? `${named} and ${ids.length - MAX_NAMED} more` : named;
}
