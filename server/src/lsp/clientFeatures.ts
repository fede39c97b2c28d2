import type { ClientOptions } from '../protocol/messages.ts';
import type { InitializeParams } from 'vscode-languageserver';

/** What the client at the other end can do. Every use of an optional part of the protocol asks here first. */
export interface ClientFeatures {
  /** Asks for diagnostics itself (`textDocument/diagnostic`); otherwise they are pushed. */
  readonly pullDiagnostics: boolean;
  readonly refreshDiagnostics: boolean;
  readonly refreshCodeLens: boolean;
  readonly configuration: boolean;
  readonly workspaceFolders: boolean;
  readonly progress: boolean;
  readonly registerWatchers: boolean;
  readonly registerConfiguration: boolean;
  readonly registerCallHierarchy: boolean;
  readonly registerFormatting: boolean;
  readonly markdown: boolean;
  readonly literalCodeActions: boolean;
  /** Edits that name document versions and may create files. */
  readonly documentChanges: boolean;
  readonly createFiles: boolean;
  readonly relatedInformation: boolean;
  readonly codeDescription: boolean;
  readonly diagnosticData: boolean;
  /** Names of the client commands that exist. */
  readonly commands: ReadonlySet<string>;
  /** The client has the views of Traceward. */
  readonly views: boolean;
}

export function clientFeatures(params: InitializeParams): ClientFeatures {
  const { workspace, textDocument, window } = params.capabilities;
  const diagnostics = { ...textDocument?.publishDiagnostics, ...textDocument?.diagnostic };
  const options = readClientOptions(params.initializationOptions);
  return {
    pullDiagnostics: textDocument?.diagnostic !== undefined,
    refreshDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    refreshCodeLens: workspace?.codeLens?.refreshSupport === true,
    configuration: workspace?.configuration === true,
    workspaceFolders: workspace?.workspaceFolders === true,
    progress: window?.workDoneProgress === true,
    registerWatchers: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    registerConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    registerCallHierarchy: textDocument?.callHierarchy?.dynamicRegistration === true,
    registerFormatting: textDocument?.formatting?.dynamicRegistration === true,
    markdown: textDocument?.hover?.contentFormat?.includes('markdown') === true,
    literalCodeActions: textDocument?.codeAction?.codeActionLiteralSupport !== undefined,
    documentChanges: workspace?.workspaceEdit?.documentChanges === true,
    createFiles: workspace?.workspaceEdit?.resourceOperations?.includes('create') === true,
    relatedInformation: diagnostics.relatedInformation === true,
    codeDescription: diagnostics.codeDescriptionSupport === true,
    diagnosticData: diagnostics.dataSupport === true,
    commands: new Set(options.commands),
    views: options.views === true,
  };
}

/** The client's options are another program's data: only what has the right form counts. */
function readClientOptions(sent: unknown): ClientOptions {
  if (typeof sent !== 'object' || sent === null) return {};
  const commands = 'commands' in sent && Array.isArray(sent.commands) ? sent.commands : [];
  return {
    commands: commands.filter((command) => typeof command === 'string'),
    views: 'views' in sent && sent.views === true,
  };
}
