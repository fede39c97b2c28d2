import type { AllOf, Condition, Formula } from '../rules/formula.ts';

/** Asks the text of a metavariable. */
export type TextCondition = Extract<Condition, { kind: 'metavariable-regex' }>;
type PatternCondition = Extract<Condition, { kind: 'metavariable-pattern' }>;

/**
 * Conditions of a formula that ask for a text that stands in the file. A constant's value need not stand there, nor what is bound in a
 * string that is read anew: `"sec" "ret"` is read as `secret`.
 */
export function textConditions(formula: AllOf): readonly TextCondition[] {
  const ofText = formula.conditions.filter(
    (each): each is TextCondition => each.kind === 'metavariable-regex' && each.constantPropagation !== true,
  );
  if (ofText.length === 0) return ofText;
  const inner = [...patternConditions(formula)];
  if (inner.every(({ language }) => language === undefined)) return ofText;
  const written = inner.flatMap(({ formula }) => [...textsWritten(formula)]).join('\n');
  return ofText.filter(({ metavariable }) => !mayBind(written, metavariable));
}

/** Those of which the formula sees what they bind. */
function* patternConditions(formula: Formula): Generator<PatternCondition> {
  switch (formula.op) {
    case 'any':
      for (const each of formula.of) yield* patternConditions(each);
      break;
    case 'inside':
      yield* patternConditions(formula.of);
      break;
    case 'all':
      for (const { formula: each } of formula.clauses) yield* patternConditions(each);
      for (const each of formula.conditions) if (each.kind === 'metavariable-pattern') yield each;
      break;
    case 'pattern':
    case 'regex':
    case 'tree-sitter':
    case 'fact':
      break;
  }
}

/** All that is written in a formula to be looked for, the formulas of its conditions included. */
function* textsWritten(formula: Formula): Generator<string> {
  switch (formula.op) {
    case 'pattern':
      yield formula.text;
      break;
    case 'regex':
      yield formula.regex;
      break;
    case 'any':
      for (const each of formula.of) yield* textsWritten(each);
      break;
    case 'inside':
      yield* textsWritten(formula.of);
      break;
    case 'all':
      for (const { formula: each } of formula.clauses) yield* textsWritten(each);
      for (const each of formula.conditions)
        if (each.kind === 'metavariable-pattern') yield* textsWritten(each.formula);
      break;
    case 'tree-sitter':
      yield formula.query;
      break;
    case 'fact':
      break;
  }
}

/** `$X` is written as it is, as the group `(?<X>...)`, or as a capture `@X`; `$1` is any group. */
function mayBind(written: string, metavariable: string): boolean {
  const name = metavariable.replace(/^\$(?:\.\.\.)?/, '');
  return /^\d/.test(name) ? written.includes('(') : written.includes(name);
}
