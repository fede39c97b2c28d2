import { Uri, window, workspace, type LogOutputChannel } from 'vscode';
import { RevealOutputChannelOn, type ErrorHandler, type LanguageClientOptions } from 'vscode-languageclient';

import { clientCommands, type ClientOptions } from '../../../server/src/protocol/messages.ts';

/** Used when the list of grammars cannot be read: better two languages than none. */
const FALLBACK_LANGUAGES = ['c', 'cpp'];

/**
 * Options of the language client.
 *
 * Documents are named by scheme because without one the left side of a diff (`git:`) and other copies would be analysed too. Of any
 * language, because items, and rules for any text, may be in any file: the server answers nothing for the others.
 */
export function clientOptions(output: LogOutputChannel, errorHandler: ErrorHandler): LanguageClientOptions {
  const initializationOptions: ClientOptions = { commands: Object.values(clientCommands), views: true };
  return {
    documentSelector: documentSchemes().map((scheme) => ({ scheme })),
    outputChannel: output,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    initializationOptions,
    errorHandler,
    // A save makes the server parse afresh, which may change findings in code that the grammar cannot read.
    diagnosticPullOptions: { onChange: true, onSave: true },
    // Hover texts quote item files, which anybody may have written.
    markdown: { isTrusted: false, supportHtml: false, supportThemeIcons: true },
    initializationFailedHandler: (error) => {
      output.error('The language server could not be initialised.', error);
      void window.showErrorMessage('Traceward could not start. Its output says why.');
      return false;
    },
  };
}

/** Schemes of documents to analyse: files on disk and whatever the folders of the workspace are made of. */
export function documentSchemes(): string[] {
  const folders = (workspace.workspaceFolders ?? []).map((folder) => folder.uri.scheme);
  return [...new Set(['file', ...folders])];
}

/** VS Code's identifiers of all languages that Traceward has a grammar for. */
export async function analysedLanguages(
  extensionUri: Uri,
  output: LogOutputChannel,
): Promise<readonly string[]> {
  const path = Uri.joinPath(extensionUri, 'dist', 'assets', 'languages.json');
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(await workspace.fs.readFile(path)));
    const found = Array.isArray(value) ? value.flatMap(editorIdsOf) : [];
    if (found.length > 0) {
      return found;
    }
    output.error(`No language is named in ${path.toString()}.`);
  } catch (error) {
    output.error(`The list of languages cannot be read from ${path.toString()}.`, error);
  }
  return FALLBACK_LANGUAGES;
}

function editorIdsOf(definition: unknown): string[] {
  if (typeof definition !== 'object' || definition === null || !('editorIds' in definition)) {
    return [];
  }
  const ids = definition.editorIds;
  return Array.isArray(ids) ? ids.filter((id): id is string => typeof id === 'string') : [];
}
