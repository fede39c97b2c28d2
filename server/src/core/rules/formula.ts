import type { Range } from '../base/range.ts';
import type { Comparison } from './comparison.ts';
import type { Certainty, FactEventName, FactQuestions } from './factNames.ts';

/**
 * What a rule looks for. A formula yields ranges with metavariable bindings; both spellings of the rule language are read
 * into this one form.
 */
export type Formula =
  | { readonly op: 'pattern'; readonly text: string; readonly at: Range }
  | { readonly op: 'regex'; readonly regex: string; readonly at: Range }
  | { readonly op: 'tree-sitter'; readonly query: string; readonly at: Range }
  /** Places where one of these goes wrong, according to what is known of values and memory. */
  | {
      readonly op: 'fact';
      readonly events: readonly FactEventName[];
      readonly certainty: Certainty;
      readonly at: Range;
    }
  | { readonly op: 'any'; readonly of: readonly Formula[]; readonly at: Range }
  /** `pattern-inside` as an alternative of `pattern-either`: narrows what it is joined with, is never reported itself. */
  | { readonly op: 'inside'; readonly of: Formula; readonly at: Range }
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
 * within, a range of the formula; `not-anywhere` drops all when the formula holds anywhere in the file.
 */
export interface Clause {
  readonly role: 'match' | 'inside' | 'not' | 'not-inside' | 'not-overlapping' | 'not-anywhere';
  readonly formula: Formula;
}

export type Condition =
  | {
      readonly kind: 'metavariable-regex';
      readonly metavariable: string;
      readonly regex: string;
      /** Also ask the value of a named constant. */
      readonly constantPropagation?: true;
      readonly at: Range;
    }
  | {
      readonly kind: 'metavariable-pattern';
      readonly metavariable: string;
      /** Identifier of the language in which the metavariable's text is read anew; `generic` and `regex` too. */
      readonly language?: string;
      readonly formula: Formula;
      readonly at: Range;
    }
  | {
      readonly kind: 'metavariable-comparison';
      readonly comparison: Comparison;
      /** Metavariable whose text `base` and `strip` apply to. */
      readonly metavariable?: string;
      /** Radix of that metavariable's number: 2, 8, 10, 16; read from its prefix when absent. */
      readonly base?: number;
      /** Take that metavariable's text without quotes, blanks and other characters that are no letters or digits. */
      readonly strip: boolean;
      readonly at: Range;
    }
  | {
      readonly kind: 'metavariable-type';
      readonly metavariable: string;
      /** Types as patterns of the language. */
      readonly types: readonly string[];
      readonly at: Range;
    }
  | {
      readonly kind: 'metavariable-analysis';
      readonly metavariable: string;
      readonly analyzer: 'entropy' | 'redos';
      readonly at: Range;
    }
  | {
      readonly kind: 'metavariable-facts';
      readonly metavariable: string;
      readonly questions: FactQuestions;
      readonly at: Range;
    };

/** What a taint rule looks for: data that comes from a source and reaches a sink. */
export interface TaintFormula {
  readonly op: 'taint';
  readonly sources: readonly TaintSource[];
  readonly sinks: readonly TaintSink[];
  readonly sanitizers: readonly TaintSanitizer[];
  readonly propagators: readonly TaintPropagator[];
  readonly at: Range;
}

export interface TaintSource {
  readonly formula: Formula;
  /** Label of the taint; `__SOURCE__` when the rule gives none. */
  readonly label: string;
  /** Only with these labels present among the inputs; always when absent. */
  readonly requires?: LabelExpression;
  /** The variable matched is tainted from there on; `only`: not the expression itself. */
  readonly bySideEffect: boolean | 'only';
  /** Only the range itself, not its sub-expressions. */
  readonly exact: boolean;
  /** A matched parameter taints only at the start of its function. */
  readonly control: boolean;
}

export interface TaintSink {
  readonly formula: Formula;
  readonly requires?: LabelExpression;
  /** Only where the function ends. */
  readonly atExit: boolean;
  /** Only when the range itself is tainted, not a part of it. */
  readonly exact: boolean;
}

export interface TaintSanitizer {
  readonly formula: Formula;
  readonly bySideEffect: boolean;
  readonly exact: boolean;
  /** Does not clean what is also a source, propagator or sink. */
  readonly notConflicting: boolean;
}

export interface TaintPropagator {
  readonly formula: Formula;
  readonly from: string;
  readonly to: string;
  readonly bySideEffect: boolean;
  readonly requires?: LabelExpression;
  /** The label that arrives; that of the input when absent. */
  readonly label?: string;
  /** With `label`: labels that this one takes the place of; all when absent. */
  readonly replaceLabels?: readonly string[];
}

/** `A and not B`: over the labels of taint. */
export type LabelExpression =
  | { readonly is: 'label'; readonly name: string }
  | { readonly is: 'constant'; readonly value: boolean }
  | { readonly is: 'not'; readonly of: LabelExpression }
  | { readonly is: 'and' | 'or'; readonly of: readonly LabelExpression[] };
