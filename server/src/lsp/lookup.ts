import { containsPosition, type Position } from '../core/base/range.ts';
import type { Unit } from '../core/trace/unit.ts';
import type { FileFacts } from '../core/facts/fileFacts.ts';
import type { TracedItem, TracedLink, TraceGraph } from '../core/trace/traceGraph.ts';

/** The id under a cursor: of a tag, of an entry in an item's links, or of an item where it is declared. */
export type IdAtPosition =
  | { readonly kind: 'link'; readonly id: string; readonly link: TracedLink }
  | { readonly kind: 'declaration'; readonly id: string; readonly item: TracedItem };

export function idAt(trace: TraceGraph, path: string, position: Position): IdAtPosition | undefined {
  const link = trace.linksByPath.get(path)?.find((each) => containsPosition(each.location.range, position));
  if (link !== undefined) return { kind: 'link', id: link.to, link };
  const item = itemsOfPath(trace, path).find(({ item: { location } }) =>
    containsPosition(location.range, position),
  );
  return item === undefined ? undefined : { kind: 'declaration', id: item.item.id, item };
}

const itemsByPath = new WeakMap<TraceGraph, ReadonlyMap<string, readonly TracedItem[]>>();

/** Items that a file declares, sorted by id. */
export function itemsOfPath(trace: TraceGraph, path: string): readonly TracedItem[] {
  let known = itemsByPath.get(trace);
  if (known === undefined) {
    const byPath = new Map<string, TracedItem[]>();
    for (const each of trace.items) {
      const same = byPath.get(each.item.location.path);
      if (same === undefined) byPath.set(each.item.location.path, [each]);
      else same.push(each);
    }
    itemsByPath.set(trace, (known = byPath));
  }
  return known.get(path) ?? [];
}

const linksByUnit = new WeakMap<
  FileFacts,
  { readonly trace: TraceGraph; readonly links: ReadonlyMap<number, readonly TracedLink[]> }
>();

/** Links that the tags of one unit make, in the order of the text. */
export function linksOfUnit(trace: TraceGraph, facts: FileFacts, unit: number): readonly TracedLink[] {
  let known = linksByUnit.get(facts);
  if (known?.trace !== trace) {
    known = { trace, links: groupByUnit(trace, facts) };
    linksByUnit.set(facts, known);
  }
  return known.links.get(unit) ?? [];
}

function groupByUnit(trace: TraceGraph, facts: FileFacts): ReadonlyMap<number, readonly TracedLink[]> {
  const unitAtPlace = new Map(facts.tags.map((tag) => [placeKey(tag.range.start), tag.unit]));
  const groups = new Map<number, TracedLink[]>();
  for (const link of trace.linksByPath.get(facts.path) ?? []) {
    const unit = unitAtPlace.get(placeKey(link.location.range.start));
    if (unit === undefined) continue;
    const group = groups.get(unit);
    if (group === undefined) groups.set(unit, [link]);
    else group.push(link);
  }
  return groups;
}

/**
 * The unit to speak of at a position: the innermost one that carries tags, else the innermost one. The comments above a unit belong to it:
 * a position on one of its tags counts. Index into the file's units.
 */
export function unitAt(facts: FileFacts, position: Position): number {
  const tag = facts.tags.find(({ range }) => containsPosition(range, position));
  if (tag !== undefined) return tag.unit;
  const enclosing = facts.units
    .map((unit, index) => ({ unit, index }))
    .filter(({ unit, index }) => index === 0 || containsPosition(unit.range, position))
    .sort((a, b) => lengthOf(a.unit) - lengthOf(b.unit));
  const tagged = enclosing.find(({ index }) => index > 0 && facts.tags.some((each) => each.unit === index));
  return (tagged ?? enclosing[0])?.index ?? 0;
}

/** Where a unit of code stands now; undefined when it is gone. */
export function findUnit(
  facts: FileFacts | undefined,
  ref: { readonly kind: Unit['kind']; readonly name: string },
): Unit | undefined {
  return facts?.units.find((unit) => unit.kind === ref.kind && unit.name === ref.name);
}

function lengthOf({ range: { start, end } }: Unit): number {
  return (end.line - start.line) * 100_000 + (end.column - start.column);
}

function placeKey({ line, column }: Position): string {
  return `${line}:${column}`;
}
