/** The traceability view: requirements with the threats, controls, code and tests behind them, gaps first. */
import {
  Disposable,
  EventEmitter,
  MarkdownString,
  TreeItem,
  TreeItemCollapsibleState,
  window,
  type LogOutputChannel,
  type Memento,
  type TreeDataProvider,
  type TreeView,
} from 'vscode';

import {
  traceTree,
  type Summary,
  TRACE_GROUPINGS,
  type TraceFolder,
  type TraceGrouping,
  type TraceNode,
} from '../../../server/src/protocol/messages.ts';
import type { ViewRow } from '../api.ts';
import { contextKeys, setContextKey } from '../contextKeys.ts';
import type { Disposes } from '../disposes.ts';
import { openCommand } from '../places.ts';
import type { LanguageServer } from '../server/languageServer.ts';
import { iconNameOf, iconOf, spoken } from './icons.ts';
import { plural } from './words.ts';

export interface TraceView extends Disposes {
  /** Asks the server anew. */
  refresh(): void;
  showGapsOnly(only: boolean): Promise<void>;
  /** The order that the rows are in. */
  groupBy(by: TraceGrouping): Promise<void>;
  readonly grouping: TraceGrouping;
  /** Everything that the view shows, unfolded. */
  rows(): Promise<readonly ViewRow[]>;
}

/** A row is a node of the server's tree, or a folder of a workspace with several. */
type Row =
  | { readonly kind: 'node'; readonly node: TraceNode }
  | { readonly kind: 'folder'; readonly folder: TraceFolder };

const GAPS_ONLY_KEY = 'trace.gapsOnly';
const GROUPING_KEY = 'trace.grouping';

export function createTraceView(server: LanguageServer, state: Memento, output: LogOutputChannel): TraceView {
  const changed = new EventEmitter<void>();
  let gapsOnly = state.get(GAPS_ONLY_KEY, false);
  const stored = state.get<string>(GROUPING_KEY);
  let grouping = TRACE_GROUPINGS.find((each) => each === stored) ?? 'urgency';
  let folders: Promise<readonly TraceFolder[]> | undefined;
  let covered = '';
  setContextKey(contextKeys.gapsOnly, gapsOnly);

  function load(): Promise<readonly TraceFolder[]> {
    folders ??= server.ask(traceTree, { by: grouping }).then(
      (tree) => tree.folders,
      (error: unknown) => {
        output.warn('The traceability view could not be filled.', error);
        folders = undefined;
        return [];
      },
    );
    return folders;
  }

  const provider: TreeDataProvider<Row> = {
    onDidChangeTreeData: changed.event,
    getChildren: async (row) => {
      const shown = row === undefined ? await topRows() : childrenOf(row, gapsOnly);
      return [...shown];
    },
    getTreeItem: (row) => (row.kind === 'folder' ? folderItem(row.folder) : nodeItem(row.node, gapsOnly)),
  };

  async function topRows(): Promise<readonly Row[]> {
    const loaded = await load();
    const used = loaded.filter((folder) => folder.nodes.length > 0);
    const rows = topRowsOf(used, gapsOnly);
    covered = describe(used);
    showCovered();
    view.message = rows.length === 0 && used.length > 0 ? 'No gaps: everything is covered.' : '';
    return rows;
  }

  const view: TreeView<Row> = window.createTreeView('traceward.trace', {
    treeDataProvider: provider,
    showCollapseAll: true,
  });

  /** What code covers is only known once all of it has been read. */
  const showCovered = () => {
    const isWhole = covered === '' || server.summary?.state !== 'scanning';
    view.description = isWhole ? covered : `${covered} so far`;
  };

  const refresh = () => {
    folders = undefined;
    changed.fire();
  };
  const listeners = Disposable.from(
    changed,
    view,
    server.onDidChangeTrace(refresh),
    server.onDidChangeSummary((summary) => {
      view.badge = summary.state === 'scanning' ? undefined : badgeOf(summary);
      showCovered();
    }),
  );

  return {
    refresh,
    async showGapsOnly(only) {
      gapsOnly = only;
      setContextKey(contextKeys.gapsOnly, only);
      changed.fire();
      await state.update(GAPS_ONLY_KEY, only);
    },
    async groupBy(by) {
      grouping = by;
      refresh();
      await state.update(GROUPING_KEY, by);
    },
    get grouping() {
      return grouping;
    },
    async rows() {
      return (await topRows()).map((row) => viewRow(row, gapsOnly));
    },
    dispose() {
      listeners.dispose();
    },
  };
}

/** With one folder its rows stand at the top; with several, the folders do. */
function topRowsOf(folders: readonly TraceFolder[], gapsOnly: boolean): readonly Row[] {
  const [only] = folders;
  if (only !== undefined && folders.length === 1) {
    return childrenOf({ kind: 'folder', folder: only }, gapsOnly);
  }
  return folders
    .map((folder): Row => ({ kind: 'folder', folder }))
    .filter((row) => !gapsOnly || childrenOf(row, true).length > 0);
}

/** Below a gap everything is shown, because what is there tells what is missing. */
function childrenOf(row: Row, gapsOnly: boolean): readonly Row[] {
  const nodes = row.kind === 'folder' ? row.folder.nodes : row.node.children;
  const whole = !gapsOnly || (row.kind === 'node' && isGap(row.node));
  return nodes.filter((node) => whole || hasGap(node)).map((node) => ({ kind: 'node', node }));
}

function isGap(node: TraceNode): boolean {
  return node.status === 'gap' || node.status === 'broken';
}

function hasGap(node: TraceNode): boolean {
  return isGap(node) || node.children.some(hasGap);
}

function folderItem(folder: TraceFolder): TreeItem {
  const item = new TreeItem(folder.name, TreeItemCollapsibleState.Expanded);
  item.id = `folder:${folder.uri}`;
  item.description = describe([folder]);
  item.contextValue = 'folder';
  return item;
}

function nodeItem(node: TraceNode, gapsOnly: boolean): TreeItem {
  const item = new TreeItem(node.label, foldingOf(node, gapsOnly));
  // What is unfolded is remembered by id; the filtered tree is remembered apart, because it starts unfolded.
  item.id = `${gapsOnly ? 'gaps' : 'all'}:${node.key}`;
  item.description = node.description;
  // Neither trusted nor HTML: the text comes from files of the workspace.
  item.tooltip = new MarkdownString(node.tooltip, true);
  item.contextValue = contextOf(node);
  item.accessibilityInformation = { label: spoken(node) };
  const icon = iconOf(node);
  if (icon !== undefined) {
    item.iconPath = icon;
  }
  if (node.location !== undefined) {
    item.command = openCommand(node.location);
  }
  return item;
}

function foldingOf(node: TraceNode, gapsOnly: boolean): TreeItemCollapsibleState {
  if (node.children.length === 0) {
    return TreeItemCollapsibleState.None;
  }
  const open = node.kind === 'group' || (gapsOnly && !isGap(node));
  return open ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed;
}

/** `requirement.gap`, `unit.covered`: what the `when` clauses of the row's menu go by. */
function contextOf(node: TraceNode): string {
  return `${node.kind}.${node.status}`;
}

function describe(folders: readonly TraceFolder[]): string {
  const requirements = folders.reduce((sum, { counts }) => sum + counts.requirements, 0);
  const covered = folders.reduce((sum, { counts }) => sum + counts.coveredRequirements, 0);
  return requirements === 0 ? '' : `${covered} of ${requirements} covered`;
}

function badgeOf(summary: Summary): { value: number; tooltip: string } | undefined {
  const gaps = summary.folders.reduce((sum, folder) => sum + folder.gaps, 0);
  const broken = summary.folders.reduce((sum, folder) => sum + folder.brokenLinks, 0);
  return gaps + broken === 0
    ? undefined
    : { value: gaps + broken, tooltip: `${plural(gaps, 'gap')}, ${plural(broken, 'broken link')}` };
}

function viewRow(row: Row, gapsOnly: boolean): ViewRow {
  const children = childrenOf(row, gapsOnly).map((child) => viewRow(child, gapsOnly));
  if (row.kind === 'folder') {
    const { name } = row.folder;
    return {
      label: name,
      description: describe([row.folder]),
      icon: undefined,
      tooltip: '',
      context: 'folder',
      children,
    };
  }
  const { node } = row;
  return {
    label: node.label,
    description: node.description,
    icon: iconNameOf(node),
    tooltip: node.tooltip,
    context: contextOf(node),
    children,
  };
}
