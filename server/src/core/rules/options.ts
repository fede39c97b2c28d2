/**
 * A rule's `options`: switches of its meaning. Names and defaults are those of the rule language; the reader refuses what it
 * does not know.
 */
export interface RuleOptions {
  readonly constant_propagation: boolean;
  readonly symbolic_propagation: boolean;
  readonly ac_matching: boolean;
  readonly commutative_boolop: boolean;
  readonly symmetric_eq: boolean;
  readonly vardef_assign: boolean;
  readonly flddef_assign: boolean;
  readonly attr_expr: boolean;
  readonly unify_ids_strictly: boolean;
  readonly arrow_is_function: boolean;
  readonly let_is_var: boolean;
  readonly go_deeper_expr: boolean;
  readonly go_deeper_stmt: boolean;
  readonly implicit_deep_exprstmt: boolean;
  readonly implicit_ellipsis: boolean;
  readonly implicit_return: boolean;
  readonly decorators_order_matters: boolean;
  readonly xml_singleton_loose_matching: boolean;
  readonly xml_attrs_implicit_ellipsis: boolean;
  readonly xml_children_ordered: boolean;
  readonly interfile: boolean;
  /** Functions of the file are followed by summaries. */
  readonly taint_intrafile: boolean;
  readonly taint_unify_mvars: boolean;
  readonly taint_assume_safe_functions: boolean;
  readonly taint_assume_safe_indexes: boolean;
  readonly taint_assume_safe_comparisons: boolean;
  readonly taint_assume_safe_booleans: boolean;
  readonly taint_assume_safe_numbers: boolean;
  readonly taint_only_propagate_through_assignments: boolean;
  readonly taint_focus_on: 'sink' | 'source';
  readonly generic_engine: 'spacegrep' | 'aliengrep';
  readonly generic_multiline: boolean;
  readonly generic_caseless: boolean;
  /** Lines. */
  readonly generic_ellipsis_max_span: number;
  readonly generic_braces: readonly (readonly [string, string])[];
  readonly generic_extra_braces: readonly (readonly [string, string])[];
  readonly generic_extra_word_characters: readonly string[];
  /** `c`, `cpp` or `shell`: comments to be passed over. */
  readonly generic_comment_style: 'c' | 'cpp' | 'shell' | undefined;
}

export const DEFAULT_OPTIONS: RuleOptions = {
  constant_propagation: true,
  symbolic_propagation: false,
  ac_matching: true,
  commutative_boolop: false,
  symmetric_eq: false,
  vardef_assign: true,
  flddef_assign: false,
  attr_expr: true,
  unify_ids_strictly: true,
  arrow_is_function: true,
  let_is_var: true,
  go_deeper_expr: true,
  go_deeper_stmt: true,
  implicit_deep_exprstmt: true,
  implicit_ellipsis: true,
  implicit_return: true,
  decorators_order_matters: false,
  xml_singleton_loose_matching: true,
  xml_attrs_implicit_ellipsis: true,
  xml_children_ordered: true,
  interfile: false,
  taint_intrafile: true,
  taint_unify_mvars: false,
  taint_assume_safe_functions: false,
  taint_assume_safe_indexes: false,
  taint_assume_safe_comparisons: false,
  taint_assume_safe_booleans: false,
  taint_assume_safe_numbers: false,
  taint_only_propagate_through_assignments: false,
  taint_focus_on: 'sink',
  generic_engine: 'spacegrep',
  generic_multiline: true,
  generic_caseless: false,
  generic_ellipsis_max_span: 10,
  generic_braces: [
    ['(', ')'],
    ['[', ']'],
    ['{', '}'],
  ],
  generic_extra_braces: [],
  generic_extra_word_characters: [],
  generic_comment_style: undefined,
};
