/** The expression of `metavariable-comparison`, parsed: a small part of Python. */
export type Comparison =
  | { readonly is: 'metavariable'; readonly name: string }
  | { readonly is: 'literal'; readonly value: ComparisonValue }
  | { readonly is: 'list'; readonly of: readonly Comparison[] }
  | { readonly is: 'call'; readonly function: ComparisonFunction; readonly arguments: readonly Comparison[] }
  | { readonly is: 'unary'; readonly operator: '-' | '+' | '~' | 'not'; readonly of: Comparison }
  | {
      readonly is: 'binary';
      readonly operator: ArithmeticOperator | 'and' | 'or';
      readonly left: Comparison;
      readonly right: Comparison;
    }
  /** `1 < $X <= 5`: each operator stands between an operand and the next one; all must hold. */
  | {
      readonly is: 'chain';
      readonly operators: readonly RelationOperator[];
      readonly operands: readonly Comparison[];
    };

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '//' | '%' | '**' | '&' | '|' | '^' | '<<' | '>>';

export type RelationOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'not in';

/** `bigint`: whole numbers of any size are exact. `number`: floating point. */
export type ComparisonValue = string | number | bigint | boolean | null | readonly ComparisonValue[];

/** A method (`$X.lower()`) is a function of its object. */
export type ComparisonFunction =
  | 'len'
  | 'int'
  | 'str'
  | 'float'
  | 'bool'
  | 'abs'
  | 'min'
  | 'max'
  | 'strptime'
  | 're.match'
  | 're.search'
  | 're.fullmatch'
  | 'lower'
  | 'upper'
  | 'strip'
  | 'startswith'
  | 'endswith';

/** Metavariables of an expression, each once, in the order of their first appearance. */
export function comparisonMetavariables(comparison: Comparison): readonly string[] {
  const names = new Set<string>();
  const open: Comparison[] = [comparison];
  for (let each = open.pop(); each !== undefined; each = open.pop()) {
    if (each.is === 'metavariable') names.add(each.name);
    open.push(...partsOf(each).toReversed());
  }
  return [...names];
}

function partsOf(comparison: Comparison): readonly Comparison[] {
  switch (comparison.is) {
    case 'metavariable':
    case 'literal':
      return [];
    case 'list':
      return comparison.of;
    case 'call':
      return comparison.arguments;
    case 'unary':
      return [comparison.of];
    case 'binary':
      return [comparison.left, comparison.right];
    case 'chain':
      return comparison.operands;
  }
}
