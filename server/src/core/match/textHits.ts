import { outermostNodeAt } from '../ast/nodeAt.ts';
import type { Span } from '../base/range.ts';
import type { GenericPattern } from '../generic/compileGeneric.ts';
import { searchGeneric } from '../generic/searchGeneric.ts';
import type { RuleOptions } from '../rules/options.ts';
import type { GroupRange, RuleRegex } from '../rules/regex.ts';
import { runQuery, type QueryMatch, type RuleQuery } from '../syntax/query.ts';
import { bind, type Admits, type Bindings } from './bindings.ts';
import { BudgetExceeded } from './budget.ts';
import type { Code } from './code.ts';
import type { Evaluation } from './evaluate.ts';
import type { Hit } from './hit.ts';
import type { Scope } from './scope.ts';

/**
 * Matches of a regular expression on the text.
 *
 * @param scope only ranges that it allows matter; others may be left out
 */
export function regexHits(code: Code, regex: RuleRegex, scope?: Scope): Hit[] {
  const lines = scope && regex.withinLine ? linesOf(code, [scope.reach])[0] : undefined;
  return regexHitsIn(code, regex, lines ?? code.span);
}

function regexHitsIn(code: Code, regex: RuleRegex, span: Span): Hit[] {
  const hits: Hit[] = [];
  const { start: from, end: to } = span;
  const text = code.text.slice(from, to);
  for (const match of regex.all(text)) {
    const place = { start: match.start + from, end: match.end + from, node: undefined };
    if (place.end === place.start || !code.includes(place.start)) continue;
    let bindings: Bindings | undefined;
    match.groupRanges.forEach((group, index) => {
      // Numbered groups agree with anything.
      if (group)
        bindings = bind(bindings, `$${index + 1}`, { ...groupAt(group, from), key: undefined }) || bindings;
    });
    for (const [name, group] of Object.entries(match.namedRanges)) {
      bindings = bind(bindings, `$${name}`, { ...groupAt(group, from), key: match.named[name] }) || bindings;
    }
    hits.push({ start: place.start, end: place.end, bindings });
  }
  return hits;
}

/** Those matches of a regular expression that can lie around a hit or within one: of most expressions only the lines of the hits are read. */
export function regexHitsAt(code: Code, regex: RuleRegex, hits: readonly Hit[]): Hit[] {
  if (!regex.withinLine) return regexHits(code, regex);
  return linesOf(code, hits).flatMap((lines) => regexHitsIn(code, regex, lines));
}

/** The whole lines that hits stand on, in order, without overlap. */
function linesOf({ text, span }: Code, hits: readonly Span[]): Span[] {
  const stretches: { start: number; end: number }[] = [];
  for (const hit of [...hits].sort((a, b) => a.start - b.start)) {
    const start = Math.max(span.start, hit.start === 0 ? 0 : text.lastIndexOf('\n', hit.start - 1) + 1);
    const newline = text.indexOf('\n', hit.end);
    const end = Math.min(span.end, newline < 0 ? text.length : newline);
    const last = stretches.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else stretches.push({ start, end });
  }
  return stretches;
}

/** Matches of a pattern on the text as words and signs. */
export function genericHits(
  { code, options, budget, overlapping }: Evaluation,
  pattern: GenericPattern,
): Hit[] {
  if (!pattern.required.every((word) => code.text.includes(word))) return [];
  const spend = (): void => {
    budget.spend();
  };
  const { start: from, end: to } = code.span;
  return searchGeneric(code.genericText(options), pattern, spend, overlapping).flatMap((hit) => {
    if (hit.start < from || hit.end > to || !code.includes(hit.start)) return [];
    let bindings: Bindings | undefined;
    for (const { name, start, end } of hit.bindings) {
      const value = { start, end, node: undefined, key: code.text.slice(start, end) };
      bindings = bind(bindings, name, value) || bindings;
    }
    return [{ start: hit.start, end: hit.end, bindings }];
  });
}

function groupAt({ start, end }: GroupRange, from: number): { start: number; end: number; node: undefined } {
  return { start: start + from, end: end + from, node: undefined };
}

/**
 * Matches of a raw query.
 *
 * @param scope only ranges that it allows matter; others may be left out
 * @param admits matches with other bindings may be left out
 */
export function queryHits(
  code: Code,
  query: RuleQuery,
  options: RuleOptions,
  scope?: Scope,
  admits?: Admits,
): Hit[] {
  const matches: QueryMatch[] = [];
  for (const stretch of stretchesFor(code, query, scope)) {
    const found = runQuery(query, code.syntax, stretch);
    if (found === undefined) throw new BudgetExceeded();
    for (const match of found) matches.push(match);
  }
  return matches.flatMap((match) => {
    if (!code.includes(match.start) || scope?.allows(match.start, match.end) === false) return [];
    const mayBe = ({ name, start, end }: (typeof match.captures)[number]): boolean =>
      admits?.(`$${name}`, { start, end, node: undefined, key: undefined }) !== false;
    if (!match.captures.every(mayBe)) return [];
    let bindings: Bindings | undefined;
    for (const capture of match.captures) {
      const node = outermostNodeAt(code.ast, capture.start, capture.end);
      const key = node
        ? code.keyOf(node, options.unify_ids_strictly)
        : code.text.slice(capture.start, capture.end);
      const value = { start: capture.start, end: capture.end, node, key };
      const bound = bind(bindings, `$${capture.name}`, value);
      // The same capture bound twice to different code: not a match in the sense of metavariables.
      if (bound === false) return [];
      bindings = bound;
    }
    return [{ start: match.start, end: match.end, bindings }];
  });
}

/** What a query is asked of; a match that is around a stretch, or begins in it and goes on behind it, is found, too. */
function stretchesFor(code: Code, query: RuleQuery, scope: Scope | undefined): readonly Span[] {
  // The engine of the grammar finds a match again in each stretch that it reaches into.
  const stretches = query.patterns === undefined ? [code.span] : code.stretches;
  if (scope === undefined) return stretches;
  const { reach } = scope;
  return stretches.flatMap((each) => {
    const start = Math.max(each.start, reach.start);
    const end = Math.min(each.end, reach.end);
    return start < end ? [{ start, end }] : [];
  });
}
