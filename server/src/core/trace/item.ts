import type { Location } from '../base/range.ts';

export const ITEM_KINDS = ['asset', 'threat', 'risk', 'control', 'requirement', 'test'] as const;
export type ItemKind = (typeof ITEM_KINDS)[number];

export const LINK_TYPES = ['mitigates', 'derives', 'implements', 'verifies'] as const;
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

/** Anything with an id outside code, as its file states it; what it amounts to is the tracer's answer. */
export interface Item {
  readonly id: string;
  readonly kind: ItemKind;
  readonly title: string;
  readonly text?: string;
  readonly revision: number;
  readonly approval: 'draft' | 'approved' | 'rejected';
  readonly tags: readonly string[];
  /** Written reason why a gap of this item is accepted. */
  readonly justification?: string;
  readonly category?: Category;
  /** Of a threat: STRIDE words. */
  readonly stride: readonly string[];
  readonly cwe: readonly string[];
  /** Of a risk. */
  readonly severity?: string;
  /** Of a risk. */
  readonly exploitability?: string;
  /** Of a requirement: the kinds of coverage that it asks for. */
  readonly needs: readonly ('code' | 'test')[];
  /** Of a test case. */
  readonly method?: 'automated' | 'manual' | 'analysis' | 'inspection';
  /** Of a test case: steps and expected results. */
  readonly procedure?: string;
  readonly links: readonly DeclaredLink[];
  /** Where the id stands. */
  readonly location: Location;
}

/** A link as an item file writes it; `range` is the entry's. */
export interface DeclaredLink {
  readonly type: LinkType;
  readonly to: string;
  readonly revision?: number;
  readonly location: Location;
}
