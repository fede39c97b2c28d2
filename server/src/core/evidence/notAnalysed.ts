import { compareText } from '../base/order.ts';
import type { Problem } from '../base/problem.ts';
import type { Range } from '../base/range.ts';
import type { SkippedFile } from '../facts/fileFacts.ts';
import type { Snapshot } from '../facts/snapshot.ts';

/** Everything that limits what the findings say. */
export interface NotAnalysed {
  readonly skipped: readonly SkippedFile[];
  /** Files with code that the grammar could not read, in path order. */
  readonly unparsed: readonly UnparsedFile[];
  /** Rules that did not load. */
  readonly rules: readonly Problem[];
  /** Of single files (budgets, near misses of tags), the configuration, item files and the host. */
  readonly problems: readonly Problem[];
}

export interface UnparsedFile {
  readonly path: string;
  /** Size of the file. */
  readonly bytes: number;
  readonly unparsedBytes: number;
  readonly ranges: readonly Range[];
}

/** @param hostProblems what the host met while reading */
export function notAnalysed(snapshot: Snapshot, hostProblems: readonly Problem[]): NotAnalysed {
  const unparsed: UnparsedFile[] = [];
  const fileProblems: Problem[] = [];
  for (const path of [...snapshot.files.keys()].sort(compareText)) {
    const facts = snapshot.files.get(path);
    if (facts === undefined) continue;
    const { bytes, ranges } = facts.unparsed;
    if (bytes > 0) unparsed.push({ path, bytes: facts.bytes, unparsedBytes: bytes, ranges });
    fileProblems.push(...facts.problems.map((problem) => ({ ...problem, path: problem.path ?? path })));
  }
  return {
    skipped: [...snapshot.skipped].sort((a, b) => compareText(a.path, b.path)),
    unparsed,
    rules: snapshot.rules.problems,
    problems: distinct([...hostProblems, ...snapshot.problems, ...fileProblems]).filter(
      (problem) => !includesProblem(snapshot.rules.problems, problem),
    ),
  };
}

/** Problems without repetition, in path order: two sources may tell the same. */
function distinct(problems: readonly Problem[]): Problem[] {
  const byKey = new Map(problems.map((problem) => [JSON.stringify(problem), problem]));
  return [...byKey.values()].sort(
    (a, b) =>
      compareText(a.path ?? '', b.path ?? '') ||
      (a.range?.start.line ?? 0) - (b.range?.start.line ?? 0) ||
      (a.range?.start.column ?? 0) - (b.range?.start.column ?? 0) ||
      compareText(a.message, b.message),
  );
}

function includesProblem(problems: readonly Problem[], problem: Problem): boolean {
  return problems.some((each) => each.message === problem.message && each.path === problem.path);
}

export interface AnalysedTotals {
  readonly files: number;
  readonly lines: number;
  readonly bytes: number;
  readonly unparsedBytes: number;
}

export function analysedTotals(snapshot: Snapshot): AnalysedTotals {
  const totals = { files: 0, lines: 0, bytes: 0, unparsedBytes: 0 };
  for (const facts of snapshot.files.values()) {
    totals.files++;
    totals.lines += facts.lines;
    totals.bytes += facts.bytes;
    totals.unparsedBytes += facts.unparsed.bytes;
  }
  return totals;
}

/** Share of the bytes that no rule could look at, such as `0.3 %`; `0 %` only when there are none. */
export function unparsedShare(totals: AnalysedTotals): string {
  if (totals.unparsedBytes === 0 || totals.bytes === 0) return '0 %';
  const percent = (100 * totals.unparsedBytes) / totals.bytes;
  return percent < 0.1 ? '< 0.1 %' : `${percent.toFixed(1)} %`;
}
