/** Messages of the review mode. See `messages.ts` for how a message is declared. */
import type { Location, Range, TextDocumentIdentifier } from 'vscode-languageserver';

import type { Request } from './messages.ts';

/**
 * `suspect` a link of which an end changed since it was confirmed; `changed` an item or code that changed since its review; `open` nobody has
 * looked at it yet; `done` a record fits.
 */
export type ReviewState = 'suspect' | 'changed' | 'open' | 'done';

export interface ReviewEntry {
  /** URI of its workspace folder. */
  readonly folder: string;
  /** Unique in its folder, and the same from one answer to the next. */
  readonly key: string;
  readonly kind: 'unit' | 'link' | 'item';
  readonly state: ReviewState;
  /** A function's name, an item's id, a link with both ends. */
  readonly label: string;
  /** What changed; empty where nothing did. */
  readonly reason: string;
  /** Where to look. */
  readonly location: Location;
  /** All of the code that it is about, in the same file. */
  readonly whole: Range;
  /** What was recorded before, in order of time. */
  readonly records: readonly ReviewNote[];
}

export interface ReviewNote {
  readonly by: string;
  /** ISO 8601, as written. */
  readonly at: string;
  readonly commit?: string;
  readonly reason?: string;
  /** False when what it was about has changed since. */
  readonly fits: boolean;
}

/** Client -> server: what is still to be reviewed in all folders, in the order of the files. */
export const reviewQueue: Request<ReviewQueueParams, ReviewQueue> = { method: 'traceward/reviewQueue' };

export type ReviewQueueParams = Readonly<Record<string, never>>;

export interface ReviewQueue {
  /** Without those that are done. */
  readonly entries: readonly ReviewEntry[];
  readonly done: number;
  readonly total: number;
  /** Entries left out of a list that became too long. */
  readonly more: number;
}

/** Client -> server: everything in one file that is or was reviewed. */
export const reviewsIn: Request<ReviewsInParams, readonly ReviewEntry[]> = { method: 'traceward/reviewsIn' };

export interface ReviewsInParams {
  readonly textDocument: TextDocumentIdentifier;
}

/**
 * Client -> server: the records that say that entries are right as they are now. The server writes nothing: the client stores the files and says
 * so (`workspace/didChangeWatchedFiles`).
 */
export const signOff: Request<SignOffParams, SignOffResult> = { method: 'traceward/signOff' };

export interface SignOffParams {
  readonly folder: string;
  readonly keys: readonly string[];
  readonly reason?: string;
  /** Who; without it git is asked. */
  readonly by?: string;
}

export type SignOffResult =
  | { readonly kind: 'files'; readonly files: readonly { readonly uri: string; readonly text: string }[] }
  /** Git does not say who this is: ask, and send it along. */
  | { readonly kind: 'who' };
