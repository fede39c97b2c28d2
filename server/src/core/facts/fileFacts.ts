import type { Problem } from '../base/problem.ts';
import type { Range } from '../base/range.ts';
import type { FileUses } from '../headers/declarations.ts';
import type { CallsOutside } from '../match/otherFiles.ts';
import type { Finding } from '../match/finding.ts';
import type { Item } from '../trace/item.ts';
import type { Tag, Unit } from '../trace/unit.ts';
import type { Suppression } from './suppression.ts';

/** All that one file's text alone tells, for one rule set. Immutable. */
export interface FileFacts {
  readonly path: string;
  /** Language identifier; undefined for a file that no grammar reads. */
  readonly language: string;
  /** SHA-256 of the text; absent for a file that is open in an editor, where each key would pay for it and nothing asks. */
  readonly hash?: string;
  readonly bytes: number;
  readonly lines: number;
  /** Code that the grammar could not read: rules see nothing there. */
  readonly unparsed: { readonly bytes: number; readonly ranges: readonly Range[] };
  /** Nothing in its text can lead to a finding, a tag or a suppression: a scan does not parse it, and counts none of it as unparsed. */
  readonly idle?: true;
  /** Of C and C++: what it includes, and what it knew of other files when it was analysed. */
  readonly outside?: FileUses & { readonly key: string };
  /** Of C and C++, where `outside` was not asked for: what it includes. */
  readonly includes?: FileUses['includes'];
  /** Names of functions of other files that rules looked for, and what they knew of these. */
  readonly calls?: CallsOutside;
  /** Before suppressions, sorted by place, then rule. */
  readonly findings: readonly Finding[];
  /** Code that must carry a tag (mode `require-tag`); the snapshot decides which of them become findings. */
  readonly demands: readonly TagDemand[];
  readonly suppressions: readonly Suppression[];
  /** The file itself is always first. */
  readonly units: readonly Unit[];
  /** What each unit means, by its index: layout and comments do not count. */
  readonly fingerprints: readonly string[];
  readonly tags: readonly Tag[];
  /** Tags that are items themselves. */
  readonly items: readonly Item[];
  /** Rules that failed on this file, budgets that ran out, near misses of tags. */
  readonly problems: readonly Problem[];
}

/** A unit that a `require-tag` rule found security-relevant. */
export interface TagDemand {
  readonly ruleId: string;
  /** Index into the file's units. */
  readonly unit: number;
  /** What made it relevant, in the order of the text. */
  readonly causes: readonly { readonly range: Range; readonly text: string }[];
}

/** A file that was not analysed, and why. */
export interface SkippedFile {
  readonly path: string;
  readonly reason: 'binary' | 'too-large' | 'unreadable' | 'no-grammar' | 'failed';
  readonly detail: string;
  readonly bytes?: number;
}
