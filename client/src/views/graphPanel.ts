/** The graph view: the chains through one end, or the whole trace as far as it can be drawn. */
import { Disposable, type LogOutputChannel, type Uri } from 'vscode';

import { chainAt, type ChainAtParams } from '../../../server/src/protocol/chain.ts';
import { graph, type GraphParams, type TraceGraphPart } from '../../../server/src/protocol/panels.ts';
import type { PageShown } from '../../webview/messages.ts';
import type { Disposes } from '../disposes.ts';
import { openPlace } from '../places.ts';
import type { LanguageServer } from '../server/languageServer.ts';
import { graphSvg } from './graphSvg.ts';
import { createPanel, saveText } from './panel.ts';

export interface GraphPanel extends Disposes {
  /** The graph of what stands at a place; without one, or where nothing linked stands, of the whole trace. */
  show(start?: ChainAtParams): Promise<void>;
  /** As SVG, to a file that is chosen or given. */
  save(target?: unknown): Promise<void>;
  readonly shown: PageShown | undefined;
}

export function createGraphPanel(
  server: LanguageServer,
  extensionUri: Uri,
  output: LogOutputChannel,
): GraphPanel {
  let start: GraphParams['start'];
  let current: TraceGraphPart | undefined;
  const params = (): GraphParams => (start === undefined ? {} : { start });
  const save = async (target?: unknown) =>
    saveText(graphSvg(current ?? (await server.ask(graph, params()))), 'trace.svg', 'svg', target);
  const panel = createPanel({
    page: 'graph',
    title: 'Trace graph',
    extensionUri,
    load: async () => {
      current = await server.ask(graph, params());
      return { type: 'graph', part: current };
    },
    on: async (message) => {
      if (message.type === 'open') {
        const place = current?.boxes[message.index]?.location;
        await (place === undefined ? undefined : openPlace(place, true));
      } else if (message.type === 'centre') {
        const box = current?.boxes[message.index];
        start = box === undefined ? start : { folder: box.folder, end: box.end };
        panel.refresh();
      } else if (message.type === 'whole') {
        start = undefined;
        panel.refresh();
      } else if (message.type === 'export') {
        await save();
      }
    },
    failed: (error) => output.warn('The graph could not be shown.', error),
  });
  const listener = Disposable.from(server.onDidChangeTrace(() => panel.refresh()));
  return {
    async show(at) {
      const found = at === undefined ? null : await server.ask(chainAt, at);
      const isLinked = found !== null && found.up + found.down > 0;
      start = isLinked ? { folder: found.folder, end: found.end } : undefined;
      panel.show();
    },
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
