import { compareText } from '../base/order.ts';
import { unitName } from './reviews.ts';
import type { TracedItem, TracedLink, TraceGraph } from './traceGraph.ts';

/** One line of a chain that is shown as a tree: a link, and the item at its far end. */
export interface ChainStep {
  /** From 0 on: how many links away from the item that was asked for, minus one. */
  readonly depth: number;
  readonly link: TracedLink;
  /** Absent at the end of a broken link and where the far end is code. */
  readonly item?: TracedItem;
  /** The item stands in this direction already, with all that comes behind it. */
  readonly repeated: boolean;
}

export interface ChainTree {
  readonly steps: readonly ChainStep[];
  /** There is more: the tree ends at a limit. */
  readonly cut: boolean;
}

/** More steps are not shown: what hangs together in a large project can be all of it. */
export const MAX_STEPS = 1000;

/**
 * What stands before (`up`) or behind (`down`) an item, link by link, depth first, broken links too. An item that can be reached in two
 * ways is opened once. Links in the order of their types, then of ids.
 */
export function chainTree(graph: TraceGraph, start: TracedItem, direction: 'up' | 'down'): ChainTree {
  const seen = new Set([start]);
  const steps: ChainStep[] = [];
  const linksOf = (item: TracedItem) =>
    [...(direction === 'up' ? item.outgoing : item.incoming)].sort(compareSteps).reverse();
  const waiting = linksOf(start).map((link) => ({ depth: 0, link }));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (steps.length >= MAX_STEPS) return { steps, cut: true };
    const { depth, link } = next;
    const far = direction === 'up' ? link.to : link.from;
    const item = typeof far === 'string' ? graph.byId.get(far)?.[0] : undefined;
    if (item === undefined) {
      steps.push({ depth, link, repeated: false });
      continue;
    }
    const repeated = seen.has(item);
    steps.push({ depth, link, item, repeated });
    if (repeated) continue;
    seen.add(item);
    waiting.push(...linksOf(item).map((each) => ({ depth: depth + 1, link: each })));
  }
  return { steps, cut: false };
}

/** Chain links before those that only relate, then by the far end. */
function compareSteps(a: TracedLink, b: TracedLink): number {
  return (
    Number(a.type === 'relates') - Number(b.type === 'relates') ||
    compareText(a.type, b.type) ||
    compareText(farName(a), farName(b))
  );
}

function farName({ from, to }: TracedLink): string {
  return `${typeof from === 'string' ? from : unitName(from)}\n${to}`;
}
