import type { ProblemSeverity } from '../base/problem.ts';
import type { Location } from '../base/range.ts';
import type { TestResult } from './results.ts';
import type { UnitRef } from './unit.ts';

/** In the order of the chain; what has no place in it (elements, components, justifications) stands beside its nearest relative. */
export const ITEM_KINDS = [
  'asset',
  'element',
  'flow',
  'zone',
  'component',
  'threat',
  'vulnerability',
  'risk',
  'control',
  'requirement',
  'design',
  'unit',
  'test',
  'result',
  'justification',
] as const;
export type ItemKind = (typeof ITEM_KINDS)[number];

/**
 * `mitigates`, `derives`, `implements` and `verifies` give coverage upwards; `justifies` accepts a gap; `relates` joins without coverage
 * (an element in its zone, the ends of a flow, "see also").
 */
export const LINK_TYPES = ['mitigates', 'derives', 'implements', 'verifies', 'justifies', 'relates'] as const;
export type LinkType = (typeof LINK_TYPES)[number];

export const CATEGORIES = [
  'authentication',
  'authorization',
  'cryptography',
  'integrity',
  'confidentiality',
  'logging',
  'resilience',
  'update',
] as const;
export type Category = (typeof CATEGORIES)[number];

/** Levels of requirements and designs, and of tests. */
export const LEVELS = ['user', 'system', 'software', 'unit', 'integration'] as const;
export type Level = (typeof LEVELS)[number];

export type TestMethod = 'automated' | 'manual' | 'analysis' | 'inspection';

/** A value of an attribute that has no field of its own: kept as it was read, shown, filtered by, written back. */
export type AttributeValue =
  string | number | boolean | null | readonly AttributeValue[] | { readonly [key: string]: AttributeValue };
export type Attributes = Readonly<Record<string, AttributeValue>>;

/**
 * One thing that an item asks for. Any of the words will do: a word of `coverageWords` (`code`, `unit-test`, `review`, ...), a kind, or a
 * foreign type (`impl`, `utest`). Several needs of one item must all be met.
 */
export interface Need {
  readonly anyOf: readonly string[];
  /** `down` (default): something must lead here. `up`: this must lead to something. */
  readonly direction?: 'down' | 'up';
  /** Of the problem when it is not met; a warning unless said otherwise. */
  readonly severity?: ProblemSeverity;
}

/**
 * What an item asks for.
 * `kind`: what its kind asks for in Traceward's own chain, and `needs`.
 * `needs`: `needs` alone; a link that brings nothing of it is unwanted (OpenFastTrace).
 * `nothing`: the format does not say; every link is welcome, and only the rules of the configuration ask for something.
 */
export type Asks = 'kind' | 'needs' | 'nothing';

/** Where an item comes from, in the words of its own tool; the place is the item's `location`. */
export interface Origin {
  /** Id of the format that read it: a key of `TRACE_FORMATS` or `TAG_SYNTAXES`. */
  readonly format: string;
  /** The id as written there, where ours is made from it. */
  readonly id?: string;
  /** The type as written there: `feat`, `dsn`, `itest`, `SYS_REQ`. Needs may name it. */
  readonly type?: string;
  /** The status as written there. */
  readonly status?: string;
}

/** Anything with an id, as its file states it; what it amounts to is the tracer's answer. {@link newItem} makes one. */
export interface Item {
  readonly id: string;
  readonly kind: ItemKind;
  readonly title: string;
  readonly text?: string;
  /** A format without revisions has 1 everywhere; `0` is OpenFastTrace's "none". */
  readonly revision: number;
  /** True where two revisions of one id are two items (OpenFastTrace), and a link means exactly the one that it names. */
  readonly revisioned?: boolean;
  readonly approval: 'draft' | 'approved' | 'rejected';
  readonly tags: readonly string[];
  /** Written reason why a gap of this item is accepted. */
  readonly justification?: string;
  readonly category?: Category;
  readonly level?: Level;
  /** Of a threat: STRIDE words. */
  readonly stride: readonly string[];
  readonly cwe: readonly string[];
  /** Of a risk. */
  readonly severity?: string;
  /** Of a risk. */
  readonly exploitability?: string;
  readonly needs: readonly Need[];
  readonly asks: Asks;
  /** Of a test case. */
  readonly method?: TestMethod;
  /** Of a test case: steps and expected results. */
  readonly procedure?: string;
  readonly links: readonly DeclaredLink[];
  /** Everything else that the file says of it. */
  readonly attributes: Attributes;
  readonly origin: Origin;
  /** Where the id stands. */
  readonly location: Location;
  /** Of an item that is written in code (a tag that is an item itself): what carries it. */
  readonly unit?: UnitRef;
  /** Of a test result. */
  readonly result?: TestResult;
  /** Fingerprints of a format that has its own (Doorstop). */
  readonly stamps?: Stamps;
}

/** What a format with fingerprints of its own says about an item; all texts are opaque and only compared. */
export interface Stamps {
  /** What a link to this item must carry as `stamp` to be confirmed. */
  readonly link: string;
  /** What `reviewed` must be when the item has not changed since its review. */
  readonly review: string;
  /** As recorded; absent: never reviewed. */
  readonly reviewed?: string;
}

/** A link as a file writes it. */
export interface DeclaredLink {
  readonly type: LinkType;
  /** The word of the format, where it differs: `Verifies`, `validated_by`, `mitigated_by`; of a `relates` link what it is: `zone`, `from`, `to`. */
  readonly role?: string;
  readonly to: string;
  readonly revision?: number;
  /** Fingerprint of the target when the link was confirmed (formats with {@link Stamps}); '' where one is due and missing. */
  readonly stamp?: string;
  /** The entry's range. */
  readonly location: Location;
}

/** A link that stands apart from the item it starts at (ReqIF relations, `item-link` directives); orphaned when there is no such item. */
export interface LooseLink extends DeclaredLink {
  readonly from: string;
}

/** What a reader must know of an item; the rest has defaults. */
export type ItemSeed = Pick<Item, 'id' | 'kind' | 'origin' | 'location'> & Partial<Item>;

/** An item with defaults for what its file does not say. A title that is missing or blank is the id. */
export function newItem(seed: ItemSeed): Item {
  const { title } = seed;
  return {
    revision: 1,
    approval: 'approved',
    tags: [],
    stride: [],
    cwe: [],
    needs: [],
    asks: 'nothing',
    links: [],
    attributes: {},
    ...seed,
    title: title === undefined || title.trim() === '' ? seed.id : title.trim(),
  };
}

/** Makes a record of one entry per kind. */
export function perKind<T>(valueOf: (kind: ItemKind) => T): Readonly<Record<ItemKind, T>> {
  return {
    asset: valueOf('asset'),
    element: valueOf('element'),
    flow: valueOf('flow'),
    zone: valueOf('zone'),
    component: valueOf('component'),
    threat: valueOf('threat'),
    vulnerability: valueOf('vulnerability'),
    risk: valueOf('risk'),
    control: valueOf('control'),
    requirement: valueOf('requirement'),
    design: valueOf('design'),
    unit: valueOf('unit'),
    test: valueOf('test'),
    result: valueOf('result'),
    justification: valueOf('justification'),
  };
}

const KIND_NAMES: Readonly<Record<ItemKind, readonly [one: string, many: string]>> = {
  asset: ['asset', 'assets'],
  element: ['element', 'elements'],
  flow: ['data flow', 'data flows'],
  zone: ['trust zone', 'trust zones'],
  component: ['component', 'components'],
  threat: ['threat', 'threats'],
  vulnerability: ['vulnerability', 'vulnerabilities'],
  risk: ['risk', 'risks'],
  control: ['control', 'controls'],
  requirement: ['requirement', 'requirements'],
  design: ['design item', 'design items'],
  unit: ['unit of code', 'units of code'],
  test: ['test case', 'test cases'],
  result: ['test result', 'test results'],
  justification: ['justification', 'justifications'],
};

/** A kind as a sentence names it: `test case`. */
export function kindName(kind: ItemKind): string {
  return KIND_NAMES[kind][0];
}

/** Several of a kind: `vulnerabilities`. */
export function kindNames(kind: ItemKind): string {
  return KIND_NAMES[kind][1];
}

/** Kinds that every project is asked for: shown even when there is nothing of them. */
const MAIN_KINDS: readonly ItemKind[] = ['asset', 'threat', 'risk', 'control', 'requirement', 'test'];

/** Kinds for a table, in the order of the chain: the main ones, and others of which there is something. */
export function shownKinds(hasSome: (kind: ItemKind) => boolean): readonly ItemKind[] {
  return ITEM_KINDS.filter((kind) => MAIN_KINDS.includes(kind) || hasSome(kind));
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
