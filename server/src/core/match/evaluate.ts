import { comparisonMetavariables } from '../rules/comparison.ts';
import type { RuleOptions } from '../rules/options.ts';
import { agree, lookUp, merge, toMap, type Admits, type Bindings } from './bindings.ts';
import type { Budget } from './budget.ts';
import type { Code } from './code.ts';
import type {
  CompiledAll,
  CompiledClause,
  CompiledCondition,
  CompiledFormula,
  RegexCondition,
} from './compileRule.ts';
import { holds, regexHolds } from './conditions.ts';
import { factHits } from './factHits.ts';
import type { Hit } from './hit.ts';
import { around, startingAt, type Scope } from './scope.ts';
import { isTypeRole, searchPattern } from './searchPattern.ts';
import { genericHits, queryHits, regexHits, regexHitsAt } from './textHits.ts';

/** Evaluates formulas on one file. */
export interface Evaluation {
  readonly code: Code;
  readonly budget: Budget;
  readonly options: RuleOptions;
  /** Matches of patterns for text may overlap: asked of what is not reported but compared with other ranges. */
  readonly overlapping?: true;
  /** Of a formula on a metavariable's own code: the place that a formula without a positive clause speaks of. */
  readonly subject?: {
    readonly start: number;
    readonly end: number;
    readonly bindings: Bindings | undefined;
  };
}

/**
 * The places where a formula holds, each once, in the order of the text.
 *
 * @param scope only ranges that it allows matter; others may be left out
 * @param admits hits with other bindings may be left out
 */
export function evaluate(
  context: Evaluation,
  formula: CompiledFormula,
  scope?: Scope,
  admits?: Admits,
): readonly Hit[] {
  return distinct(hitsOf(context, formula, scope, admits));
}

function hitsOf(
  context: Evaluation,
  formula: CompiledFormula,
  scope: Scope | undefined,
  admits: Admits | undefined,
): readonly Hit[] {
  switch (formula.op) {
    case 'pattern': {
      const { pattern, asType } = formula;
      const type = isTypeRole(context.code.subject?.role) ? asType?.() : undefined;
      const wanted = type ?? pattern;
      return searchPattern(context.code, wanted, context.options, context.budget, scope, admits);
    }
    case 'generic':
      return genericHits(context, formula.pattern);
    case 'regex':
      return regexHits(context.code, formula.regex, scope);
    case 'tree-sitter':
      return queryHits(context.code, formula.query, context.options, scope, admits);
    case 'fact':
      return factHits(context.code, formula);
    case 'any':
      return anyHits(context, formula.of, scope, admits);
    case 'inside':
      return hitsOf({ ...context, overlapping: true }, formula.of, undefined, undefined).map((hit) => ({
        ...hit,
        isOuter: true,
      }));
    case 'all':
      return allHits(context, formula, scope, admits);
  }
}

function anyHits(
  context: Evaluation,
  formulas: readonly CompiledFormula[],
  scope: Scope | undefined,
  admits: Admits | undefined,
): readonly Hit[] {
  const hits: Hit[] = [];
  for (const each of formulas) for (const hit of hitsOf(context, each, scope, admits)) hits.push(hit);
  return hits;
}

/** AND. Stops at the first clause that leaves nothing: most rules are done after one look-up in most files. */
function allHits(
  context: Evaluation,
  formula: CompiledAll,
  scope: Scope | undefined,
  admits: Admits | undefined,
): readonly Hit[] {
  const { words } = context.code;
  if (!formula.texts.every((either) => either.some((text) => words.mayHaveText(text)))) return [];
  const [first] = formula.matches;
  // Where nothing but insides is written, the innermost of them is found, in whatever order they stand.
  const onlyInsides = first === undefined;
  const isOnly = formula.matches.length < 2;
  // With a focus, or when another match may be the inner one, the range reported is not the range of this clause.
  const isOne = isOnly && !(onlyInsides && formula.insides.length > 1);
  const own = formula.focus.length === 0 && isOne ? scope : undefined;
  // Of two clauses that bind one metavariable either may say what it stands for in the end.
  const ownAdmits = first && isOnly ? admitting(context, formula.ofText, admits) : undefined;
  let hits = withSubject(context, startingHits(context, first ?? formula.insides[0], own, ownAdmits));
  for (const { formula: other } of formula.matches.slice(1)) {
    if (hits.length === 0) return hits;
    hits = combine(context, hits, evaluate(context, other), true);
  }
  if (hits.length === 0) return hits;
  hits = filterByConditions(context, formula.conditions, hits, 'bound');
  for (const clause of first ? formula.insides : formula.insides.slice(1)) {
    if (hits.length === 0) return hits;
    const scope = onlyInsides ? undefined : around(hits);
    hits = combine(
      context,
      hits,
      evaluate({ ...aroundIn(context, clause), overlapping: true }, clause.formula, scope),
      onlyInsides,
    );
  }
  for (const clause of formula.clauses) {
    if (hits.length === 0) return hits;
    const { role } = clause;
    if (role === 'match' || role === 'inside') continue;
    hits = withoutExcluded(context, role, clause, hits);
  }
  hits = filterByConditions(context, formula.conditions, hits, 'all');
  for (const names of formula.focus) hits = hits.flatMap((hit) => focusOn(hit, names));
  return hits;
}

/** Without a match of its own, the innermost `inside` is what is reported; without that, the code that the formula is about. */
function startingHits(
  context: Evaluation,
  clause: CompiledClause | undefined,
  scope: Scope | undefined,
  admits: Admits | undefined,
): readonly Hit[] {
  if (clause) return evaluate(context, clause.formula, scope, admits);
  return context.subject ? [context.subject] : [];
}

/** What is bound around a condition on a metavariable is bound in its formula too. */
function withSubject({ subject }: Evaluation, hits: readonly Hit[]): readonly Hit[] {
  if (subject?.bindings === undefined) return hits;
  return hits.flatMap((hit) => {
    const bindings = merge(hit.bindings, subject.bindings);
    return bindings === false ? [] : [{ ...hit, bindings }];
  });
}

/** What conditions on the text of one metavariable admit, and what is admitted already. */
function admitting(
  context: Evaluation,
  own: readonly RegexCondition[],
  outer: Admits | undefined,
): Admits | undefined {
  if (own.length === 0) return outer;
  return (name, binding) =>
    own.every((condition) => condition.metavariable !== name || regexHolds(context, condition, binding)) &&
    outer?.(name, binding) !== false;
}

/** What a hit lies in, or must not lie in, can be larger than the piece: a class, a `#if`. */
function aroundIn(context: Evaluation, { isLocal }: CompiledClause): Evaluation {
  return isLocal || context.code.piece?.isSubject === true
    ? context
    : { ...context, code: context.code.within(undefined) };
}

function withoutExcluded(
  context: Evaluation,
  role: Exclude<CompiledClause['role'], 'match' | 'inside'>,
  clause: CompiledClause,
  hits: readonly Hit[],
): readonly Hit[] {
  const { formula: negative } = clause;
  if (role === 'not-anywhere') {
    const anywhere = evaluate({ ...context, code: context.code.within(undefined) }, negative);
    return hits.filter((hit) => !anywhere.some((other) => bindingsAgree(hit.bindings, other.bindings)));
  }
  const where = role === 'not-inside' ? aroundIn(context, clause) : context;
  const scope = role === 'not' ? startingAt(hits) : role === 'not-inside' ? around(hits) : undefined;
  const against =
    role === 'not-overlapping' && negative.op === 'regex'
      ? regexHitsAt(context.code, negative.regex, hits)
      : evaluate({ ...where, overlapping: true }, negative, scope);
  return hits.filter((hit) => !against.some((other) => excludes(context, role, hit, other)));
}

/**
 * Conditions can only drop hits or add bindings, so those that ask nothing but what is bound already are asked before the costlier
 * clauses (`bound`); in the end all are.
 */
function filterByConditions(
  context: Evaluation,
  conditions: readonly CompiledCondition[],
  hits: readonly Hit[],
  which: 'bound' | 'all',
): readonly Hit[] {
  let left = hits;
  for (const condition of conditions) {
    left = left.flatMap((hit) =>
      which === 'bound' && !isAnswerable(condition, hit) ? [hit] : holds(context, condition, hit),
    );
  }
  return left;
}

/** False where an answer may depend on metavariables that another clause is yet to bind. */
function isAnswerable(condition: CompiledCondition, { bindings }: Hit): boolean {
  const isBound = (name: string): boolean => lookUp(bindings, name) !== undefined;
  switch (condition.kind) {
    case 'metavariable-comparison':
      return comparisonMetavariables(condition.comparison).every(isBound);
    case 'metavariable-pattern':
    case 'metavariable-facts':
      return false;
    case 'metavariable-regex':
    case 'metavariable-type':
    case 'metavariable-analysis':
      return isBound(condition.metavariable);
  }
}

/** Keeps the inner of two ranges when one lies in the other and their bindings agree. */
function combine(
  context: Evaluation,
  hits: readonly Hit[],
  others: readonly Hit[],
  bothWays: boolean,
): readonly Hit[] {
  const combined: Hit[] = [];
  for (const hit of hits) {
    for (const other of others) {
      context.budget.spend();
      const inner = innerOf(hit, other, bothWays);
      if (inner === undefined) continue;
      const outer = inner === hit ? other : hit;
      const bindings = merge(inner.bindings, outer.bindings);
      if (bindings === false) continue;
      const isOuter = hit.isOuter && other.isOuter ? { isOuter: true as const } : {};
      combined.push({ start: inner.start, end: inner.end, bindings, ...isOuter });
    }
  }
  return distinct(combined);
}

/** The range that survives; one that only narrows never does when there is another. */
function innerOf(hit: Hit, other: Hit, bothWays: boolean): Hit | undefined {
  if (hit.isOuter && !other.isOuter) return within(other, hit) ? other : undefined;
  if (within(hit, other)) return hit;
  const either = bothWays && (hit.isOuter === true || !other.isOuter);
  return either && within(other, hit) ? other : undefined;
}

function within(inner: Hit, outer: Hit): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

function excludes(
  context: Evaluation,
  role: 'not' | 'not-inside' | 'not-overlapping',
  hit: Hit,
  other: Hit,
): boolean {
  context.budget.spend();
  if (role === 'not-overlapping') return within(hit, other) || within(other, hit);
  const place = role === 'not' ? hit.start === other.start && hit.end === other.end : within(hit, other);
  return place && bindingsAgree(hit.bindings, other.bindings);
}

export function bindingsAgree(bindings: Bindings | undefined, others: Bindings | undefined): boolean {
  for (let each = others; each; each = each.rest) {
    const own = lookUp(bindings, each.name);
    if (own !== undefined && !agree(own, each.value)) return false;
  }
  return true;
}

function focusOn(hit: Hit, names: readonly string[]): Hit[] {
  return names.flatMap((name) => {
    const binding = lookUp(hit.bindings, name);
    return binding ? [{ start: binding.start, end: binding.end, bindings: hit.bindings }] : [];
  });
}

/** Each place with the same bindings once, in the order of the text, the longer of two with one start first. */
function distinct(hits: readonly Hit[]): readonly Hit[] {
  if (hits.length < 2) return hits;
  const seen = new Set<string>();
  const kept = hits.filter((hit) => {
    const key = identity(hit);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  return kept.sort((a, b) => a.start - b.start || b.end - a.end);
}

function identity(hit: Hit): string {
  let text = `${hit.start}:${hit.end}${hit.isOuter ? 'o' : ''}`;
  const names = [...toMap(hit.bindings)].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [name, value] of names) text += `\u0000${name}\u0000${value.start}:${value.end}`;
  return text;
}
