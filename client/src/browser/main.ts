/** Entry point in a browser: the language server runs in a worker and reads files through the client. */
import { Uri, workspace, type ExtensionContext } from 'vscode';
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient } from 'vscode-languageclient/browser';

import { activateExtension } from '../activate.ts';
import type { TracewardApi } from '../api.ts';

export function activate(context: ExtensionContext): Promise<TracewardApi> {
  const script = Uri.joinPath(context.extensionUri, 'dist', 'server', 'browser.js');
  return activateExtension(context, (options) => {
    // Transports instead of the worker itself: VS Code replaces the global `Worker`, so the library's `instanceof` check on a
    // worker made by a function fails; and a restart needs a new worker.
    let worker: Worker | undefined;
    const transports = async () => {
      worker?.terminate();
      worker = await startWorker(script);
      return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
    };
    const client = new LanguageClient('traceward', 'Traceward', transports, options);
    return { client, processId: () => undefined };
  });
}

/** Reads the script through VS Code, because a worker cannot load it from where remote hosts keep extensions. */
async function startWorker(script: Uri): Promise<Worker> {
  const code = new Blob([(await workspace.fs.readFile(script)).slice()], { type: 'text/javascript' });
  // Never revoked: the worker loads it at its own time, and it is one script a session.
  return new Worker(URL.createObjectURL(code));
}
