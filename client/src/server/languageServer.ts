import {
  EventEmitter,
  window,
  type CancellationToken,
  type Event,
  type ExtensionContext,
  type LogOutputChannel,
} from 'vscode';
import {
  CloseAction,
  ErrorAction,
  FileChangeType,
  State,
  type BaseLanguageClient,
  type ErrorHandler,
  type LanguageClientOptions,
} from 'vscode-languageclient';

import {
  summaryChanged,
  traceChanged,
  type Request,
  type Summary,
} from '../../../server/src/protocol/messages.ts';
import type { ServerLife } from '../api.ts';
import type { Disposes } from '../disposes.ts';
import { clientOptions } from './clientOptions.ts';
import { answerFileRequests } from './fileRequests.ts';
import { restartLimit } from './restartLimit.ts';

/** Makes a client that has not been started: the one thing in which desktop and browser differ. */
export type StartClient = (options: LanguageClientOptions) => {
  readonly client: BaseLanguageClient;
  processId(): number | undefined;
};

/** The language server as the rest of the extension sees it: alive or not, asked and heard. */
export interface LanguageServer extends Disposes {
  readonly life: ServerLife;
  /** The last one sent; kept while the server restarts. */
  readonly summary: Summary | undefined;
  readonly processId: number | undefined;
  readonly onDidChangeLife: Event<ServerLife>;
  readonly onDidChangeSummary: Event<Summary>;
  /** What the traceability tree showed is out of date. */
  readonly onDidChangeTrace: Event<void>;
  /** Starts the server. Resolves when it answers, or when it is known that it does not: look at `life`. */
  start(): Promise<void>;
  /** Sends a request; waits for a server that is starting. Rejects when there is none. */
  ask<P, R>(message: Request<P, R>, params: P, token?: CancellationToken): Promise<R>;
  /** Tells the server of files that the extension itself has written; a watcher may come late. */
  tellChanged(uris: readonly string[]): Promise<void>;
  /** Ends the server if it runs and starts a new one, however often it died before. */
  restart(): Promise<void>;
}

/** Deaths after which the server stays off, and the time in which they count. */
const RESTARTS = 5;
const RESTART_WINDOW_MS = 3 * 60_000;

/** A server that is not running yet, so that views can listen before the first message arrives. */
export function languageServer(
  context: ExtensionContext,
  output: LogOutputChannel,
  startClient: StartClient,
): LanguageServer {
  const lifeChanged = new EventEmitter<ServerLife>();
  const summaries = new EventEmitter<Summary>();
  const traces = new EventEmitter<void>();
  const limit = restartLimit(RESTARTS, RESTART_WINDOW_MS);
  let life: ServerLife = 'starting';
  let summary: Summary | undefined;
  let started = newClient();

  function setLife(next: ServerLife): void {
    if (next !== life) {
      life = next;
      lifeChanged.fire(next);
    }
  }

  function newClient(): ReturnType<StartClient> {
    const created = startClient(clientOptions(output, errorHandler()));
    const { client } = created;
    answerFileRequests(client, context.extensionUri);
    client.onNotification(summaryChanged.method, (sent: Summary) => {
      summary = sent;
      summaries.fire(sent);
    });
    client.onNotification(traceChanged.method, () => traces.fire());
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Running) {
        setLife('running');
        traces.fire();
      }
    });
    return created;
  }

  function errorHandler(): ErrorHandler {
    return {
      // A message that cannot be sent or read is logged. Whether the server is gone, `closed` is told: to shut down here would leave it off
      // without a word, when several messages are under way to a server that has just died.
      error: () => ({ action: ErrorAction.Continue, handled: true }),
      closed: () => {
        if (limit.mayRestart(Date.now())) {
          setLife('restarting');
          void tell(`Traceward's language server stopped unexpectedly and is started again.`, false);
          return { action: CloseAction.Restart, handled: true };
        }
        setLife('failed');
        const minutes = RESTART_WINDOW_MS / 60_000;
        void tell(
          `Traceward's language server stopped ${RESTARTS + 1} times within ${minutes} minutes and stays off.`,
          true,
        );
        return { action: CloseAction.DoNotRestart, handled: true };
      },
    };
  }

  async function tell(message: string, failed: boolean): Promise<void> {
    const choice = failed
      ? await window.showErrorMessage(message, 'Restart', 'Show output')
      : await window.showWarningMessage(message, 'Show output');
    if (choice === 'Show output') {
      output.show();
    } else if (choice === 'Restart') {
      await restart();
    }
  }

  async function start(): Promise<void> {
    try {
      await started.client.start();
    } catch (error) {
      output.error('The language server did not start.', error);
      // While it is started again, the next attempt decides.
      if (started.client.state !== State.Starting) {
        setLife('failed');
      }
    }
  }

  async function restart(): Promise<void> {
    setLife('stopped');
    const old = started.client;
    try {
      await old.dispose();
    } catch (error) {
      // It had died or did not answer in time; its process is ended all the same.
      output.warn('The old language server did not end in order.', error);
    }
    limit.reset();
    setLife('starting');
    started = newClient();
    await start();
  }

  return {
    get life() {
      return life;
    },
    get summary() {
      return summary;
    },
    get processId() {
      return started.processId();
    },
    onDidChangeLife: lifeChanged.event,
    onDidChangeSummary: summaries.event,
    onDidChangeTrace: traces.event,
    // An undefined token would be sent as a second parameter.
    ask: (message, params, token) =>
      token === undefined
        ? started.client.sendRequest(message.method, params)
        : started.client.sendRequest(message.method, params, token),
    tellChanged: (uris) =>
      started.client.sendNotification('workspace/didChangeWatchedFiles', {
        changes: uris.map((uri) => ({ uri, type: FileChangeType.Changed })),
      }),
    start,
    restart,
    dispose() {
      setLife('stopped');
      void started.client
        .dispose()
        .catch((error: unknown) => output.warn('The server did not end in order.', error));
      lifeChanged.dispose();
      summaries.dispose();
      traces.dispose();
    },
  };
}
