import type { Formula } from './formula.ts';

/** A formula and all that it is made of, from the outside inwards; what its conditions ask stands by itself. */
export function* formulasIn(formula: Formula): Generator<Formula> {
  yield formula;
  switch (formula.op) {
    case 'any':
      for (const each of formula.of) yield* formulasIn(each);
      break;
    case 'inside':
      yield* formulasIn(formula.of);
      break;
    case 'all':
      for (const { formula: each } of formula.clauses) yield* formulasIn(each);
      break;
    case 'pattern':
    case 'regex':
    case 'tree-sitter':
    case 'fact':
      break;
  }
}
