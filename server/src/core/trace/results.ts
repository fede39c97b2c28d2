/** What a run of a test ended with. `unknown`: the format does not say; never taken for passed. */
export type Verdict = 'passed' | 'failed' | 'error' | 'skipped' | 'unknown';

/** What an item of kind `result` says of one run of one test. */
export interface TestResult {
  readonly verdict: Verdict;
  /** Name of the test function or case, as the runner writes it. */
  readonly test: string;
  /** Class, suite or module; '' when there is none. */
  readonly group: string;
  /** Source file of the test, as the runner writes it. */
  readonly file?: string;
  /** From 1 on. */
  readonly line?: number;
  /** Hash of the commit that was tested, perhaps shortened. */
  readonly commit?: string;
  /** Of a failure: its first line. */
  readonly message?: string;
}

/** Names results of one file: the same test may have run more than once, and each run is kept. */
export function resultIds(path: string): (name: string) => string {
  const seen = new Map<string, number>();
  return (name) => {
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return `${path}:${name}${count === 1 ? '' : `#${count}`}`;
  };
}

/** Whether a result is of the commit at hand. A shortened hash counts for all that begin so; where one is not known nothing speaks against it. */
export function isOfCommit({ commit }: TestResult, head: string | undefined): boolean {
  if (commit === undefined || head === undefined) return true;
  return head.startsWith(commit) || commit.startsWith(head);
}

/** What the results of one test amount to: the worst counts. */
export interface ResultSum {
  readonly state: 'passed' | 'failed' | 'stale' | 'missing';
  /** One sentence, unless passed. */
  readonly text: string;
}

export function sumOfResults(results: readonly TestResult[], head: string | undefined): ResultSum {
  const current = results.filter((result) => isOfCommit(result, head));
  const bad = current.find(({ verdict }) => verdict === 'failed' || verdict === 'error');
  if (bad !== undefined) {
    const what = bad.verdict === 'failed' ? 'failed' : 'ended with an error';
    return { state: 'failed', text: `Its test \`${bad.test}\` ${what}.` };
  }
  if (current.some(({ verdict }) => verdict === 'passed')) return { state: 'passed', text: '' };
  const [stale] = results.filter((result) => !isOfCommit(result, head));
  if (stale !== undefined) {
    return {
      state: 'stale',
      text: `The result of its test \`${stale.test}\` is of commit ${(stale.commit ?? '').slice(0, 10)}, not of the present one.`,
    };
  }
  const [other] = current;
  return {
    state: 'missing',
    text: other === undefined ? 'There is no result of its test.' : `Its test \`${other.test}\` was not run.`,
  };
}

/** Ids that a test's name contains, written with hyphens or underscores: `test_SR_AUTH_003_locks` names `SR-AUTH-003`. */
export function idsInName(name: string, isId: (id: string) => boolean): readonly string[] {
  const found: string[] = [];
  for (const [match] of name.matchAll(/[A-Z][A-Z0-9]*(?:[-_][A-Z0-9]+)+/g)) {
    const parts = match.replaceAll('_', '-').split('-');
    // The longest start that is an id: `SR-AUTH-003-X` may go on with a word of the name.
    for (let length = parts.length; length >= 2; length--) {
      const id = parts.slice(0, length).join('-');
      if (!isId(id)) continue;
      found.push(id);
      break;
    }
  }
  return found;
}
