import type { CancellationToken } from 'vscode-languageserver';

import type { ParamsOf, ResultOf, TraceFolder, traceTree as message } from '../../protocol/messages.ts';
import type { Context } from '../context.ts';
import type { Folder } from '../folder.ts';
import { checkCancelled, nextTurn } from '../safely.ts';
import type { Session } from '../session.ts';
import { traceCounts } from '../summary.ts';
import { groupedTree } from '../traceGroups.ts';
import type { TraceSource } from '../traceNodes.ts';
import { canonicalUri } from '../uris.ts';

/** `traceward/traceTree`: the tree of the traceability view. */
export async function traceTree(
  { session }: Context,
  params: ParamsOf<typeof message>,
  token: CancellationToken,
): Promise<ResultOf<typeof message>> {
  const folders: TraceFolder[] = [];
  for (const folder of foldersOf(session, params.folder)) {
    const { enable } = await session.settingsOf(folder.uri);
    if (!enable) continue;
    await nextTurn();
    checkCancelled(token);
    const source = traceSource(session, folder);
    folders.push({
      uri: folder.uri,
      name: folder.name,
      nodes: groupedTree(source, params.by ?? 'urgency'),
      counts: traceCounts(source.snapshot.trace),
    });
  }
  return { folders };
}

/** All folders, or the one named. */
export function foldersOf(session: Session, uri: string | undefined): readonly Folder[] {
  if (uri === undefined) return session.folders;
  return session.folders.filter((folder) => canonicalUri(folder.uri) === canonicalUri(uri));
}

export function traceSource(session: Session, folder: Folder): TraceSource {
  return { snapshot: folder.snapshot(), key: folder.uri, uriOf: (path) => session.uriOf(folder, path) };
}
