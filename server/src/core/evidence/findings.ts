import { sha256Hex } from '../base/hash.ts';
import { compareText } from '../base/order.ts';
import type { Problem } from '../base/problem.ts';
import { containsRange } from '../base/range.ts';
import { SEVERITIES, type Severity } from '../base/severity.ts';
import type { FileFacts } from '../facts/fileFacts.ts';
import type { Snapshot } from '../facts/snapshot.ts';
import type { Suppression } from '../facts/suppression.ts';
import type { Finding } from '../match/finding.ts';
import type { Unit } from '../trace/unit.ts';

/** A finding with its file and an identity that outlives changes of the lines around it. */
export interface PlacedFinding {
  readonly path: string;
  readonly finding: Finding;
  /** The function or other unit that it lies in; undefined at file level. */
  readonly unit: Unit | undefined;
  /** 32 hex digits. */
  readonly fingerprint: string;
  /** Set when a comment hides it. */
  readonly suppression?: Suppression;
}

export interface AllFindings {
  readonly shown: readonly PlacedFinding[];
  readonly suppressed: readonly PlacedFinding[];
}

/** Findings of all files in path order, each file's by place. */
export function collectFindings(snapshot: Snapshot): AllFindings {
  const shown: PlacedFinding[] = [];
  const suppressed: PlacedFinding[] = [];
  for (const path of [...snapshot.files.keys()].sort(compareText)) {
    const report = snapshot.report(path);
    if (report === undefined) continue;
    const seen = new Map<string, number>();
    const place = (finding: Finding): PlacedFinding => {
      const unit = unitAround(report.facts, finding);
      const identity = identityOf(path, finding, unit);
      const occurrence = seen.get(identity) ?? 0;
      seen.set(identity, occurrence + 1);
      return { path, finding, unit, fingerprint: sha256Hex(`${identity}${occurrence}`).slice(0, 32) };
    };
    shown.push(...report.findings.map(place));
    suppressed.push(
      ...report.suppressed.map(({ finding, suppression }) => ({ ...place(finding), suppression })),
    );
  }
  return { shown, suppressed };
}

/** Rule, place by name and what the metavariables stood for: not the line, which any edit above moves. */
function identityOf(path: string, finding: Finding, unit: Unit | undefined): string {
  const bindings = Object.entries(finding.bindings).sort(([a], [b]) => compareText(a, b));
  return JSON.stringify([finding.ruleId, path, unit?.name ?? '', finding.message, bindings]);
}

/** The innermost unit that contains a finding. Units come in the order of the text, so the last that fits is it. */
function unitAround(facts: FileFacts, finding: Finding): Unit | undefined {
  return facts.units.findLast((unit) => unit.kind !== 'file' && containsRange(unit.range, finding.range));
}

export type SeverityCount = Readonly<Record<Severity, number>>;

export function countBySeverity(findings: readonly PlacedFinding[]): SeverityCount {
  const count: Record<Severity, number> = { error: 0, warning: 0, info: 0 };
  for (const { finding } of findings) count[finding.severity]++;
  return count;
}

/** Worst first, then by rule, then by place. */
export function bySeverityAndRule(a: PlacedFinding, b: PlacedFinding): number {
  return (
    SEVERITIES.indexOf(a.finding.severity) - SEVERITIES.indexOf(b.finding.severity) ||
    compareText(a.finding.ruleId, b.finding.ruleId)
  );
}

/** Links of the trace graph that lead nowhere or to the wrong place, and other errors in the trace. */
export function brokenLinks(snapshot: Snapshot): readonly Problem[] {
  return snapshot.trace.problems.filter((problem) => problem.severity === 'error');
}
