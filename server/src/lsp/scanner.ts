import type { WorkDoneProgressServerReporter } from 'vscode-languageserver';

import type { Summary } from '../protocol/messages.ts';
import { attach, detach } from './documents.ts';
import type { Feed } from './feed.ts';
import type { Folder } from './folder.ts';
import { deferred, quietly } from './safely.ts';
import { scanFolder } from './scan.ts';
import { offerFormatting } from './methods/formatting.ts';
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
  const running = new Map<Folder, Running>();

  const scanOne = async (
    folder: Folder,
    outer: AbortSignal,
    bar: Bar,
    onItemsRead: () => void,
  ): Promise<boolean> => {
    // Two at a time would overwrite each other's account of how far they are.
    for (let earlier = running.get(folder); earlier !== undefined; earlier = running.get(folder)) {
      earlier.controller.abort();
      await earlier.ended;
    }
    const controller = new AbortController();
    const giveUp = (): void => controller.abort();
    outer.addEventListener('abort', giveUp);
    const { promise: ended, resolve: end } = deferred<undefined>();
    running.set(folder, { controller, ended });
    let reportAt = 0;
    try {
      const { enable } = await session.settingsOf(folder.uri);
      if (!enable) {
        folder.scan = { ...folder.scan, state: 'off' };
        return true;
      }
      return await scanFolder(folder, {
        engine: session.engine,
        signal: outer.aborted ? outer : controller.signal,
        now: () => session.host.now(),
        isElsewhere: (path) =>
          session.documents.at(folder, path)?.attached === true || !isHome(session, folder, path),
        isUrgent,
        onConfigured: () => {
          rehome(session, folder);
          quietly(session.log, 'offering to format', () => offerFormatting(session))();
        },
        onItemsRead,
        onLost: ({ message }) => session.log.report('analysing in threads', message),
        onProgress: () => {
          bar.report(folder);
          if (Date.now() < reportAt) return;
          reportAt = Date.now() + REPORT_EVERY;
          feed.update();
        },
      });
    } finally {
      outer.removeEventListener('abort', giveUp);
      running.delete(folder);
      end(undefined);
      feed.update();
    }
  };

  return {
    async scan(folders, signal) {
      const controller = new AbortController();
      const giveUp = (): void => controller.abort();
      signal?.addEventListener('abort', giveUp);
      if (signal?.aborted === true) giveUp();
      const bar = openBar(session, giveUp);
      const releases = folders.map(holdBack);
      let done = true;
      try {
        for (const [index, folder] of folders.entries()) {
          const release = releases[index] ?? (() => undefined);
          done = (await scanOne(folder, controller.signal, bar, release)) && done;
        }
      } finally {
        releases.forEach((release) => release());
        signal?.removeEventListener('abort', giveUp);
        bar.close();
      }
      return { outcome: done ? 'done' : 'cancelled', summary: await summaryOf(session) };
    },
    abandon: (folder) => running.get(folder)?.controller.abort(),
    dispose() {
      for (const { controller } of running.values()) controller.abort();
    },
  };
}

interface Running {
  readonly controller: AbortController;
  readonly ended: Promise<undefined>;
}

/** Lets requests wait for the item files of a folder that is scanned for the first time. Returns what ends the wait. */
function holdBack(folder: Folder): () => void {
  if (folder.scan.state !== 'starting') return () => undefined;
  const { promise, resolve } = deferred<undefined>();
  folder.itemsRead = promise;
  return () => {
    folder.itemsRead = undefined;
    resolve(undefined);
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

/** A bar in the client's window, or nothing where it has none. The scan does not wait until the client has made it. */
function openBar(session: Session, onCancel: () => void): Bar {
  if (!session.client.progress) return { report: () => undefined, close: () => undefined };
  let reporter: WorkDoneProgressServerReporter | undefined;
  let isClosed = false;
  const open = async (): Promise<void> => {
    const created = await session.connection.window.createWorkDoneProgress();
    // Also when all is done: a bar that was asked for would stay otherwise.
    created.begin('Traceward: analysing', 0, undefined, true);
    if (isClosed) created.done();
    else reporter = created;
    created.token.onCancellationRequested(quietly(session.log, 'cancelling a scan', onCancel));
  };
  quietly(session.log, 'opening a progress bar', open)();
  return {
    report: ({ name, scan: { filesDone, filesTotal } }) => {
      const percentage = filesTotal === 0 ? 0 : Math.floor((100 * filesDone) / filesTotal);
      reporter?.report(percentage, `${name}: ${filesDone} of ${filesTotal} files`);
    },
    close: () => {
      isClosed = true;
      reporter?.done();
    },
  };
}
