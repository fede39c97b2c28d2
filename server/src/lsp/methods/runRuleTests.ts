import type { RuleFile } from '../../core/rules/loadRules.ts';
import { runRuleTests as runTests } from '../../core/match/ruleTests.ts';
import { decodeFile } from '../../host/decode.ts';
import { isYaml } from '../../host/projectRules.ts';
import type { ParamsOf, ResultOf, runRuleTests as message } from '../../protocol/messages.ts';
import type { Context } from '../context.ts';
import type { Place } from '../documents.ts';
import type { Session } from '../session.ts';

const MAX_BYTES = 2_000_000;

/** `traceward/runRuleTests`: a rule file and the annotated files beside it that share its name, whichever of them is open. */
export async function runRuleTests(
  { session }: Context,
  params: ParamsOf<typeof message>,
): Promise<ResultOf<typeof message>> {
  const place = session.placeOf(params.textDocument.uri);
  const { folder, path } = place;
  if (folder.files === undefined) {
    return { results: [], problems: ['Rule tests need a folder: open the one that holds the rule.'] };
  }
  const stem = stemOf(path);
  const listed = await folder.files.list({});
  const beside = listed.filter(
    (each) => each.startsWith(`${stem}.`) && !each.slice(stem.length).includes('/'),
  );
  const files = await Promise.all(
    [...new Set([...beside, path])].map((each) => readFile(session, { folder, path: each })),
  );
  const texts = files.filter((file) => file !== undefined);
  const rules = texts.filter((file) => isYaml(file.path));
  const tests = texts.filter((file) => !isYaml(file.path));
  if (rules.length === 0) return { results: [], problems: [`There is no rule file ${stem}.yaml.`] };
  if (tests.length === 0) {
    return { results: [], problems: [`There is no test file beside ${path}: write ${stem}.c, for example.`] };
  }
  for (const { path: at, text } of tests) await session.engine.prepare(at, text);
  // A rule is tested on every language that it names, also when the file's ending stands for another one.
  const outcome = runTests({ rules, tests }, session.engine.languages);
  return {
    results: outcome.results.map((result) => ({
      ruleId: result.ruleId,
      ruleFile: session.uriOf(folder, result.ruleFile),
      testFile: session.uriOf(folder, result.testFile),
      passed: result.passed,
      failures: result.failures.map(({ line, message: text }) => {
        const at = { line: Math.max(0, line - 1), character: 0 };
        return {
          message: text,
          location: { uri: session.uriOf(folder, result.testFile), range: { start: at, end: at } },
        };
      }),
    })),
    problems: outcome.problems.map((problem) => problem.message),
  };
}

/** `rules/c/strcpy` of `rules/c/strcpy.yaml`, `rules/c/strcpy.c` and `rules/c/strcpy.test.c`. */
function stemOf(path: string): string {
  const slash = path.lastIndexOf('/');
  const name = path.slice(slash + 1);
  return path.slice(0, slash + 1) + (name.split('.', 1)[0] ?? name);
}

/** The text as the editor has it, else as it is on disk. */
async function readFile(session: Session, { folder, path }: Place): Promise<RuleFile | undefined> {
  const open = session.documents.at(folder, path);
  if (open !== undefined) return { path, text: open.text.getText() };
  const content = await folder.files?.read(path, { maxBytes: MAX_BYTES });
  const file = content?.ok === true ? decodeFile(path, content.bytes, MAX_BYTES) : undefined;
  return file?.kind === 'text' ? { path, text: file.text } : undefined;
}
