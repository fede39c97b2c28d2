import { containsRange, type Position } from '../core/base/range.ts';
import { endKey, stepsDown, stepsUp, type ChainEnd, type Step } from '../core/trace/steps.ts';
import type { TracedItem } from '../core/trace/traceGraph.ts';
import type { ChainDirection, ChainNode } from '../protocol/chain.ts';
import type { TraceNode } from '../protocol/messages.ts';
import { findUnit, idAt, itemsOfPath, unitAt } from './lookup.ts';

import { escapeMarkdown } from './markdown.ts';
import { location } from './toLsp.ts';
import { itemNode, linkNode, type Depth, type TraceSource } from './traceNodes.ts';

/** What stands at a position; undefined where there is nothing of the trace. */
export function endAt(source: TraceSource, path: string, position: Position): ChainEnd | undefined {
  const { trace, files } = source.snapshot;
  const found = idAt(trace, path, position);
  if (found !== undefined) return { kind: 'item', id: found.id };
  const facts = files.get(path);
  if (facts !== undefined) {
    const unit = facts.units[unitAt(facts, position)];
    return unit === undefined
      ? undefined
      : { kind: 'unit', unit: { path, name: unit.name, kind: unit.kind } };
  }
  return itemAbove(itemsOfPath(trace, path), position);
}

/** The item whose id stands last before a position: the entry or section that the position lies in. */
function itemAbove(items: readonly TracedItem[], { line }: Position): ChainEnd | undefined {
  let last: TracedItem | undefined;
  for (const each of items) {
    const at = each.item.location.range.start.line;
    if (at <= line && (last === undefined || at >= last.item.location.range.start.line)) last = each;
  }
  return last === undefined ? undefined : { kind: 'item', id: last.item.id };
}

/** The rows one step away from an end. */
export function stepNodes(
  source: TraceSource,
  end: ChainEnd,
  direction: ChainDirection,
): readonly ChainNode[] {
  const steps = direction === 'up' ? stepsUp : stepsDown;
  return steps(source.snapshot.trace, end).map((step) => chainNode(source, step.end, step));
}

/** A row. @param step the link that led there */
export function chainNode(source: TraceSource, end: ChainEnd, step?: Step): ChainNode {
  const { trace } = source.snapshot;
  const node = endNode(source, end, 'top', step);
  const isBroken = step !== undefined && step.link.status !== 'covered';
  return {
    folder: source.key,
    end,
    key: endKey(end),
    node: isBroken ? { ...node, status: 'broken', reasons: [step.link.reason ?? step.link.status] } : node,
    via: step === undefined ? '' : (step.link.role ?? step.link.type),
    up: stepsUp(trace, end).length,
    down: stepsDown(trace, end).length,
  };
}

/** What an end is, by itself. @param step the link that led there */
export function endNode(source: TraceSource, end: ChainEnd, depth: Depth, step?: Step): TraceNode {
  if (end.kind === 'unit') return codeNode(source, end.unit);
  const [item] = source.snapshot.trace.byId.get(end.id) ?? [];
  if (item !== undefined) return itemNode(source, item, '', [], depth);
  if (step !== undefined) return linkNode(source, step.link, '');
  return {
    key: '',
    kind: 'link',
    label: end.id,
    description: 'no item has this id',
    status: 'broken',
    reasons: ['No item has this id.'],
    gaps: 0,
    id: end.id,
    tooltip: '',
    children: [],
  };
}

/** A unit of code with the number of findings in it: a weakness in what implements a requirement matters to the requirement. */
function codeNode(source: TraceSource, ref: Extract<ChainEnd, { kind: 'unit' }>['unit']): TraceNode {
  const { snapshot } = source;
  const unit = findUnit(snapshot.files.get(ref.path), ref);
  const findings = (snapshot.report(ref.path)?.findings ?? []).filter(
    ({ range }) => unit !== undefined && containsRange(unit.range, range),
  );
  const place = unit === undefined ? ref.path : `${ref.path}:${unit.nameRange.start.line + 1}`;
  const count =
    findings.length === 0 ? '' : `, ${findings.length} finding${findings.length === 1 ? '' : 's'}`;
  return {
    key: '',
    kind: 'unit',
    label: ref.kind === 'file' ? (ref.path.split('/').at(-1) ?? ref.path) : ref.name,
    description: `${place}${count}`,
    status: findings.length > 0 ? 'below' : 'covered',
    reasons: [],
    gaps: 0,
    tooltip: findings
      .map(({ ruleId, message }) => `- **${escapeMarkdown(ruleId)}** ${escapeMarkdown(message)}`)
      .join('\n'),
    children: [],
    ...(unit !== undefined && {
      location: location({ path: ref.path, range: unit.nameRange }, source.uriOf),
    }),
  };
}
