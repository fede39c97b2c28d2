/** The matrix view: every requirement with all that stands before and behind it, in a table. */
import { Disposable, type LogOutputChannel, type Uri } from 'vscode';

import { locateItem } from '../../../server/src/protocol/messages.ts';
import { matrix, matrixCsv, type Matrix } from '../../../server/src/protocol/panels.ts';
import type { PageShown } from '../../webview/messages.ts';
import type { Disposes } from '../disposes.ts';
import { openPlace } from '../places.ts';
import type { LanguageServer } from '../server/languageServer.ts';
import { createPanel, saveText } from './panel.ts';

export interface MatrixPanel extends Disposes {
  show(): void;
  /** As CSV, to a file that is chosen or given. */
  save(target?: unknown): Promise<void>;
  readonly shown: PageShown | undefined;
}

export function createMatrixPanel(
  server: LanguageServer,
  extensionUri: Uri,
  output: LogOutputChannel,
): MatrixPanel {
  let current: Matrix | undefined;
  const save = async (target?: unknown) =>
    saveText((await server.ask(matrixCsv, {})).text, 'trace-matrix.csv', 'csv', target);
  const panel = createPanel({
    page: 'matrix',
    title: 'Traceability matrix',
    extensionUri,
    load: async () => {
      current = await server.ask(matrix, {});
      return { type: 'matrix', matrix: current };
    },
    on: async (message) => {
      if (message.type === 'open') {
        const place = current?.rows[message.index]?.location;
        await (place === undefined ? undefined : openPlace(place, true));
      } else if (message.type === 'openId') {
        const [place] = await server.ask(locateItem, { id: message.id });
        await (place === undefined ? undefined : openPlace(place, true));
      } else if (message.type === 'export') {
        await save();
      }
    },
    failed: (error) => output.warn('The matrix could not be shown.', error),
  });
  const listener = Disposable.from(server.onDidChangeTrace(() => panel.refresh()));
  return {
    show: () => panel.show(),
    save,
    get shown() {
      return panel.shown;
    },
    dispose() {
      listener.dispose();
      panel.dispose();
    },
  };
}
