import type { Problem } from '../core/base/problem.ts';
import { START_OF_FILE, type Range } from '../core/base/range.ts';
import { checkRules, isRuleFile, languagesOf } from '../core/match/checkRules.ts';
import { isBeside, isFixedFile, type RuleTestResult } from '../core/match/ruleTests.ts';
import { loadRules, type RuleFile } from '../core/rules/loadRules.ts';
import { isYaml } from '../host/projectRules.ts';
import type { OpenDocument, Place } from './documents.ts';
import type { Folder } from './folder.ts';
import { readRuleTests, runTestsOf } from './ruleTestFiles.ts';
import type { Session } from './session.ts';

/** What is wrong with an open rule file, as its text is now. */
interface Checked {
  readonly text: string;
  /** Grammars that were loaded then: with another one there may be more to say. */
  readonly grammars: number;
  readonly problems: readonly Problem[];
}

const checks = new WeakMap<OpenDocument, Checked>();
/** What the tests of open rule files say: by folder, path of the rule file and path of the file that it is said of. */
const tested = new WeakMap<Folder, Map<string, ReadonlyMap<string, readonly Problem[]>>>();

/** True for an open file that holds rules. Item files and the configuration have forms of their own. */
export function isOpenRuleFile(document: OpenDocument): boolean {
  const { folder, path } = document.place;
  if (!isYaml(path) && document.text.languageId !== 'yaml') return false;
  const role = folder.workspace.roleOf(path);
  return (role === 'other' || role === 'text') && isRuleFile({ path, text: document.text.getText() });
}

/** Mistakes in an open rule file: what does not load and what does not compile. Undefined for every other file. */
export function ruleFileProblems(session: Session, { folder, path }: Place): readonly Problem[] | undefined {
  const document = session.documents.at(folder, path);
  if (document === undefined || !isOpenRuleFile(document)) return undefined;
  const { languages } = session.engine;
  const text = document.text.getText();
  const grammars = languages.definitions.filter(({ id }) => languages.isLoaded(id)).length;
  const known = checks.get(document);
  if (known?.text === text && known.grammars === grammars) return known.problems;
  const { problems } = checkRules({ path, text }, languages);
  checks.set(document, { text, grammars, problems });
  return problems;
}

/** Loads the grammars that the rules of an open file are compiled for. */
export async function prepareRuleFile(session: Session, document: OpenDocument): Promise<void> {
  if (!isOpenRuleFile(document)) return;
  const file = { path: document.place.path, text: document.text.getText() };
  await session.engine.prepareLanguages(languagesOf(file, session.engine.languages));
}

/** What the tests of open rule files say of a file: of a rule file, or of a test file beside it. */
export function ruleTestProblems(folder: Folder, path: string): readonly Problem[] {
  return [...(tested.get(folder)?.values() ?? [])].flatMap((files) => files.get(path) ?? []);
}

/** Files that the tests of open rule files have something to say of. */
export function pathsOfRuleTests(folder: Folder): readonly string[] {
  return [...(tested.get(folder)?.values() ?? [])].flatMap((files) => [...files.keys()]);
}

/** Runs the tests of an open rule file, and keeps what they say. */
export async function testRuleFile(session: Session, document: OpenDocument): Promise<void> {
  if (!isOpenRuleFile(document) || document.place.folder.files === undefined) return;
  const { folder, path } = document.place;
  const files = await readRuleTests(session, document.place);
  const { results } = await runTestsOf(session, files);
  // It may have been closed meanwhile.
  if (session.documents.get(document.uri) !== document) return;
  const [rule] = files.rules;
  if (rule === undefined) return;
  const byFolder = tested.get(folder) ?? new Map<string, ReadonlyMap<string, readonly Problem[]>>();
  tested.set(folder, byFolder);
  byFolder.set(path, problemsOf(session, rule, files.tests, results));
}

/** Runs the tests that a file belongs to, which was saved or changed on disk: of the file itself or of open rule files beside it. */
export async function testBeside(session: Session, { folder, path }: Place): Promise<void> {
  for (const document of session.documents.all()) {
    if (document.place.folder !== folder) continue;
    const isOwn = document.place.path === path;
    if (isOwn || isBeside(document.place.path, path, [])) await testRuleFile(session, document);
  }
}

/** A rule file is closed: what its tests said is no longer shown. */
export function forgetRuleTests({ place: { folder, path } }: OpenDocument): void {
  tested.get(folder)?.delete(path);
}

function problemsOf(
  session: Session,
  rule: RuleFile,
  tests: readonly RuleFile[],
  results: readonly RuleTestResult[],
): ReadonlyMap<string, readonly Problem[]> {
  const found = new Map<string, Problem[]>();
  const add = (path: string, range: Range, message: string): void => {
    const own = found.get(path) ?? [];
    found.set(path, own);
    own.push({ code: 'rule-test', severity: 'warning', message, path, range });
  };
  const places = new Map(
    loadRules([rule], session.engine.languages).rules.map(({ id, source }) => [id, source.range]),
  );
  for (const { passed, ruleId, testFile, failures } of results) {
    if (passed) continue;
    const place = places.get(ruleId) ?? places.get(ruleId.split(', ', 1)[0] ?? '') ?? [...places.values()][0];
    add(rule.path, place ?? START_OF_FILE, summaryOf(testFile, failures));
    const lines = tests.find(({ path }) => path === testFile)?.text.split(/\r?\n/) ?? [];
    for (const { line, message } of failures) add(testFile, lineRange(lines, line - 1), message);
  }
  return found;
}

function summaryOf(testFile: string, failures: RuleTestResult['failures']): string {
  const name = testFile.slice(testFile.lastIndexOf('/') + 1);
  const lines = [...new Set(failures.map(({ line }) => line))];
  if (isFixedFile(testFile)) return `The fixes do not make what ${name} says; see its line ${lines[0] ?? 1}.`;
  return lines.length === 1
    ? `Line ${lines[0] ?? 1} of ${name} is not as annotated.`
    : `${lines.length} lines of ${name} are not as annotated: ${lines.join(', ')}.`;
}

/** A line without the white space around it. */
function lineRange(lines: readonly string[], line: number): Range {
  const text = lines[line] ?? '';
  const start = text.length - text.trimStart().length;
  return { start: { line, column: start }, end: { line, column: Math.max(start, text.trimEnd().length) } };
}
