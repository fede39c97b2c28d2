import type { FolderSummary, ServerState, Summary, TraceCounts } from '../protocol/messages.ts';
import type { TraceGraph } from '../core/trace/traceGraph.ts';
import { diagnose, pathsToDiagnose } from './fileDiagnostics.ts';
import type { Folder } from './folder.ts';
import { pacer } from './safely.ts';
import type { Session } from './session.ts';
import { isCounted } from './traceNodes.ts';

/** Counts of every folder, for the status bar. */
export async function summaryOf(session: Session): Promise<Summary> {
  const folders: FolderSummary[] = [];
  for (const folder of session.folders) folders.push(await folderSummary(session, folder));
  return { state: overall(folders.map(({ state }) => state)), folders };
}

async function folderSummary(session: Session, folder: Folder): Promise<FolderSummary> {
  const settings = await session.settingsOf(folder.uri);
  // Before anything is counted: a scan that ends meanwhile adds to what was counted already.
  const { state, filesDone, filesTotal, incomplete } = folder.scan;
  const snapshot = folder.snapshot();
  const counts = { error: 0, warning: 0, info: 0 };
  const pace = pacer(() => session.host.now());
  for (const path of pathsToDiagnose(folder)) {
    await pace();
    const found = diagnose(session, { folder, path }, settings).counts;
    counts.error += found.error;
    counts.warning += found.warning;
    counts.info += found.info;
  }
  const { gaps, brokenLinks } = traceCounts(snapshot.trace);
  return {
    uri: folder.uri,
    name: folder.name,
    state: settings.enable ? state : 'off',
    filesDone,
    filesTotal,
    incomplete,
    skipped: snapshot.skipped.length,
    errors: counts.error,
    warnings: counts.warning,
    infos: counts.info,
    gaps,
    brokenLinks,
  };
}

/** How whole a trace is. */
export function traceCounts(trace: TraceGraph): TraceCounts {
  const items = trace.items.filter(isCounted);
  const requirements = items.filter(({ item }) => item.kind === 'requirement');
  return {
    requirements: requirements.length,
    coveredRequirements: requirements.filter(({ status }) => status === 'covered' || status === 'justified')
      .length,
    gaps: items.filter(
      ({ status, transitive }) => status !== 'covered' && status !== 'justified' && !transitive,
    ).length,
    brokenLinks: trace.links.filter(({ status }) => status !== 'covered').length,
  };
}

function overall(states: readonly ServerState[]): ServerState {
  const order: readonly ServerState[] = ['scanning', 'starting', 'ready'];
  return order.find((state) => states.includes(state)) ?? (states.length === 0 ? 'ready' : 'off');
}
