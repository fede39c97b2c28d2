import type { Item } from './item.ts';
import type { TracedLink } from './traceGraph.ts';

/** An item with its links while it is judged. */
export interface Node {
  readonly item: Item;
  /** Position among the sorted items. */
  readonly index: number;
  readonly incoming: Edge[];
  readonly outgoing: Edge[];
}

/** A link between nodes; `source` is undefined for a link from code, `target` for an orphaned or ambiguous one. */
export interface Edge {
  readonly link: TracedLink;
  readonly source: Node | undefined;
  readonly target: Node | undefined;
}

/** Whether a link gives coverage: in order, and not written by a rejected item. */
export function counts({ link, source }: Edge): boolean {
  return link.status === 'covered' && source?.item.approval !== 'rejected';
}

/** What an item itself lacks, one sentence each; what is further down does not matter here. */
export function ownGaps(node: Node): string[] {
  switch (node.item.kind) {
    case 'asset':
      return sources(node, 'derives').length > 0 ? [] : ['No threat names it.'];
    case 'threat':
      return isMitigated(node) || sources(node, 'derives').some(isMitigated)
        ? []
        : ['No control or requirement mitigates it.'];
    case 'risk':
      return isMitigated(node) || targets(node, 'derives').some(isMitigated)
        ? []
        : ['No control mitigates it or one of its threats.'];
    case 'control':
      return sources(node, 'derives').length > 0 ? [] : ['No requirement derives from it.'];
    case 'requirement':
      return requirementGaps(node);
    case 'test': {
      const gaps: string[] = [];
      if (node.item.method === 'automated' && !node.incoming.some(counts)) {
        gaps.push(`No test code carries its id${atRevision(node, 'implements')}.`);
      }
      if (!node.outgoing.some(counts)) gaps.push('It verifies no requirement that asks for a test.');
      return gaps;
    }
  }
}

function requirementGaps(node: Node): string[] {
  const { needs } = node.item;
  const has = (type: string) => node.incoming.some((edge) => edge.link.type === type && counts(edge));
  const gaps: string[] = [];
  if (needs.includes('code') && !has('implements')) {
    gaps.push(`No code implements it${atRevision(node, 'implements')}.`);
  }
  if (needs.includes('test') && !has('verifies'))
    gaps.push(`No test verifies it${atRevision(node, 'verifies')}.`);
  if (!node.outgoing.some(counts))
    gaps.push('It leads to no control or threat: nothing says why it is needed.');
  return gaps;
}

/** Points out that there are links, only not to the current revision. */
function atRevision({ item, incoming }: Node, type: string): string {
  const stale = incoming.some(
    ({ link }) => link.type === type && (link.status === 'outdated' || link.status === 'predated'),
  );
  return stale ? ` at revision ${item.revision}` : '';
}

/** Items on whose coverage an item's own depends; for a risk without a control of its own, those that mitigate its threats. */
export function downstream(node: Node): readonly Node[] {
  const below = node.incoming.filter(counts).flatMap(({ source }) => (source === undefined ? [] : [source]));
  if (node.item.kind !== 'risk' || below.length > 0) return below;
  return targets(node, 'derives').flatMap((threat) => sources(threat, 'mitigates'));
}

function isMitigated(node: Node): boolean {
  return sources(node, 'mitigates').length > 0;
}

function sources(node: Node, type: string): Node[] {
  return node.incoming.flatMap((edge) =>
    edge.link.type === type && edge.source !== undefined && counts(edge) ? [edge.source] : [],
  );
}

function targets(node: Node, type: string): Node[] {
  return node.outgoing.flatMap((edge) =>
    edge.link.type === type && edge.target !== undefined && counts(edge) ? [edge.target] : [],
  );
}
