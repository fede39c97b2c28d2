import { unitName } from './reviews.ts';
import type { TracedLink, TraceGraph, UnitRef } from './traceGraph.ts';

/** A thing that links join: an item by its id, or a unit of code. */
export type ChainEnd =
  { readonly kind: 'item'; readonly id: string } | { readonly kind: 'unit'; readonly unit: UnitRef };

/** One link away from an end: the link, whatever became of it, and what is at its other end. */
export interface Step {
  readonly link: TracedLink;
  readonly end: ChainEnd;
}

/** One text for each end: to compare, and for keys. */
export function endKey(end: ChainEnd): string {
  return end.kind === 'item' ? `item ${end.id}` : `unit ${end.unit.kind} ${unitName(end.unit)}`;
}

/** What an end leads to, in the order of the text. Of an orphaned link the end is an id that no item has. */
export function stepsUp(graph: TraceGraph, end: ChainEnd): readonly Step[] {
  const links =
    end.kind === 'item'
      ? (graph.byId.get(end.id) ?? []).flatMap(({ outgoing }) => outgoing)
      : (graph.linksByPath.get(end.unit.path) ?? []).filter(({ from }) => isUnit(from, end.unit));
  return unique(links.map((link): Step => ({ link, end: { kind: 'item', id: link.to } })));
}

/** What leads to an end, in the order of the text. Nothing leads to code. */
export function stepsDown(graph: TraceGraph, end: ChainEnd): readonly Step[] {
  if (end.kind === 'unit') return [];
  const links = (graph.byId.get(end.id) ?? []).flatMap(({ incoming }) => incoming);
  return unique(
    links.map((link): Step => ({
      link,
      end:
        typeof link.from === 'string' ? { kind: 'item', id: link.from } : { kind: 'unit', unit: link.from },
    })),
  );
}

function isUnit(from: TracedLink['from'], unit: UnitRef): boolean {
  return (
    typeof from !== 'string' && from.path === unit.path && from.kind === unit.kind && from.name === unit.name
  );
}

/** Two links of one type between the same ends are one step. */
function unique(steps: readonly Step[]): readonly Step[] {
  const byKey = new Map<string, Step>();
  for (const step of steps) {
    const key = `${step.link.type} ${endKey(step.end)}`;
    if (!byKey.has(key)) byKey.set(key, step);
  }
  return [...byKey.values()];
}
