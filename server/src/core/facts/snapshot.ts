import type { Problem } from '../base/problem.ts';
import type { Finding } from '../match/finding.ts';
import type { RuleSet } from '../rules/ruleSet.ts';
import type { TraceGraph } from '../trace/traceGraph.ts';
import type { FileFacts, SkippedFile } from './fileFacts.ts';
import type { Suppression } from './suppression.ts';

/** The whole workspace at one moment; immutable; every answer is computed from one. */
export interface Snapshot {
  readonly rules: RuleSet;
  /** By path, in path order. */
  readonly files: ReadonlyMap<string, FileFacts>;
  readonly skipped: readonly SkippedFile[];
  readonly trace: TraceGraph;
  /** Of the configuration, rules and item files; each names its path. */
  readonly problems: readonly Problem[];
  /** What rules found in a file, before suppressions: the findings of its facts, but for those that are about places in other files. */
  findings(path: string): readonly Finding[];
  /** Verdict of one file: its findings after suppressions and tag demands. Undefined for a file not in `files`. */
  report(path: string): FileReport | undefined;
}

/** What a file's facts amount to within its snapshot. */
export interface FileReport {
  readonly facts: FileFacts;
  /** To be shown: sorted by place, then rule. Includes findings about suppressions themselves. */
  readonly findings: readonly Finding[];
  /** Hidden by a suppression with a reason or without. */
  readonly suppressed: readonly { readonly finding: Finding; readonly suppression: Suppression }[];
}
