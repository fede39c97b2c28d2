import { Query, type Language } from 'web-tree-sitter';

import type { Span } from '../base/range.ts';
import type { Grammar } from './grammar.ts';
import { matchesOf } from './queryMatches.ts';
import { readQuery, type QueryPattern } from './queryPattern.ts';
import { firstAtOrAfter } from './syntaxTable.ts';
import type { SyntaxTree } from './syntaxTree.ts';

/** A raw tree-sitter query of a rule. */
export interface RuleQuery {
  readonly source: string;
  /** How it runs on the table of a file; undefined where it needs the engine of the grammar. */
  readonly patterns: readonly QueryPattern[] | undefined;
  /** To make it costs as much as several parses. */
  query(): Query;
}

/** One match: the extent of `@match`, and the other captures by name. UTF-16 offsets. */
export interface QueryMatch {
  readonly start: number;
  readonly end: number;
  readonly captures: readonly { readonly name: string; readonly start: number; readonly end: number }[];
}

/** The engine calls back now and then; after this many calls a query is given up. */
const MAX_PROGRESS_CALLS = 20_000;
const MATCH_LIMIT = 4096;

/** Compiled queries that are kept for each grammar: rules repeat each other's. */
const MAX_KEPT = 500;

const kept = new WeakMap<Grammar, Map<string, Outcome>>();

type Outcome = { readonly query: RuleQuery } | { readonly error: string };

/** @param isTried it is known to compile: it is made when it is first asked */
export function compileQuery(source: string, grammar: Grammar, isTried = false): Outcome {
  const outcomes = kept.get(grammar) ?? new Map<string, Outcome>();
  kept.set(grammar, outcomes);
  const known = outcomes.get(source);
  if (known !== undefined) return known;
  const { runtime } = grammar;
  if (runtime === undefined) return { error: 'plain text has no syntax that a query could ask for' };
  let made: Query | undefined;
  const query = (): Query => (made ??= new Query(runtime.language, source));
  const patterns = readQuery(source, grammar, supertypesOf(runtime.language));
  let outcome: Outcome = { query: { source, patterns, query } };
  try {
    if (!isTried && !query().captureNames.includes('match')) {
      query().delete();
      outcome = { error: 'the query needs a capture `@match`, the range to report' };
    }
  } catch (error) {
    outcome = { error: `the query is wrong: ${error instanceof Error ? error.message : String(error)}` };
  }
  if (outcomes.size >= MAX_KEPT) outcomes.clear();
  outcomes.set(source, outcome);
  return outcome;
}

/**
 * @param within looks only at this stretch of the text
 * @returns the matches, or undefined when the query did not end within its limit
 */
export function runQuery(
  rule: RuleQuery,
  syntax: SyntaxTree,
  within?: Span,
): readonly QueryMatch[] | undefined {
  if (syntax.tree === undefined) return [];
  const { table, grammar } = syntax;
  if (rule.patterns !== undefined) {
    const from = within ? firstAtOrAfter(table, within.start) : 0;
    const to = within ? firstAtOrAfter(table, within.end) : table.count;
    return matchesOf(rule.patterns, table, grammar, from, to);
  }
  const query = rule.query();
  const progress = { calls: 0, exceeded: false };
  const matches = query.matches(syntax.tree.rootNode, {
    matchLimit: MATCH_LIMIT,
    // Of UTF-16, in bytes.
    ...(within ? { startIndex: 2 * within.start, endIndex: 2 * within.end } : {}),
    progressCallback: () => {
      progress.exceeded = ++progress.calls > MAX_PROGRESS_CALLS;
      return progress.exceeded;
    },
  });
  if (progress.exceeded || query.didExceedMatchLimit()) return undefined;
  const found: QueryMatch[] = [];
  for (const { captures } of matches) {
    const main = captures.find((capture) => capture.name === 'match');
    if (main === undefined) continue;
    found.push({
      start: main.node.startIndex,
      end: main.node.endIndex,
      captures: captures
        .filter((capture) => capture.name !== 'match')
        .map(({ name, node }) => ({ name, start: node.startIndex, end: node.endIndex })),
    });
  }
  return found;
}

function supertypesOf(language: Language): ReadonlySet<string> {
  return new Set(language.supertypes.map((symbol) => language.nodeTypeForId(symbol) ?? ''));
}
