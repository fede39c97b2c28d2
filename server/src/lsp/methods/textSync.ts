import type {
  DidChangeTextDocumentParams,
  DidCloseTextDocumentParams,
  DidOpenTextDocumentParams,
  DidSaveTextDocumentParams,
} from 'vscode-languageserver';

import type { Context } from '../context.ts';
import { attach, detach, edit, newDocument } from '../documents.ts';
import { forgetRuleTests, isOpenRuleFile, prepareRuleFile, testRuleFile } from '../ruleFiles.ts';
import { quietly } from '../safely.ts';
import { readOne } from '../scan.ts';
import { changedOnDisk } from './watchedFiles.ts';

/** `textDocument/didOpen`. */
export function didOpen({ session, feed }: Context, { textDocument }: DidOpenTextDocumentParams): void {
  const document = newDocument(textDocument, session.placeOf(textDocument.uri));
  session.documents.add(document);
  document.ready = session.engine
    .prepare(document.place.folder.workspace.analyst().languageOf(document.place.path, textDocument.text))
    .then(() => prepareRuleFile(session, document))
    // It may have been closed again while the grammar was loaded.
    .then(() => (session.documents.get(document.uri) === document ? attach(document) : undefined));
  feed.settle(document);
  const test = async (): Promise<void> => {
    await document.ready;
    await testRuleFile(session, document);
    feed.update();
  };
  if (isOpenRuleFile(document)) quietly(session.log, 'testing a rule file', test)();
}

/** `textDocument/didChange`: only records; the analysis waits until somebody wants to see it. */
export function didChange(
  { session, feed }: Context,
  { textDocument, contentChanges }: DidChangeTextDocumentParams,
): void {
  const document = session.documents.get(textDocument.uri);
  if (document === undefined) return;
  edit(document, contentChanges, textDocument.version);
  feed.edited(document);
}

/** `textDocument/didSave`: an answer as the command line would give it. A configuration or rule file takes effect now. */
export async function didSave(context: Context, { textDocument }: DidSaveTextDocumentParams): Promise<void> {
  const document = context.session.documents.get(textDocument.uri);
  if (document === undefined) return;
  context.feed.settle(document);
  await changedOnDisk(context, [document.uri]);
}

/** `textDocument/didClose`: what is on disk counts again. */
export async function didClose(
  { session, feed }: Context,
  { textDocument }: DidCloseTextDocumentParams,
): Promise<void> {
  const document = session.documents.get(textDocument.uri);
  if (document === undefined) return;
  session.documents.delete(document.uri);
  const { folder, path } = document.place;
  forgetRuleTests(document);
  detach(document);
  if (folder.files === undefined) folder.apply({ kind: 'remove', path });
  else {
    // A client asks once more for the diagnostics of what it closes, and shows that answer until the file changes.
    const reading = readOne(folder, session.engine, path);
    session.documents.closed(document.uri, reading);
    await reading;
  }
  feed.closed(document);
}
