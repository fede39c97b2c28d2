import { ruleSetOf, type RuleSet } from './ruleSet.ts';
import type { Rule } from './rule.ts';
import type { Problem } from '../base/problem.ts';

/** What a set of rules is when it has been read: nothing that YAML or a check could change is left. */
interface PreparedRules {
  readonly rules: readonly Rule[];
  readonly problems: readonly Problem[];
}

/** Rules that were read once and for all, as a text that `readPreparedRules` takes back without checks: the rules that ship are built so. */
export function writePreparedRules({ rules, problems }: RuleSet): string {
  return JSON.stringify({ rules, problems } satisfies PreparedRules, writeWhole);
}

/** @param text from `writePreparedRules` of the same build */
export function readPreparedRules(text: string): RuleSet {
  const { rules, problems } = JSON.parse(text, readWhole) as PreparedRules;
  return ruleSetOf(rules, problems);
}

/** Whole numbers of comparisons are of any size, for which JSON has no form. */
interface WholeNumber {
  readonly whole: string;
}

function writeWhole(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? ({ whole: String(value) } satisfies WholeNumber) : value;
}

function readWhole(_key: string, value: unknown): unknown {
  const isWhole = typeof value === 'object' && value !== null && 'whole' in value;
  return isWhole && typeof value.whole === 'string' ? BigInt(value.whole) : value;
}
