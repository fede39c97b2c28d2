import {
  commands,
  Range,
  Uri,
  window,
  workspace,
  WorkspaceEdit,
  type CodeAction,
  type Command,
} from 'vscode';

import { clientCommands, type SuppressArguments } from '../../../server/src/protocol/messages.ts';
import { editorPosition } from '../places.ts';
import type { Surroundings } from './commands.ts';

/**
 * Asks why a finding is accepted and inserts the suppression comment. The arguments come from the server's code action; without
 * them, the finding at the cursor is meant. A `reason` given with them (from a keybinding) is not asked for.
 */
export async function suppressWithReason(_: Surroundings, given?: unknown, reason?: unknown): Promise<void> {
  const target = isSuppressArguments(given) ? given : await atCursor();
  if (target === undefined) {
    return;
  }
  const written = typeof reason === 'string' ? reason : await askReason(target);
  if (written === undefined) {
    return;
  }
  const uri = Uri.parse(target.uri, true);
  const document = await workspace.openTextDocument(uri);
  if (target.version !== null && document.version !== target.version) {
    void window.showWarningMessage('Traceward: the file changed in the meantime. Choose the action again.');
    return;
  }
  const edit = new WorkspaceEdit();
  edit.insert(uri, editorPosition(target.position), `${target.before}${oneLine(written)}${target.after}`);
  await workspace.applyEdit(edit);
}

function askReason(target: SuppressArguments): Thenable<string | undefined> {
  return window.showInputBox({
    title: `Suppress ${target.ruleId}`,
    prompt: 'Why is this finding acceptable here? The reason is kept in the code and in the evidence.',
    placeHolder: 'For example: the length is checked by the caller',
    ignoreFocusOut: true,
    validateInput: (text) => complaint(text, target),
  });
}

function complaint(text: string, target: SuppressArguments): string | undefined {
  const reason = oneLine(text);
  if (reason === '' || reason === target.placeholder) {
    return 'A suppression needs a reason.';
  }
  return reason.includes('*/') ? 'The reason must not contain */, which ends a comment.' : undefined;
}

/** The comment is one line; a pasted line break would turn the rest of the reason into code. */
function oneLine(text: string): string {
  return text.replace(/[\r\n]+/g, ' ').trim();
}

/** Asks the server what it would suppress at the cursor, through the code actions that it offers there. */
async function atCursor(): Promise<SuppressArguments | undefined> {
  const editor = window.activeTextEditor;
  if (editor === undefined) {
    void window.showInformationMessage('Traceward: put the cursor on a finding.');
    return undefined;
  }
  const { active } = editor.selection;
  const line = editor.document.lineAt(active.line).range;
  const actions = await commands.executeCommand<readonly (CodeAction | Command)[]>(
    'vscode.executeCodeActionProvider',
    editor.document.uri,
    new Range(line.start, line.end),
  );
  const offered = actions.flatMap((action) => {
    const command = typeof action.command === 'object' ? action.command : undefined;
    const argument: unknown = command?.arguments?.[0];
    return command?.command === clientCommands.suppressWithReason && isSuppressArguments(argument)
      ? [argument]
      : [];
  });
  if (offered.length <= 1) {
    if (offered.length === 0) {
      void window.showInformationMessage('Traceward: there is no finding on this line.');
    }
    return offered[0];
  }
  const choice = await window.showQuickPick(
    offered.map((target) => ({ label: target.ruleId, target })),
    { title: 'Suppress which finding?' },
  );
  return choice?.target;
}

function isSuppressArguments(given: unknown): given is SuppressArguments {
  return (
    typeof given === 'object' &&
    given !== null &&
    'uri' in given &&
    typeof given.uri === 'string' &&
    'ruleId' in given &&
    'position' in given &&
    'before' in given &&
    'after' in given
  );
}
