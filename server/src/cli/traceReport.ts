import type { Problem } from '../core/base/problem.ts';
import { atLeast, SEVERITIES, type Severity } from '../core/base/severity.ts';
import { notAnalysed } from '../core/evidence/notAnalysed.ts';
import type { SkippedFile } from '../core/facts/fileFacts.ts';
import {
  hasStatus,
  select,
  type Selection,
  type TraceFilter,
  type TraceStatus,
} from '../core/trace/selection.ts';
import type { OpenedProject } from './project.ts';
import { limitProblems } from './scanReport.ts';

/** What the trace command has to say, ready to be printed in any form. */
export interface TraceReport {
  readonly project: OpenedProject;
  readonly filter: TraceFilter;
  /** What of the trace is asked for. */
  readonly selection: Selection;
  /** Of item files, tags and the configuration; not of rules, which this command does not use. */
  readonly problems: readonly Problem[];
  readonly skipped: readonly SkippedFile[];
}

export function traceReportOf(project: OpenedProject, filter: TraceFilter = {}): TraceReport {
  const limits = notAnalysed(project.snapshot, project.problems);
  return {
    project,
    filter,
    selection: select(project.snapshot.trace, filter),
    problems: limitProblems(limits).filter(({ code }) => !code.startsWith('rule-')),
    skipped: limits.skipped,
  };
}

/** One of the things that can make the trace command fail: a severity from which problems count, or a status. */
export type TraceThreshold = Severity | TraceStatus;

/** True when something of what is asked for has one of the statuses, or a problem is as severe as one of the severities. */
export function traceFails(
  { selection, problems }: TraceReport,
  thresholds: readonly TraceThreshold[],
): boolean {
  const severities = SEVERITIES.filter((severity) => thresholds.includes(severity));
  const isSevere = ({ severity }: Problem) =>
    severities.some((each) => atLeast(severity === 'information' ? 'info' : severity, each));
  const statuses = thresholds.filter(isStatus);
  return hasStatus(selection, statuses) || [...selection.problems, ...problems].some(isSevere);
}

function isStatus(word: TraceThreshold): word is TraceStatus {
  return !SEVERITIES.some((severity) => severity === word);
}
