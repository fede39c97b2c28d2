/** What the extension and the pages of its panels say to each other. Both sides import this file; it holds shapes only. */
import type { Matrix, TraceGraphPart } from '../../server/src/protocol/panels.ts';

/** To the page. */
export type ToPage =
  | { readonly type: 'matrix'; readonly matrix: Matrix }
  | { readonly type: 'graph'; readonly part: TraceGraphPart };

/** From the page. */
export type FromPage =
  /** It listens. */
  | { readonly type: 'ready' }
  /** Somebody wants to see the source of a row or box, by its number. */
  | { readonly type: 'open'; readonly index: number }
  /** Somebody wants to see an item, by its id. */
  | { readonly type: 'openId'; readonly id: string }
  /** The graph is to be about this box. */
  | { readonly type: 'centre'; readonly index: number }
  /** The graph is to be about everything again. */
  | { readonly type: 'whole' }
  | { readonly type: 'export' }
  /** What the page shows now. */
  | { readonly type: 'shown'; readonly shown: PageShown };

/** What a user sees, as data. */
export interface PageShown {
  /** Rows or boxes in all, after the filter. */
  readonly count: number;
  /** Texts of the rows or boxes that are there at the moment. */
  readonly texts: readonly string[];
  /** How many elements of each name the page has. */
  readonly elements: Readonly<Record<string, number>>;
}
