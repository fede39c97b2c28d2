import { counts } from './coverage.ts';
import type { Gap, Node } from './coverage.ts';
import type { Item } from './item.ts';
import { idsInName, sumOfResults } from './results.ts';
import type { ResultSum, TestResult } from './results.ts';
import type { UnitRef } from './unit.ts';

/** A result that names nothing by itself leads to the items whose ids stand in the name of its test. */
export function withNamedTests(items: readonly Item[]): readonly Item[] {
  if (!items.some(({ result }) => result !== undefined)) return items;
  const ids = new Set(items.filter(({ kind }) => kind !== 'result').map(({ id }) => id));
  return items.map((item) => {
    const { result, links, location } = item;
    if (result === undefined || links.length > 0) return item;
    const named = idsInName(result.test, (id) => ids.has(id));
    return { ...item, links: named.map((to) => ({ type: 'verifies' as const, role: 'name', to, location })) };
  });
}

/** Results by the bare name of their test function, without parameters and modules. */
export function resultsByTest(items: readonly Item[]): ReadonlyMap<string, readonly TestResult[]> {
  const found = new Map<string, TestResult[]>();
  for (const { result } of items) {
    if (result === undefined) continue;
    const name = bareName(result.test);
    const known = found.get(name);
    if (known === undefined) found.set(name, [result]);
    else known.push(result);
  }
  return found;
}

/** Results of a test function: of its name and, where the runner names a file, of its file. */
export function resultsOfUnit(
  { kind, name, path }: UnitRef,
  results: ReadonlyMap<string, readonly TestResult[]>,
): readonly TestResult[] {
  if (kind === 'file') return [];
  return (results.get(bareName(name)) ?? []).filter(
    ({ file }) => file === undefined || endsWithPath(file, path) || endsWithPath(path, file),
  );
}

function bareName(test: string): string {
  return test
    .replace(/[[(].*$/s, '')
    .replace(/^.*(?:::|\.|\/)/s, '')
    .trim();
}

function endsWithPath(long: string, short: string): boolean {
  const path = long.replaceAll('\\', '/');
  const end = short.replaceAll('\\', '/').replace(/^\.\//, '');
  return path === end || path.endsWith(`/${end}`);
}

/**
 * What the results of an item's tests amount to, and the gap where they did not pass. Undefined where the item has no test that is run, or no
 * result is there and none is expected.
 */
export function resultGap(
  node: Node,
  { head, expectsResults = false }: { readonly head?: string; readonly expectsResults?: boolean },
): { readonly state: ResultSum['state']; readonly gap?: Gap } | undefined {
  const { item, incoming, results } = node;
  const testCode = incoming.filter(
    (edge) =>
      edge.source === undefined && counts(edge) && (edge.link.type === 'verifies' || item.kind === 'test'),
  );
  const groups = [
    ...(results.length > 0 ? [results] : []),
    ...testCode.map((edge) => edge.results ?? []).filter((each) => each.length > 0),
  ];
  if (groups.length === 0) {
    const expected =
      expectsResults && (item.kind === 'test' ? item.method === 'automated' : testCode.length > 0);
    if (!expected) return undefined;
    return { state: 'missing', gap: { text: sumOfResults([], head).text, severity: 'warning' } };
  }
  const sums = groups.map((group) => sumOfResults(group, head));
  const worst = WORST_FIRST.map((state) => sums.find((sum) => sum.state === state)).find(
    (sum) => sum !== undefined,
  );
  if (worst === undefined || worst.state === 'passed') return { state: 'passed' };
  return {
    state: worst.state,
    gap: { text: worst.text, severity: worst.state === 'failed' ? 'error' : 'warning' },
  };
}

const WORST_FIRST: readonly ResultSum['state'][] = ['failed', 'stale', 'missing', 'passed'];
