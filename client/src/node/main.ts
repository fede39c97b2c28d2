/** Entry point on the desktop and on remote hosts: the language server runs in a Node process of its own. */
import { Uri, type ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';

import { activateExtension } from '../activate.ts';
import type { TracewardApi } from '../api.ts';

export function activate(context: ExtensionContext): Promise<TracewardApi> {
  const module = Uri.joinPath(context.extensionUri, 'dist', 'server', 'node.cjs').fsPath;
  return activateExtension(context, (options) => {
    const run = { module, transport: TransportKind.ipc };
    const debug = { ...run, options: { execArgv: ['--nolazy', '--inspect=6011'] } };
    const client = new LanguageClient('traceward', 'Traceward', { run, debug }, options);
    return { client, processId: () => client.serverProcess?.pid };
  });
}
