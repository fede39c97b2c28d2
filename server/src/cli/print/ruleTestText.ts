import { counted } from '../../core/evidence/text.ts';
import type { RuleTestResult } from '../../core/match/ruleTests.ts';
import { loadRules, type RuleFile } from '../../core/rules/loadRules.ts';
import type { LanguageSet } from '../../core/syntax/languageSet.ts';
import type { Sink } from '../io.ts';
import { styleOf } from './style.ts';

export interface RuleTestText {
  readonly text: string;
  readonly passed: number;
  readonly failed: number;
  /** Rules that loaded, tested or not. */
  readonly ruleIds: number;
}

/** One line a rule and test file, with the lines that were not as annotated. */
export function ruleTestText(
  results: readonly RuleTestResult[],
  files: readonly RuleFile[],
  languages: LanguageSet,
  sink: Pick<Sink, 'colour'>,
): RuleTestText {
  const style = styleOf(sink);
  const { rules } = loadRules(files, languages);
  const tested = new Set(results.map(({ ruleId }) => ruleId));
  const untested = rules.filter(({ id }) => !tested.has(id));
  const failed = results.filter(({ passed }) => !passed).length;
  const lines = [
    ...results.map(({ passed, ruleId, testFile, failures }) =>
      [
        `${passed ? style.green('pass') : style.red('FAIL')}  ${ruleId}  ${style.dim(testFile)}`,
        ...failures.map(({ line, message }) => `      ${style.cyan(`${testFile}:${line}`)} ${message}`),
      ].join('\n'),
    ),
    ...untested.map(
      ({ id, source }) =>
        `${style.yellow('none')}  ${id}  ${style.dim(`no test file beside ${source.path}`)}`,
    ),
    '',
    `${counted(results.length, 'test')}: ${results.length - failed} passed, ${failed} failed` +
      (untested.length === 0 ? '' : `; ${counted(untested.length, 'rule')} without a test`),
  ];
  return {
    text: lines.map((line) => `${line}\n`).join(''),
    passed: results.length - failed,
    failed,
    ruleIds: rules.length,
  };
}
