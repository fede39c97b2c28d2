import type { Location } from '../base/range.ts';
import { itemFingerprint, unitName } from './reviews.ts';
import type { ReviewSubject } from './reviews.ts';
import type { TracedLink, TraceGraph } from './traceGraph.ts';

/** A unit of code as records name it. */
export interface NamedUnit {
  readonly name: string;
  readonly fingerprint: string;
}

/** The same with the place of its name. */
export interface PlacedUnit extends NamedUnit {
  readonly location: Location;
}

/**
 * What a word of a user names: an item's id, `path#function`, or `from:to` for every link between two ends. Fingerprints are those of now. Several
 * functions of one name (conditional compilation) are several subjects.
 */
export function subjectsNamed(
  word: string,
  graph: TraceGraph,
  units: readonly NamedUnit[],
): readonly ReviewSubject[] {
  const items = (graph.byId.get(word) ?? []).map(({ item }): ReviewSubject => ({
    kind: 'item',
    id: item.id,
    fingerprint: itemFingerprint(item),
  }));
  if (items.length > 0) return items;
  const code = units
    .filter(({ name }) => name === word)
    .map(({ name, fingerprint }): ReviewSubject => ({ kind: 'unit', unit: name, fingerprint }));
  if (code.length > 0) return code;
  const colon = word.lastIndexOf(':');
  if (colon < 0) return [];
  const [from, to] = [word.slice(0, colon), word.slice(colon + 1)];
  return graph.links
    .filter((link) => link.to === to && startOf(link) === from)
    .flatMap(({ type }) => linkSubjects(from, type, to, graph, units));
}

/** A link with the fingerprints that its ends have now: one for each piece of code of the name. */
export function linkSubjects(
  from: string,
  type: TracedLink['type'],
  to: string,
  graph: TraceGraph,
  units: readonly NamedUnit[],
): ReviewSubject[] {
  const [target] = graph.byId.get(to) ?? [];
  if (target === undefined) return [];
  const starts = [
    ...(graph.byId.get(from) ?? []).map(({ item }) => itemFingerprint(item)),
    ...units.filter(({ name }) => name === from).map(({ fingerprint }) => fingerprint),
  ];
  const end = itemFingerprint(target.item);
  return starts.map((start) => ({ kind: 'link', from, type, to, fingerprints: { from: start, to: end } }));
}

/** Where a link starts, as records name it. */
export function startOf({ from }: TracedLink): string {
  return typeof from === 'string' ? from : unitName(from);
}

/** Something to be looked at again, and where. */
export interface OpenReview {
  readonly location: Location;
  readonly text: string;
}

/** Links that are suspect, and items and code that changed since their review, in the order of the graph. */
export function openReviews(
  { links, items, reviews }: TraceGraph,
  units: readonly PlacedUnit[],
): readonly OpenReview[] {
  return [
    ...links
      .filter(({ status }) => status === 'suspect')
      .map((link) => ({
        location: link.location,
        text: `${startOf(link)} -> ${link.to}: ${link.reason ?? ''}`,
      })),
    ...items
      .filter(({ status }) => status === 'unreviewed')
      .map(({ item, reasons }) => ({ location: item.location, text: `${item.id}: ${reasons.join(' ')}` })),
    ...units
      .filter(({ name, fingerprint }) => reviews.unit(name, fingerprint) === 'stale')
      .map(({ name, location }) => ({ location, text: `${name}: It has changed since it was signed off.` })),
  ];
}
