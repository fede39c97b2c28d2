import { commands, Position, Range, Uri, ViewColumn, type Command } from 'vscode';
import type {
  Location as LspLocation,
  Position as LspPosition,
  Range as LspRange,
} from 'vscode-languageclient';

export function editorPosition(position: LspPosition): Position {
  return new Position(position.line, position.character);
}

export function editorRange(range: LspRange): Range {
  return new Range(editorPosition(range.start), editorPosition(range.end));
}

/** Shows a place and puts the cursor there. */
export async function openPlace(place: LspLocation, beside = false): Promise<void> {
  const start = editorPosition(place.range.start);
  // Not `showTextDocument`, which keeps a document open for minutes after its tab is closed.
  await commands.executeCommand('vscode.open', Uri.parse(place.uri, true), {
    selection: new Range(start, start),
    ...(beside ? { viewColumn: ViewColumn.Beside } : {}),
  });
}

/** The command behind a row of a tree. `vscode.open` gives a click the editor's own manners: preview, then keep. */
export function openCommand(place: LspLocation): Command {
  const start = editorPosition(place.range.start);
  return {
    title: 'Open',
    command: 'vscode.open',
    arguments: [Uri.parse(place.uri, true), { selection: new Range(start, start), preserveFocus: true }],
  };
}
