import { sha256Hex } from '../base/hash.ts';
import { compareText } from '../base/order.ts';
import type { Problem } from '../base/problem.ts';
import type { Rule } from './rule.ts';

/** The rules in force, sorted by id. */
export interface RuleSet {
  readonly rules: readonly Rule[];
  readonly byId: ReadonlyMap<string, Rule>;
  /** Changes whenever any rule changes: facts made with another fingerprint are stale. */
  readonly fingerprint: string;
  /** Rules that did not load, and why. */
  readonly problems: readonly Problem[];
}

/** Puts rules together; of two with the same id the first stands and the other is a problem. */
export function ruleSetOf(rules: readonly Rule[], problems: readonly Problem[]): RuleSet {
  const byId = new Map<string, Rule>();
  const found = [...problems];
  for (const rule of rules) {
    const earlier = byId.get(rule.id);
    if (earlier === undefined) {
      byId.set(rule.id, rule);
    } else {
      found.push({
        code: 'rule-duplicate',
        severity: 'error',
        message: `Rule ${rule.id} is already defined in ${earlier.source.path}: give one of them another id.`,
        path: rule.source.path,
        range: rule.source.range,
      });
    }
  }
  const sorted = [...byId.values()].sort((a, b) => compareText(a.id, b.id));
  return {
    rules: sorted,
    byId: new Map(sorted.map((rule) => [rule.id, rule])),
    fingerprint: sha256Hex(JSON.stringify(sorted)),
    problems: found,
  };
}
