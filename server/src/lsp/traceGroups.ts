import { STRIDE } from '../core/trace/itemFields.ts';
import { chainOfItem } from '../core/trace/chain.ts';
import { capitalised, type ItemKind } from '../core/trace/item.ts';
import type { TracedItem } from '../core/trace/traceGraph.ts';
import type { TraceGrouping, TraceNode, TraceNodeStatus } from '../protocol/messages.ts';
import {
  byUrgency,
  groupNode,
  isCounted,
  itemNode,
  requirementNode,
  statusOf,
  treeOf,
  uniqueKeys,
  type TraceSource,
} from './traceNodes.ts';

/** Headings of the statuses, in the order in which somebody has to do something. */
const STATUSES: readonly (readonly [status: TraceNodeStatus, heading: string])[] = [
  ['broken', 'Broken'],
  ['gap', 'Something is missing'],
  ['below', 'Something further down is missing'],
  ['unreviewed', 'To be reviewed'],
  ['justified', 'Gap accepted with a reason'],
  ['covered', 'Covered'],
];
/** What a threat can be on. */
const PLACES: readonly ItemKind[] = ['element', 'flow', 'zone', 'component'];

/** The tree of a folder in the order that is asked for. */
export function groupedTree(source: TraceSource, by: TraceGrouping): TraceNode[] {
  switch (by) {
    case 'urgency':
      return treeOf(source);
    case 'status':
      return uniqueKeys(requirementsByStatus(source));
    case 'stride':
      return uniqueKeys(threatsByStride(source));
    case 'element':
      return uniqueKeys(threatsByElement(source));
  }
}

function counted(source: TraceSource, kinds: readonly ItemKind[]): readonly TracedItem[] {
  return source.snapshot.trace.items.filter((each) => kinds.includes(each.item.kind) && isCounted(each));
}

function requirementsByStatus(source: TraceSource): TraceNode[] {
  const requirements = counted(source, ['requirement']);
  return STATUSES.flatMap(([status, heading]) => {
    const key = `${source.key}/status/${status}`;
    const same = requirements.filter((each) => statusOf(each) === status);
    const nodes = same.map((each) => requirementNode(source, each, key));
    return nodes.length === 0 ? [] : [groupNode(key, heading, nodes)];
  });
}

function threatsByStride(source: TraceSource): TraceNode[] {
  const threats = counted(source, ['threat']);
  const group = (key: string, heading: string, of: readonly TracedItem[]): TraceNode[] =>
    of.length === 0 ? [] : [groupNode(key, heading, threatNodes(source, of, key))];
  const classes = STRIDE.flatMap((word) =>
    group(
      `${source.key}/stride/${word}`,
      capitalised(word.replaceAll('-', ' ')),
      threats.filter(({ item }) => item.stride.includes(word)),
    ),
  );
  // Threats of other formats need not have a class.
  const none = threats.filter(({ item }) => !STRIDE.some((word) => item.stride.includes(word)));
  return [...classes, ...group(`${source.key}/stride/none`, 'Without a STRIDE class', none)];
}

/** Elements, data flows, zones and components with their threats, and threats that are on none of them. */
function threatsByElement(source: TraceSource): TraceNode[] {
  const places = counted(source, PLACES);
  const threats = counted(source, ['threat']);
  const on = new Map<string, TracedItem[]>();
  const nowhere: TracedItem[] = [];
  const ids = new Set(places.map(({ item }) => item.id));
  for (const threat of threats) {
    const at = new Set(threat.outgoing.map(({ to }) => to).filter((id) => ids.has(id)));
    if (at.size === 0) nowhere.push(threat);
    for (const id of at) on.set(id, [...(on.get(id) ?? []), threat]);
  }
  const key = `${source.key}/element`;
  const nodes = places.map((place) => {
    const children = threatNodes(source, on.get(place.item.id) ?? [], `${key}/${place.item.id}`);
    const node = itemNode(source, place, key, children, 'top');
    return children.length === 0 ? { ...node, description: `${node.description} · no threat` } : node;
  });
  if (nowhere.length === 0) return nodes;
  return [...nodes, groupNode(`${key}/none`, 'On no element', threatNodes(source, nowhere, `${key}/none`))];
}

/** Threats with what stands against them. */
function threatNodes(source: TraceSource, threats: readonly TracedItem[], parent: string): TraceNode[] {
  return byUrgency(
    threats.map((threat) => {
      const key = `${parent}/${threat.item.id}`;
      const { downstream } = chainOfItem(source.snapshot.trace, threat);
      const against = [...downstream.risk, ...downstream.control, ...downstream.requirement];
      const children = against.map((each) => itemNode(source, each, key, [], 'below'));
      return itemNode(source, threat, parent, children, 'top');
    }),
  );
}
