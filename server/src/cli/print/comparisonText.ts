import type { Comparison, ComparisonValue } from '../../core/rules/comparison.ts';
import type { LabelExpression } from '../../core/rules/formula.ts';

/** An expression of `metavariable-comparison` as a rule writes it, with more parentheses at most. */
export function comparisonText(comparison: Comparison): string {
  switch (comparison.is) {
    case 'metavariable':
      return comparison.name;
    case 'literal':
      return valueText(comparison.value);
    case 'list':
      return `[${comparison.of.map(comparisonText).join(', ')}]`;
    case 'call':
      return `${comparison.function}(${comparison.arguments.map(comparisonText).join(', ')})`;
    case 'unary':
      return `${comparison.operator === 'not' ? 'not ' : comparison.operator}${part(comparison.of)}`;
    case 'binary':
      return `${part(comparison.left)} ${comparison.operator} ${part(comparison.right)}`;
    case 'chain':
      return comparison.operands
        .map(
          (operand, index) =>
            `${index === 0 ? '' : ` ${comparison.operators[index - 1] ?? ''} `}${part(operand)}`,
        )
        .join('');
  }
}

function part(comparison: Comparison): string {
  const text = comparisonText(comparison);
  return comparison.is === 'binary' || comparison.is === 'chain' ? `(${text})` : text;
}

function valueText(value: ComparisonValue): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return JSON.stringify(value);
  return typeof value === 'object' ? `[${value.map(valueText).join(', ')}]` : String(value);
}

/** Labels of taint as a rule writes them: `A and not B`. */
export function labelsText(expression: LabelExpression): string {
  switch (expression.is) {
    case 'label':
      return expression.name;
    case 'constant':
      return expression.value ? 'True' : 'False';
    case 'not':
      return `not ${labelsPart(expression.of)}`;
    case 'and':
    case 'or':
      return expression.of.map(labelsPart).join(` ${expression.is} `);
  }
}

function labelsPart(expression: LabelExpression): string {
  const text = labelsText(expression);
  return expression.is === 'and' || expression.is === 'or' ? `(${text})` : text;
}
