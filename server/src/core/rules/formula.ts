import type { Range } from '../base/range.ts';

/**
 * What a rule looks for. A formula yields ranges with metavariable bindings; both spellings of the rule language are read
 * into this one form.
 */
export type Formula =
  | { readonly op: 'pattern'; readonly text: string; readonly at: Range }
  | { readonly op: 'regex'; readonly regex: string; readonly at: Range }
  | { readonly op: 'tree-sitter'; readonly query: string; readonly at: Range }
  | { readonly op: 'any'; readonly of: readonly Formula[]; readonly at: Range }
  | AllOf;

/** AND: the clauses are combined, then filtered by the conditions, then narrowed to the focus. */
export interface AllOf {
  readonly op: 'all';
  readonly clauses: readonly Clause[];
  readonly conditions: readonly Condition[];
  /** Each entry narrows the range to one of these metavariables. */
  readonly focus: readonly (readonly string[])[];
  readonly at: Range;
}

/**
 * `match` and `inside` are positive; an `inside` range is never reported. `not-overlapping` drops ranges that contain, or lie
 * within, a range of the formula.
 */
export interface Clause {
  readonly role: 'match' | 'inside' | 'not' | 'not-inside' | 'not-overlapping';
  readonly formula: Formula;
}

export type Condition =
  | {
      readonly kind: 'metavariable-regex';
      readonly metavariable: string;
      readonly regex: string;
      readonly at: Range;
    }
  | {
      readonly kind: 'metavariable-pattern';
      readonly metavariable: string;
      readonly formula: Formula;
      readonly at: Range;
    };
