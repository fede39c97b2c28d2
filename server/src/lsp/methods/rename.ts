import {
  LSPErrorCodes,
  ResponseError,
  type PrepareRenameParams,
  type Range,
  type RenameParams,
  type WorkspaceEdit,
} from 'vscode-languageserver';

import type { TracedItem, TraceGraph } from '../../core/trace/traceGraph.ts';
import { workspaceEdit } from '../actions/workspaceEdit.ts';
import type { Context } from '../context.ts';
import { toPosition } from '../fromLsp.ts';
import { idAt, type IdAtPosition } from '../lookup.ts';
import { idIn, refusal, renameEdits } from '../renameEdits.ts';
import { range } from '../toLsp.ts';

/** `textDocument/prepareRename`: the id under the cursor, when an item has it. */
export function prepareRename(
  { session }: Context,
  { textDocument, position }: PrepareRenameParams,
): { range: Range; placeholder: string } | null {
  const document = session.documents.get(textDocument.uri);
  if (document === undefined) return null;
  const { folder, path } = document.place;
  const { trace } = folder.snapshot();
  const found = idAt(trace, path, toPosition(position));
  if (found === undefined) return null;
  itemOf(trace, found);
  const within = found.kind === 'link' ? found.link.location.range : found.item.item.location.range;
  const exact = idIn(document.text.getText(), within, found.id);
  if (exact === undefined)
    throw refused(`${found.id} is not written here as it is, so it cannot be renamed from here.`);
  return { range: range(exact), placeholder: found.id };
}

/** `textDocument/rename`: another id for an item, in its file, in code, in other items and in records of reviews. */
export async function rename(
  { session }: Context,
  { textDocument, position, newName }: RenameParams,
): Promise<WorkspaceEdit | null> {
  const { folder, path } = session.placeOf(textDocument.uri);
  const { trace } = folder.snapshot();
  const found = idAt(trace, path, toPosition(position));
  if (found === undefined) return null;
  const item = itemOf(trace, found);
  const newId = newName.trim();
  const wrong = refusal(trace, item, newId, folder.project().config.prefixes);
  if (wrong !== undefined) throw refused(wrong);
  const outcome = await renameEdits(session, folder, item, newId);
  if (!outcome.ok) throw refused(outcome.reason);
  return workspaceEdit(session, outcome.files) ?? null;
}

function itemOf(trace: TraceGraph, found: IdAtPosition): TracedItem {
  const item = found.kind === 'declaration' ? found.item : trace.byId.get(found.id)?.[0];
  if (item === undefined) throw refused(`No item has the id ${found.id}: create it, or change the link.`);
  return item;
}

/** The client shows the sentence. */
function refused(reason: string): ResponseError {
  return new ResponseError(LSPErrorCodes.RequestFailed, reason);
}
