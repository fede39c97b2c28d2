import type { Problem } from '../../core/base/problem.ts';
import type { Range } from '../../core/base/range.ts';
import type { SkippedFile } from '../../core/facts/fileFacts.ts';

/** A range as JSON output gives it: everything counted from 1, the end column exclusive. */
export interface JsonRange {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export function jsonRange({ start, end }: Range): JsonRange {
  return {
    line: start.line + 1,
    column: start.column + 1,
    endLine: end.line + 1,
    endColumn: end.column + 1,
  };
}

export function jsonProblem({
  code,
  severity,
  message,
  path,
  range,
}: Problem): Readonly<Record<string, unknown>> {
  return {
    code,
    severity,
    message,
    ...(path === undefined ? {} : { file: path }),
    ...(range === undefined ? {} : jsonRange(range)),
  };
}

export function jsonSkipped({ path, reason, detail, bytes }: SkippedFile): Readonly<Record<string, unknown>> {
  return { file: path, reason, detail, ...(bytes === undefined ? {} : { bytes }) };
}

export function toJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
