import type { Location, Range } from '../base/range.ts';

/** A comment that asks not to report: `// traceward-ignore: rule-id, other-rule -- reason` or `nosemgrep: rule-id`. */
export interface Suppression {
  /** Rule ids named; empty means every rule (only `nosemgrep` may do so). */
  readonly rules: readonly string[];
  readonly reason: string | undefined;
  readonly range: Range;
  /** The record of a review, where it is one and no comment. */
  readonly record?: Location;
  /** Zero-based lines whose findings it hides. */
  readonly lines: readonly number[];
}
