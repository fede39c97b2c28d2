import {
  DocumentFormattingRequest,
  type Connection,
  type Disposable,
  type DocumentFormattingParams,
  type TextEdit,
} from 'vscode-languageserver';

import { compareText } from '../../core/base/order.ts';
import { itemSources } from '../../core/config/itemSources.ts';
import type { ProjectConfig } from '../../core/config/projectConfig.ts';
import { formatItemFile } from '../../core/trace/format/formatItems.ts';
import { isOwnFormat } from '../../core/trace/itemEntry.ts';
import type { Context } from '../context.ts';
import type { Session } from '../session.ts';

/** `textDocument/formatting`: item files in their one form. Files with mistakes are left alone. */
export function formatting(
  { session }: Context,
  { textDocument }: DocumentFormattingParams,
): TextEdit[] | null {
  const document = session.documents.get(textDocument.uri);
  if (document === undefined) return null;
  const { folder, path } = document.place;
  const settings = folder.isExcluded(path)
    ? undefined
    : itemSources(folder.project().config).ownSettings(path);
  if (settings === undefined) return null;
  const text = document.text.getText();
  const { value } = formatItemFile(path, text, settings);
  if (value === text) return [];
  const end = document.text.positionAt(text.length);
  return [{ range: { start: { line: 0, character: 0 }, end }, newText: value }];
}

const registered = new WeakMap<
  Connection,
  { readonly key: string; readonly registration: Promise<Disposable> }
>();

/** Offers formatting for the item files that the configurations name, and for no other: other servers format their files. */
export async function offerFormatting({ connection, client, folders }: Session): Promise<void> {
  if (!client.registerFormatting) return;
  const patterns = [...new Set(folders.flatMap((folder) => globsOf(folder.project().config)))].sort(
    compareText,
  );
  const key = patterns.join('\n');
  const before = registered.get(connection);
  if (before?.key === key) return;
  const registration = connection.client.register(DocumentFormattingRequest.type, {
    documentSelector: patterns.map((pattern) => ({ pattern: `**/${pattern}` })),
  });
  registered.set(connection, { key, registration });
  (await before?.registration)?.dispose();
  await registration;
}

function globsOf({ items, trace }: ProjectConfig): readonly string[] {
  return [
    ...items,
    ...trace.sources.filter(({ format }) => isOwnFormat(format)).flatMap(({ files }) => files),
  ];
}
