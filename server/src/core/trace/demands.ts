import { compareText } from '../base/order.ts';
import { compareRanges, containsRange } from '../base/range.ts';
import type { TagRequirement } from '../rules/rule.ts';
import { itemsAbove } from './chain.ts';
import type { Item } from './item.ts';
import type { TracedItem, TraceGraph } from './traceGraph.ts';
import type { Tag, Unit } from './unit.ts';

export interface DemandInput {
  /** Of the file; the file itself first. */
  readonly units: readonly Unit[];
  /** Index of the unit that must carry a tag. */
  readonly unit: number;
  /** Of the file. */
  readonly tags: readonly Tag[];
  /** What the rule asks the tag to lead to. */
  readonly require: TagRequirement;
  readonly graph: TraceGraph;
}

export type DemandVerdict =
  | { readonly kind: 'met' }
  | { readonly kind: 'missing' }
  /** There is a tag that leads to an item of the right kind, but of another category: the first such. */
  | { readonly kind: 'wrong-category'; readonly id: string; readonly category: string };

/**
 * Whether a unit, or one that encloses it (the file at last), carries a tag that leads to what a `require-tag` rule asks for. A tag with an
 * old revision still leads there (it is reported on its own); one whose id is missing, ambiguous or rejected leads nowhere.
 */
export function judgeDemand({ units, unit, tags, require, graph }: DemandInput): DemandVerdict {
  const carriers = new Set(enclosingUnits(units, unit));
  const carried = tags
    .filter((tag) => carriers.has(tag.unit))
    .sort((a, b) => compareRanges(a.range, b.range));
  let other: DemandVerdict | undefined;
  for (const tag of carried) {
    for (const item of itemsOfTag(graph, tag, require)) {
      const words = item.kind === 'threat' ? item.stride : item.category === undefined ? [] : [item.category];
      if (
        require.categories.length === 0 ||
        require.categories.some((category) => words.includes(category))
      ) {
        return { kind: 'met' };
      }
      other ??= { kind: 'wrong-category', id: tag.id, category: words.join(', ') || 'unknown' };
    }
  }
  return other ?? { kind: 'missing' };
}

/** Items of the kind that the rule asks for that a tag leads to, directly or up the chain. */
function itemsOfTag(graph: TraceGraph, tag: Tag, require: TagRequirement): readonly Item[] {
  const start = soleItem(graph, tag.id);
  if (start === undefined) return [];
  // A tag of a test case says that this code verifies what the test case verifies.
  const viaTest = start.item.kind === 'test' && require.to !== 'test';
  const type = viaTest && tag.type === 'implements' ? 'verifies' : tag.type;
  if (type !== require.link) return [];
  // A requirement of another category is no better for refining one of the right category.
  const reached = start.item.kind === require.to ? [start] : itemsAbove(graph, start);
  return reached
    .map(({ item }) => item)
    .filter((item) => item.kind === require.to && item.approval !== 'rejected')
    .sort((a, b) => compareText(a.id, b.id));
}

function soleItem(graph: TraceGraph, id: string): TracedItem | undefined {
  const [item, another] = graph.byId.get(id) ?? [];
  return another === undefined && item?.item.approval !== 'rejected' ? item : undefined;
}

/**
 * Indexes of the units that a unit lies in: itself first, then outwards, the file last.
 *
 * @param units - of one file, the file itself first
 */
export function enclosingUnits(units: readonly Unit[], index: number): readonly number[] {
  const inner = units[index];
  if (inner === undefined || index === 0) return units.length === 0 ? [] : [0];
  const around = units
    .map((unit, at) => ({ unit, at }))
    .filter(({ unit, at }) => at !== 0 && at !== index && containsRange(unit.range, inner.range))
    .sort((a, b) => compareRanges(b.unit.range, a.unit.range) || b.at - a.at)
    .map(({ at }) => at);
  return [index, ...around, 0];
}
