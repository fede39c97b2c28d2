import type { ParamsOf, ResultOf, traceAt as message, TraceNode } from '../../protocol/messages.ts';
import { containsRange } from '../../core/base/range.ts';
import type { TracedLink } from '../../core/trace/traceGraph.ts';
import type { Context } from '../context.ts';
import { toPosition } from '../fromLsp.ts';
import { linksOfUnit, unitAt } from '../lookup.ts';
import { escapeMarkdown } from '../markdown.ts';
import { range } from '../toLsp.ts';
import { linkNode, requirementNode, testNode, uniqueKeys, type TraceSource } from '../traceNodes.ts';
import { traceSource } from './traceTree.ts';

/** `traceward/traceAt`: what stands behind the code at a position. */
export function traceAt({ session }: Context, params: ParamsOf<typeof message>): ResultOf<typeof message> {
  const { folder, path } = session.placeOf(params.textDocument.uri);
  const source = traceSource(session, folder);
  const facts = source.snapshot.files.get(path);
  if (facts === undefined) return null;
  const index = unitAt(facts, toPosition(params.position));
  const unit = facts.units[index];
  if (unit === undefined) return null;
  const links = linksOfUnit(source.snapshot.trace, facts, index);
  const nodes = uniqueKeys(links.flatMap((link) => nodesOf(source, link, `${folder.uri}/unit`)));
  const findings = source.snapshot.report(path)?.findings ?? [];
  return {
    unit: { kind: unit.kind, name: unit.name, range: range(unit.range) },
    nodes,
    findings: findings.filter((finding) => containsRange(unit.range, finding.range)).length,
    markdown: [`# ${escapeMarkdown(unit.name)}`, ...nodes.map((node) => node.tooltip)].join('\n\n'),
  };
}

function nodesOf(source: TraceSource, link: TracedLink, parent: string): readonly TraceNode[] {
  const items = source.snapshot.trace.byId.get(link.to) ?? [];
  const wrong = link.status === 'covered' ? [] : [linkNode(source, link, parent)];
  const known = items.flatMap((item) => {
    if (item.item.kind === 'requirement') return [requirementNode(source, item, parent)];
    return item.item.kind === 'test' ? [testNode(source, item, parent, 'top')] : [];
  });
  return [...wrong, ...known];
}
