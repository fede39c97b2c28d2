import { compareText } from '../base/order.ts';
import type { Location } from '../base/range.ts';
import { compareLocations } from './linker.ts';
import { itemFingerprint } from './reviews.ts';
import type { ReviewRecord, ReviewSubject } from './reviews.ts';
import { linkSubjects, startOf, type NamedUnit } from './reviewSubjects.ts';
import type { TracedItem, TraceGraph } from './traceGraph.ts';

/** A unit of code with where its name stands, and all of it. */
export interface PlacedUnit extends NamedUnit {
  readonly location: Location;
  readonly whole: Location;
  /** Tags stand at it: code that something rests on is to be reviewed. */
  readonly isTagged: boolean;
}

/**
 * `suspect` a link of which an end changed since it was confirmed; `changed` an item or code that changed since its review; `open` nobody has
 * looked at it yet; `done` a record fits.
 */
export type QueueState = 'suspect' | 'changed' | 'open' | 'done';

/** Something that is to be reviewed, or was. */
export interface QueueEntry {
  /** What it is about, in one text. */
  readonly key: string;
  readonly kind: 'unit' | 'link' | 'item';
  readonly state: QueueState;
  readonly label: string;
  /** What changed, where something did. */
  readonly reason: string;
  /** Where to look. */
  readonly location: Location;
  /** All of the code; of a link the code at which its tag stands. */
  readonly whole: Location;
  /** What a sign-off writes: one record each. */
  readonly subjects: readonly ReviewSubject[];
  /** What was recorded before, in order of time, and whether it fits what is there now. */
  readonly records: readonly { readonly record: ReviewRecord; readonly fits: boolean }[];
}

/**
 * Everything that a review is about, in the order of the files: code with tags, links and items that have records, and items that ask for a
 * review.
 *
 * @param asksForReview whether an item needs a review, by itself or by the configuration
 */
export function reviewQueue(
  graph: TraceGraph,
  units: readonly PlacedUnit[],
  asksForReview: (item: TracedItem) => boolean,
): readonly QueueEntry[] {
  const records = recordsByKey(graph);
  const unitsByName = new Map<string, PlacedUnit[]>();
  for (const unit of units) unitsByName.set(unit.name, [...(unitsByName.get(unit.name) ?? []), unit]);
  const entries = [
    ...unitEntries(graph, unitsByName, records),
    ...linkEntries(graph, unitsByName, records),
    ...graph.items.flatMap((item) => itemEntry(graph, item, records, asksForReview)),
  ];
  return entries.sort((a, b) => compareLocations(a.location, b.location) || compareText(a.key, b.key));
}

function unitEntries(
  graph: TraceGraph,
  unitsByName: ReadonlyMap<string, readonly PlacedUnit[]>,
  records: ReadonlyMap<string, readonly ReviewRecord[]>,
): QueueEntry[] {
  return [...unitsByName].flatMap(([name, same]): QueueEntry[] => {
    const [first] = same;
    const key = `unit ${name}`;
    const known = records.get(key) ?? [];
    if (first === undefined || (known.length === 0 && !same.some(({ isTagged }) => isTagged))) return [];
    const states = same.map(({ fingerprint }) => graph.reviews.unit(name, fingerprint));
    const prints = new Set(same.map(({ fingerprint }) => fingerprint));
    return [
      {
        key,
        kind: 'unit',
        state: states.includes('stale') ? 'changed' : states.includes('none') ? 'open' : 'done',
        label: name.replace(/^.*[#/]/, ''),
        reason: states.includes('stale') ? 'It has changed since it was signed off.' : '',
        location: first.location,
        whole: first.whole,
        subjects: same.map(({ fingerprint }) => ({ kind: 'unit', unit: name, fingerprint })),
        records: known.map((record) => ({
          record,
          fits: record.subject.kind === 'unit' && prints.has(record.subject.fingerprint),
        })),
      },
    ];
  });
}

function linkEntries(
  graph: TraceGraph,
  unitsByName: ReadonlyMap<string, readonly PlacedUnit[]>,
  records: ReadonlyMap<string, readonly ReviewRecord[]>,
): QueueEntry[] {
  if (!graph.reviews.hasLinks) return [];
  const seen = new Set<string>();
  return graph.links.flatMap((link): QueueEntry[] => {
    const from = startOf(link);
    const key = `link ${from} ${link.type} ${link.to}`;
    const known = records.get(key) ?? [];
    if (known.length === 0 || seen.has(key)) return [];
    seen.add(key);
    const named = unitsByName.get(from) ?? [];
    const subjects = linkSubjects(from, link.type, link.to, graph, named);
    return [
      {
        key,
        kind: 'link',
        state: link.status === 'suspect' ? 'suspect' : 'done',
        label: `${from.replace(/^.*[#/]/, '')} ${link.type} ${link.to}`,
        reason: link.status === 'suspect' ? (link.reason ?? '') : '',
        location: link.location,
        whole: named[0]?.whole ?? link.location,
        subjects,
        records: known.map((record) => ({
          record,
          fits: subjects.some((subject) => sameEnds(subject, record.subject)),
        })),
      },
    ];
  });
}

function itemEntry(
  graph: TraceGraph,
  traced: TracedItem,
  records: ReadonlyMap<string, readonly ReviewRecord[]>,
  asksForReview: (item: TracedItem) => boolean,
): QueueEntry[] {
  const { item } = traced;
  const key = `item ${item.id}`;
  const known = records.get(key) ?? [];
  if (item.approval === 'rejected' || (known.length === 0 && !asksForReview(traced))) return [];
  const fingerprint = itemFingerprint(item);
  const state = graph.reviews.item(item.id, () => fingerprint);
  return [
    {
      key,
      kind: 'item',
      state: state === 'stale' ? 'changed' : state === 'none' ? 'open' : 'done',
      label: item.id,
      reason: state === 'stale' ? 'It has changed since its review.' : '',
      location: item.location,
      whole: item.location,
      subjects: [{ kind: 'item', id: item.id, fingerprint }],
      records: known.map((record) => ({
        record,
        fits: record.subject.kind === 'item' && record.subject.fingerprint === fingerprint,
      })),
    },
  ];
}

function recordsByKey({ reviews }: TraceGraph): ReadonlyMap<string, readonly ReviewRecord[]> {
  const byKey = new Map<string, ReviewRecord[]>();
  for (const record of [...reviews.records].sort((a, b) => compareText(a.at, b.at))) {
    const { subject } = record;
    const key =
      subject.kind === 'item'
        ? `item ${subject.id}`
        : subject.kind === 'unit'
          ? `unit ${subject.unit}`
          : subject.kind === 'link'
            ? `link ${subject.from} ${subject.type} ${subject.to}`
            : '';
    byKey.set(key, [...(byKey.get(key) ?? []), record]);
  }
  return byKey;
}

function sameEnds(a: ReviewSubject, b: ReviewSubject): boolean {
  return (
    a.kind === 'link' &&
    b.kind === 'link' &&
    a.fingerprints.from === b.fingerprints.from &&
    a.fingerprints.to === b.fingerprints.to
  );
}
