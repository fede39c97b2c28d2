import type { Range, TextEdit } from '../base/range.ts';
import type { Severity } from '../base/severity.ts';

/** A place on the way of data. */
export interface TraceStep {
  readonly range: Range;
  readonly message: string;
  /** Its file, when it is not the finding's. */
  readonly path?: string;
}

/** A place in another file. */
export interface Elsewhere {
  readonly path: string;
  readonly range: Range;
  /** SHA-256 of the text that the range is of. */
  readonly hash: string;
}

/** Where a rule found what it looks for, in one file. */
export interface Finding {
  readonly ruleId: string;
  readonly severity: Severity;
  /** Metavariables filled in. */
  readonly message: string;
  readonly range: Range;
  /** Source text of each metavariable, `$X` -> `buf`; of a long one its start. */
  readonly bindings: Readonly<Record<string, string>>;
  /** Edits that repair the code; offered, never applied by themselves. */
  readonly fix?: readonly TextEdit[];
  /** The place that the finding is about, when that is in another file: `range` is then the call that leads there. */
  readonly elsewhere?: Elsewhere;
  /** Of a taint rule: the way of the data from its source to the sink, both included. */
  readonly trace?: readonly TraceStep[];
  /** Places that explain the finding, in order; e.g. the call that made a function security-relevant. */
  readonly related: readonly { readonly range: Range; readonly message: string }[];
}
