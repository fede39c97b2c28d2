import type { TextDocumentEdit, TextEdit, WorkspaceEdit } from 'vscode-languageserver';

import type { Session } from '../session.ts';

/** Edits of one file, or a file that is made with a text. */
export type FileEdit =
  | { readonly uri: string; readonly edits: readonly TextEdit[] }
  | { readonly uri: string; readonly newFile: string };

/** Puts edits into the form that the client understands; undefined when a file would have to be made and the client cannot. */
export function workspaceEdit(session: Session, files: readonly FileEdit[]): WorkspaceEdit | undefined {
  const { documentChanges, createFiles } = session.client;
  if (!documentChanges) {
    if (files.some((file) => 'newFile' in file)) return undefined;
    return {
      changes: Object.fromEntries(files.map((file) => [file.uri, 'edits' in file ? [...file.edits] : []])),
    };
  }
  if (!createFiles && files.some((file) => 'newFile' in file)) return undefined;
  return { documentChanges: files.flatMap((file) => changesOf(session, file)) };
}

function changesOf(session: Session, file: FileEdit): NonNullable<WorkspaceEdit['documentChanges']> {
  const change = (edits: readonly TextEdit[]): TextDocumentEdit => ({
    textDocument: { uri: file.uri, version: session.documents.get(file.uri)?.text.version ?? null },
    edits: [...edits],
  });
  if ('edits' in file) return [change(file.edits)];
  const start = { line: 0, character: 0 };
  return [
    { kind: 'create', uri: file.uri, options: { ignoreIfExists: true } },
    change([{ range: { start, end: start }, newText: file.newFile }]),
  ];
}
