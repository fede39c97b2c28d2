import type {
  CodeAction,
  CodeLens,
  CompletionItem,
  CompletionList,
  Diagnostic,
  DocumentDiagnosticReport,
  DocumentLink,
  Hover,
  Location,
  MessageConnection,
  Position,
  PublishDiagnosticsParams,
  Range,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';

import { placesOf, screenOf } from './screen.ts';

/** A file that is open in the editor, and what a user can do in it. Places are named by text that stands there. */
export interface OpenFile {
  readonly uri: string;
  text(): string;
  /** Position of the `nth` occurrence of a text, `into` characters after its start. */
  at(text: string, into?: number, nth?: number): Position;
  rangeOf(text: string, nth?: number): Range;
  /** Edits whose ranges are all in the present text. */
  change(...edits: readonly TextEdit[]): Promise<void>;
  replace(text: string, by: string, nth?: number): Promise<void>;
  /** Types a text after another one, key by key. */
  type(after: string, text: string): Promise<void>;
  save(): Promise<void>;
  close(): Promise<void>;
  /** Asks for diagnostics, with the id of the last answer that `diagnostics` got. */
  pull(): Promise<DocumentDiagnosticReport>;
  diagnostics(): Promise<Diagnostic[]>;
  /** The text with lenses above and diagnostics below their lines, only those lines that have some. */
  screen(): Promise<string>;
  lenses(): Promise<CodeLens[]>;
  /** Text of the hover; empty when there is none. */
  hover(text: string, into?: number, nth?: number): Promise<string>;
  /** `path:line` of each place. */
  definition(text: string, nth?: number): Promise<string[]>;
  references(text: string, nth?: number, includeDeclaration?: boolean): Promise<string[]>;
  /** `text -> target` of each link. */
  links(): Promise<string[]>;
  completion(after: string): Promise<CompletionItem[]>;
  actions(text: string, only?: string[], nth?: number): Promise<CodeAction[]>;
  /** The edit of a rename of what stands at a text; rejects with the reason where it is refused. */
  rename(text: string, newName: string): Promise<WorkspaceEdit>;
}

export interface OpenFileOptions {
  readonly client: MessageConnection;
  readonly published: ReadonlyMap<string, PublishDiagnosticsParams>;
  readonly uri: string;
  readonly languageId: string;
  readonly text: string;
  /** The client asks for diagnostics; otherwise it shows what was pushed. */
  readonly pulls: boolean;
}

/** Opens a file and tells the server. */
export function openFile({
  client,
  published,
  uri,
  languageId,
  text: content,
  pulls,
}: OpenFileOptions): OpenFile {
  let document = TextDocument.create(uri, languageId, 1, content);
  let lastResultId: string | undefined;
  let lastItems: Diagnostic[] = [];
  const textDocument = { uri };
  void client.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId, version: 1, text: content },
  });

  const file: OpenFile = {
    uri,
    text: () => document.getText(),
    at(text: string, into = 1, nth = 1): Position {
      let offset = -1;
      for (let count = 0; count < nth; count++) offset = document.getText().indexOf(text, offset + 1);
      if (offset < 0) throw new Error(`There is no ${nth}. ${JSON.stringify(text)} in ${uri}.`);
      return document.positionAt(offset + into);
    },
    rangeOf: (text: string, nth = 1): Range => ({
      start: file.at(text, 0, nth),
      end: file.at(text, text.length, nth),
    }),
    async change(...edits: readonly TextEdit[]): Promise<void> {
      // Sent from the end of the text on, so that no edit moves another.
      const sorted = [...edits].sort(
        (a, b) => document.offsetAt(b.range.start) - document.offsetAt(a.range.start),
      );
      const contentChanges = sorted.map(({ range, newText }) => ({ range, text: newText }));
      document = TextDocument.update(document, contentChanges, document.version + 1);
      await client.sendNotification('textDocument/didChange', {
        textDocument: { uri, version: document.version },
        contentChanges,
      });
    },
    replace: (text: string, by: string, nth = 1): Promise<void> =>
      file.change({ range: file.rangeOf(text, nth), newText: by }),
    async type(after: string, text: string): Promise<void> {
      let position = file.at(after, after.length);
      for (const key of text) {
        await file.change({ range: { start: position, end: position }, newText: key });
        position = document.positionAt(document.offsetAt(position) + key.length);
      }
    },
    save: (): Promise<void> => client.sendNotification('textDocument/didSave', { textDocument }),
    close: (): Promise<void> => client.sendNotification('textDocument/didClose', { textDocument }),
    pull: (): Promise<DocumentDiagnosticReport> =>
      client.sendRequest<DocumentDiagnosticReport>('textDocument/diagnostic', {
        textDocument,
        identifier: 'traceward',
        ...(lastResultId !== undefined && { previousResultId: lastResultId }),
      }),
    async diagnostics(): Promise<Diagnostic[]> {
      if (!pulls) return published.get(uri)?.diagnostics ?? [];
      const report = await file.pull();
      lastResultId = report.resultId;
      if (report.kind === 'full') lastItems = report.items;
      return lastItems;
    },
    async screen(): Promise<string> {
      const lenses = await file.lenses();
      return screenOf(document, await file.diagnostics(), lenses);
    },
    lenses: async (): Promise<CodeLens[]> =>
      (await client.sendRequest<CodeLens[] | null>('textDocument/codeLens', { textDocument })) ?? [],
    async hover(text: string, into = 1, nth = 1): Promise<string> {
      const hover = await client.sendRequest<Hover | null>('textDocument/hover', {
        textDocument,
        position: file.at(text, into, nth),
      });
      if (hover === null) return '';
      return typeof hover.contents === 'object' && 'value' in hover.contents ? hover.contents.value : '';
    },
    definition: async (text: string, nth = 1): Promise<string[]> =>
      placesOf(
        await client.sendRequest<Location[]>('textDocument/definition', {
          textDocument,
          position: file.at(text, 1, nth),
        }),
      ),
    references: async (text: string, nth = 1, includeDeclaration = true): Promise<string[]> =>
      placesOf(
        await client.sendRequest<Location[]>('textDocument/references', {
          textDocument,
          position: file.at(text, 1, nth),
          context: { includeDeclaration },
        }),
      ),
    links: async (): Promise<string[]> =>
      (await client.sendRequest<DocumentLink[]>('textDocument/documentLink', { textDocument })).map(
        ({ range, target }) => `${document.getText(range)} -> ${target ?? ''}`,
      ),
    completion: async (after: string): Promise<CompletionItem[]> => {
      const list = await client.sendRequest<CompletionList>('textDocument/completion', {
        textDocument,
        position: file.at(after, after.length),
      });
      return list.items;
    },
    async actions(text: string, only?: string[], nth = 1): Promise<CodeAction[]> {
      const range = file.rangeOf(text, nth);
      const diagnostics = (await file.diagnostics()).filter(
        (each) => each.range.start.line === range.start.line,
      );
      return client.sendRequest<CodeAction[]>('textDocument/codeAction', {
        textDocument,
        range,
        context: { diagnostics, ...(only !== undefined && { only }) },
      });
    },
    async rename(text: string, newName: string): Promise<WorkspaceEdit> {
      const position = file.at(text);
      await client.sendRequest('textDocument/prepareRename', { textDocument, position });
      return client.sendRequest<WorkspaceEdit>('textDocument/rename', { textDocument, position, newName });
    },
  };
  return file;
}
