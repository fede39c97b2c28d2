import { compareLocations } from '../trace/linker.ts';
import type { ItemKind } from '../trace/item.ts';
import { THREAT_STATES, type ThreatState } from '../trace/threatModels/words.ts';
import type { TracedItem, TraceGraph } from '../trace/traceGraph.ts';

/** The items of a graph as a threat model: what is in which zone, and which threats are on what. */
export interface ThreatModel {
  /** Sorted by place. */
  of(kind: ItemKind): readonly TracedItem[];
  /** Items of some kinds that lead to one. */
  leadingTo(item: TracedItem, kinds: readonly ItemKind[]): readonly TracedItem[];
  /** Items of some kinds that one leads to, by the roles of the links where roles are named. */
  ledToBy(item: TracedItem, kinds: readonly ItemKind[], roles?: readonly string[]): readonly TracedItem[];
  /** The innermost zone of an element, through the elements that it is part of. */
  zoneOf(element: TracedItem): TracedItem | undefined;
  /** Whether the ends of a flow lie in different zones, or its line crosses the curve of a boundary. */
  crosses(flow: TracedItem): boolean;
}

export function threatModelOf(graph: TraceGraph): ThreatModel {
  const byKind = new Map<ItemKind, TracedItem[]>();
  for (const traced of graph.items) {
    const same = byKind.get(traced.item.kind);
    if (same === undefined) byKind.set(traced.item.kind, [traced]);
    else same.push(traced);
  }
  for (const list of byKind.values()) list.sort((a, b) => compareLocations(a.item.location, b.item.location));
  const itemsOf = (id: string, kinds: readonly ItemKind[]) =>
    (graph.byId.get(id) ?? []).filter(({ item }) => kinds.includes(item.kind));
  const ledToBy: ThreatModel['ledToBy'] = ({ outgoing }, kinds, roles) => [
    ...new Set(
      outgoing
        .filter(({ role }) => roles === undefined || (role !== undefined && roles.includes(role)))
        .flatMap(({ to }) => itemsOf(to, kinds)),
    ),
  ];
  const zones = new Map<TracedItem, TracedItem | undefined>();
  const zoneOf = (element: TracedItem): TracedItem | undefined => {
    if (zones.has(element)) return zones.get(element);
    // Parents that lead back to the element have no zone by it.
    zones.set(element, undefined);
    const [own] = ledToBy(element, ['zone'], ['zone']);
    const [parent] = own === undefined ? ledToBy(element, ['element'], ['parent']) : [];
    const zone = own ?? (parent === undefined ? undefined : zoneOf(parent));
    zones.set(element, zone);
    return zone;
  };
  return {
    of: (kind) => byKind.get(kind) ?? [],
    leadingTo: ({ incoming }, kinds) => [
      ...new Set(incoming.flatMap(({ from }) => (typeof from === 'string' ? itemsOf(from, kinds) : []))),
    ],
    ledToBy,
    zoneOf,
    crosses: (flow) => {
      const drawn = flow.item.attributes['crosses'];
      if (Array.isArray(drawn) && drawn.length > 0) return true;
      const [from] = ledToBy(flow, ['element'], ['from']);
      const [to] = ledToBy(flow, ['element'], ['to']);
      return from !== undefined && to !== undefined && zoneOf(from) !== zoneOf(to);
    },
  };
}

/** What a threat model says of a threat or control; a draft of our own format was not looked at yet. */
export function stateOf({ item }: TracedItem): ThreatState | undefined {
  const written = item.attributes['state'];
  const state = THREAT_STATES.find((each) => each === written);
  if (state !== undefined) return state;
  if (item.approval === 'rejected') return 'not-applicable';
  return item.approval === 'draft' ? 'unreviewed' : undefined;
}

/** Whether an item is set aside with a reason or without one. */
export function isOutOfScope({ item }: TracedItem): boolean {
  const written = item.attributes['outOfScope'];
  return written === true || (typeof written === 'string' && written.trim() !== '');
}
