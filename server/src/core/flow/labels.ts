import type { LabelExpression } from '../rules/formula.ts';

/** Whether the labels of some data meet a `requires`; without one every labelled data does. */
export function meets(requires: LabelExpression | undefined, labels: ReadonlySet<string>): boolean {
  if (requires === undefined) return labels.size > 0;
  switch (requires.is) {
    case 'label':
      return labels.has(requires.name);
    case 'constant':
      return requires.value;
    case 'not':
      return !meets(requires.of, labels);
    case 'and':
      return requires.of.every((each) => meets(each, labels));
    case 'or':
      return requires.of.some((each) => meets(each, labels));
  }
}

/** Labels that speak for a `requires`: those not under a `not`. */
export function wanted(requires: LabelExpression, into = new Set<string>()): ReadonlySet<string> {
  if (requires.is === 'label') into.add(requires.name);
  else if (requires.is === 'and' || requires.is === 'or') for (const each of requires.of) wanted(each, into);
  return into;
}
