import { commands, Range, window, type CodeAction, type Command } from 'vscode';

import { clientCommands, type ReasonArguments } from '../../../server/src/protocol/messages.ts';
import type { Surroundings } from './commands.ts';
import { insertReason, isReasonArguments } from './insertReason.ts';

/**
 * Asks why a finding is accepted and inserts the suppression comment. The arguments come from the server's code action; without
 * them, the finding at the cursor is meant. A `reason` given with them (from a keybinding) is not asked for.
 */
export async function suppressWithReason(_: Surroundings, given?: unknown, reason?: unknown): Promise<void> {
  const target = isReasonArguments(given) ? given : await atCursor();
  if (target === undefined) {
    return;
  }
  await insertReason(target, reason, {
    title: `Suppress ${target.subject}`,
    prompt: 'Why is this finding acceptable here? The reason is kept in the code and in the evidence.',
    placeHolder: 'For example: the length is checked by the caller',
    missing: 'A suppression needs a reason.',
    complaint: (text) =>
      text.includes('*/') ? 'The reason must not contain */, which ends a comment.' : undefined,
  });
}

/** Asks the server what it would suppress at the cursor, through the code actions that it offers there. */
async function atCursor(): Promise<ReasonArguments | undefined> {
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
    return command?.command === clientCommands.suppressWithReason && isReasonArguments(argument)
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
    offered.map((target) => ({ label: target.subject, target })),
    { title: 'Suppress which finding?' },
  );
  return choice?.target;
}
