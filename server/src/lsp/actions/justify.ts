import { CodeActionKind, type CodeAction } from 'vscode-languageserver';

import type { TracedItem } from '../../core/trace/traceGraph.ts';
import { clientCommands, type ReasonArguments } from '../../protocol/messages.ts';
import { createItem } from './createItem.ts';
import { nextFreeId, type NewItem } from './newItemText.ts';
import { diagnosticsOf, type ActionTarget } from './target.ts';
import { workspaceEdit, type FileEdit } from './workspaceEdit.ts';

const PLACEHOLDER = 'TODO: why this gap is acceptable';

/** A justification that accepts what an item lacks. Where the client can ask for the reason, it does. */
export async function justifyGap(target: ActionTarget, traced: TracedItem): Promise<CodeAction[]> {
  const { session, document, snapshot } = target;
  const { item, status, transitive } = traced;
  if (status !== 'uncovered' || transitive) return [];
  const justification: NewItem = {
    kind: 'justification',
    id: nextFreeId(snapshot.trace, ({ kind }) => kind === 'justification', 'J-'),
    fields: [
      ['title', { text: `What ${item.id} lacks is accepted` }],
      ['justifies', { list: [item.id] }],
      ['text', { open: PLACEHOLDER }],
    ],
  };
  const file = await createItem(session, document.place.folder, justification);
  if (file === undefined) return [];
  const action = {
    kind: CodeActionKind.QuickFix,
    diagnostics: diagnosticsOf(target, 'trace-uncovered', item.location.range),
  };
  const title = `Justify the gap of ${item.id} with a reason...`;
  const argument = reasonArguments(target, item.id, file);
  if (session.client.commands.has(clientCommands.justifyWithReason) && argument !== undefined) {
    return [
      {
        ...action,
        title,
        command: { title, command: clientCommands.justifyWithReason, arguments: [argument] },
      },
    ];
  }
  const edit = workspaceEdit(session, [file]);
  return edit === undefined
    ? []
    : [{ ...action, title: `Justify the gap of ${item.id} (then write the reason)`, edit }];
}

/** The same edit with the reason left open. */
function reasonArguments(
  { session }: ActionTarget,
  subject: string,
  file: FileEdit,
): ReasonArguments | undefined {
  const start = { line: 0, character: 0 };
  const [edit] = 'edits' in file ? file.edits : [{ range: { start, end: start }, newText: file.newFile }];
  if (edit === undefined) return undefined;
  const [before, after] = edit.newText.split(PLACEHOLDER);
  if (before === undefined || after === undefined) return undefined;
  return {
    uri: file.uri,
    version: session.documents.get(file.uri)?.text.version ?? null,
    subject,
    position: edit.range.start,
    before,
    after,
    placeholder: PLACEHOLDER,
    ...('newFile' in file && { create: true }),
  };
}
