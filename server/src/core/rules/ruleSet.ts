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

/**
 * Puts rules together. Of several with the same id in different files the first keeps it, and the others go by an id that begins with
 * names of their path: collections of rules tell them apart by folder. Of two in one file the first stands and the other is a problem.
 */
export function ruleSetOf(rules: readonly Rule[], problems: readonly Problem[]): RuleSet {
  const byId = new Map<string, Rule>();
  const found = [...problems];
  const taken = new Set(rules.map(({ id }) => id));
  for (const rule of rules) {
    const earlier = byId.get(rule.id);
    if (earlier === undefined) {
      byId.set(rule.id, rule);
      continue;
    }
    const id = earlier.source.path === rule.source.path ? undefined : prefixedId(rule, taken);
    const { path, range } = rule.source;
    if (id === undefined) {
      const message = `Rule ${rule.id} is already defined in ${earlier.source.path}: give one of them another id.`;
      found.push({ code: 'rule-duplicate', severity: 'error', message, path, range });
      continue;
    }
    const message = `Rule ${rule.id} is called ${id} here, because ${earlier.source.path} has a rule ${rule.id} too.`;
    found.push({ code: 'rule-renamed', severity: 'information', message, path, range });
    taken.add(id);
    byId.set(id, { ...rule, id });
  }
  const sorted = [...byId.values()].sort((a, b) => compareText(a.id, b.id));
  let fingerprint: string | undefined;
  return {
    rules: sorted,
    byId: new Map(sorted.map((rule) => [rule.id, rule])),
    // Of many rules it costs as much as to load them, and few runs ask for it.
    get fingerprint() {
      return (fingerprint ??= sha256Hex(JSON.stringify(sorted, withBigIntegers)));
    },
    problems: found,
  };
}

/** Comparisons hold whole numbers of any size, for which JSON has no form. */
function withBigIntegers(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `${value}n` : value;
}

/** `folder.file.id` with as few names of the path as make it free; undefined when the path has not enough. */
function prefixedId({ id, source }: Rule, taken: ReadonlySet<string>): string | undefined {
  const names = source.path
    .replace(/\.[^./\\]*$/, '')
    .split(/[\\/]+/)
    .map((name) => name.replace(/[\s,:]+/g, '-'))
    .filter((name) => name !== '' && name !== '.' && name !== '..');
  // A file that is named after its rule tells nothing that the id does not.
  if (names.at(-1) === id && names.length > 1) names.pop();
  for (let count = 1; count <= names.length; count++) {
    const candidate = [...names.slice(-count), id].join('.');
    if (!taken.has(candidate)) return candidate;
  }
  return undefined;
}
