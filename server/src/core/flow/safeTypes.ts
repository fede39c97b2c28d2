import type { Node } from '../ast/node.ts';
import type { Run } from './frame.ts';

const COMPARISONS = new Set(
  '== != === !== < > <= >= <> is in instanceof =~ !~ !in !is'.split(' ').concat('not in', 'is not', '~='),
);
const NUMBERS =
  /^((unsigned|signed|long|short|const) ?)*(int|integer|long|short|byte|char|float|double|number|bigint|decimal|u?int\d*(_t)?|[iu](8|16|32|64|128|size)|f(32|64)|float\d*|s?size_t|BigInteger|BigDecimal|usize|isize|rune|U?Int\d*)$/i;
const BOOLEANS = /^(_?bool(ean)?)$/i;
const NUMBER_METHODS =
  /^(length|size|count|len|indexOf|lastIndexOf|compareTo|hashCode|parseInt|parseFloat|parseLong)$/;
const BOOLEAN_METHODS =
  /^(equals|equalsIgnoreCase|isEmpty|isBlank|contains|containsKey|startsWith|endsWith|startswith|endswith|hasNext|matches|isdigit|isalpha|isnumeric|includes|parseBoolean)$/;

export function isComparison(operator: string): boolean {
  return COMPARISONS.has(operator);
}

/** The options call values of this expression's type safe. */
export function isSafeType(run: Run, node: Node): boolean {
  const { taint_assume_safe_booleans: booleans, taint_assume_safe_numbers: numbers } = run.options;
  if (!booleans && !numbers) return false;
  const type = typeOf(run, node);
  return (booleans && type === 'boolean') || (numbers && type === 'number');
}

function typeOf(run: Run, node: Node): 'boolean' | 'number' | undefined {
  switch (node.kind) {
    case 'number':
      return 'number';
    case 'call': {
      const callee = node.part('callee');
      const name = callee?.kind === 'member' ? (callee.part('name')?.text ?? '') : (callee?.text ?? '');
      if (NUMBER_METHODS.test(name) || NUMBERS.test(name)) return 'number';
      if (BOOLEAN_METHODS.test(name) || BOOLEANS.test(name)) return 'boolean';
      break;
    }
    case 'cast': {
      const type = node.part('type');
      return type ? named(run.input.ast.text.slice(type.start, type.end)) : undefined;
    }
    case 'binary': {
      const operator = node.part('operator')?.text ?? '';
      if (isComparison(operator)) return 'boolean';
      const left = node.part('left');
      const right = node.part('right');
      const types = [left && typeOf(run, left), right && typeOf(run, right)];
      return types[0] === types[1] ? types[0] : undefined;
    }
    case 'unary': {
      const operator = node.part('operator')?.text ?? '';
      if (operator === '!' || operator === 'not') return 'boolean';
      const operand = node.part('operand');
      return operand && operator !== '&' && operator !== '*' ? typeOf(run, operand) : undefined;
    }
    case ':true':
    case ':false':
      return 'boolean';
  }
  const declared = run.program.names.typeOf(node);
  return declared === undefined ? undefined : named(declared.text);
}

function named(type: string): 'boolean' | 'number' | undefined {
  const text = type.trim();
  return NUMBERS.test(text) ? 'number' : BOOLEANS.test(text) ? 'boolean' : undefined;
}
