import type { Clause, Condition, Formula } from './formula.ts';

/** Puts conditions and a focus to a formula; the formula itself when there are none. */
export function combine(
  formula: Formula,
  filter: { readonly conditions: readonly Condition[]; readonly focus: readonly (readonly string[])[] },
): Formula {
  if (filter.conditions.length + filter.focus.length === 0) return formula;
  return { op: 'all', clauses: [clauseOf(formula)], ...filter, at: formula.at };
}

/**
 * A formula as a part of a conjunction. What is made of `pattern-inside` alone narrows and is never reported: an alternative
 * of insides only, a conjunction whose positive parts are all insides.
 */
export function clauseOf(formula: Formula): Clause {
  const inside = insideOf(formula);
  return inside === undefined ? { role: 'match', formula } : { role: 'inside', formula: inside };
}

/** What a formula asks to lie within, when that is all it does. */
function insideOf(formula: Formula): Formula | undefined {
  switch (formula.op) {
    case 'inside':
      return formula.of;
    case 'any': {
      const of = formula.of.map(insideOf);
      return of.every((each) => each !== undefined) ? { ...formula, of } : undefined;
    }
    case 'all': {
      const { clauses, focus } = formula;
      const narrows = focus.length === 0 && clauses.some(({ role }) => role === 'inside');
      return narrows && !clauses.some(({ role }) => role === 'match') ? formula : undefined;
    }
    default:
      return undefined;
  }
}

/** A formula that is the whole of something: nothing is there that an inside could narrow, so its own ranges count. */
export function standing(formula: Formula): Formula {
  if (formula.op === 'inside') return standing(formula.of);
  return formula.op === 'any' ? { ...formula, of: formula.of.map(standing) } : formula;
}

/** The clauses that drop what a formula matches. Of alternatives, each is dropped in its own way. */
export function negate(formula: Formula): readonly Clause[] {
  if (formula.op === 'any') return formula.of.flatMap(negate);
  if (formula.op === 'regex') return [{ role: 'not-overlapping', formula }];
  const { role, formula: inner } = clauseOf(formula);
  return [{ role: role === 'inside' ? 'not-inside' : 'not', formula: inner }];
}
