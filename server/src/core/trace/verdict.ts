import { compareText } from '../base/order.ts';
import { PROBLEM_SEVERITIES } from '../base/problem.ts';
import type { ProblemSeverity } from '../base/problem.ts';
import { downstream, ownGaps } from './coverage.ts';
import type { Node } from './coverage.ts';
import type { Item } from './item.ts';
import { listed, MAX_LISTED, placeName } from './linker.ts';
import type { Linker } from './linker.ts';
import { sumOfResults } from './results.ts';
import type { ResultSum, TestResult } from './results.ts';
import { itemFingerprint } from './reviews.ts';
import type { ReviewIndex } from './reviews.ts';
import { resultGap } from './tested.ts';
import type { TraceSettings } from './tracer.ts';
import type { ItemStatus } from './traceGraph.ts';

/** What an item amounts to. */
export interface Verdict {
  readonly status: ItemStatus;
  readonly reasons: readonly string[];
  readonly transitive: boolean;
  readonly shallow: boolean;
  readonly severity: ProblemSeverity;
  readonly result?: ResultSum['state'];
}

export const COVERED: Verdict = {
  status: 'covered',
  reasons: [],
  transitive: false,
  shallow: true,
  severity: 'warning',
};

/** @param circle why the item is part of one */
export function verdictOf(
  node: Node,
  verdicts: readonly Verdict[],
  circle: string | undefined,
  linker: Linker,
  reviews: ReviewIndex,
  settings: TraceSettings,
): Verdict {
  const { item } = node;
  const definitions = (linker.byId.get(item.id) ?? []).filter((other) => sameItem(item, other));
  if (item.result !== undefined) return verdictOfResult(item.result, settings.head);
  if (definitions.length > 1) {
    const others = definitions.slice(0, MAX_LISTED + 1).filter((other) => other !== item);
    const places = listed(
      others.map(({ location }) => placeName(location)),
      definitions.length - 1,
    );
    return {
      ...COVERED,
      status: 'duplicate',
      reasons: [`Its id is also defined in ${places}.`],
      severity: 'error',
    };
  }
  if (item.approval === 'rejected') return COVERED;
  if (circle !== undefined) return { ...COVERED, status: 'cycle', reasons: [circle], severity: 'error' };
  const tested = resultGap(node, settings);
  const own = [...ownGaps(node), ...(tested?.gap === undefined ? [] : [tested.gap])];
  const below = downstream(node).filter(({ index }) => isOpen(verdicts[index]));
  const result = tested === undefined ? {} : { result: tested.state };
  if (own.length === 0 && below.length === 0) return { ...reviewVerdict(item, reviews), ...result };
  const names = [...new Set(below.map(({ item: { id } }) => id))].sort(compareText).map((id) => `\`${id}\``);
  const reasons = own.map(({ text }) => text);
  return {
    status: isJustified(node) ? 'justified' : 'uncovered',
    reasons: names.length === 0 ? reasons : [...reasons, `There are gaps further down: ${listed(names)}.`],
    transitive: own.length === 0,
    shallow: own.length === 0,
    severity: worst(own.map(({ severity }) => severity)),
    ...result,
  };
}

/** Two definitions of one id; where revisions are items of their own, of one revision. */
function sameItem(item: Item, other: Item): boolean {
  return item.revisioned !== true || other.revisioned !== true || item.revision === other.revision;
}

/** A run that failed is a gap of its own; one of another commit says nothing. */
function verdictOfResult(result: TestResult, head: string | undefined): Verdict {
  const { state, text } = sumOfResults([result], head);
  return state === 'failed'
    ? { ...COVERED, status: 'uncovered', reasons: [text], shallow: false, severity: 'error', result: state }
    : { ...COVERED, result: state };
}

/** Of an item that lacks nothing: whether its own format, or a record, says that it was reviewed as it is. */
function reviewVerdict(item: Item, reviews: ReviewIndex): Verdict {
  const { stamps } = item;
  if (reviews.item(item.id, () => itemFingerprint(item)) === 'stale') {
    return { ...COVERED, status: 'unreviewed', reasons: ['It has changed since its review.'] };
  }
  if (stamps === undefined || stamps.reviewed === stamps.review) return COVERED;
  const reason =
    stamps.reviewed === undefined ? 'It has never been reviewed.' : 'It has changed since its review.';
  return { ...COVERED, status: 'unreviewed', reasons: [reason] };
}

/** A gap that a written reason accepts: of the item itself, or of a justification that leads to it. */
function isJustified({ item, incoming }: Node): boolean {
  return (
    item.justification !== undefined ||
    incoming.some(({ link, source }) => link.type === 'justifies' && source?.item.approval === 'approved')
  );
}

function worst(severities: readonly ProblemSeverity[]): ProblemSeverity {
  return PROBLEM_SEVERITIES.find((severity) => severities.includes(severity)) ?? 'warning';
}

/** Statuses that are a gap for whatever rests on the item. */
const OPEN: readonly ItemStatus[] = ['uncovered', 'duplicate', 'cycle'];

/** Whether it is a gap for whatever rests on the item. */
export function isOpen(verdict: Verdict | undefined): boolean {
  return verdict !== undefined && OPEN.includes(verdict.status);
}
