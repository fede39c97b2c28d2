import { firstAtOrAfter } from '../syntax/syntaxTable.ts';
import { runQuery } from '../syntax/query.ts';
import { agree, bind, lookUp, merge, toMap, type Binding, type Bindings } from './bindings.ts';
import { BudgetExceeded, type Budget } from './budget.ts';
import type { Code } from './code.ts';
import type { CompiledClause, CompiledCondition, CompiledFormula } from './compileRule.ts';
import { nodeBinding } from './matchNode.ts';
import type { Hit } from './hit.ts';
import { around, startingAt, type Scope } from './scope.ts';
import { searchPattern } from './searchPattern.ts';

/** Evaluates formulas on one file. */
export interface Evaluation {
  readonly code: Code;
  readonly budget: Budget;
}

/**
 * The places where a formula holds, each once, in the order of the text.
 *
 * @param scope only ranges that it allows matter; others may be left out
 */
export function evaluate(context: Evaluation, formula: CompiledFormula, scope?: Scope): readonly Hit[] {
  return distinct(hitsOf(context, formula, scope));
}

function hitsOf(context: Evaluation, formula: CompiledFormula, scope: Scope | undefined): readonly Hit[] {
  switch (formula.op) {
    case 'pattern':
      return searchPattern(context.code, formula.pattern, context.budget, scope);
    case 'regex':
      return regexHits(context.code, formula.regex);
    case 'tree-sitter':
      return queryHits(context.code, formula.query);
    case 'any':
      return formula.of.flatMap((each) => hitsOf(context, each, scope));
    case 'all':
      return allHits(context, formula, scope);
  }
}

/** AND. Stops at the first clause that leaves nothing: most rules are done after one look-up in most files. */
function allHits(
  context: Evaluation,
  formula: Extract<CompiledFormula, { op: 'all' }>,
  scope: Scope | undefined,
): readonly Hit[] {
  const clausesOf = (role: CompiledClause['role']): CompiledClause[] =>
    formula.clauses.filter((clause) => clause.role === role);
  const insides = clausesOf('inside');
  const [first, ...others] = clausesOf('match');
  // Without a match of its own, the innermost `inside` is what is reported.
  const start = first ?? insides.shift();
  if (start === undefined) return [];
  // With a focus, or when another match may be the inner one, the range reported is not the range of this clause.
  const own = formula.focus.length === 0 && others.length === 0 ? scope : undefined;
  let hits: readonly Hit[] = evaluate(context, start.formula, own);
  for (const { formula: other } of others) {
    if (hits.length === 0) return hits;
    hits = combine(context, hits, evaluate(context, other), true);
  }
  hits = filterByConditions(context, formula.conditions, hits, 'bound');
  for (const { formula: outer } of insides) {
    if (hits.length === 0) return hits;
    hits = combine(context, hits, evaluate(context, outer, around(hits)), false);
  }
  for (const { role, formula: negative } of formula.clauses) {
    if (hits.length === 0) return hits;
    if (role === 'match' || role === 'inside') continue;
    const against = evaluate(aroundHits(context, role), negative, scopeOf(role, hits));
    hits = hits.filter((hit) => !against.some((other) => excludes(context, role, hit, other)));
  }
  hits = filterByConditions(context, formula.conditions, hits, 'all');
  for (const names of formula.focus) hits = hits.flatMap((hit) => focusOn(hit, names));
  return hits;
}

/** What a hit must not lie in can be larger than the piece: a class, a `#if`. */
function aroundHits(context: Evaluation, role: CompiledClause['role']): Evaluation {
  return role === 'not-inside' ? { ...context, code: context.code.whole } : context;
}

function scopeOf(role: 'not' | 'not-inside' | 'not-overlapping', hits: readonly Hit[]): Scope | undefined {
  if (role === 'not') return startingAt(hits);
  return role === 'not-inside' ? around(hits) : undefined;
}

/**
 * Conditions can only drop hits, so those whose metavariable is bound already are asked before the costlier clauses
 * (`bound`); in the end all are.
 */
function filterByConditions(
  context: Evaluation,
  conditions: readonly CompiledCondition[],
  hits: readonly Hit[],
  which: 'bound' | 'all',
): readonly Hit[] {
  if (conditions.length === 0 || hits.length === 0) return hits;
  return hits.filter((hit) =>
    conditions.every((condition) => {
      if (which === 'bound' && lookUp(hit.bindings, condition.metavariable) === undefined) return true;
      return holds(context, condition, hit);
    }),
  );
}

/** Keeps the inner of two ranges when one lies in the other and their bindings agree. */
function combine(
  context: Evaluation,
  hits: readonly Hit[],
  others: readonly Hit[],
  bothWays: boolean,
): Hit[] {
  const combined: Hit[] = [];
  for (const hit of hits) {
    for (const other of others) {
      context.budget.spend();
      const inner = within(hit, other) ? hit : bothWays && within(other, hit) ? other : undefined;
      if (inner === undefined) continue;
      const bindings = merge(inner.bindings, inner === hit ? other.bindings : hit.bindings);
      if (bindings !== false) combined.push({ start: inner.start, end: inner.end, bindings });
    }
  }
  return distinct(combined);
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

function bindingsAgree(bindings: Bindings | undefined, others: Bindings | undefined): boolean {
  for (let each = others; each; each = each.rest) {
    const own = lookUp(bindings, each.name);
    if (own !== undefined && !agree(own, each.value)) return false;
  }
  return true;
}

function holds(context: Evaluation, condition: CompiledCondition, hit: Hit): boolean {
  const binding = lookUp(hit.bindings, condition.metavariable);
  if (binding === undefined) return false;
  const { code } = context;
  if (condition.kind === 'metavariable-regex') {
    return condition.regex.matchesStart(code.text.slice(binding.start, binding.end));
  }
  const inner = binding.node < 0 ? binding : nodeBinding(code, code.unwrap(binding.node));
  return evaluate(context, condition.formula).some(
    (other) =>
      (sameExtent(other, binding) || sameExtent(other, inner)) && bindingsAgree(hit.bindings, other.bindings),
  );
}

function sameExtent(hit: Hit, binding: Binding): boolean {
  return hit.start === binding.start && hit.end === binding.end;
}

function focusOn(hit: Hit, names: readonly string[]): Hit[] {
  return names.flatMap((name) => {
    const binding = lookUp(hit.bindings, name);
    return binding ? [{ start: binding.start, end: binding.end, bindings: hit.bindings }] : [];
  });
}

function regexHits(code: Code, regex: Extract<CompiledFormula, { op: 'regex' }>['regex']): Hit[] {
  const hits: Hit[] = [];
  const { start: from, end: to } = code.span;
  const text = code.text.slice(from, to);
  for (const match of regex.all(text)) {
    const place = { start: match.start + from, end: match.end + from, node: -1 };
    if (place.end === place.start || !code.includes(place.start)) continue;
    let bindings: Bindings | undefined;
    match.groups.forEach((group, index) => {
      // Numbered groups agree with anything; their text is shown, so the whole match stands for a place.
      if (group !== undefined)
        bindings = bind(bindings, `$${index + 1}`, { ...place, key: undefined }) || bindings;
    });
    for (const [name, group] of Object.entries(match.named)) {
      const offset = code.text.indexOf(group, place.start);
      const value = { start: offset, end: offset + group.length, node: -1, key: group };
      bindings = bind(bindings, `$${name}`, value) || bindings;
    }
    hits.push({ start: place.start, end: place.end, bindings });
  }
  return hits;
}

function queryHits(code: Code, query: Extract<CompiledFormula, { op: 'tree-sitter' }>['query']): Hit[] {
  if (query.kinds.some((kind) => code.ofKind(kind).length === 0)) return [];
  const matches = runQuery(query, code.syntax, code.span);
  if (matches === undefined) throw new BudgetExceeded();
  return matches.flatMap((match) => {
    if (!code.includes(match.start)) return [];
    let bindings: Bindings | undefined;
    for (const capture of match.captures) {
      const node = nodeAt(code, capture.start, capture.end);
      const value =
        node < 0
          ? { start: capture.start, end: capture.end, node, key: code.text.slice(capture.start, capture.end) }
          : nodeBinding(code, node);
      const bound = bind(bindings, `$${capture.name}`, value);
      // The same capture bound twice to different code: not a match in the sense of metavariables.
      if (bound === false) return [];
      bindings = bound;
    }
    return [{ start: match.start, end: match.end, bindings }];
  });
}

/** A node with exactly this extent, or -1. */
function nodeAt(code: Code, start: number, end: number): number {
  const { table } = code;
  for (let node = firstAtOrAfter(table, start); node < table.count && code.start(node) === start; node++) {
    if (code.end(node) === end) return node;
  }
  return -1;
}

/** Each place with the same bindings once, in the order of the text, the longer of two with one start first. */
function distinct(hits: readonly Hit[]): Hit[] {
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
  let text = `${hit.start}:${hit.end}`;
  const names = [...toMap(hit.bindings)].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [name, value] of names) text += `\u0000${name}\u0000${value.start}:${value.end}`;
  return text;
}
