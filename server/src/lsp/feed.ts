import { CodeLensRefreshRequest } from 'vscode-languageserver';

import type { Snapshot } from '../core/facts/snapshot.ts';
import { summaryChanged, traceChanged, type TraceChangedParams } from '../protocol/messages.ts';
import type { OpenDocument } from './documents.ts';
import { diagnose, NOTHING, pathsToDiagnose } from './fileDiagnostics.ts';
import type { Folder } from './folder.ts';
import { prepareRuleFile } from './ruleFiles.ts';
import { nextTurn, pacer, quietly } from './safely.ts';
import type { Session } from './session.ts';
import { summaryOf } from './summary.ts';

/** How long after the last edit a file is parsed afresh and the rest of the workspace is brought up to date. In milliseconds. */
export const IDLE = 500;

type Timer = ReturnType<typeof setTimeout>;

/** Keeps what the client shows in step with what the core knows. The same for clients that pull diagnostics and for others. */
export interface Feed {
  /** A document was edited. */
  edited(document: OpenDocument): void;
  /** A document was opened or saved: its final answer is due now. */
  settle(document: OpenDocument): void;
  closed(document: OpenDocument): void;
  /** Something else changed (files on disk, settings, folders, the scan went on): compare and tell the client what differs. */
  update(): void;
  /** The client has been told this of a file. */
  reported(uri: string, resultId: string): void;
  /** Resolved at the next update, or when `signal` is aborted. */
  nextUpdate(signal: AbortSignal): Promise<void>;
  dispose(): void;
}

export function createFeed(session: Session): Feed {
  const { client, connection, log } = session;
  /** What the client shows, by URI. */
  const shown = new Map<string, string>();
  const timers = new Map<OpenDocument, { quick?: Timer; idle?: Timer }>();
  const traces = new Map<Folder, Snapshot['trace']>();
  const waiting = new Set<() => void>();
  // Not awaited: the client answers when it has asked for everything again.
  const refreshDiagnostics = quietly(log, 'refreshing diagnostics', () =>
    connection.languages.diagnostics.refresh(),
  );
  const refreshCodeLens = quietly(log, 'refreshing code lenses', () =>
    connection.sendRequest(CodeLensRefreshRequest.type),
  );
  let lastSummary = '';
  let running = false;
  let again = false;
  let disposed = false;

  const publish = async (document: OpenDocument): Promise<void> => {
    await document.ready;
    if (session.documents.get(document.uri) !== document) return;
    const settings = await session.settingsOf(document.uri);
    const { items, resultId } = diagnose(session, document.place, settings);
    if (shown.get(document.uri) === resultId) return;
    shown.set(document.uri, resultId);
    await connection.sendDiagnostics({
      uri: document.uri,
      version: document.text.version,
      diagnostics: items,
    });
  };

  const settleNow = async (document: OpenDocument): Promise<void> => {
    await document.ready;
    // A rule may name another language now.
    await prepareRuleFile(session, document);
    if (document.attached) {
      const { folder, path } = document.place;
      // Its text may have become another language's, as a header does with the first `class`.
      await session.engine.prepare(folder.workspace.analyst().languageOf(path, document.text.getText()));
      folder.apply({ kind: 'settle', path });
    }
    feed.update();
  };

  const feed: Feed = {
    edited(document) {
      const timer = timers.get(document) ?? {};
      timers.set(document, timer);
      clearTimeout(timer.quick);
      clearTimeout(timer.idle);
      timer.idle = setTimeout(
        quietly(log, 'settling a file', () => settleNow(document)),
        IDLE,
      );
      if (client.pullDiagnostics) return;
      const edits = document.edits;
      const push = async (): Promise<void> => {
        const { analysisDelay } = await session.settingsOf(document.uri);
        if (document.edits !== edits) return;
        timer.quick = setTimeout(
          quietly(log, 'analysing a file', () => publish(document)),
          analysisDelay,
        );
      };
      quietly(log, 'analysing a file', push)();
    },
    settle(document) {
      clearTimeout(timers.get(document)?.idle);
      clearTimeout(timers.get(document)?.quick);
      quietly(log, 'settling a file', () => settleNow(document))();
    },
    closed(document) {
      clearTimeout(timers.get(document)?.idle);
      clearTimeout(timers.get(document)?.quick);
      timers.delete(document);
      // A client that pulls forgets a closed file's diagnostics; others keep what they were told last.
      if (client.pullDiagnostics) shown.delete(document.uri);
      feed.update();
    },
    update() {
      again = true;
      if (!running && !disposed) quietly(log, 'bringing the editor up to date', run)();
    },
    reported: (uri, resultId) => void shown.set(uri, resultId),
    nextUpdate: (signal) =>
      new Promise((resolve) => {
        const done = (): void => {
          waiting.delete(done);
          signal.removeEventListener('abort', done);
          resolve();
        };
        waiting.add(done);
        signal.addEventListener('abort', done);
        if (signal.aborted || disposed) done();
      }),
    dispose() {
      disposed = true;
      for (const { quick, idle } of timers.values()) {
        clearTimeout(quick);
        clearTimeout(idle);
      }
      for (const done of [...waiting]) done();
    },
  };
  return feed;

  /** One run at a time; what comes meanwhile makes one more. */
  async function run(): Promise<void> {
    running = true;
    try {
      while (again && !disposed) {
        again = false;
        await nextTurn();
        await bringUpToDate();
      }
    } finally {
      running = false;
    }
  }

  async function bringUpToDate(): Promise<void> {
    const folders = changedTraces();
    if (client.pullDiagnostics) await refreshPulled();
    else await pushAll();
    for (const done of [...waiting]) done();
    if (folders.length > 0 && client.refreshCodeLens) refreshCodeLens();
    if (!client.views) return;
    if (folders.length > 0)
      await connection.sendNotification(traceChanged.method, { folders } satisfies TraceChangedParams);
    const summary = await summaryOf(session);
    const text = JSON.stringify(summary);
    if (text !== lastSummary) await connection.sendNotification(summaryChanged.method, summary);
    lastSummary = text;
  }

  /** URIs of the folders whose trace is another one than at the last update. Not during a scan: it would change with every file. */
  function changedTraces(): string[] {
    const settled = session.folders.filter((folder) => folder.scan.state === 'ready');
    return settled.flatMap((folder) => {
      const { trace } = folder.snapshot();
      const same = traces.get(folder) === trace;
      traces.set(folder, trace);
      return same ? [] : [folder.uri];
    });
  }

  /** Asks the client to pull again when an open file would now get another answer. */
  async function refreshPulled(): Promise<void> {
    if (!client.refreshDiagnostics) return;
    for (const document of session.documents.all()) {
      const known = shown.get(document.uri);
      if (known === undefined) continue;
      await document.ready;
      const settings = await session.settingsOf(document.uri);
      if (diagnose(session, document.place, settings).resultId === known) continue;
      refreshDiagnostics();
      return;
    }
  }

  /** Sends what differs from what the client shows, for open and closed files. */
  async function pushAll(): Promise<void> {
    for (const document of session.documents.all()) await publish(document);
    const pace = pacer(() => session.host.now());
    const current = new Set(session.documents.all().map(({ uri }) => uri));
    for (const folder of session.folders) {
      const settings = await session.settingsOf(folder.uri);
      for (const path of pathsToDiagnose(folder)) {
        await pace();
        const uri = session.uriOf(folder, path);
        if (current.has(uri)) continue;
        current.add(uri);
        await show(uri, diagnose(session, { folder, path }, settings));
      }
    }
    for (const uri of shown.keys()) if (!current.has(uri)) await show(uri, NOTHING);
  }

  async function show(uri: string, { items, resultId }: typeof NOTHING): Promise<void> {
    if ((shown.get(uri) ?? NOTHING.resultId) === resultId) return;
    if (resultId === NOTHING.resultId) shown.delete(uri);
    else shown.set(uri, resultId);
    await connection.sendDiagnostics({ uri, diagnostics: items });
  }
}
