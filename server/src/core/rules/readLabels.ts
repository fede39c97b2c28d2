import type { LabelExpression } from './formula.ts';

/** UTF-16 code units; what rules ask of labels fits in a line. */
const MAX_LENGTH = 2_000;
/** Parentheses and `not` within each other. */
const MAX_DEPTH = 50;

const WORD = /[A-Za-z_][A-Za-z_0-9]*|[()]|\S/g;
const LABEL = /^[A-Za-z_][A-Za-z_0-9]*$/;
const CONSTANTS: ReadonlyMap<string, boolean> = new Map([
  ['True', true],
  ['true', true],
  ['False', false],
  ['false', false],
]);

/** True for a word that can name a label. */
export function isLabel(text: string): boolean {
  return LABEL.test(text) && !['and', 'or', 'not'].includes(text) && !CONSTANTS.has(text);
}

/**
 * Reads what a taint rule's `requires` says of labels: names joined by `and`, `or`, `not` and parentheses, which bind as in Python.
 *
 * @returns the expression, or what is wrong with it, as the rest of a sentence about the expression
 */
export function readLabels(text: string): { labels: LabelExpression } | { error: string } {
  if (text.length > MAX_LENGTH) return { error: `is longer than ${MAX_LENGTH} characters` };
  const words = text.match(WORD) ?? [];
  let next = 0;
  let error: string | undefined;
  const fail = (message: string): LabelExpression => {
    error ??= message;
    next = words.length;
    return { is: 'constant', value: false };
  };
  const either = (depth: number): LabelExpression => joined('or', () => joined('and', () => negated(depth)));
  const joined = (is: 'and' | 'or', part: () => LabelExpression): LabelExpression => {
    const first = part();
    const of = [first];
    while (words[next] === is) {
      next++;
      of.push(part());
    }
    return of.length === 1 ? first : { is, of };
  };
  const negated = (depth: number): LabelExpression => {
    const word = words[next];
    if (depth > MAX_DEPTH) return fail(`is nested deeper than ${MAX_DEPTH} levels`);
    if (word === undefined) return fail('ends where a label should stand');
    next++;
    if (word === 'not') return { is: 'not', of: negated(depth + 1) };
    if (word === '(') {
      const inner = either(depth + 1);
      if (words[next] !== ')') return error === undefined ? fail('has a parenthesis that is not closed') : inner;
      next++;
      return inner;
    }
    const constant = CONSTANTS.get(word);
    if (constant !== undefined) return { is: 'constant', value: constant };
    return isLabel(word) ? { is: 'label', name: word } : fail(`has \`${word}\` where a label should stand`);
  };
  const labels = either(0);
  const rest = words[next];
  if (rest !== undefined) error ??= `has \`${rest}\` where \`and\` or \`or\` should stand`;
  return error === undefined ? { labels } : { error };
}

/** The labels that an expression names. */
export function labelsOf(expression: LabelExpression): readonly string[] {
  switch (expression.is) {
    case 'label':
      return [expression.name];
    case 'constant':
      return [];
    case 'not':
      return labelsOf(expression.of);
    case 'and':
    case 'or':
      return expression.of.flatMap(labelsOf);
  }
}
