import { sha256Hex } from '../base/hash.ts';
import { compareText } from '../base/order.ts';
import type { Problem } from '../base/problem.ts';
import type { Snapshot } from '../facts/snapshot.ts';
import { utf8Length } from '../base/utf8.ts';
import type { EvidenceContext, EvidenceFile } from './evidence.ts';
import { collectFindings } from './findings.ts';
import { analysedTotals, notAnalysed } from './notAnalysed.ts';

/** What the bundle consists of and rests on: a hash of each file of it and of each file analysed, and what was not analysed. */
export function writeManifest(
  files: readonly EvidenceFile[],
  snapshot: Snapshot,
  context: EvidenceContext,
): EvidenceFile {
  const limits = notAnalysed(snapshot, context.problems);
  const { suppressed } = collectFindings(snapshot);
  const manifest = {
    format: 'traceward-evidence',
    formatVersion: 1,
    tool: context.tool,
    commit: context.commit ?? null,
    rules: {
      fingerprint: snapshot.rules.fingerprint,
      ids: snapshot.rules.rules.map(({ id }) => id),
    },
    files: [...files]
      .sort((a, b) => compareText(a.path, b.path))
      .map(({ path, text }) => ({ path, bytes: utf8Length(text), sha256: sha256Hex(text) })),
    inputs: context.inputs,
    analysed: analysedTotals(snapshot),
    notAnalysed: {
      ...context.leftOut,
      files: limits.skipped,
      code: limits.unparsed.map(({ path, bytes, unparsedBytes, ranges }) => ({
        path,
        bytes,
        bytesNotParsed: unparsedBytes,
        lines: ranges.map(({ start, end }) => [start.line + 1, end.line + 1]),
      })),
      rules: limits.rules.map(problemEntry),
      problems: limits.problems.map(problemEntry),
    },
    suppressions: suppressed.map(({ path, finding, suppression }) => ({
      ruleId: finding.ruleId,
      file: path,
      line: finding.range.start.line + 1,
      reason: suppression?.reason ?? null,
    })),
  };
  return { path: 'manifest.json', text: `${JSON.stringify(manifest, null, 2)}\n` };
}

function problemEntry({ code, severity, message, path, range }: Problem): Readonly<Record<string, unknown>> {
  return {
    code,
    severity,
    message,
    ...(path === undefined ? {} : { file: path }),
    ...(range === undefined ? {} : { line: range.start.line + 1 }),
  };
}
