import type { Location } from '../base/range.ts';
import type { Problem, ProblemSeverity } from '../base/problem.ts';
import type { Item, LinkType } from './item.ts';
import type { ResultSum } from './results.ts';
import type { ReviewIndex } from './reviews.ts';
import type { UnitRef } from './unit.ts';

export const LINK_STATUSES = [
  'covered',
  'orphaned',
  'outdated',
  'predated',
  'ambiguous',
  'unwanted',
  'suspect',
] as const;
export type LinkStatus = (typeof LINK_STATUSES)[number];

export const ITEM_STATUSES = [
  'covered',
  'uncovered',
  'duplicate',
  'cycle',
  'justified',
  'unreviewed',
] as const;
export type ItemStatus = (typeof ITEM_STATUSES)[number];

export type { UnitRef };

/** A link with what became of it. */
export interface TracedLink {
  /** Id of the item it comes from, or the unit of code. */
  readonly from: string | UnitRef;
  /** The target's id as written. */
  readonly to: string;
  readonly type: LinkType;
  /** The foreign word for the type, where there is one. */
  readonly role?: string;
  readonly revision?: number;
  readonly status: LinkStatus;
  /** One sentence for users when the status is not `covered`; names the nearest existing id for an orphaned link. */
  readonly reason?: string;
  /** For an orphaned link: existing ids that look like the one written, best first. */
  readonly suggestions: readonly string[];
  readonly location: Location;
}

export interface TracedItem {
  readonly item: Item;
  readonly status: ItemStatus;
  /** Why it is not covered, one short sentence each; also what a justification accepts. */
  readonly reasons: readonly string[];
  /** True when the item itself has what it needs and only something further down has a gap. */
  readonly transitive: boolean;
  /** Shallow coverage: nothing that the item itself asks for is missing. Deep coverage is the status. */
  readonly shallow: boolean;
  /** Of the worst that is missing; a warning unless a need says otherwise. */
  readonly severity: ProblemSeverity;
  /** What the results of its tests amount to; absent where there are none and none are expected. */
  readonly result?: ResultSum['state'];
  /** Links to this item with every status but orphaned, and links from it. Sorted by location. */
  readonly incoming: readonly TracedLink[];
  readonly outgoing: readonly TracedLink[];
}

/** The linked and judged whole: items sorted by id, then by place; links sorted by place. */
export interface TraceGraph {
  readonly items: readonly TracedItem[];
  readonly byId: ReadonlyMap<string, readonly TracedItem[]>;
  readonly links: readonly TracedLink[];
  /** Links written in each file (tags of code and entries of item files), by path. */
  readonly linksByPath: ReadonlyMap<string, readonly TracedLink[]>;
  /** What was reviewed, to be asked with fingerprints of now. */
  readonly reviews: ReviewIndex;
  /** What to tell the user, each with its path and range: broken links (error), gaps (warning), transitive gaps (information). */
  readonly problems: readonly Problem[];
}

/** What the linker needs of one source file. */
export interface FileLinks {
  readonly path: string;
  readonly links: readonly TagLink[];
}

/** A tag with its unit resolved. */
export interface TagLink {
  readonly unit: UnitRef;
  readonly id: string;
  readonly type: 'implements' | 'verifies';
  readonly revision?: number;
  readonly word?: string;
  readonly role?: string;
  /** Of the unit, for reviews. */
  readonly fingerprint?: string;
  readonly location: Location;
}
