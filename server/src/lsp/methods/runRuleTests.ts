import { isYaml } from '../../host/projectRules.ts';
import type { ParamsOf, ResultOf, runRuleTests as message } from '../../protocol/messages.ts';
import type { Context } from '../context.ts';
import { firstStem, readRuleTests, runTestsOf } from '../ruleTestFiles.ts';

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
  const files = await readRuleTests(session, place);
  if (files.rules.length === 0) {
    return {
      results: [],
      problems: [`There is no rule file ${isYaml(path) ? path : `${firstStem(path)}.yaml`}.`],
    };
  }
  if (files.tests.length === 0) {
    const problem = `There is no test file beside ${path}: write ${firstStem(path)}.c, for example.`;
    return { results: [], problems: [problem] };
  }
  const outcome = await runTestsOf(session, files);
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
