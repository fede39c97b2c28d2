import { languagesOf } from '../core/match/checkRules.ts';
import { isBeside, runRuleTests, stemOf, type RuleTestResult } from '../core/match/ruleTests.ts';
import type { Problem } from '../core/base/problem.ts';
import type { RuleFile } from '../core/rules/loadRules.ts';
import { decodeFile } from '../host/decode.ts';
import { isYaml } from '../host/projectRules.ts';
import type { Place } from './documents.ts';
import type { Session } from './session.ts';

const MAX_BYTES = 2_000_000;

/** Rule files and the files beside them, as the editor has them. */
export interface RuleTestFiles {
  readonly rules: readonly RuleFile[];
  readonly tests: readonly RuleFile[];
}

/** A rule file with its tests, or the rule files that a test file belongs to with theirs. Reads what is not open from disk. */
export async function readRuleTests(session: Session, { folder, path }: Place): Promise<RuleTestFiles> {
  if (folder.files === undefined) return { rules: [], tests: [] };
  const first = firstStem(path);
  const listed = (await folder.files.list({})).filter((each) => firstStem(each) === first);
  const paths = [...new Set([...listed, path])];
  const stems = paths.filter(isYaml).map(stemOf);
  const ruleFiles = isYaml(path)
    ? [path]
    : paths.filter((each) => isYaml(each) && isBeside(each, path, stems));
  const tests = paths.filter((each) => ruleFiles.some((ruleFile) => isBeside(ruleFile, each, stems)));
  const read = async (wanted: readonly string[]): Promise<RuleFile[]> => {
    const texts = await Promise.all(wanted.map((each) => readText(session, { folder, path: each })));
    return texts.filter((file) => file !== undefined);
  };
  return { rules: await read(ruleFiles), tests: await read(tests) };
}

/** Runs tests that were read, with the grammars that they need. */
export async function runTestsOf(
  session: Session,
  { rules, tests }: RuleTestFiles,
): Promise<{ readonly results: readonly RuleTestResult[]; readonly problems: readonly Problem[] }> {
  const { engine } = session;
  for (const rule of rules) await engine.prepareLanguages(languagesOf(rule, engine.languages));
  for (const { path, text } of tests) await engine.prepare(engine.languages.ofFile(path, text));
  return runRuleTests({ rules, tests }, engine.languages);
}

/** Text of a file as the editor has it, else as it is on disk; undefined when there is none. */
export async function readText(session: Session, { folder, path }: Place): Promise<RuleFile | undefined> {
  const open = session.documents.at(folder, path);
  if (open !== undefined) return { path, text: open.text.getText() };
  const content = await folder.files?.read(path, { maxBytes: MAX_BYTES });
  const file = content?.ok === true ? decodeFile(path, content.bytes, MAX_BYTES) : undefined;
  return file?.kind === 'text' ? { path, text: file.text } : undefined;
}

/** Path up to the first dot of the name: `rules/c/strcpy` of `rules/c/strcpy.yaml` and of `rules/c/strcpy.test.c`. */
export function firstStem(path: string): string {
  const name = path.lastIndexOf('/') + 1;
  return path.slice(0, name) + (path.slice(name).split('.', 1)[0] ?? '');
}
