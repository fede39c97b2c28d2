import type { TextDocumentContentChangeEvent, TextDocumentItem } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';

import type { TextEdit } from '../core/base/textEdits.ts';
import type { Folder } from './folder.ts';
import { toPosition } from './fromLsp.ts';

/** A file and the folder that it belongs to. */
export interface Place {
  readonly folder: Folder;
  readonly path: string;
}

/** A file that the editor has open. Its text here is the truth until it is closed. */
export interface OpenDocument {
  /** As the client writes it. */
  readonly uri: string;
  /** Changes when folders come and go. */
  place: Place;
  text: TextDocument;
  /** Counts edits, so that a waiting task sees whether more came. */
  edits: number;
  /** When it was last edited (`Date.now`), for the pause before it is analysed. */
  editedAt: number;
  /** True while the folder's core has the file open. False until its grammar is loaded, and for excluded files. */
  attached: boolean;
  /** Resolved once the grammar that it needs is loaded and the core knows it. */
  ready: Promise<void>;
}

export function newDocument(item: TextDocumentItem, place: Place): OpenDocument {
  const text = TextDocument.create(item.uri, item.languageId, item.version, item.text);
  return { uri: item.uri, place, text, edits: 0, editedAt: 0, attached: false, ready: Promise.resolve() };
}

/** Hands the document's present text to the core. */
export function attach(document: OpenDocument): void {
  const { folder, path } = document.place;
  if (document.attached || folder.isExcluded(path)) return;
  document.attached = true;
  folder.apply({ kind: 'open', path, text: document.text.getText() });
}

export function detach(document: OpenDocument): void {
  if (!document.attached) return;
  document.attached = false;
  const { folder, path } = document.place;
  folder.apply({ kind: 'close', path });
}

/** Records what was typed; nothing is analysed here. A client may send the whole text although ranges were agreed. */
export function edit(
  document: OpenDocument,
  changes: readonly TextDocumentContentChangeEvent[],
  version: number,
): void {
  const edits: TextEdit[] = [];
  for (const change of changes) {
    const { text } = document;
    const range = 'range' in change ? change.range : wholeRange(text);
    // A position past the end of its line or of the text means that end.
    const start = toPosition(text.positionAt(text.offsetAt(range.start)));
    const end = toPosition(text.positionAt(text.offsetAt(range.end)));
    edits.push({ range: { start, end }, text: change.text });
    document.text = TextDocument.update(text, [change], version);
  }
  document.edits++;
  document.editedAt = Date.now();
  const { folder, path } = document.place;
  if (folder.failed.delete(path)) {
    document.attached = false;
    attach(document);
  } else if (document.attached) {
    folder.apply({ kind: 'edit', path, edits });
  }
}

function wholeRange(text: TextDocument): {
  start: { line: number; character: number };
  end: { line: number; character: number };
} {
  return { start: { line: 0, character: 0 }, end: { line: text.lineCount, character: 0 } };
}
