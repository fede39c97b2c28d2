import { window, workspace, type ExtensionContext } from 'vscode';

import type { TracewardApi } from './api.ts';
import { registerCommands } from './commands/commands.ts';
import { followLastEditors } from './commands/lastEditors.ts';
import { followEditor } from './contextKeys.ts';
import { analysedLanguages, documentSchemes } from './server/clientOptions.ts';
import { languageServer, type StartClient } from './server/languageServer.ts';
import { createChainView } from './views/chainView.ts';
import { createFindingsView } from './views/findingsView.ts';
import { createGraphPanel } from './views/graphPanel.ts';
import { createMatrixPanel } from './views/matrixPanel.ts';
import { createReviewView } from './views/reviewView.ts';
import { createStatusBar } from './views/statusBar.ts';
import { createTraceView } from './views/traceView.ts';

/** What desktop and browser share: the server is started, views and commands are registered. Does not wait for the server. */
export async function activateExtension(
  context: ExtensionContext,
  startClient: StartClient,
): Promise<TracewardApi> {
  const output = window.createOutputChannel('Traceward', { log: true });
  const languages = await analysedLanguages(context.extensionUri, output);
  const server = languageServer(context, output, startClient);
  const trace = createTraceView(server, context.workspaceState, output);
  const chain = createChainView(server, output);
  const reviews = createReviewView(server, context.workspaceState, output);
  const matrix = createMatrixPanel(server, context.extensionUri, output);
  const graph = createGraphPanel(server, context.extensionUri, output);
  const findings = createFindingsView();
  const status = createStatusBar(server);
  const editors = followLastEditors();
  context.subscriptions.push(
    output,
    server,
    trace,
    chain,
    reviews,
    matrix,
    graph,
    findings,
    status,
    editors,
    registerCommands({ server, trace, chain, reviews, matrix, graph, output, editors }),
    followEditor(languages),
    // The documents to analyse are fixed when a client starts; a folder of another file system needs a new one.
    workspace.onDidChangeWorkspaceFolders(({ added }) => {
      if (added.some((folder) => !schemes.has(folder.uri.scheme))) {
        schemes = new Set(documentSchemes());
        void server.restart();
      }
    }),
  );
  let schemes = new Set(documentSchemes());
  void server.start();
  return {
    version: 1,
    traceRows: () => trace.rows(),
    chainRows: () => chain.rows(),
    reviews: () => reviews.shown(),
    matrix: () => matrix.shown,
    graph: () => graph.shown,
    findingsRows: () => findings.rows(),
    status: () => status.shown(),
    summary: () => server.summary,
    serverLife: () => server.life,
    serverProcessId: () => server.processId,
  };
}
