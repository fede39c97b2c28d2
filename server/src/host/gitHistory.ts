import { asksForHistory, HISTORY_COMMAND, readHistory, type History } from '../core/threats/history.ts';
import type { TraceGraph } from '../core/trace/traceGraph.ts';
import type { FolderHost } from './host.ts';

/**
 * When files were changed and by whom, where a lint asks.
 *
 * @returns undefined where none does, and where git cannot tell: outside a repository, in a shallow clone, where it takes too long
 */
export async function historyFor(folder: FolderHost, trace: TraceGraph): Promise<History | undefined> {
  if (!asksForHistory(trace)) return undefined;
  // The oldest commit of a shallow clone seems to have made all files.
  const isShallow = await folder.git(['rev-parse', '--is-shallow-repository']);
  if (isShallow?.trim() !== 'false') return undefined;
  const log = await folder.git(HISTORY_COMMAND);
  return log === undefined ? undefined : readHistory(log);
}
