import { Uri, window, workspace, WorkspaceEdit } from 'vscode';

import type { ReasonArguments } from '../../../server/src/protocol/messages.ts';
import { editorPosition } from '../places.ts';

/** What the input box says. */
export interface ReasonQuestion {
  readonly title: string;
  readonly prompt: string;
  readonly placeHolder: string;
  /** Said of an empty reason. */
  readonly missing: string;
  /** What is wrong with a reason, beside being empty. */
  readonly complaint?: (reason: string) => string | undefined;
}

/** Asks for a reason, unless one is given, and writes it where the server's code action says. */
export async function insertReason(
  target: ReasonArguments,
  given: unknown,
  question: ReasonQuestion,
): Promise<void> {
  const written = typeof given === 'string' ? given : await ask(target, question);
  if (written === undefined) {
    return;
  }
  const uri = Uri.parse(target.uri, true);
  const edit = new WorkspaceEdit();
  if (target.create === true) {
    edit.createFile(uri, { ignoreIfExists: true });
  } else if (target.version !== null && (await workspace.openTextDocument(uri)).version !== target.version) {
    void window.showWarningMessage('Traceward: the file changed in the meantime. Choose the action again.');
    return;
  }
  edit.insert(uri, editorPosition(target.position), `${target.before}${oneLine(written)}${target.after}`);
  await workspace.applyEdit(edit);
}

function ask(target: ReasonArguments, question: ReasonQuestion): Thenable<string | undefined> {
  return window.showInputBox({
    title: question.title,
    prompt: question.prompt,
    placeHolder: question.placeHolder,
    ignoreFocusOut: true,
    validateInput: (text) => {
      const reason = oneLine(text);
      return reason === '' || reason === target.placeholder ? question.missing : question.complaint?.(reason);
    },
  });
}

/** What is written is one line; a pasted line break would turn the rest of the reason into something else. */
function oneLine(text: string): string {
  return text.replace(/[\r\n]+/g, ' ').trim();
}

export function isReasonArguments(given: unknown): given is ReasonArguments {
  return (
    typeof given === 'object' &&
    given !== null &&
    'uri' in given &&
    typeof given.uri === 'string' &&
    'subject' in given &&
    'position' in given &&
    'before' in given &&
    'after' in given
  );
}
