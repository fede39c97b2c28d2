/** A panel with a page of its own: the matrix, the graph. */
import { Uri, ViewColumn, window, workspace, type WebviewPanel } from 'vscode';

import type { FromPage, PageShown, ToPage } from '../../webview/messages.ts';
import type { Disposes } from '../disposes.ts';
import { newNonce, panelHtml } from './panelHtml.ts';

export interface PanelOptions {
  /** Of `dist/client/<page>.js`, and of the kind of panel. */
  readonly page: 'matrix' | 'graph';
  readonly title: string;
  readonly extensionUri: Uri;
  /** What the page is to show; asked for whenever it starts, and after `refresh`. */
  readonly load: () => Promise<ToPage>;
  /** What somebody did in the page. */
  readonly on: (message: FromPage) => Promise<void>;
  /** Told what went wrong. */
  readonly failed: (error: unknown) => void;
}

export interface Panel extends Disposes {
  /** Opens the panel, or brings it to the front and fills it anew. */
  show(): void;
  /** Fills it anew, when it is open. */
  refresh(): void;
  /** What the page shows; undefined while it is closed. */
  readonly shown: PageShown | undefined;
}

export function createPanel(options: PanelOptions): Panel {
  let panel: WebviewPanel | undefined;
  let shown: PageShown | undefined;
  let round = 0;

  function open(): WebviewPanel {
    const { extensionUri, page, title } = options;
    const folders = ['dist', 'media'].map((name) => Uri.joinPath(extensionUri, name));
    const made = window.createWebviewPanel(
      `traceward.${page}`,
      title,
      { viewColumn: ViewColumn.Active },
      { enableScripts: true, localResourceRoots: folders, enableFindWidget: true },
    );
    const { webview } = made;
    const address = (...parts: string[]) =>
      webview.asWebviewUri(Uri.joinPath(extensionUri, ...parts)).toString();
    made.iconPath = Uri.joinPath(extensionUri, 'media', 'traceward.svg');
    webview.onDidReceiveMessage((message: FromPage) => {
      if (message.type === 'ready') {
        fill();
      } else if (message.type === 'shown') {
        shown = message.shown;
      } else {
        options.on(message).catch(options.failed);
      }
    });
    made.onDidDispose(() => {
      panel = undefined;
      shown = undefined;
    });
    webview.html = panelHtml({
      title,
      script: address('dist', 'client', `${page}.js`),
      style: address('media', 'panel.css'),
      styleSource: webview.cspSource,
      nonce: newNonce(),
    });
    return made;
  }

  function fill(): void {
    const mine = ++round;
    options.load().then((message) => {
      if (mine === round) {
        return panel?.webview.postMessage(message);
      }
      return undefined;
    }, options.failed);
  }

  return {
    show() {
      if (panel === undefined) {
        panel = open();
      } else {
        panel.reveal();
        fill();
      }
    },
    refresh() {
      // A page that is hidden is not alive: it asks when it comes back.
      if (panel?.visible === true) {
        fill();
      }
    },
    get shown() {
      return shown;
    },
    dispose() {
      panel?.dispose();
    },
  };
}

/** Writes a text to a file that is chosen, or given. */
export async function saveText(text: string, name: string, kind: string, given: unknown): Promise<void> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const target =
    given instanceof Uri
      ? given
      : await window.showSaveDialog({
          ...(folder !== undefined && { defaultUri: Uri.joinPath(folder, name) }),
          filters: { [kind.toUpperCase()]: [kind] },
        });
  if (target !== undefined) {
    await workspace.fs.writeFile(target, new TextEncoder().encode(text));
  }
}
