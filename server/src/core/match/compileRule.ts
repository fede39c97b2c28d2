import { globTest, type PathTest } from '../base/glob.ts';
import type { Problem } from '../base/problem.ts';
import type { Range } from '../base/range.ts';
import type { Condition, Formula } from '../rules/formula.ts';
import { compileRegex, type RuleRegex } from '../rules/regex.ts';
import type { Rule } from '../rules/rule.ts';
import type { Grammar } from '../syntax/grammar.ts';
import { compileQuery, type RuleQuery } from '../syntax/query.ts';
import { compilePattern } from './compilePattern.ts';
import type { Pattern } from './pattern.ts';
import { isPiecewise } from './piecewise.ts';

/** A rule made ready for one grammar. */
export interface CompiledRule {
  readonly rule: Rule;
  readonly formula: CompiledFormula;
  /** Each function can be searched on its own: see `isPiecewise`. */
  readonly piecewise: boolean;
  /** Whether the rule looks at this file at all. */
  readonly appliesTo: PathTest;
}

export type CompiledFormula =
  | { readonly op: 'pattern'; readonly pattern: Pattern }
  | { readonly op: 'regex'; readonly regex: RuleRegex }
  | { readonly op: 'tree-sitter'; readonly query: RuleQuery }
  | { readonly op: 'any'; readonly of: readonly CompiledFormula[] }
  | {
      readonly op: 'all';
      readonly clauses: readonly CompiledClause[];
      readonly conditions: readonly CompiledCondition[];
      readonly focus: readonly (readonly string[])[];
    };

export interface CompiledClause {
  readonly role: 'match' | 'inside' | 'not' | 'not-inside' | 'not-overlapping';
  readonly formula: CompiledFormula;
}

export type CompiledCondition =
  | { readonly kind: 'metavariable-regex'; readonly metavariable: string; readonly regex: RuleRegex }
  | {
      readonly kind: 'metavariable-pattern';
      readonly metavariable: string;
      readonly formula: CompiledFormula;
    };

/** @returns the compiled rule, or what keeps it from running on this language, each with its line in the rule file */
export function compileRule(rule: Rule, grammar: Grammar): { compiled?: CompiledRule; problems: Problem[] } {
  const problems: Problem[] = [];
  const complain = (at: Range, message: string): void => {
    problems.push({
      code: 'rule-pattern',
      severity: 'error',
      message: `Rule ${rule.id} does not run on ${grammar.definition.name}: ${message}.`,
      path: rule.source.path,
      range: at,
    });
  };
  const formula = compileFormula(rule.formula, grammar, complain);
  const include = globTest(rule.paths.include);
  const exclude = globTest(rule.paths.exclude);
  for (const glob of [...include.refused, ...exclude.refused])
    complain(rule.source.range, `the glob \`${glob}\` is empty or too long`);
  if (formula === undefined || problems.length > 0) return { problems };
  const appliesTo: PathTest = (path) =>
    (rule.paths.include.length === 0 || include.test(path)) && !exclude.test(path);
  return { compiled: { rule, formula, piecewise: isPiecewise(formula, grammar), appliesTo }, problems };
}

type Complain = (at: Range, message: string) => void;

function compileFormula(formula: Formula, grammar: Grammar, complain: Complain): CompiledFormula | undefined {
  switch (formula.op) {
    case 'pattern': {
      const outcome = compilePattern(formula.text, grammar);
      if ('pattern' in outcome) return { op: 'pattern', pattern: outcome.pattern };
      complain(formula.at, outcome.error);
      return undefined;
    }
    case 'regex': {
      const outcome = compileRegex(formula.regex);
      if ('regex' in outcome) return { op: 'regex', regex: outcome.regex };
      complain(formula.at, outcome.error);
      return undefined;
    }
    case 'tree-sitter': {
      const outcome = compileQuery(formula.query, grammar);
      if ('query' in outcome) return { op: 'tree-sitter', query: outcome.query };
      complain(formula.at, outcome.error);
      return undefined;
    }
    case 'any':
      return { op: 'any', of: formula.of.flatMap((each) => compileFormula(each, grammar, complain) ?? []) };
    case 'all':
      return {
        op: 'all',
        clauses: formula.clauses.flatMap(({ role, formula: inner }) => {
          const compiled = compileFormula(inner, grammar, complain);
          return compiled ? { role, formula: compiled } : [];
        }),
        conditions: formula.conditions.flatMap((each) => compileCondition(each, grammar, complain) ?? []),
        focus: formula.focus,
      };
  }
}

function compileCondition(
  condition: Condition,
  grammar: Grammar,
  complain: Complain,
): CompiledCondition | undefined {
  if (condition.kind === 'metavariable-pattern') {
    const formula = compileFormula(condition.formula, grammar, complain);
    return formula && { kind: condition.kind, metavariable: condition.metavariable, formula };
  }
  const outcome = compileRegex(condition.regex);
  if ('regex' in outcome)
    return { kind: condition.kind, metavariable: condition.metavariable, regex: outcome.regex };
  complain(condition.at, outcome.error);
  return undefined;
}
