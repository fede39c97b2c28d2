import {
  DiagnosticSeverity,
  DiagnosticTag,
  type Diagnostic,
  type DiagnosticRelatedInformation,
  type Location as LspLocation,
  type Position as LspPosition,
  type Range as LspRange,
  type TextEdit as LspTextEdit,
} from 'vscode-languageserver';

import type { Problem, ProblemSeverity } from '../core/base/problem.ts';
import {
  START_OF_FILE,
  type Location,
  type Position,
  type Range,
  type TextEdit,
} from '../core/base/range.ts';
import type { Severity } from '../core/base/severity.ts';
import { UNUSED_SUPPRESSION } from '../core/facts/report.ts';
import type { Finding } from '../core/match/finding.ts';
import { cweNumber, type Rule } from '../core/rules/rule.ts';
import type { ClientFeatures } from './clientFeatures.ts';

/** Name of the origin of every diagnostic. */
export const SOURCE = 'traceward';

export function position({ line, column }: Position): LspPosition {
  return { line, character: column };
}

export function range({ start, end }: Range): LspRange {
  return { start: position(start), end: position(end) };
}

/** @param uriOf URI of a path of the location's folder */
export function location(at: Location, uriOf: (path: string) => string): LspLocation {
  return { uri: uriOf(at.path), range: range(at.range) };
}

export function textEdit(edit: TextEdit): LspTextEdit {
  return { range: range(edit.range), newText: edit.newText };
}

const SEVERITY: Readonly<Record<Severity | ProblemSeverity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  information: DiagnosticSeverity.Information,
};

/** What a diagnostic carries to the code actions. */
export interface DiagnosticData {
  readonly kind: 'finding' | 'problem';
  readonly code: string;
}

/**
 * @param behind what the code around the finding is for
 * @param uriOf of files that data came through
 */
export function findingDiagnostic(
  finding: Finding,
  rule: Rule | undefined,
  uri: string,
  behind: readonly DiagnosticRelatedInformation[],
  client: ClientFeatures,
  uriOf: (path: string) => string,
): Diagnostic {
  const href = rule === undefined ? undefined : pageOf(rule);
  // First the way of the data, then what explains it, then what the code is for.
  const related = [
    ...(finding.trace ?? []).map((step) => ({
      location: { uri: step.path === undefined ? uri : uriOf(step.path), range: range(step.range) },
      message: step.message,
    })),
    ...finding.related.map((each) => ({
      location: { uri, range: range(each.range) },
      message: each.message,
    })),
    ...behind,
  ];
  return {
    range: range(finding.range),
    severity: SEVERITY[finding.severity],
    code: finding.ruleId,
    source: SOURCE,
    message: finding.message,
    ...(href !== undefined && client.codeDescription && { codeDescription: { href } }),
    ...(finding.ruleId === UNUSED_SUPPRESSION && { tags: [DiagnosticTag.Unnecessary] }),
    ...(related.length > 0 && client.relatedInformation && { relatedInformation: related }),
    ...(client.diagnosticData && {
      data: { kind: 'finding', code: finding.ruleId } satisfies DiagnosticData,
    }),
  };
}

export function problemDiagnostic(problem: Problem, client: ClientFeatures): Diagnostic {
  return {
    range: range(problem.range ?? START_OF_FILE),
    severity: SEVERITY[problem.severity],
    code: problem.code,
    source: SOURCE,
    message: problem.message,
    ...(client.diagnosticData && { data: { kind: 'problem', code: problem.code } satisfies DiagnosticData }),
  };
}

/** The page that explains a rule best: of its first CWE, else its first reference. */
export function pageOf(rule: Rule): string | undefined {
  const cwe = rule.metadata.cwe.map(cwePage).find((page) => page !== undefined);
  return cwe ?? rule.metadata.references.find((reference) => reference.startsWith('https://'));
}

/** Page of a CWE entry such as `CWE-120: Buffer Copy without Checking Size of Input`. */
export function cwePage(entry: string): string | undefined {
  const number = cweNumber(entry);
  return number === undefined ? undefined : `https://cwe.mitre.org/data/definitions/${number}.html`;
}
