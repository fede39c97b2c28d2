import type { Problem } from '../core/base/problem.ts';
import { notAnalysed } from '../core/evidence/notAnalysed.ts';
import type { SkippedFile } from '../core/facts/fileFacts.ts';
import type { OpenedProject } from './project.ts';
import { limitProblems } from './scanReport.ts';

/** What the trace command has to say, ready to be printed in any form. */
export interface TraceReport {
  readonly project: OpenedProject;
  /** Of item files, tags and the configuration; not of rules, which this command does not use. */
  readonly problems: readonly Problem[];
  readonly skipped: readonly SkippedFile[];
}

export function traceReportOf(project: OpenedProject): TraceReport {
  const limits = notAnalysed(project.snapshot, project.problems);
  return {
    project,
    problems: limitProblems(limits).filter(({ code }) => !code.startsWith('rule-')),
    skipped: limits.skipped,
  };
}
