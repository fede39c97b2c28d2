import { window } from 'vscode';
import type { Position } from 'vscode-languageclient';

import type { ShowTraceArguments } from '../../../server/src/protocol/messages.ts';

/** A place in code, as the protocol writes it. */
export type CodePlace = ShowTraceArguments;

/** The place that a lens or a keybinding gave, else the cursor's. Undefined when no editor is open. */
export function placeOf(given: unknown): CodePlace | undefined {
  return isCodePlace(given) ? given : cursor();
}

function cursor(): CodePlace | undefined {
  const editor = window.activeTextEditor;
  if (editor === undefined) {
    return undefined;
  }
  const { line, character } = editor.selection.active;
  return { uri: editor.document.uri.toString(), position: { line, character } };
}

function isCodePlace(given: unknown): given is CodePlace {
  return (
    typeof given === 'object' &&
    given !== null &&
    'uri' in given &&
    typeof given.uri === 'string' &&
    'position' in given &&
    isPosition(given.position)
  );
}

function isPosition(value: unknown): value is Position {
  return (
    typeof value === 'object' &&
    value !== null &&
    'line' in value &&
    typeof value.line === 'number' &&
    'character' in value &&
    typeof value.character === 'number'
  );
}
