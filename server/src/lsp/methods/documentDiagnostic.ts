import type {
  CancellationToken,
  DocumentDiagnosticParams,
  DocumentDiagnosticReport,
} from 'vscode-languageserver';

import { diagnose } from '../fileDiagnostics.ts';
import { checkCancelled, pause } from '../safely.ts';
import type { Context } from '../context.ts';

/** `textDocument/diagnostic`: waits until typing pauses, then analyses. A newer request of the client cancels this one meanwhile. */
export async function documentDiagnostic(
  { session, feed }: Context,
  { textDocument: { uri }, previousResultId }: DocumentDiagnosticParams,
  token: CancellationToken,
): Promise<DocumentDiagnosticReport> {
  const settings = await session.settingsOf(uri);
  const document = session.documents.get(uri);
  while (document !== undefined) {
    const wait = document.editedAt + settings.analysisDelay - Date.now();
    if (wait <= 0) break;
    await pause(wait);
    checkCancelled(token);
  }
  const { items, resultId } = diagnose(session, session.placeOf(uri), settings);
  feed.reported(document?.uri ?? uri, resultId);
  return resultId === previousResultId ? { kind: 'unchanged', resultId } : { kind: 'full', resultId, items };
}
