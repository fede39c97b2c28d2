import { countBySeverity, type PlacedFinding } from '../../core/evidence/findings.ts';
import { analysedTotals } from '../../core/evidence/notAnalysed.ts';
import { TOOL } from '../../core/evidence/tool.ts';
import type { RuleSet } from '../../core/rules/ruleSet.ts';
import type { FixReport } from '../fixFiles.ts';
import type { ScanReport } from '../scanReport.ts';
import { jsonFixes } from './fixText.ts';
import { jsonProblem, jsonRange, jsonSkipped, toJson } from './places.ts';

/** Everything that a scan knows, for programs. Paths are relative to the workspace's root; lines and columns count from 1. */
export function scanJson(
  { project, snapshot, findings, broken, limits }: ScanReport,
  fixes: FixReport | undefined,
): string {
  const totals = analysedTotals(snapshot);
  return toJson({
    tool: TOOL,
    summary: {
      files: totals.files,
      lines: totals.lines,
      bytes: totals.bytes,
      bytesNotParsed: totals.unparsedBytes,
      findings: countBySeverity(findings.shown),
      suppressed: findings.suppressed.length,
      brokenLinks: broken.length,
      skipped: limits.skipped.length,
      testFiles: project.leftOut.testFiles.length,
    },
    findings: findings.shown.map((placed) => jsonFinding(placed, snapshot.rules)),
    suppressed: findings.suppressed.map((placed) => ({
      ...jsonFinding(placed, snapshot.rules),
      reason: placed.suppression?.reason ?? null,
      ...(placed.suppression === undefined ? {} : { suppressedAt: placed.suppression.range.start.line + 1 }),
    })),
    ...(fixes === undefined ? {} : { fixes: jsonFixes(fixes) }),
    brokenLinks: broken.map(jsonProblem),
    files: [...snapshot.files.values()].map(({ path, language, bytes, lines, unparsed }) => ({
      file: path,
      language,
      bytes,
      lines,
      bytesNotParsed: unparsed.bytes,
      notParsed: unparsed.ranges.map(jsonRange),
    })),
    skipped: limits.skipped.map(jsonSkipped),
    leftOut: project.leftOut,
    problems: [...limits.rules, ...limits.problems].map(jsonProblem),
    rules: snapshot.rules.rules.map(({ id, severity, languages, source, metadata }) => ({
      id,
      severity,
      languages,
      cwe: metadata.cwe,
      file: source.path,
    })),
  });
}

function jsonFinding(
  { path, finding, unit, fingerprint }: PlacedFinding,
  rules: RuleSet,
): Readonly<Record<string, unknown>> {
  const metadata = rules.byId.get(finding.ruleId)?.metadata;
  return {
    ruleId: finding.ruleId,
    severity: finding.severity,
    message: finding.message,
    file: path,
    ...jsonRange(finding.range),
    ...(unit === undefined ? {} : { unit: unit.name }),
    cwe: metadata?.cwe ?? [],
    cert: metadata?.cert ?? [],
    ...(finding.fix === undefined
      ? {}
      : { fix: finding.fix.map(({ range, newText }) => ({ ...jsonRange(range), newText })) }),
    ...(finding.trace === undefined
      ? {}
      : {
          trace: finding.trace.map(({ path: elsewhere, range, message }) => ({
            ...(elsewhere === undefined ? {} : { file: elsewhere }),
            ...jsonRange(range),
            message,
          })),
        }),
    related: finding.related.map(({ range, message }) => ({ ...jsonRange(range), message })),
    fingerprint,
  };
}
