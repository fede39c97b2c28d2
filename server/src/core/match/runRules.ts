import type { Problem } from '../base/problem.ts';
import { compareRanges, type Range } from '../base/range.ts';
import { compareText } from '../base/order.ts';
import type { Severity } from '../base/severity.ts';
import { toMap } from './bindings.ts';
import { Budget, BudgetExceeded } from './budget.ts';
import { Code } from './code.ts';
import type { CompiledRule } from './compileRule.ts';
import { evaluate } from './evaluate.ts';
import { fill, fixEdits } from './fix.ts';
import type { Finding } from './finding.ts';
import type { Hit } from './hit.ts';
import type { SyntaxTree } from '../syntax/syntaxTree.ts';

/** Code that a `require-tag` rule found; which unit it lies in is decided later. */
export interface RelevantCode {
  readonly ruleId: string;
  readonly range: Range;
  readonly text: string;
}

export interface RuleResults {
  /** Sorted by place, then rule. */
  readonly findings: readonly Finding[];
  readonly relevant: readonly RelevantCode[];
  readonly problems: readonly Problem[];
}

/** Steps that one rule may take on one file: a few seconds at the worst, where common rules take microseconds. */
const STEPS_PER_RULE = 5_000_000;

/** Runs the rules on one file. A rule that fails or takes too long is reported and left out; the others run. */
export function runRules(
  path: string,
  syntax: SyntaxTree,
  rules: readonly CompiledRule[],
  severityOf: (compiled: CompiledRule) => Severity,
): RuleResults {
  const code = new Code(syntax);
  const findings: Finding[] = [];
  const relevant: RelevantCode[] = [];
  const problems: Problem[] = [];
  for (const compiled of rules) {
    if (!compiled.appliesTo(path)) continue;
    const { rule } = compiled;
    let hits: readonly Hit[];
    try {
      hits = onePerPlace(evaluate({ code, budget: new Budget(STEPS_PER_RULE) }, compiled.formula));
    } catch (error) {
      problems.push(failure(path, rule.id, error));
      continue;
    }
    for (const hit of hits) {
      const range = syntax.lines.rangeOf(hit);
      if (rule.mode === 'require-tag') {
        relevant.push({ ruleId: rule.id, range, text: code.text.slice(hit.start, hit.end) });
        continue;
      }
      const bindings = textsOf(code, hit);
      const fix = fixEdits(code, rule.fix, hit, bindings);
      findings.push({
        ruleId: rule.id,
        severity: severityOf(compiled),
        message: fill(rule.message, bindings),
        range,
        bindings,
        ...(fix ? { fix } : {}),
        related: [],
      });
    }
  }
  findings.sort((a, b) => compareRanges(a.range, b.range) || compareText(a.ruleId, b.ruleId));
  return { findings, relevant, problems };
}

/** Several ways to match one place make one finding. */
function onePerPlace(hits: readonly Hit[]): Hit[] {
  return hits.filter((hit, index) => {
    const before = hits[index - 1];
    return before?.start !== hit.start || before.end !== hit.end;
  });
}

function textsOf(code: Code, hit: Hit): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, binding] of toMap(hit.bindings))
    texts[name] = code.text.slice(binding.start, binding.end);
  return texts;
}

function failure(path: string, ruleId: string, error: unknown): Problem {
  const detail =
    error instanceof BudgetExceeded
      ? 'it takes too long on this file'
      : `an internal error: ${error instanceof Error ? error.message : String(error)}`;
  return {
    code: 'rule-failed',
    severity: 'warning',
    message: `Rule ${ruleId} was not applied to this file: ${detail}.`,
    path,
  };
}
