import { sha256Hex } from '../base/hash.ts';
import { compareText } from '../base/order.ts';
import type { Problem } from '../base/problem.ts';
import { comparePositions, containsRange, type Range } from '../base/range.ts';
import { SEVERITIES, type Severity } from '../base/severity.ts';
import { partitionPoint } from '../base/partition.ts';
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
    const unitAround = unitFinder(report.facts);
    const seen = new Map<string, number>();
    const place = (finding: Finding): PlacedFinding => {
      const unit = unitAround(finding.range);
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

/**
 * Finds the innermost unit around a place, without looking at every unit for every finding: units come in the order of the text, so the
 * last that starts before it, or one around that, is it.
 */
function unitFinder(facts: FileFacts): (place: Range) => Unit | undefined {
  const units = facts.units.filter(({ kind }) => kind !== 'file');
  /** Index of the unit around each unit; -1 for none. */
  const outer: number[] = [];
  units.forEach(({ range }, index) => {
    let around = index - 1;
    while (around >= 0 && !containsRange(units[around]?.range ?? range, range)) around = outer[around] ?? -1;
    outer.push(around);
  });
  return (place) => {
    const count = partitionPoint(units.length, (index) => {
      const start = units[index]?.range.start;
      return start !== undefined && comparePositions(start, place.start) <= 0;
    });
    for (let index = count - 1; index >= 0; index = outer[index] ?? -1) {
      const unit = units[index];
      if (unit !== undefined && containsRange(unit.range, place)) return unit;
    }
    return undefined;
  };
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
