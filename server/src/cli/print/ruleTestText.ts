import { counted, visibleText } from '../../core/evidence/text.ts';
import type { RuleTestRun } from '../commands/rulesTest.ts';
import type { Sink } from '../io.ts';
import { jsonProblem, toJson } from './places.ts';
import { styleOf } from './style.ts';

/** One line a rule and test file, with the lines that were not as annotated, and a summary. */
export function ruleTestText({ results, untested }: RuleTestRun, sink: Pick<Sink, 'colour'>): string {
  const style = styleOf(sink);
  const failed = results.filter(({ passed }) => !passed).length;
  const known = results.reduce((sum, result) => sum + result.known, 0);
  const lines = [
    ...results.map(({ passed, ruleId, testFile, failures }) =>
      [
        `${passed ? style.green('pass') : style.red('FAIL')}  ${ruleId}  ${style.dim(testFile)}`,
        ...failures.map(
          ({ line, message }) => `      ${style.cyan(`${testFile}:${line}`)} ${visibleText(message)}`,
        ),
      ].join('\n'),
    ),
    ...untested.map(
      ({ id, path }) => `${style.yellow('none')}  ${id}  ${style.dim(`no test file beside ${path}`)}`,
    ),
    '',
    `${counted(results.length, 'test')}: ${results.length - failed} passed, ${failed} failed` +
      (untested.length === 0 ? '' : `; ${counted(untested.length, 'rule')} without a test`) +
      (known === 0 ? '' : `; ${counted(known, 'line')} known to be wrong`),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** The same for programs. Lines count from 1. */
export function ruleTestJson({ results, untested, rules, problems }: RuleTestRun): string {
  const failed = results.filter(({ passed }) => !passed).length;
  return toJson({
    summary: {
      rules,
      tests: results.length,
      passed: results.length - failed,
      failed,
      withoutTest: untested.length,
      known: results.reduce((sum, result) => sum + result.known, 0),
    },
    results: results.map(({ ruleFile, testFile, kind, ruleId, passed, failures, known }) => ({
      ruleId,
      kind,
      passed,
      ruleFile,
      testFile,
      failures,
      known,
    })),
    withoutTest: untested.map(({ id, path }) => ({ ruleId: id, ruleFile: path })),
    problems: problems.map(jsonProblem),
  });
}
