import { WorkDoneProgressReporter, type WorkDoneProgressServerReporter } from 'vscode-languageserver';

import type { Summary } from '../protocol/messages.ts';
import { attach, detach } from './documents.ts';
import type { Feed } from './feed.ts';
import type { Folder } from './folder.ts';
import { quietly } from './safely.ts';
import { scanFolder } from './scan.ts';
import type { Session } from './session.ts';
import { summaryOf } from './summary.ts';

/** How often the client hears of a running scan, in milliseconds. */
const REPORT_EVERY = 400;

/** Runs scans, one a folder at a time, with a progress bar that has a cancel button. */
export interface Scanner {
  /** Scans folders one after the other; a scan of one of them that is under way is given up for this one. */
  scan(
    folders: readonly Folder[],
    signal?: AbortSignal,
  ): Promise<{ outcome: 'done' | 'cancelled'; summary: Summary }>;
  /** A folder went away. */
  abandon(folder: Folder): void;
  dispose(): void;
}

/** @param isUrgent true while a request waits that a user sees the answer of */
export function createScanner(session: Session, feed: Feed, isUrgent: () => boolean): Scanner {
  const running = new Map<Folder, AbortController>();

  const scanOne = async (folder: Folder, outer: AbortSignal, bar: Bar): Promise<boolean> => {
    running.get(folder)?.abort();
    const { enable } = await session.settingsOf(folder.uri);
    if (!enable) {
      folder.scan = { ...folder.scan, state: 'off' };
      return true;
    }
    const controller = new AbortController();
    const giveUp = (): void => controller.abort();
    outer.addEventListener('abort', giveUp);
    running.set(folder, controller);
    let release: () => void = () => undefined;
    folder.itemsRead = new Promise((resolve) => (release = resolve));
    let reportAt = 0;
    try {
      return await scanFolder(folder, {
        engine: session.engine,
        signal: outer.aborted ? outer : controller.signal,
        now: () => session.host.now(),
        isElsewhere: (path) =>
          session.documents.at(folder, path)?.attached === true || !isHome(session, folder, path),
        isUrgent,
        onConfigured: () => rehome(session, folder),
        onItemsRead: release,
        onProgress: () => {
          bar.report(folder);
          if (Date.now() < reportAt) return;
          reportAt = Date.now() + REPORT_EVERY;
          feed.update();
        },
      });
    } finally {
      release();
      outer.removeEventListener('abort', giveUp);
      if (running.get(folder) === controller) running.delete(folder);
      feed.update();
    }
  };

  return {
    async scan(folders, signal) {
      const controller = new AbortController();
      const giveUp = (): void => controller.abort();
      signal?.addEventListener('abort', giveUp);
      if (signal?.aborted === true) giveUp();
      const bar = await openBar(session, giveUp);
      let done = true;
      try {
        for (const folder of folders) done = (await scanOne(folder, controller.signal, bar)) && done;
      } finally {
        signal?.removeEventListener('abort', giveUp);
        bar.close();
      }
      return { outcome: done ? 'done' : 'cancelled', summary: await summaryOf(session) };
    },
    abandon: (folder) => running.get(folder)?.abort(),
    dispose() {
      for (const controller of running.values()) controller.abort();
    },
  };
}

/** False for a file of another workspace folder that lies within this one. */
function isHome(session: Session, folder: Folder, path: string): boolean {
  const inner = session.folders.some((other) => other !== folder && folder.pathOf(other.uri) !== undefined);
  return !inner || session.placeOf(folder.uriOf(path)).folder === folder;
}

/** Brings open files in line with what the configuration now excludes. */
function rehome(session: Session, folder: Folder): void {
  for (const document of session.documents.all()) {
    const { folder: home, path } = document.place;
    if (home !== folder) continue;
    if (!folder.isExcluded(path)) {
      document.ready = document.ready.then(() => attach(document));
    } else if (document.attached) {
      detach(document);
      folder.apply({ kind: 'remove', path });
    }
  }
}

interface Bar {
  report(folder: Folder): void;
  close(): void;
}

/** A bar in the client's window, or nothing where it has none. */
async function openBar(session: Session, onCancel: () => void): Promise<Bar> {
  const none: Bar = { report: () => undefined, close: () => undefined };
  if (!session.client.progress) return none;
  let reporter: WorkDoneProgressServerReporter;
  try {
    reporter = await session.connection.window.createWorkDoneProgress();
  } catch (error) {
    session.log.report('opening a progress bar', error);
    return none;
  }
  if (WorkDoneProgressReporter.isNullInstance(reporter)) return none;
  reporter.token.onCancellationRequested(quietly(session.log, 'cancelling a scan', onCancel));
  reporter.begin('Traceward: analysing', 0, undefined, true);
  return {
    report: ({ name, scan: { filesDone, filesTotal } }) => {
      const percentage = filesTotal === 0 ? 0 : Math.floor((100 * filesDone) / filesTotal);
      reporter.report(percentage, `${name}: ${filesDone} of ${filesTotal} files`);
    },
    close: () => reporter.done(),
  };
}
