import {
  MessageType,
  ShowMessageNotification,
  type CancellationToken,
  type Connection,
  type InitializeParams,
  type InitializeResult,
} from 'vscode-languageserver';

import type { Problem } from '../core/base/problem.ts';
import type { Host } from '../host/host.ts';
import * as chainMessages from '../protocol/chain.ts';
import * as messages from '../protocol/messages.ts';
import * as panelMessages from '../protocol/panels.ts';
import * as reviewMessages from '../protocol/review.ts';
import { registerWatchers, serverCapabilities } from './capabilities.ts';
import { clientFeatures, type ClientFeatures } from './clientFeatures.ts';
import type { Context } from './context.ts';
import { loadEngine, type EngineParts } from './engine.ts';
import { createFeed } from './feed.ts';
import { incomingCalls, outgoingCalls, prepareCallHierarchy } from './methods/callHierarchy.ts';
import { chainAt, chainSteps } from './methods/chain.ts';
import { codeActions } from './methods/codeAction.ts';
import { codeLenses } from './methods/codeLens.ts';
import { completion, completionResolve } from './methods/completion.ts';
import { definition } from './methods/definition.ts';
import { documentDiagnostic } from './methods/documentDiagnostic.ts';
import { documentLinks } from './methods/documentLink.ts';
import { formatting } from './methods/formatting.ts';
import { hover } from './methods/hover.ts';
import { listItems, locateItem } from './methods/items.ts';
import { references } from './methods/references.ts';
import { graph, matrix, matrixCsv } from './methods/panels.ts';
import { prepareRename, rename } from './methods/rename.ts';
import { reviewQueue, reviewsIn, signOff } from './methods/review.ts';
import { runRuleTests } from './methods/runRuleTests.ts';
import { scanWorkspace } from './methods/scanWorkspace.ts';
import { didChange, didClose, didOpen, didSave } from './methods/textSync.ts';
import { traceAt } from './methods/traceAt.ts';
import { traceTree } from './methods/traceTree.ts';
import { tryRule } from './methods/tryRule.ts';
import { didChangeWatchedFiles } from './methods/watchedFiles.ts';
import { workspaceDiagnostic } from './methods/workspaceDiagnostic.ts';
import { didChangeWorkspaceFolders } from './methods/workspaceFolders.ts';
import { workspaceSymbols } from './methods/workspaceSymbol.ts';
import { deferred, errorLog, pause, quietly, safely } from './safely.ts';
import { createScanner } from './scanner.ts';
import { createSession } from './session.ts';
import { settingsCache, type SettingsCache } from './settingsCache.ts';
import { nameOfUri } from './uris.ts';

/** How long a request waits for the item files of its folder before it is answered without them, in milliseconds. */
const ITEMS_PATIENCE = 3000;

/**
 * Serves one client over a connection, whatever it is made of; the caller lets the connection listen afterwards. Requests that come while
 * rules and grammars are loaded wait for them.
 */
export function startServer(connection: Connection, host: Host, parts: EngineParts = {}): void {
  const log = errorLog((message) => {
    host.log('error', message);
    connection.console.error(message);
  });
  const ready = deferred<Context | undefined>();
  let params: InitializeParams | undefined;
  let client: ClientFeatures | undefined;
  let settings: SettingsCache | undefined;
  let isShutDown = false;
  let urgentRequests = 0;

  connection.onInitialize((sent): InitializeResult => {
    params = sent;
    client = clientFeatures(sent);
    settings = settingsCache(connection, client, log);
    return { serverInfo: { name: 'traceward' }, capabilities: serverCapabilities(client) };
  });
  connection.onInitialized(
    quietly(log, 'starting', async () => {
      try {
        ready.resolve(await start());
      } catch (error) {
        log.report('starting', error);
        ready.resolve(undefined);
        showError(
          'Traceward could not start: its data files cannot be read. Reinstall it; the log has the details.',
        );
      }
    }),
  );

  async function start(): Promise<Context> {
    if (params === undefined || client === undefined || settings === undefined)
      throw new Error('initialized came before initialize');
    const engine = await loadEngine(host, reportOnce, parts);
    const session = createSession({ connection, client, host, engine, log, settingsOf: settings.settingsOf });
    const feed = createFeed(session);
    const scanner = createScanner(session, feed, () => urgentRequests > 0);
    for (const folder of rootsOf(params)) session.addFolder(folder);
    const context: Context = { session, feed, scanner, isShutDown: () => isShutDown };
    quietly(log, 'scanning the workspace', () => scanner.scan(session.folders))();
    quietly(log, 'asking for notifications', () => registerWatchers(connection, session.client))();
    if (session.client.workspaceFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(
        quietly(log, 'changing folders', (event) => didChangeWorkspaceFolders(context, event)),
      );
    }
    return context;
  }

  /** A notification, as the message needs no answer and older clients cannot give one. */
  function showError(message: string): void {
    const show = () =>
      connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Error, message });
    quietly(log, 'showing a message', show)();
  }

  function reportOnce(problem: Problem): void {
    host.log(problem.severity === 'error' ? 'error' : 'warn', problem.message);
    if (problem.code.startsWith('grammar-')) showError(problem.message);
    else connection.console.warn(`${problem.path ?? ''}: ${problem.message}`);
  }

  /** A request: waits for the server to be ready and for the document to be known. */
  function answer<P, R>(
    doing: string,
    fallback: R,
    handle: (context: Context, params: P, token: CancellationToken) => R | Promise<R>,
  ): (params: P, token: CancellationToken) => Promise<R> {
    return safely(log, doing, fallback, async (sent: P, token) => {
      const context = await ready.promise;
      if (context === undefined) return fallback;
      await known(context, sent);
      return handle(context, sent, token);
    });
  }

  /** A request that somebody waits for in front of the screen: a scan makes way for it. */
  function urgent<P, R>(
    doing: string,
    fallback: R,
    handle: (context: Context, params: P, token: CancellationToken) => R | Promise<R>,
  ): (params: P, token: CancellationToken) => Promise<R> {
    const handler = answer(doing, fallback, handle);
    return async (sent, token) => {
      urgentRequests++;
      try {
        return await handler(sent, token);
      } finally {
        urgentRequests--;
      }
    };
  }

  /** A notification: handled in the order in which they come, also those that come too early. */
  function note<P>(
    doing: string,
    handle: (context: Context, params: P) => void | Promise<void>,
  ): (params: P) => void {
    return quietly(log, doing, (sent: P) =>
      ready.promise.then((context) => (context === undefined ? undefined : handle(context, sent))),
    );
  }

  connection.onDidOpenTextDocument(note('opening a file', didOpen));
  connection.onDidChangeTextDocument(note('recording an edit', didChange));
  connection.onDidSaveTextDocument(note('saving a file', didSave));
  connection.onDidCloseTextDocument(note('closing a file', didClose));
  connection.onDidChangeWatchedFiles(note('reading changed files', didChangeWatchedFiles));
  connection.onDidChangeConfiguration(
    note('reading changed settings', async ({ session, scanner, feed }, { settings: sent }) => {
      settings?.changed(sent);
      const turnedOn = [];
      for (const folder of session.folders) {
        const { enable } = await session.settingsOf(folder.uri);
        if (enable && folder.scan.state === 'off') turnedOn.push(folder);
        else if (!enable) folder.scan = { ...folder.scan, state: 'off' };
      }
      if (turnedOn.length > 0) await scanner.scan(turnedOn);
      feed.update();
    }),
  );

  connection.onHover(urgent('answering a hover', null, hover));
  connection.onDefinition(urgent('finding a definition', [], definition));
  connection.onReferences(urgent('finding references', [], references));
  connection.onDocumentLinks(urgent('finding links', [], documentLinks));
  connection.onCodeLens(urgent('making code lenses', [], codeLenses));
  connection.onCompletion(urgent('completing', { isIncomplete: false, items: [] }, completion));
  connection.onCompletionResolve((entry, token) =>
    urgent('describing a completion', entry, completionResolve)(entry, token),
  );
  connection.onWorkspaceSymbol(urgent('finding symbols', [], workspaceSymbols));
  connection.onPrepareRename(urgent('preparing a rename', null, prepareRename));
  connection.onRenameRequest(urgent('renaming', null, rename));
  connection.languages.callHierarchy.onPrepare(urgent('finding the chain', null, prepareCallHierarchy));
  connection.languages.callHierarchy.onIncomingCalls(urgent('walking the chain', [], incomingCalls));
  connection.languages.callHierarchy.onOutgoingCalls(urgent('walking the chain', [], outgoingCalls));
  connection.onDocumentFormatting(urgent('formatting', null, formatting));
  connection.onCodeAction(urgent('finding code actions', [], codeActions));
  connection.languages.diagnostics.on(
    urgent('diagnosing a file', { kind: 'full', items: [] }, documentDiagnostic),
  );
  connection.languages.diagnostics.onWorkspace(
    answer('diagnosing the workspace', { items: [] }, workspaceDiagnostic),
  );

  const none = { outcome: 'cancelled', summary: { state: 'off', folders: [] } } as const;
  connection.onRequest(messages.scanWorkspace.method, answer('scanning', none, scanWorkspace));
  connection.onRequest(
    messages.traceTree.method,
    urgent('making the trace tree', { folders: [] }, traceTree),
  );
  connection.onRequest(messages.traceAt.method, urgent('tracing a function', null, traceAt));
  connection.onRequest(chainMessages.chainAt.method, urgent('finding the chain', null, chainAt));
  connection.onRequest(chainMessages.chainSteps.method, urgent('walking the chain', [], chainSteps));
  const noMatrix = { columns: [], rows: [] };
  connection.onRequest(panelMessages.matrix.method, answer('making the matrix', noMatrix, matrix));
  connection.onRequest(panelMessages.matrixCsv.method, answer('writing the matrix', { text: '' }, matrixCsv));
  const noGraph: panelMessages.TraceGraphPart = { boxes: [], lines: [], left: 0 };
  connection.onRequest(panelMessages.graph.method, answer('drawing the trace', noGraph, graph));
  const noReviews = { entries: [], done: 0, total: 0, more: 0 };
  connection.onRequest(reviewMessages.reviewQueue.method, answer('listing reviews', noReviews, reviewQueue));
  connection.onRequest(reviewMessages.reviewsIn.method, answer('listing reviews of a file', [], reviewsIn));
  const noFiles: reviewMessages.SignOffResult = { kind: 'files', files: [] };
  connection.onRequest(reviewMessages.signOff.method, answer('signing off', noFiles, signOff));
  connection.onRequest(messages.locateItem.method, answer('locating an item', [], locateItem));
  connection.onRequest(messages.listItems.method, answer('listing items', [], listItems));
  const noTests = { results: [], problems: ['The rule tests could not be run; the log has the details.'] };
  connection.onRequest(messages.runRuleTests.method, answer('running rule tests', noTests, runRuleTests));

  const noTry = {
    rules: [],
    matches: [],
    problems: ['The rule could not be tried; the log has the details.'],
  };
  connection.onRequest(messages.tryRule.method, answer('trying a rule', noTry, tryRule));

  connection.onShutdown(async () => {
    isShutDown = true;
    ready.resolve(undefined);
    const context = await ready.promise;
    context?.scanner.dispose();
    context?.feed.dispose();
    context?.session.folders.forEach((folder) => folder.workspace.dispose());
    context?.session.loose.workspace.dispose();
  });
}

/** Waits until the document of a request is analysed for the first time, or read again once it is closed, and its folder's item files are read. */
async function known({ session }: Context, params: unknown): Promise<void> {
  if (typeof params !== 'object' || params === null || !('textDocument' in params)) return;
  const { textDocument } = params;
  if (typeof textDocument !== 'object' || textDocument === null || !('uri' in textDocument)) return;
  const uri = String(textDocument.uri);
  await session.documents.known(uri);
  const { itemsRead } = session.placeOf(uri).folder;
  if (itemsRead !== undefined) await Promise.race([itemsRead, pause(ITEMS_PATIENCE)]);
}

/** Workspace folders, or the one root that older clients name. */
function rootsOf(params: InitializeParams): readonly { readonly uri: string; readonly name: string }[] {
  if (params.workspaceFolders) return params.workspaceFolders;
  // Deprecated since folders exist, and still all that some editors send.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const { rootUri, rootPath } = params;
  if (rootUri !== null) return [{ uri: rootUri, name: nameOfUri(rootUri) }];
  if (rootPath === undefined || rootPath === null) return [];
  const uri = `file://${rootPath.startsWith('/') ? '' : '/'}${rootPath.replaceAll('\\', '/')}`;
  return [{ uri, name: nameOfUri(uri) }];
}
