import { Uri, window, workspace, type OutputChannel } from 'vscode';

import {
  runRuleTests as runRequest,
  type RuleTestOutcome,
  type RuleTestsResult,
} from '../../../server/src/protocol/messages.ts';
import { plural } from '../views/words.ts';
import type { Surroundings } from './commands.ts';

let channel: OutputChannel | undefined;

/** Runs the tests beside the open rule file, or of the rule beside the open test file. Returns what it found. */
export async function runRuleTests(
  { server }: Surroundings,
  given?: unknown,
): Promise<RuleTestsResult | undefined> {
  const uri = given instanceof Uri ? given : window.activeTextEditor?.document.uri;
  if (uri === undefined) {
    void window.showInformationMessage('Traceward: open a rule file or the test file beside it.');
    return undefined;
  }
  const result = await server.ask(runRequest, { textDocument: { uri: uri.toString() } });
  channel ??= window.createOutputChannel('Traceward rule tests');
  channel.replace(reportOf(result).join('\n'));
  const failed = result.results.filter((outcome) => !outcome.passed).length;
  if (failed > 0 || result.problems.length > 0 || result.results.length === 0) {
    channel.show(true);
  }
  const summary = summaryOf(result);
  if (failed > 0) {
    void window.showWarningMessage(`Traceward: ${summary}`);
  } else {
    void window.showInformationMessage(`Traceward: ${summary}`);
  }
  return result;
}

/** Places are written as `file:line`, which the output panel turns into links. */
function reportOf(result: RuleTestsResult): string[] {
  return [...result.results.flatMap(outcomeLines), ...result.problems, '', summaryOf(result)];
}

function outcomeLines(outcome: RuleTestOutcome): string[] {
  const head = `${outcome.passed ? 'pass' : 'FAIL'}  ${outcome.ruleId}  (${outcome.testFile})`;
  const failures = outcome.failures.map(({ message, location }) => {
    const path = workspace.asRelativePath(Uri.parse(location.uri, true));
    return `      ${path}:${location.range.start.line + 1}: ${message}`;
  });
  return [head, ...failures];
}

function summaryOf({ results, problems }: RuleTestsResult): string {
  if (results.length === 0) {
    return problems[0] ?? 'No rule tests were found beside this file.';
  }
  const failed = results.filter((outcome) => !outcome.passed).length;
  return failed === 0
    ? `${plural(results.length, 'rule')} tested, all pass.`
    : `${failed} of ${plural(results.length, 'rule')} failed its tests.`;
}
