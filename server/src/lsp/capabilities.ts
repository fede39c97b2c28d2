import {
  CallHierarchyPrepareRequest,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  TextDocumentSyncKind,
  type Connection,
  type ServerCapabilities,
} from 'vscode-languageserver';

import type { ClientFeatures } from './clientFeatures.ts';
import { ACTION_KINDS } from './methods/codeAction.ts';
import { SETTINGS_SECTION } from './settings.ts';
import { SOURCE } from './toLsp.ts';

/** What the server offers to a client. */
export function serverCapabilities(client: ClientFeatures): ServerCapabilities {
  return {
    positionEncoding: 'utf-16',
    textDocumentSync: {
      openClose: true,
      change: TextDocumentSyncKind.Incremental,
      save: { includeText: false },
    },
    ...(client.pullDiagnostics && {
      // A requirement changes what is said of code in other files.
      diagnosticProvider: { identifier: SOURCE, interFileDependencies: true, workspaceDiagnostics: true },
    }),
    hoverProvider: true,
    definitionProvider: true,
    referencesProvider: true,
    documentLinkProvider: { resolveProvider: false },
    codeLensProvider: { resolveProvider: false },
    completionProvider: { triggerCharacters: ['[', ',', '-'], resolveProvider: true },
    workspaceSymbolProvider: true,
    // An editor shows the hierarchy of one server only: in code that is the compiler's, where ours can be told apart (`registerWatchers`).
    callHierarchyProvider: !client.registerCallHierarchy,
    // For item files alone, where the client can be told which these are (`offerFormatting`).
    documentFormattingProvider: !client.registerFormatting,
    renameProvider: { prepareProvider: true },
    codeActionProvider: client.literalCodeActions ? { codeActionKinds: [...ACTION_KINDS] } : false,
    ...(client.workspaceFolders && {
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    }),
  };
}

/** Languages, as editors name them, of files that hold items. */
const ITEM_LANGUAGES = ['yaml', 'markdown', 'restructuredtext'];

/** Asks the client to tell of changed files and settings, where it can be asked. */
export async function registerWatchers(connection: Connection, client: ClientFeatures): Promise<void> {
  if (client.registerWatchers) {
    // Rules for any text and the configuration decide which files count: what does not is dropped on arrival.
    await connection.client.register(DidChangeWatchedFilesNotification.type, {
      watchers: [{ globPattern: '**/*' }],
    });
  }
  if (client.registerConfiguration) {
    await connection.client.register(DidChangeConfigurationNotification.type, { section: SETTINGS_SECTION });
  }
  if (client.registerCallHierarchy) {
    await connection.client.register(CallHierarchyPrepareRequest.type, {
      documentSelector: ITEM_LANGUAGES.map((language) => ({ language })),
    });
  }
}
