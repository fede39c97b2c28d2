import type { DocumentLink, DocumentLinkParams } from 'vscode-languageserver';

import type { Context } from '../context.ts';
import { range } from '../toLsp.ts';

/** `textDocument/documentLink`: ids in comments and item files lead to the line of their item. */
export async function documentLinks(
  { session }: Context,
  { textDocument: { uri } }: DocumentLinkParams,
): Promise<DocumentLink[]> {
  const { enable } = await session.settingsOf(uri);
  if (!enable) return [];
  const { folder, path } = session.placeOf(uri);
  const { trace } = folder.snapshot();
  return (trace.linksByPath.get(path) ?? []).flatMap((link) => {
    const item = trace.byId.get(link.to)?.[0]?.item;
    if (item === undefined) return [];
    return [
      {
        range: range(link.location.range),
        target: `${session.uriOf(folder, item.location.path)}#L${item.location.range.start.line + 1}`,
        tooltip: `${item.id} ${item.title}`,
      },
    ];
  });
}
