// Commands of the palette.
import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';

import type { RuleTestsResult, TryRuleResult } from '../../../server/src/protocol/messages.ts';
import {
  acceptQuickInput,
  closeEverything,
  command,
  open,
  placeOf,
  readText,
  remove,
  replace,
  traceward,
  waitFor,
  waitForFinding,
  writeText,
} from '../api.ts';

describe('commands', () => {
  before(traceward);
  afterEach(closeEverything);

  it('opens an item by its id', async () => {
    await command('traceward.openItem', 'SR-AUTH-003');
    const editor = await activeEditor('requirements.yaml');
    assert.match(editor.document.lineAt(editor.selection.active.line).text, /SR-AUTH-003/);
  });

  it('opens a requirement chosen from a list', async () => {
    await acceptQuickInput(command('traceward.openItem'));
    await activeEditor('requirements.yaml');
  });

  it('shows the trace of the function at the cursor', async () => {
    const editor = await open('src/access.c');
    const at = placeOf(editor.document, 'failed_attempts = 0U;\n    current = user');
    editor.selection = new vscode.Selection(at, at);
    await acceptQuickInput(command('traceward.showTrace'));
    await waitFor('an item file', () =>
      vscode.window.activeTextEditor?.document.languageId === 'yaml' ? true : undefined,
    );
  });

  it('scans the workspace', async () => {
    await command('traceward.scanWorkspace');
    const api = await traceward();
    assert.ok((api.summary()?.folders[0]?.filesDone ?? 0) > 20);
  });

  it('runs the tests beside a rule file', async () => {
    const rule = 'rules/c/no-goto.yaml';
    await writeText(
      rule,
      'rules:\n  - id: no-goto\n    languages: [c]\n    severity: WARNING\n    message: Jump\n    pattern: jump($X)\n',
    );
    await writeText(
      'rules/c/no-goto.c',
      'void f(void)\n{\n    // ruleid: no-goto\n    jump(1);\n    // ok: no-goto\n    step(1);\n}\n',
    );
    await open(rule);
    const result = await command<RuleTestsResult>('traceward.runRuleTests');
    assert.deepEqual(
      result.results.map(({ ruleId, passed }) => [ruleId, passed]),
      [['no-goto', true]],
    );
    await writeText('rules/c/no-goto.c', 'void f(void)\n{\n    // ok: no-goto\n    jump(1);\n}\n');
    const failed = await command<RuleTestsResult>('traceward.runRuleTests');
    assert.equal(failed.results[0]?.passed, false);
    assert.equal(failed.results[0].failures[0]?.location.range.start.line, 3);
    await remove(rule);
    await remove('rules/c/no-goto.c');
  });

  it('tries the rule at the cursor on the source file that was looked at last', async () => {
    const rule = 'rules/c/try.yaml';
    await writeText(
      rule,
      'rules:\n  - id: try-copy\n    languages: [c]\n    severity: WARNING\n    message: Copy\n    pattern: copy_it($X)\n',
    );
    await writeText('src/scratch_try.c', 'void f(void)\n{\n    copy_it(1);\n    copy_it(2);\n}\n');
    await open('src/scratch_try.c');
    await open('seeded.yaml');
    await open(rule);
    const result = await command<TryRuleResult>('traceward.tryRule');
    assert.deepEqual(
      result.matches.map(({ ruleId, range }) => `${range.start.line + 1} ${ruleId}`),
      ['3 try-copy', '4 try-copy'],
    );
    await acceptQuickInput(activeEditor('src/scratch_try.c'));
    await remove(rule);
    await remove('src/scratch_try.c');
  });

  it('shows mistakes in a rule file, and what its test says', async () => {
    const rule = 'rules/c/shown.yaml';
    const text =
      'rules:\n  - id: shown\n    languages: [c]\n    severity: WARNING\n    message: Shown\n    pattern: shown($X)\n';
    await writeText(rule, text);
    await writeText('rules/c/shown.c', 'void f(void)\n{\n    // ok: shown\n    shown(1);\n}\n');
    const editor = await open(rule);
    await waitForFinding(rule, 'rule-test');
    await waitForFinding('rules/c/shown.c', 'rule-test');
    await replace(editor, 'pattern:', 'pattrn:');
    await waitForFinding(rule, 'rule-invalid');
    await closeEverything();
    await remove(rule);
    await remove('rules/c/shown.c');
  });

  it('opens an existing requirements file instead of writing over it', async () => {
    const before = await readText('security/requirements.yaml');
    await command('traceward.createRequirements');
    await activeEditor('requirements.yaml');
    assert.equal(await readText('security/requirements.yaml'), before);
  });
});

function activeEditor(name: string): Promise<vscode.TextEditor> {
  return waitFor(
    `${name} to be shown`,
    () => {
      const editor = vscode.window.activeTextEditor;
      return editor?.document.uri.path.endsWith(name) === true ? editor : undefined;
    },
    () => vscode.window.activeTextEditor?.document.uri.path,
  );
}
