import type { Problem } from '../base/problem.ts';
import { compareText } from '../base/order.ts';
import { loadRules, type RuleFile } from '../rules/loadRules.ts';
import type { Rule } from '../rules/rule.ts';
import type { LanguageSet } from '../syntax/languageSet.ts';
import { annotationsOf, namesRule, type Annotation } from './annotations.ts';
import { applyFixes } from './applyFixes.ts';
import type { Finding } from './finding.ts';
import { runOnText } from './runOnText.ts';

/** What one rule did on one annotated file, or what the fixes of a rule file made of it. */
export interface RuleTestResult {
  readonly ruleFile: string;
  /** The annotated file; of `fixes` the file that says what they make of it. */
  readonly testFile: string;
  readonly kind: 'findings' | 'fixes';
  /** Of `fixes` the ids of all rules that repaired something, with commas between. */
  readonly ruleId: string;
  readonly passed: boolean;
  /** Each with the one-based line of the test file. */
  readonly failures: readonly TestFailure[];
  /** Lines that are known to be missed or reported by mistake (`todoruleid`, `todook`), and still are. */
  readonly known: number;
}

export interface TestFailure {
  readonly line: number;
  readonly message: string;
}

/** Characters of a line that a message shows. */
const MAX_SHOWN = 100;

/**
 * Runs rules on the annotated files beside them: for `x.yaml` the files `x.*`. A comment `ruleid: a, b` says that the next line
 * of code must have findings of a and b, `ok: a` that it must have none of a; `todoruleid` and `todook` record a known miss or
 * false alarm and fail when they start to pass. A finding on a line without annotation fails, and so does `ruleid` for a rule that does not run. `x.fixed.c` holds the text of `x.c` after
 * all fixes.
 */
export function runRuleTests(
  input: { readonly rules: readonly RuleFile[]; readonly tests: readonly RuleFile[] },
  languages: LanguageSet,
): { readonly results: readonly RuleTestResult[]; readonly problems: readonly Problem[] } {
  const results: RuleTestResult[] = [];
  const problems: Problem[] = [];
  const stems = input.rules.map(({ path }) => stemOf(path));
  const files = input.rules.map((ruleFile) => ({ ruleFile, loaded: loadRules([ruleFile], languages) }));
  const all = files.flatMap(({ loaded }) => loaded.rules);
  for (const { ruleFile, loaded } of files) {
    problems.push(...loaded.problems);
    const isWhole = !loaded.problems.some(({ severity }) => severity === 'error');
    const beside = input.tests.filter(({ path }) => isBeside(ruleFile.path, path, stems));
    for (const test of beside.filter(({ path }) => !isFixedFile(path))) {
      const fixed = fixedFileOf(test.path, beside);
      results.push(...testRules(loaded.rules, isWhole, all, ruleFile, test, fixed, languages, problems));
    }
  }
  results.sort((a, b) => compareText(a.ruleFile, b.ruleFile) || compareText(a.testFile, b.testFile));
  return { results, problems: unique(problems) };
}

/** True for a file that says what fixes make of another: `x.fixed.c`, `x.test.fixed.c`. */
export function isFixedFile(path: string): boolean {
  return /\.fixed(?:\.test)?\.[^./]+$/.test(path);
}

/** Path of a rule file without its ending: its test files begin with it. */
export function stemOf(ruleFile: string): string {
  return ruleFile.replace(/\.ya?ml$/i, '');
}

/**
 * True when a file belongs to the tests of a rule file: `x.c`, `x.test.c`, `x.fixed.c` beside `x.yaml`. Other YAML files beside it hold
 * rules of their own; of two rule files `x.yaml` and `x.y.yaml` the file `x.y.c` belongs to the second.
 *
 * @param stems of all rule files at hand
 */
export function isBeside(ruleFile: string, path: string, stems: readonly string[]): boolean {
  const stem = stemOf(ruleFile);
  if (!path.startsWith(`${stem}.`) || path.includes('/', stem.length)) return false;
  // `x.test.yaml` is no rule file but code that rules look at.
  if (/\.ya?ml$/i.test(path) && !/\.(?:test|fixed)\.ya?ml$/i.test(path)) return false;
  const others = stems.filter((other) => other.length > stem.length && !/\.(?:test|fixed)$/.test(other));
  return !others.some((other) => path.startsWith(`${other}.`));
}

/** The file that holds a test file's text after all fixes: `x.fixed.c` is that of `x.c`, or of `x.test.c` where there is no other. */
function fixedFileOf(test: string, beside: readonly RuleFile[]): RuleFile | undefined {
  const plain = test.replace(/\.test(\.[^./]+)$/, '$1');
  const names = [test.replace(/(\.[^./]+)$/, '.fixed$1')];
  if (plain !== test) {
    names.push(test.replace(/(\.test\.[^./]+)$/, '.fixed$1'));
    if (!beside.some(({ path }) => path === plain)) names.push(plain.replace(/(\.[^./]+)$/, '.fixed$1'));
  }
  return beside.find(({ path }) => names.includes(path));
}

/**
 * @param isWhole whether these are all rules of the file: each of them loaded
 * @param all rules of all files
 */
function testRules(
  rules: readonly Rule[],
  isWhole: boolean,
  all: readonly Rule[],
  ruleFile: RuleFile,
  test: RuleFile,
  fixed: RuleFile | undefined,
  languages: LanguageSet,
  problems: Problem[],
): RuleTestResult[] {
  const annotations = annotationsOf(test.text);
  const results: RuleTestResult[] = [];
  const findings: Finding[] = [];
  const add = (ruleId: string, failures: readonly TestFailure[], known = 0): void =>
    void results.push({
      ruleFile: ruleFile.path,
      testFile: test.path,
      kind: 'findings',
      ruleId,
      passed: failures.length === 0,
      failures,
      known,
    });
  for (const rule of rules) {
    const run = runOnText(rule, test.path, test.text, languages);
    if (run === undefined) {
      const failures = notRun(rule.id, annotations, 'it does not run on files like this one');
      if (failures.length > 0) add(rule.id, failures);
      continue;
    }
    problems.push(...run.problems);
    const told = run.problems.map(({ message }) => ({ line: 1, message }));
    if (run.problems.some(({ severity }) => severity === 'error')) {
      add(rule.id, [...told, ...notRun(rule.id, annotations, 'it was refused')]);
      continue;
    }
    findings.push(...run.findings);
    const found = new Set([...run.findings, ...run.relevant].map((each) => each.range.start.line));
    const { failures, known } = compare(rule.id, found, annotations);
    add(rule.id, [...told, ...failures], known);
  }
  // Where all rules load, it may be the name of a rule of another file, also of one that is not at hand.
  if (isWhole)
    for (const name of unknownNames(annotations, all))
      problems.push(unknownName(name, annotations, ruleFile, test));
  else
    for (const name of unknownNames(annotations, rules))
      add(name, notRun(name, annotations, `no rule of ${ruleFile.path} that loads is called so`));
  if (fixed !== undefined && results.length > 0)
    results.push(testFixes(ruleFile, test, fixed, findings, languages));
  return results;
}

/** What a rule should report and cannot: its tests must not pass because it does not run. */
function notRun(ruleId: string, annotations: readonly Annotation[], reason: string): TestFailure[] {
  return annotations
    .filter((annotation) => annotation.kind === 'ruleid' && namesRule(annotation, ruleId))
    .map(({ line }) => ({
      line: line + 1,
      message: `${ruleId} should report this line and does not: ${reason}.`,
    }));
}

/** Names in `ruleid` that are none of these rules'. */
function unknownNames(annotations: readonly Annotation[], rules: readonly Rule[]): ReadonlySet<string> {
  const single = annotations.flatMap((each) => each.rules.map((name) => ({ ...each, rules: [name] })));
  const unknown = single.filter(
    (each) => each.kind === 'ruleid' && !rules.some(({ id }) => namesRule(each, id)),
  );
  return new Set(unknown.flatMap(({ rules: names }) => names).filter((name) => name !== ''));
}

/** Nothing is tested by such a line: a mistyped name would pass for ever. */
function unknownName(
  name: string,
  annotations: readonly Annotation[],
  ruleFile: RuleFile,
  test: RuleFile,
): Problem {
  const line = annotations.find(({ kind, rules }) => kind === 'ruleid' && rules.includes(name))?.line ?? 0;
  const place = { line, column: 0 };
  return {
    code: 'rule-test-name',
    severity: 'warning',
    message: `No rule of ${ruleFile.path} or another file is called ${name}: its \`ruleid\` lines test nothing.`,
    path: test.path,
    range: { start: place, end: place },
  };
}

function compare(
  ruleId: string,
  found: ReadonlySet<number>,
  annotations: readonly Annotation[],
): { readonly failures: TestFailure[]; readonly known: number } {
  const failures: TestFailure[] = [];
  const expected = new Set<number>();
  let known = 0;
  for (const annotation of annotations) {
    if (!namesRule(annotation, ruleId)) continue;
    const { kind, line } = annotation;
    const isFound = found.has(line);
    expected.add(line);
    const fail = (message: string): void => void failures.push({ line: line + 1, message });
    if (kind === 'ruleid' && !isFound) fail(`${ruleId} should report this line and does not.`);
    if (kind === 'ok' && isFound) fail(`${ruleId} reports this line, which is marked as right.`);
    if (kind === 'todoruleid' && isFound)
      fail(`${ruleId} now reports this line: change todoruleid to ruleid.`);
    if (kind === 'todook' && !isFound) fail(`${ruleId} no longer reports this line: change todook to ok.`);
    if ((kind === 'todoruleid' && !isFound) || (kind === 'todook' && isFound)) known++;
  }
  for (const line of found) {
    if (!expected.has(line))
      failures.push({ line: line + 1, message: `${ruleId} reports this line, which has no annotation.` });
  }
  return { failures: failures.sort((a, b) => a.line - b.line), known };
}

function testFixes(
  ruleFile: RuleFile,
  test: RuleFile,
  fixed: RuleFile,
  findings: readonly Finding[],
  languages: LanguageSet,
): RuleTestResult {
  const language = languages.ofFile(test.path, test.text)?.id;
  const outcome = applyFixes(
    test.text,
    findings,
    language === undefined ? undefined : languages.grammar(language),
  );
  const failure = firstDifference(outcome.text, fixed.text);
  const leftOut = outcome.leftOut.map(({ finding, reason }) => ({
    line: finding.range.start.line + 1,
    message:
      reason === 'overlap'
        ? `The fix of ${finding.ruleId} for this line was left out: it overlaps another one.`
        : `The fix of ${finding.ruleId} for this line was left out: the fixes would break the syntax.`,
  }));
  return {
    ruleFile: ruleFile.path,
    testFile: fixed.path,
    kind: 'fixes',
    ruleId:
      [...new Set(findings.filter(({ fix }) => fix !== undefined).map(({ ruleId }) => ruleId))].join(', ') ||
      'no fix',
    passed: failure === undefined,
    failures: failure === undefined ? [] : [failure, ...leftOut],
    known: 0,
  };
}

/** The first line in which what the fixes made differs from what is expected; how lines end does not count. */
function firstDifference(made: string, expected: string): TestFailure | undefined {
  const left = made.split(/\r?\n/);
  const right = expected.split(/\r?\n/);
  const index = left.findIndex((line, number) => line !== right[number]);
  const line = index >= 0 ? index : left.length;
  if (index < 0 && left.length === right.length) return undefined;
  return {
    line: line + 1,
    message: `The fixes make this line ${quoted(left[line])}; this file says ${quoted(right[line])}.`,
  };
}

function quoted(line: string | undefined): string {
  if (line === undefined) return 'the end of the file';
  return `\`${line.length > MAX_SHOWN ? `${line.slice(0, MAX_SHOWN)}...` : line}\``;
}

function unique(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
