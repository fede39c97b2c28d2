import { sha256Hex } from '../base/hash.ts';
import { compareText } from '../base/order.ts';
import type { Location } from '../base/range.ts';
import type { AttributeValue, Item, LinkType } from './item.ts';
import type { UnitRef } from './unit.ts';

/** Hex digits of a fingerprint: 128 bits, short enough to be read and compared in a record. */
const FINGERPRINT_LENGTH = 32;

/** What somebody looked at, with the fingerprints that it had then. */
export type ReviewSubject =
  | { readonly kind: 'item'; readonly id: string; readonly fingerprint: string }
  | {
      readonly kind: 'link';
      /** Id of an item, or {@link unitName} of code. */
      readonly from: string;
      readonly type: LinkType;
      readonly to: string;
      readonly fingerprints: { readonly from: string; readonly to: string };
    }
  /** `unit` is a {@link unitName}. */
  | { readonly kind: 'unit'; readonly unit: string; readonly fingerprint: string }
  /** A finding of a rule in a unit, accepted as it is while the unit does not change. */
  | { readonly kind: 'finding'; readonly rule: string; readonly unit: string; readonly fingerprint: string };

/** One record of a review: one file of `.traceward/reviews`. */
export interface ReviewRecord {
  readonly subject: ReviewSubject;
  readonly by: string;
  /** ISO 8601, as written. */
  readonly at: string;
  readonly commit?: string;
  readonly reason?: string;
  readonly location: Location;
}

/** What the records say of something that has a fingerprint now. */
export type ReviewState = 'none' | 'current' | 'stale';

/** Records made ready to be asked. None of the answers depends on the order of the records. */
export interface ReviewIndex {
  readonly records: readonly ReviewRecord[];
  /** Whether any record is about a link: then fingerprints of code matter to links. */
  readonly hasLinks: boolean;
  readonly hasFindings: boolean;
  /** Whether a record is about a link from or to something of this name. */
  isLinkEnd(name: string): boolean;
  item(id: string, fingerprint: () => string): ReviewState;
  unit(name: string, fingerprint: string | undefined): ReviewState;
  /** The record that accepts a finding in code as it is now. */
  finding(rule: string, unit: string, fingerprint: string | undefined): ReviewRecord | undefined;
  /** `stale` names the end that changed. */
  link(
    from: string,
    type: LinkType,
    to: string,
    ends: { readonly from: () => string | undefined; readonly to: () => string },
  ): { readonly state: ReviewState; readonly changed?: 'from' | 'to' | 'both' };
}

export function indexReviews(unsorted: readonly ReviewRecord[]): ReviewIndex {
  const records = [...unsorted].sort(
    (a, b) => compareText(a.location.path, b.location.path) || compareText(a.at, b.at),
  );
  const prints = new Map<string, { from: string; to: string }[]>();
  for (const { subject } of records) {
    const key = keyOf(subject);
    const known = prints.get(key) ?? [];
    prints.set(key, known);
    known.push(subject.kind === 'link' ? subject.fingerprints : { from: subject.fingerprint, to: '' });
  }
  const findings = new Map<string, ReviewRecord[]>();
  for (const record of records) {
    if (record.subject.kind !== 'finding') continue;
    const key = keyOf(record.subject);
    findings.set(key, [...(findings.get(key) ?? []), record]);
  }
  const ends = new Set(
    records.flatMap(({ subject }) => (subject.kind === 'link' ? [subject.from, subject.to] : [])),
  );
  const state = (key: string, fingerprint: () => string | undefined): ReviewState => {
    const known = prints.get(key);
    if (known === undefined) return 'none';
    const now = fingerprint();
    return known.some(({ from }) => from === now) ? 'current' : 'stale';
  };
  return {
    records,
    hasFindings: findings.size > 0,
    hasLinks: ends.size > 0,
    isLinkEnd: (name) => ends.has(name),
    item: (id, fingerprint) => state(`item\n${id}`, fingerprint),
    unit: (name, fingerprint) => state(`unit\n${name}`, () => fingerprint),
    finding: (rule, unit, fingerprint) =>
      findings
        .get(`finding\n${rule}\n${unit}`)
        ?.find(({ subject }) => subject.kind === 'finding' && subject.fingerprint === fingerprint),
    link: (from, type, to, ends) => {
      const known = prints.get(`link\n${from}\n${type}\n${to}`);
      if (known === undefined) return { state: 'none' };
      const now = { from: ends.from(), to: ends.to() };
      if (known.some((each) => each.from === now.from && each.to === now.to)) return { state: 'current' };
      const fromHolds = known.some((each) => each.from === now.from);
      const toHolds = known.some((each) => each.to === now.to);
      return { state: 'stale', changed: fromHolds ? 'to' : toHolds ? 'from' : 'both' };
    },
  };
}

export const NO_REVIEWS: ReviewIndex = indexReviews([]);

function keyOf(subject: ReviewSubject): string {
  switch (subject.kind) {
    case 'item':
      return `item\n${subject.id}`;
    case 'unit':
      return `unit\n${subject.unit}`;
    case 'finding':
      return `finding\n${subject.rule}\n${subject.unit}`;
    case 'link':
      return `link\n${subject.from}\n${subject.type}\n${subject.to}`;
  }
}

/** `src/auth.c#check_pin`; of a file, its path. */
export function unitName({ path, kind, name }: UnitRef): string {
  return kind === 'file' ? path : `${path}#${name}`;
}

const itemPrints = new WeakMap<Item, string>();

/**
 * What an item means, as a fingerprint: kind, title, text and what is said of it. Layout of texts, place, revision, status, tags and links do not
 * count.
 */
export function itemFingerprint(item: Item): string {
  let print = itemPrints.get(item);
  if (print === undefined) {
    const { kind, title, text, procedure, category, level, severity, exploitability, method } = item;
    const meaning = [
      ...[
        kind,
        plain(title),
        plain(text),
        plain(procedure),
        category,
        level,
        severity,
        exploitability,
        method,
      ],
      [...item.stride].sort(compareText),
      [...item.cwe].sort(compareText),
      canonical(item.attributes),
    ];
    print = sha256Hex(JSON.stringify(meaning)).slice(0, FINGERPRINT_LENGTH);
    itemPrints.set(item, print);
  }
  return print;
}

function plain(text: string | undefined): string | undefined {
  return text?.replace(/\s+/g, ' ').trim();
}

/** The same value for the same content, whatever the order of its keys. */
function canonical(value: AttributeValue): unknown {
  if (typeof value === 'string') return plain(value);
  if (value === null || typeof value !== 'object') return value;
  if (isList(value)) return value.map(canonical);
  return Object.entries(value)
    .sort(([a], [b]) => compareText(a, b))
    .map(([key, each]) => [key, canonical(each)]);
}

function isList(value: AttributeValue): value is readonly AttributeValue[] {
  return Array.isArray(value);
}
