import type { CancellationToken } from 'vscode-languageserver';

import type { ParamsOf, ResultOf, scanWorkspace as message } from '../../protocol/messages.ts';
import type { Context } from '../context.ts';
import { foldersOf } from './traceTree.ts';

/** `traceward/scanWorkspace`: reads everything again. A scan that was cancelled still answers with what it found. */
export async function scanWorkspace(
  { session, scanner }: Context,
  params: ParamsOf<typeof message>,
  token: CancellationToken,
): Promise<ResultOf<typeof message>> {
  const controller = new AbortController();
  token.onCancellationRequested(() => controller.abort());
  return scanner.scan(foldersOf(session, params.folder), controller.signal);
}
