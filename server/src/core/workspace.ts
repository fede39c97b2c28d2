import type { Range } from './base/range.ts';
import type { ProjectConfig } from './config/projectConfig.ts';
import type { SkippedFile } from './facts/fileFacts.ts';
import type { Snapshot } from './facts/snapshot.ts';
import type { RuleSet } from './rules/ruleSet.ts';
import type { LanguageSet } from './syntax/languageSet.ts';

/** What a file of the workspace is to Traceward. */
export type FileRole = 'source' | 'items' | 'config' | 'other';

/** What happened outside. Paths are relative to the workspace root, with `/`. */
export type Change =
  /** An editor opened the file: its text is the truth until `close`, and its tree is kept for fast edits. */
  | { readonly kind: 'open'; readonly path: string; readonly text: string; readonly languageId?: string }
  /** The edits of an open file in the order they were made; each range is in the text that the edits before it left. */
  | {
      readonly kind: 'edit';
      readonly path: string;
      readonly edits: readonly { readonly range: Range; readonly text: string }[];
    }
  /** An idle moment or a save of an open file: parse it afresh, so that the editor ends with the command line's answer. */
  | { readonly kind: 'settle'; readonly path: string }
  /** The editor closed the file; what is on disk counts again (a `file` or `remove` follows). The tree is freed. */
  | { readonly kind: 'close'; readonly path: string }
  /** Text of a file that is not open in an editor; ignored while it is open. */
  | { readonly kind: 'file'; readonly path: string; readonly text: string }
  | { readonly kind: 'remove'; readonly path: string }
  | { readonly kind: 'skip'; readonly file: SkippedFile }
  | { readonly kind: 'rules'; readonly rules: RuleSet }
  | { readonly kind: 'config'; readonly config: ProjectConfig };

export interface WorkspaceOptions {
  readonly languages: LanguageSet;
  readonly rules: RuleSet;
  readonly config: ProjectConfig;
  /** Report findings in test code too (`--no-ignore`). */
  readonly includeTests?: boolean;
}

/**
 * The facade of the core: changes go in, immutable snapshots come out. Analysis is done on demand, when a snapshot or a
 * report is asked for.
 */
export interface Workspace {
  applyChange(change: Change): void;
  /** Judged state of everything applied so far. Analyses what changed since the last one. */
  snapshot(): Snapshot;
  /** What a path is: `source` when its ending belongs to a known language, `items` when a glob of `items` names it. */
  roleOf(path: string): FileRole;
  /** Current text of an open file, with all edits applied. */
  textOf(path: string): string | undefined;
  /** Frees every tree. */
  dispose(): void;
}
