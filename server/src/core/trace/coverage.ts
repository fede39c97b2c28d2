import type { ProblemSeverity } from '../base/problem.ts';
import { broughtByItem, meets, missingText } from './coverageWords.ts';
import type { Brought } from './coverageWords.ts';
import type { Item, Need } from './item.ts';
import type { TestResult } from './results.ts';
import type { TracedLink } from './traceGraph.ts';

/** An item with its links while it is judged. */
export interface Node {
  /** Replaced when its words change. */
  item: Item;
  /** Position among the sorted items. */
  readonly index: number;
  /** What the configuration asks of it beside its own needs. */
  readonly ruled: readonly Need[];
  /** A record says that the item was reviewed as it is. */
  readonly reviewed: boolean;
  /** Of runs that name the item. */
  readonly results: TestResult[];
  readonly incoming: Edge[];
  readonly outgoing: Edge[];
}

/** A link between nodes; `source` is undefined for a link from code, `target` for an orphaned or ambiguous one. */
export interface Edge {
  readonly link: TracedLink;
  readonly source: Node | undefined;
  readonly brings: Brought;
  /** Of a link from code: results of the test function that it stands at, and whether the code was signed off as it is. */
  readonly results?: readonly TestResult[];
  readonly signedOff?: boolean;
  readonly target: Node | undefined;
}

/** Whether a link gives coverage: in order, of a type that does, not written by a rejected item, and not a mere result. */
export function counts(edge: Edge): boolean {
  return (
    edge.link.status === 'covered' &&
    carries(edge) &&
    edge.source?.item.approval !== 'rejected' &&
    edge.source?.item.kind !== 'result'
  );
}

/** Whether a link is of a type that gives coverage, whatever became of it. */
export function carries({ link: { type } }: Edge): boolean {
  return type !== 'relates' && type !== 'justifies';
}

/** One thing that an item lacks: a sentence, and how bad it is. */
export interface Gap {
  readonly text: string;
  readonly severity: ProblemSeverity;
}

/** What an item itself lacks; what is further down does not matter here. */
export function ownGaps(node: Node): readonly Gap[] {
  const { item, ruled } = node;
  return [
    ...item.needs.flatMap((need) => unmet(node, need, item.asks === 'needs')),
    ...(item.asks === 'kind' ? kindGaps(node).map((text): Gap => ({ text, severity: 'warning' })) : []),
    ...ruled.flatMap((need) => unmet(node, need, false)),
  ];
}

function unmet(node: Node, need: Need, exact: boolean): Gap[] {
  const met =
    need.direction === 'up'
      ? node.outgoing.some(
          (edge) => counts(edge) && edge.target !== undefined && meets(broughtUp(edge.target), need, exact),
        )
      : isReviewed(node, need) ||
        node.incoming.some((edge) => counts(edge) && meets(edge.brings, need, exact));
  if (met) return [];
  return [
    {
      text: `${missingText(need)}${need.direction === 'up' ? '' : atRevision(node, need)}.`,
      severity: need.severity ?? 'warning',
    },
  ];
}

/** `review`: the item itself was reviewed; `code-review`: all code that implements it was signed off. */
function isReviewed({ reviewed, incoming }: Node, { anyOf }: Need): boolean {
  if (anyOf.includes('review') && reviewed) return true;
  if (!anyOf.includes('code-review')) return false;
  const code = incoming.filter(
    (edge) => edge.source === undefined && edge.link.type === 'implements' && counts(edge),
  );
  return code.length > 0 && code.every(({ signedOff }) => signedOff === true);
}

function broughtUp({ item }: Node): Brought {
  return broughtByItem(item, 'relates');
}

/** What the kinds of Traceward's own chain ask for, one sentence each. */
function kindGaps(node: Node): string[] {
  switch (node.item.kind) {
    case 'asset':
      return sources(node, 'derives').length > 0 ? [] : ['No threat names it.'];
    case 'threat':
      return isMitigated(node) || sources(node, 'derives').some(isMitigated)
        ? []
        : ['No control or requirement mitigates it.'];
    case 'vulnerability':
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
      return node.outgoing.some(counts)
        ? []
        : ['It leads to no control or threat: nothing says why it is needed.'];
    case 'design':
      return node.outgoing.some(counts) ? [] : ['It leads to no requirement: nothing says why it is needed.'];
    case 'test': {
      const gaps: string[] = [];
      if (
        node.item.method === 'automated' &&
        !node.incoming.some((edge) => counts(edge) && edge.link.type === 'implements')
      ) {
        gaps.push(`No test code carries its id${atRevision(node, { anyOf: ['code'] })}.`);
      }
      if (!node.outgoing.some(counts)) gaps.push('It verifies no requirement that asks for a test.');
      return gaps;
    }
    default:
      return [];
  }
}

/** Points out that there are links, only not to the current revision. */
function atRevision({ item, incoming }: Node, need: Need): string {
  const stale = incoming.some(
    ({ link, brings }) =>
      (link.status === 'outdated' || link.status === 'predated') &&
      meets(brings, need, item.asks === 'needs'),
  );
  return stale ? ` at revision ${item.revision}` : '';
}

/**
 * Items on whose coverage an item's own depends; for a risk without a control of its own, those that mitigate its threats. Where only needs
 * count (OpenFastTrace), whatever leads here matters, the bad links too.
 */
export function downstream(node: Node): readonly Node[] {
  const matters = node.item.asks === 'needs' ? () => true : counts;
  const below = node.incoming
    .filter((edge) => carries(edge) && matters(edge) && edge.source?.item.kind !== 'result')
    .flatMap(({ source }) => (source === undefined ? [] : [source]));
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
