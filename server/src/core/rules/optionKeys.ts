import { BOOLEAN, TEXT, type Key } from './keyTable.ts';
import type { RuleOptions } from './options.ts';

const PAIRS = { is: 'list', of: { is: 'list', of: TEXT, least: 2, most: 2 }, least: 0 } as const;

function on(description: string): Key {
  return { shape: BOOLEAN, description: `${description} On unless set to false.` };
}

function off(description: string): Key {
  return { shape: BOOLEAN, description: `${description} Off unless set to true.` };
}

/** A rule's `options`; what each one means where a pattern is matched. */
export const OPTION_KEYS: Readonly<Record<keyof RuleOptions, Key>> = {
  constant_propagation: on('A named constant matches its literal value.'),
  symbolic_propagation: off('A variable that is set once matches the expression that it was set to.'),
  ac_matching: on('`+`, `*`, `&`, `|`, `^` match up to order and grouping, `&&` and `||` up to grouping.'),
  commutative_boolop: off('`&&` and `||` match in any order.'),
  symmetric_eq: off('`==` and `!=` match in any order.'),
  vardef_assign: on('An assignment in a pattern matches a declaration with initialiser.'),
  flddef_assign: off('An assignment in a pattern matches the definition of a field.'),
  attr_expr: on('An expression in a pattern matches an annotation or decorator of that form.'),
  unify_ids_strictly: on('Two names agree only when they are the same declaration.'),
  arrow_is_function: on('A function in a pattern matches an arrow function.'),
  let_is_var: on('`var` and `let` in a pattern match each other, and `var` matches `const`.'),
  go_deeper_expr: on('`<... P ...>` looks into all parts of an expression.'),
  go_deeper_stmt: on('`...` between statements looks into nested blocks.'),
  implicit_deep_exprstmt: on('`f($X);` matches where the call is deeper in the expression of a statement.'),
  implicit_ellipsis: on('A record or object in a pattern may have further fields in code.'),
  implicit_return: on('`return $X` matches the last expression of a function in languages where it is returned.'),
  decorators_order_matters: off('Decorators and annotations match in the order written.'),
  xml_singleton_loose_matching: on('An element that closes itself matches one with an end tag.'),
  xml_attrs_implicit_ellipsis: on('An element in a pattern may have further attributes in code.'),
  xml_children_ordered: on('Children of an element match in the order written.'),
  interfile: off('Follow taint through calls of functions of other files, where the callee is known by its name.'),
  taint_intrafile: on('Taint is followed through functions of the same file.'),
  taint_unify_mvars: off('Metavariables of a source and of a sink must agree.'),
  taint_assume_safe_functions: off('A call of an unknown function returns clean data.'),
  taint_assume_safe_indexes: off('A tainted index leaves what is read with it clean.'),
  taint_assume_safe_comparisons: off('The result of a comparison is clean.'),
  taint_assume_safe_booleans: off('Values of a boolean type are clean.'),
  taint_assume_safe_numbers: off('Values of a number type are clean.'),
  taint_only_propagate_through_assignments: off('Only assignments carry taint.'),
  taint_focus_on: {
    shape: { is: 'oneOf', values: ['sink', 'source'] },
    description: 'Where a finding is reported. The sink unless said otherwise.',
  },
  generic_engine: {
    shape: { is: 'oneOf', values: ['spacegrep', 'aliengrep'] },
    description: 'How patterns of `generic` rules are read.',
  },
  generic_multiline: on('`...` in a `generic` pattern reaches over line ends.'),
  generic_caseless: off('`generic` patterns ignore case.'),
  generic_ellipsis_max_span: {
    shape: { is: 'integer', least: 0, most: 1_000_000 },
    description: 'Lines that `...` of a `generic` pattern reaches over at most. 10 unless said otherwise.',
  },
  generic_braces: { shape: PAIRS, description: 'Pairs of brackets of `generic` text, such as `["(", ")"]`.' },
  generic_extra_braces: { shape: PAIRS, description: 'Further pairs of brackets of `generic` text.' },
  generic_extra_word_characters: {
    shape: { is: 'list', of: TEXT, least: 0 },
    description: 'Further characters that a word of `generic` text is made of.',
  },
  generic_comment_style: {
    shape: { is: 'oneOf', values: ['c', 'cpp', 'shell'] },
    description: 'Comments of `generic` text that are passed over.',
  },
};
