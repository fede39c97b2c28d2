import type { AllOf, Condition, Formula } from '../rules/formula.ts';
import { formulasIn } from '../rules/formulasIn.ts';

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
  const inner = patternConditions(formula);
  if (inner.every(({ language }) => language === undefined)) return ofText;
  const written = inner.flatMap(({ formula: each }) => textsWritten(each)).join('\n');
  return ofText.filter(({ metavariable }) => !mayBind(written, metavariable));
}

/** Those of which the formula sees what they bind. */
function patternConditions(formula: Formula): readonly PatternCondition[] {
  return [...formulasIn(formula)].flatMap((each) =>
    each.op === 'all' ? each.conditions.filter((condition) => condition.kind === 'metavariable-pattern') : [],
  );
}

/** All that is written in a formula to be looked for, the formulas of its conditions included. */
function textsWritten(formula: Formula): readonly string[] {
  return [...formulasIn(formula)].flatMap((each) => {
    switch (each.op) {
      case 'pattern':
        return [each.text];
      case 'regex':
        return [each.regex];
      case 'tree-sitter':
        return [each.query];
      case 'all':
        return each.conditions.flatMap((condition) =>
          condition.kind === 'metavariable-pattern' ? textsWritten(condition.formula) : [],
        );
      default:
        return [];
    }
  });
}

/** `$X` is written as it is, as the group `(?<X>...)`, or as a capture `@X`; `$1` is any group. */
function mayBind(written: string, metavariable: string): boolean {
  const name = metavariable.replace(/^\$(?:\.\.\.)?/, '');
  return /^\d/.test(name) ? written.includes('(') : written.includes(name);
}
