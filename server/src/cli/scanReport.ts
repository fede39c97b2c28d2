import { atLeast, type Severity } from '../core/base/severity.ts';
import type { Problem } from '../core/base/problem.ts';
import { brokenLinks, collectFindings, type AllFindings } from '../core/evidence/findings.ts';
import { notAnalysed, type NotAnalysed } from '../core/evidence/notAnalysed.ts';
import type { Snapshot } from '../core/facts/snapshot.ts';
import type { OpenedProject } from './project.ts';
import type { FailOn } from './options.ts';

/** What a scan has to say, ready to be printed in any form. */
export interface ScanReport {
  readonly project: OpenedProject;
  /** Shows only what was asked for: findings from the least severity on, broken links of the files named. */
  readonly snapshot: Snapshot;
  readonly findings: AllFindings;
  readonly broken: readonly Problem[];
  readonly limits: NotAnalysed;
}

export function scanReportOf(project: OpenedProject, severity: Severity): ScanReport {
  const snapshot = narrowed(project, severity);
  return {
    project,
    snapshot,
    findings: collectFindings(snapshot),
    broken: brokenLinks(snapshot),
    limits: notAnalysed(snapshot, project.problems),
  };
}

function narrowed({ snapshot, target }: OpenedProject, severity: Severity): Snapshot {
  const { trace } = snapshot;
  return {
    ...snapshot,
    // Gaps are the trace command's; broken links are wrong text in the files at hand.
    trace: {
      ...trace,
      problems: trace.problems.filter(
        ({ path }) => target.scope === undefined || (path !== undefined && snapshot.files.has(path)),
      ),
    },
    report: (path) => {
      const report = snapshot.report(path);
      if (report === undefined) return undefined;
      return {
        ...report,
        findings: report.findings.filter((finding) => atLeast(finding.severity, severity)),
      };
    },
  };
}

/** True when something is at or above the threshold. */
export function fails(report: Pick<ScanReport, 'findings' | 'broken'>, failOn: FailOn): boolean {
  if (failOn === 'never') return false;
  return (
    report.broken.length > 0 || report.findings.shown.some(({ finding }) => atLeast(finding.severity, failOn))
  );
}

/** What was not analysed, and what else went wrong, as problems; code that could not be parsed is in the summary. */
export function limitProblems(
  limits: Pick<NotAnalysed, 'skipped' | 'rules' | 'problems'>,
): readonly Problem[] {
  const skipped = limits.skipped.map(({ path, detail, reason }) => ({
    code: reason,
    severity: 'warning' as const,
    message: `Not analysed: ${detail}.`,
    path,
  }));
  return [...skipped, ...limits.rules, ...limits.problems];
}
