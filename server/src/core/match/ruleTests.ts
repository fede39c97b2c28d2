import { LineIndex } from '../base/lineIndex.ts';
import type { Problem } from '../base/problem.ts';
import { compareText } from '../base/order.ts';
import { loadRules, type RuleFile } from '../rules/loadRules.ts';
import type { Rule } from '../rules/rule.ts';
import type { LanguageSet } from '../syntax/languageSet.ts';
import { at } from '../syntax/syntaxTable.ts';
import { freeTree, parseText, type SyntaxTree } from '../syntax/syntaxTree.ts';
import { compileRule } from './compileRule.ts';
import { runRules } from './runRules.ts';

/** What one rule did on one annotated file. */
export interface RuleTestResult {
  readonly ruleFile: string;
  readonly testFile: string;
  readonly ruleId: string;
  readonly passed: boolean;
  /** Each with the one-based line of the test file. */
  readonly failures: readonly { readonly line: number; readonly message: string }[];
}

interface Annotation {
  readonly kind: 'ruleid' | 'ok' | 'todoruleid' | 'todook';
  readonly rules: readonly string[];
  /** Zero-based line that it speaks of. */
  readonly line: number;
}

const ANNOTATION = /\b(ruleid|ok|todoruleid|todook):[ \t]*([\w.-]+(?:[ \t]*,[ \t]*[\w.-]+)*)/;

/**
 * Runs rules on the annotated files beside them: for `x.yaml` the files `x.*`. A comment `ruleid: a, b` says that the next line
 * of code must have findings of a and b, `ok: a` that it must have none of a; `todoruleid` and `todook` record a known miss or
 * false alarm and fail when they start to pass. A finding on a line without annotation fails.
 */
export function runRuleTests(
  input: { readonly rules: readonly RuleFile[]; readonly tests: readonly RuleFile[] },
  languages: LanguageSet,
): { readonly results: readonly RuleTestResult[]; readonly problems: readonly Problem[] } {
  const results: RuleTestResult[] = [];
  const problems: Problem[] = [];
  for (const ruleFile of input.rules) {
    const loaded = loadRules([ruleFile], languages);
    problems.push(...loaded.problems);
    const stem = ruleFile.path.replace(/\.[^./]+$/, '');
    const tests = input.tests.filter(
      (each) => each.path !== ruleFile.path && each.path.startsWith(`${stem}.`),
    );
    for (const rule of loaded.rules) {
      for (const test of tests) results.push(...testRule(rule, ruleFile, test, languages, problems));
    }
  }
  results.sort((a, b) => compareText(a.ruleFile, b.ruleFile) || compareText(a.testFile, b.testFile));
  return { results, problems };
}

function testRule(
  rule: Rule,
  ruleFile: RuleFile,
  test: RuleFile,
  languages: LanguageSet,
  problems: Problem[],
): RuleTestResult[] {
  const language = languages.ofFile(test.path, test.text);
  const grammar = language && languages.grammar(language.id);
  if (grammar === undefined || !rule.languages.includes(grammar.definition.id)) return [];
  const outcome = compileRule(rule, grammar);
  problems.push(...outcome.problems);
  const { compiled } = outcome;
  if (compiled === undefined) return [];
  const syntax = parseText(grammar, test.text);
  const failures: { line: number; message: string }[] = [];
  try {
    // A rule's own `paths` speak of projects, not of where its test lies.
    const run = runRules(test.path, syntax, [{ ...compiled, appliesTo: () => true }], () => rule.severity);
    problems.push(...run.problems);
    const found = new Set([...run.findings, ...run.relevant].map((each) => each.range.start.line));
    failures.push(...compare(rule.id, found, annotationsOf(syntax)));
  } finally {
    freeTree(syntax);
  }
  const passed = failures.length === 0;
  return [{ ruleFile: ruleFile.path, testFile: test.path, ruleId: rule.id, passed, failures }];
}

function compare(
  ruleId: string,
  found: ReadonlySet<number>,
  annotations: readonly Annotation[],
): { line: number; message: string }[] {
  const failures: { line: number; message: string }[] = [];
  const expected = new Set<number>();
  for (const { kind, rules, line } of annotations) {
    if (!rules.some((name) => name === ruleId || name.endsWith(`.${ruleId}`))) continue;
    const isFound = found.has(line);
    expected.add(line);
    const fail = (message: string): void => void failures.push({ line: line + 1, message });
    if (kind === 'ruleid' && !isFound) fail(`${ruleId} should report this line and does not.`);
    if (kind === 'ok' && isFound) fail(`${ruleId} reports this line, which is marked as right.`);
    if (kind === 'todoruleid' && isFound)
      fail(`${ruleId} now reports this line: change todoruleid to ruleid.`);
    if (kind === 'todook' && !isFound) fail(`${ruleId} no longer reports this line: change todook to ok.`);
  }
  for (const line of found) {
    if (!expected.has(line))
      failures.push({ line: line + 1, message: `${ruleId} reports this line, which has no annotation.` });
  }
  return failures.sort((a, b) => a.line - b.line);
}

/** Annotations are comments that stand alone on their line; each speaks of the next line that is not one. */
function annotationsOf(syntax: SyntaxTree): Annotation[] {
  const { grammar, table, text, lines } = syntax;
  const raw: Annotation[] = [];
  for (let node = 1; node < table.count; node++) {
    if (!grammar.roles.comments.has(at(table.kind, node))) continue;
    const { start, end } = lines.rangeOf({ start: at(table.start, node), end: at(table.end, node) });
    const match = ANNOTATION.exec(text.slice(at(table.start, node), at(table.end, node)));
    if (!match || !isAlone(text, lines, start)) continue;
    const kind = match[1] as Annotation['kind'];
    raw.push({ kind, rules: (match[2] ?? '').split(',').map((name) => name.trim()), line: end.line });
  }
  const annotated = new Set(raw.map((each) => each.line));
  return raw.map((each) => {
    let line = each.line + 1;
    while (annotated.has(line)) line++;
    return { ...each, line };
  });
}

function isAlone(text: string, lines: LineIndex, start: { line: number; column: number }): boolean {
  const from = lines.lineStart(start.line);
  return text.slice(from, from + start.column).trim() === '';
}
