import type { Problem } from '../base/problem.ts';
import type { Snapshot } from '../facts/snapshot.ts';

/** A file of the evidence bundle. Text only; written as UTF-8. */
export interface EvidenceFile {
  /** Relative to the bundle's folder. */
  readonly path: string;
  readonly text: string;
}

/** What evidence says beside the snapshot. No clock and no machine: the same inputs give the same bytes anywhere. */
export interface EvidenceContext {
  readonly tool: ToolIdentity;
  readonly commit?: Commit;
  /** The files that the snapshot was made from, in path order. */
  readonly inputs: readonly EvidenceInput[];
  /** What the host met while reading: encodings, unreadable folders, missing grammars. */
  readonly problems: readonly Problem[];
  readonly leftOut: LeftOut;
  /** Text by path, at least of the files with findings, for excerpts. */
  readonly texts: ReadonlyMap<string, string>;
}

/** What the configuration keeps from being analysed. */
export interface LeftOut {
  /** Test code: its tags are read, no rule looks at it. Paths in order. */
  readonly testFiles: readonly string[];
  /** Globs of files that are not looked at at all. */
  readonly exclude: readonly string[];
  /** Ids of rules that are switched off, in order. */
  readonly disabledRules: readonly string[];
}

export const NOTHING_LEFT_OUT: LeftOut = { testFiles: [], exclude: [], disabledRules: [] };

export interface ToolIdentity {
  readonly name: string;
  readonly version: string;
}

/** The commit that is checked out. */
export interface Commit {
  readonly id: string;
  /** When it was committed, as git writes it (ISO 8601). */
  readonly time?: string;
  /** The workspace's folder in the repository: `''` or ending in `/`. */
  readonly folder: string;
  /** Inputs whose content is not the commit's, in path order. */
  readonly changed: readonly string[];
}

export interface EvidenceInput {
  readonly path: string;
  readonly role: 'source' | 'items' | 'config' | 'rules';
  readonly bytes: number;
  /** SHA-256 of the bytes as stored, lower-case hex. */
  readonly sha256: string;
}

/** A function that makes one file of the bundle. */
export type EvidenceWriter = (snapshot: Snapshot, context: EvidenceContext) => EvidenceFile;
