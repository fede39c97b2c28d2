import type { Grammar } from '../syntax/grammar.ts';
import { Budget, BudgetExceeded } from './budget.ts';
import type { Code } from './code.ts';
import type { CompiledFormula } from './compileRule.ts';
import { evaluate, type Evaluation } from './evaluate.ts';
import type { Hit } from './hit.ts';
import { factsNeeded, isPiecewise, staysLocal } from './piecewise.ts';

/**
 * Formulas that hold nowhere in a piece, with the steps that it took to find out. Kept as long as what a formula finds in the piece is the same.
 */
export type FoundNowhere = Map<CompiledFormula, number>;

/** All pieces of an open file, with what is known not to be in them. */
export type SearchedPieces = readonly { readonly code: Code; readonly nowhere: FoundNowhere }[];

/** The places where a formula holds in a file, as `evaluate` says them; what is known to have none is passed over. */
export function evaluateWhere(
  context: Evaluation,
  formula: CompiledFormula,
  pieces: SearchedPieces | undefined,
): readonly Hit[] {
  const guard = guardOf(formula, context.code.grammar);
  if (guard === undefined || pieces === undefined) return evaluate(context, formula);
  const budget = new Budget(context.budget.left);
  const found: Hit[] = [];
  try {
    for (const { code, nowhere } of pieces) {
      const steps = nowhere.get(guard);
      if (steps !== undefined) {
        // The limit is the same whatever was known.
        budget.spend(steps);
        continue;
      }
      const before = budget.left;
      const hits = evaluate({ ...context, code, budget }, guard);
      if (hits.length === 0) nowhere.set(guard, before - budget.left);
      // What lies around the hits may be in any piece.
      else if (guard !== formula) return evaluate(context, formula);
      for (const hit of hits) found.push(hit);
    }
  } catch (error) {
    // In the whole file it may be found in fewer steps, which is what counts.
    if (error instanceof BudgetExceeded) return evaluate(context, formula);
    throw error;
  }
  if (guard === formula) context.budget.spend(context.budget.left - budget.left);
  return found.sort((a, b) => a.start - b.start || b.end - a.end);
}

/** False where a formula holds nowhere in a piece, whatever is around it: found out once for what is known of the piece. */
export function mayHold(context: Evaluation, formula: CompiledFormula, nowhere: FoundNowhere): boolean {
  const guard = guardOf(formula, context.code.grammar);
  if (guard === undefined || guard === formula) return true;
  if (nowhere.has(guard)) return false;
  const before = context.budget.left;
  try {
    if (evaluate(context, guard).length > 0) return true;
  } catch {
    // Whether it takes too long with what is around it shows when all of it is asked.
    return true;
  }
  nowhere.set(guard, before - context.budget.left);
  return false;
}

const guards = new WeakMap<CompiledFormula, { readonly guard: CompiledFormula | undefined }>();

/**
 * A formula that holds in a piece where the given one does, and rests on nothing but the piece and what its names mean; undefined when there is none, or
 * when the given one cannot be asked of one piece at a time.
 */
function guardOf(formula: CompiledFormula, grammar: Grammar): CompiledFormula | undefined {
  let known = guards.get(formula);
  if (known === undefined) {
    const isGuard = (each: CompiledFormula): boolean =>
      isPiecewise(each, grammar) && staysLocal(each, grammar) && factsNeeded(each) === undefined;
    const bare = isGuard(formula) ? formula : withoutSurroundings(formula);
    guards.set(formula, (known = { guard: bare !== undefined && isGuard(bare) ? bare : undefined }));
  }
  return known.guard;
}

/** The same without what only says in what a hit must or must not lie, and what else only drops hits. */
function withoutSurroundings(formula: CompiledFormula): CompiledFormula | undefined {
  switch (formula.op) {
    case 'any': {
      const of = formula.of.flatMap((each) => withoutSurroundings(each) ?? []);
      return of.length < formula.of.length ? undefined : { op: 'any', of };
    }
    case 'all': {
      const matches = formula.matches.flatMap((clause) => {
        const bare = withoutSurroundings(clause.formula);
        return bare === undefined ? [] : [{ ...clause, formula: bare }];
      });
      // Of insides alone one is what is reported.
      if (matches.length === 0 || matches.length < formula.matches.length) return undefined;
      // What conditions ask of may be bound by what is left out: only where it is bound here `ofText` is asked, and drops what it must.
      return { ...formula, clauses: matches, matches, insides: [], conditions: [], texts: [], focus: [] };
    }
    default:
      return formula;
  }
}
