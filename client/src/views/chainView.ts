/** The chain explorer: from whatever the cursor is on, upwards to what it exists for and downwards to what makes it true. */
import {
  Disposable,
  EventEmitter,
  MarkdownString,
  TreeItem,
  TreeItemCollapsibleState,
  window,
  type LogOutputChannel,
  type TreeDataProvider,
  type TreeView,
} from 'vscode';

import {
  chainAt,
  chainSteps,
  type ChainAtParams,
  type ChainDirection,
  type ChainNode,
} from '../../../server/src/protocol/chain.ts';
import type { ViewRow } from '../api.ts';
import { contextKeys, setContextKey } from '../contextKeys.ts';
import type { Disposes } from '../disposes.ts';
import { openCommand } from '../places.ts';
import type { LanguageServer } from '../server/languageServer.ts';
import { iconNameOf, iconOf, spoken } from './icons.ts';

export interface ChainView extends Disposes {
  /** Shows the chain of a place or of an end and stays there. */
  show(start: ChainAtParams): Promise<void>;
  /** Follows the cursor again. */
  follow(): void;
  /** Stays with what is shown. */
  pin(): void;
  /** Everything that can be unfolded, each end once on its way. */
  rows(): Promise<readonly ViewRow[]>;
}

/** `above` are the keys of the rows on the way to a row: a circle ends where it closes. */
type Row =
  | {
      readonly kind: 'end';
      readonly at: ChainNode;
      readonly direction?: ChainDirection;
      readonly above: readonly string[];
    }
  | { readonly kind: 'heading'; readonly of: ChainNode; readonly direction: ChainDirection };

const HEADINGS: Readonly<Record<ChainDirection, string>> = {
  up: 'What it is for',
  down: 'What makes it true',
};
/** The cursor moves with every key; the view may lag behind a little. */
const SETTLE_MS = 250;

export function createChainView(server: LanguageServer, output: LogOutputChannel): ChainView {
  const changed = new EventEmitter<void>();
  let root: ChainNode | undefined;
  let isPinned = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = 0;

  const provider: TreeDataProvider<Row> = {
    onDidChangeTreeData: changed.event,
    getChildren: (row) => childrenOf(row),
    getTreeItem: (row) => (row.kind === 'heading' ? headingItem(row) : endItem(row)),
  };
  const view: TreeView<Row> = window.createTreeView('traceward.chain', {
    treeDataProvider: provider,
    showCollapseAll: true,
  });

  async function childrenOf(row: Row | undefined): Promise<Row[]> {
    if (row === undefined) {
      return root === undefined ? [] : [{ kind: 'end', at: root, above: [] }];
    }
    if (row.kind === 'heading') {
      return stepsOf(row.of, row.direction, [row.of.key]);
    }
    if (row.direction !== undefined) {
      return stepsOf(row.at, row.direction, [...row.above, row.at.key]);
    }
    const directions: readonly ChainDirection[] = ['up', 'down'];
    return directions
      .filter((each) => row.at[each] > 0)
      .map((each) => ({ kind: 'heading', of: row.at, direction: each }));
  }

  async function stepsOf(at: ChainNode, direction: ChainDirection, above: readonly string[]): Promise<Row[]> {
    const steps = await server.ask(chainSteps, { folder: at.folder, end: at.end, direction });
    return steps.map((step) => ({ kind: 'end', at: step, direction, above }));
  }

  async function load(start: ChainAtParams): Promise<void> {
    const mine = ++asked;
    try {
      const found = await server.ask(chainAt, start);
      if (mine !== asked) {
        return;
      }
      const isSame = JSON.stringify(found) === JSON.stringify(root);
      root = found ?? undefined;
      view.message = root === undefined ? 'Nothing of the trace is at the cursor.' : '';
      view.description = root === undefined ? '' : `${root.node.label}${isPinned ? ' (pinned)' : ''}`;
      if (!isSame) {
        changed.fire();
      }
    } catch (error) {
      output.warn('The chain could not be followed.', error);
    }
  }

  function atCursor(): ChainAtParams | undefined {
    const editor = window.activeTextEditor;
    if (editor === undefined) {
      return undefined;
    }
    const { line, character } = editor.selection.active;
    return { textDocument: { uri: editor.document.uri.toString() }, position: { line, character } };
  }

  function setPinned(pinned: boolean): void {
    isPinned = pinned;
    setContextKey(contextKeys.chainPinned, pinned);
    view.description = root === undefined ? '' : `${root.node.label}${pinned ? ' (pinned)' : ''}`;
  }

  function schedule(): void {
    clearTimeout(timer);
    if (isPinned || !view.visible) {
      return;
    }
    timer = setTimeout(() => {
      const start = atCursor();
      if (start !== undefined && !isPinned) {
        void load(start);
      }
    }, SETTLE_MS);
  }

  const listeners = Disposable.from(
    changed,
    view,
    window.onDidChangeTextEditorSelection(schedule),
    window.onDidChangeActiveTextEditor(schedule),
    view.onDidChangeVisibility(schedule),
    server.onDidChangeTrace(() => {
      if (root !== undefined) {
        void load({ folder: root.folder, end: root.end }).then(() => changed.fire());
      }
    }),
  );

  async function rowsBelow(row: Row): Promise<ViewRow> {
    const children = isCircle(row) ? [] : await childrenOf(row);
    return { ...shownRow(row), children: await Promise.all(children.map(rowsBelow)) };
  }

  return {
    async show(start) {
      setPinned(true);
      await load(start);
    },
    follow() {
      setPinned(false);
      schedule();
    },
    pin: () => setPinned(true),
    rows: async () => Promise.all((await childrenOf(undefined)).map(rowsBelow)),
    dispose() {
      clearTimeout(timer);
      listeners.dispose();
    },
  };
}

function isCircle(row: Row): boolean {
  return row.kind === 'end' && row.above.includes(row.at.key);
}

function headingItem(row: Extract<Row, { kind: 'heading' }>): TreeItem {
  const item = new TreeItem(HEADINGS[row.direction], TreeItemCollapsibleState.Expanded);
  item.id = `${row.direction}:${row.of.folder}:${row.of.key}`;
  item.description = String(row.of[row.direction]);
  return item;
}

function endItem(row: Extract<Row, { kind: 'end' }>): TreeItem {
  const { at, direction } = row;
  const shown = shownRow(row);
  const more = direction === undefined ? at.up + at.down : at[direction];
  const folding =
    more === 0 || isCircle(row)
      ? TreeItemCollapsibleState.None
      : direction === undefined
        ? TreeItemCollapsibleState.Expanded
        : TreeItemCollapsibleState.Collapsed;
  const item = new TreeItem(shown.label, folding);
  item.description = shown.description;
  // Neither trusted nor HTML: the text comes from files of the workspace.
  item.tooltip = new MarkdownString(shown.tooltip, true);
  item.contextValue = shown.context;
  item.accessibilityInformation = {
    label: [at.via, spoken(at.node)].filter((part) => part !== '').join(' '),
  };
  const icon = iconOf(at.node);
  if (icon !== undefined) {
    item.iconPath = icon;
  }
  if (at.node.location !== undefined) {
    item.command = openCommand(at.node.location);
  }
  return item;
}

function shownRow(row: Row): Omit<ViewRow, 'children'> {
  if (row.kind === 'heading') {
    const description = String(row.of[row.direction]);
    return { label: HEADINGS[row.direction], description, icon: undefined, tooltip: '', context: 'group' };
  }
  const { node, via } = row.at;
  const words = [via, node.description, ...(isCircle(row) ? ['already above'] : [])];
  const reasons = node.reasons.map((reason) => `\n\n${reason.replace(/[\\`*_{}[\]<>]/g, '\\$&')}`);
  return {
    label: node.label,
    description: words.filter((part) => part !== '').join(' · '),
    icon: iconNameOf(node),
    tooltip: node.status === 'broken' ? `${node.tooltip}${reasons.join('')}` : node.tooltip,
    context: `${node.kind}.${node.status}`,
  };
}
