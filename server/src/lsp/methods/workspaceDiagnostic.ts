import type {
  CancellationToken,
  WorkspaceDiagnosticParams,
  WorkspaceDiagnosticReport,
  WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';

import type { Context } from '../context.ts';
import { diagnose, NOTHING, pathsToDiagnose } from '../fileDiagnostics.ts';
import { checkCancelled, pacer } from '../safely.ts';
import { canonicalUri } from '../uris.ts';

/**
 * `workspace/diagnostic`: the files whose diagnostics are not those that the client has. Clients ask this again and again: when they
 * have everything already, the answer waits until something changes.
 */
export async function workspaceDiagnostic(
  context: Context,
  { previousResultIds }: WorkspaceDiagnosticParams,
  token: CancellationToken,
): Promise<WorkspaceDiagnosticReport> {
  const previous = new Map(previousResultIds.map(({ uri, value }) => [canonicalUri(uri), { uri, value }]));
  const controller = new AbortController();
  token.onCancellationRequested(() => controller.abort());
  for (;;) {
    const update = context.feed.nextUpdate(controller.signal);
    const items = await changes(context, previous, token);
    if (items.length > 0 || previous.size === 0 || context.isShutDown()) return { items };
    await update;
    checkCancelled(token);
  }
}

async function changes(
  { session }: Context,
  previous: ReadonlyMap<string, { readonly uri: string; readonly value: string }>,
  token: CancellationToken,
): Promise<WorkspaceDocumentDiagnosticReport[]> {
  const items: WorkspaceDocumentDiagnosticReport[] = [];
  const pace = pacer(() => session.host.now());
  const seen = new Set<string>();
  for (const folder of session.folders) {
    const settings = await session.settingsOf(folder.uri);
    for (const path of pathsToDiagnose(folder)) {
      await pace();
      checkCancelled(token);
      const key = canonicalUri(folder.uriOf(path));
      if (seen.has(key)) continue;
      seen.add(key);
      // Open files too: a client that closed the tab may keep the document open for minutes and pull it no more. What it pulls for a
      // document it shows counts more than this.
      const version = session.documents.at(folder, path)?.text.version ?? null;
      const { items: found, resultId } = diagnose(session, { folder, path }, settings);
      const known = previous.get(key);
      if ((known?.value ?? NOTHING.resultId) === resultId) continue;
      items.push({
        kind: 'full',
        uri: known?.uri ?? folder.uriOf(path),
        version,
        resultId,
        items: found,
      });
    }
  }
  const isReading = session.folders.some(
    ({ scan }) => scan.state === 'scanning' || scan.state === 'starting',
  );
  for (const [key, { uri, value }] of previous) {
    const isGone = !seen.has(key) && session.documents.get(uri) === undefined;
    if (!isGone || isReading || value === NOTHING.resultId) continue;
    items.push({ kind: 'full', uri, version: null, resultId: NOTHING.resultId, items: [] });
  }
  return items;
}
