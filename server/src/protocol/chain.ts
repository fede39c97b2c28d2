/** Messages of the views that walk along the chain. See `messages.ts` for how a message is declared. */
import type { Position, TextDocumentIdentifier } from 'vscode-languageserver';

import type { Request, TraceNode } from './messages.ts';

/** A thing that links join, as messages name it: an item by its id, or a unit of code. */
export type ChainEnd =
  | { readonly kind: 'item'; readonly id: string }
  | {
      readonly kind: 'unit';
      readonly unit: {
        readonly path: string;
        readonly name: string;
        readonly kind: 'file' | 'function' | 'type' | 'declaration';
      };
    };

/** `up` from code towards assets, `down` from assets towards code, tests and results. */
export type ChainDirection = 'up' | 'down';

/** One row: what stands there, and how many links lead on from it. */
export interface ChainNode {
  /** URI of its workspace folder. */
  readonly folder: string;
  readonly end: ChainEnd;
  /** The same for the same end in one folder. */
  readonly key: string;
  /** How the row looks; without children, which are asked for. */
  readonly node: TraceNode;
  /** The word for the link that leads here, such as `mitigates`; empty for the start. */
  readonly via: string;
  readonly up: number;
  readonly down: number;
}

/**
 * Client -> server: where a walk starts: what stands at a position (an id, else the unit of code, else the item of an item file that the place
 * belongs to), or an end as it is now.
 */
export const chainAt: Request<ChainAtParams, ChainNode | null> = { method: 'traceward/chainAt' };

export type ChainAtParams =
  | { readonly textDocument: TextDocumentIdentifier; readonly position: Position }
  | { readonly folder: string; readonly end: ChainEnd };

/** Client -> server: where links lead from an end, in one direction. Asked when a row is unfolded. */
export const chainSteps: Request<ChainStepsParams, readonly ChainNode[]> = { method: 'traceward/chainSteps' };

export interface ChainStepsParams {
  readonly folder: string;
  readonly end: ChainEnd;
  readonly direction: ChainDirection;
}
