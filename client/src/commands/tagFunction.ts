import { commands, Position, Selection, Uri, window, workspace } from 'vscode';

import { listItems, traceAt } from '../../../server/src/protocol/messages.ts';
import type { Surroundings } from './commands.ts';
import { placeOf, type CodePlace } from './codePlace.ts';
import { itemPicks } from './itemPicks.ts';

/** Writes the tag of a chosen requirement or test case into a comment above a function. Without arguments: the one at the cursor. */
export async function tagFunction({ server }: Surroundings, given?: unknown, id?: unknown): Promise<void> {
  const place = placeOf(given);
  if (place === undefined) {
    void window.showInformationMessage('Traceward: open a source file and put the cursor into a function.');
    return;
  }
  const trace = await server.ask(traceAt, { textDocument: { uri: place.uri }, position: place.position });
  if (trace === null || trace.unit.kind === 'file') {
    void window.showInformationMessage('Traceward: put the cursor into the function to be tagged.');
    return;
  }
  const items = await server.ask(listItems, {});
  const chosen =
    typeof id === 'string' ? id : await choose(itemPicks(items.filter(canBeTagged)), trace.unit.name);
  if (chosen !== undefined) {
    await insertTag(place, trace.unit.range.start.line, chosen);
  }
}

function canBeTagged({ kind }: { readonly kind: string }): boolean {
  return kind === 'requirement' || kind === 'test';
}

async function choose(picks: ReturnType<typeof itemPicks>, name: string): Promise<string | undefined> {
  if (picks.length === 0) {
    void window.showInformationMessage('Traceward: this workspace has no requirements yet.');
    return undefined;
  }
  const choice = await window.showQuickPick(picks, {
    title: `Tag ${name}`,
    placeHolder: 'What it implements, or the test case that it carries out',
    matchOnDescription: true,
  });
  return choice?.item?.id;
}

/** The editor knows how a comment is written in the language: so the tag is typed as text and then commented out. */
async function insertTag(place: CodePlace, line: number, id: string): Promise<void> {
  const document = await workspace.openTextDocument(Uri.parse(place.uri, true));
  const editor = await window.showTextDocument(document);
  const indent = /^[ \t]*/.exec(document.lineAt(line).text)?.[0] ?? '';
  const inserted = await editor.edit((edit) => edit.insert(new Position(line, 0), `${indent}[${id}]\n`));
  if (inserted) {
    const start = new Position(line, indent.length);
    editor.selection = new Selection(start, start);
    await commands.executeCommand('editor.action.addCommentLine');
  }
}
