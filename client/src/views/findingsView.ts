/** The findings view: what the Problems panel shows of Traceward, by rule. */
import {
  DiagnosticSeverity,
  Disposable,
  EventEmitter,
  languages,
  MarkdownString,
  ThemeColor,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  window,
  workspace,
  type Diagnostic,
  type TreeDataProvider,
  type Uri,
} from 'vscode';

import type { ViewRow } from '../api.ts';
import type { Disposes } from '../disposes.ts';
import { plainMarkdown } from './words.ts';

export interface FindingsView extends Disposes {
  rows(): Promise<readonly ViewRow[]>;
}

interface Finding {
  readonly kind: 'finding';
  readonly uri: Uri;
  readonly diagnostic: Diagnostic;
}

interface RuleGroup {
  readonly kind: 'rule';
  readonly id: string;
  readonly severity: DiagnosticSeverity;
  readonly findings: readonly Finding[];
}

type Row = RuleGroup | Finding;

/** Diagnostics change with every key; the view may lag behind a little. */
const SETTLE_MS = 300;

const severityIcons: Readonly<Record<DiagnosticSeverity, readonly [icon: string, color: string]>> = {
  [DiagnosticSeverity.Error]: ['error', 'problemsErrorIcon.foreground'],
  [DiagnosticSeverity.Warning]: ['warning', 'problemsWarningIcon.foreground'],
  [DiagnosticSeverity.Information]: ['info', 'problemsInfoIcon.foreground'],
  [DiagnosticSeverity.Hint]: ['lightbulb', 'problemsInfoIcon.foreground'],
};

export function createFindingsView(): FindingsView {
  const changed = new EventEmitter<void>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const provider: TreeDataProvider<Row> = {
    onDidChangeTreeData: changed.event,
    getChildren: (row) => (row === undefined ? [...groups()] : row.kind === 'rule' ? [...row.findings] : []),
    getTreeItem: (row) => (row.kind === 'rule' ? ruleItem(row) : findingItem(row)),
  };
  const listeners = Disposable.from(
    changed,
    window.createTreeView('traceward.findings', { treeDataProvider: provider, showCollapseAll: true }),
    languages.onDidChangeDiagnostics(() => {
      clearTimeout(timer);
      timer = setTimeout(() => changed.fire(), SETTLE_MS);
    }),
    { dispose: () => clearTimeout(timer) },
  );
  return {
    rows: () => Promise.resolve(groups().map(viewRow)),
    dispose() {
      listeners.dispose();
    },
  };
}

/** Worst first, then by rule; in a rule by place. */
function groups(): readonly RuleGroup[] {
  const byRule = new Map<string, Finding[]>();
  for (const [uri, diagnostics] of languages.getDiagnostics()) {
    for (const diagnostic of diagnostics) {
      const id = codeOf(diagnostic);
      // What is wrong in the trace is the other view's.
      if (diagnostic.source === 'traceward' && !id.startsWith('trace-')) {
        byRule.set(id, [...(byRule.get(id) ?? []), { kind: 'finding', uri, diagnostic }]);
      }
    }
  }
  return [...byRule]
    .map(([id, findings]): RuleGroup => {
      const severity = findings
        .map(({ diagnostic }) => diagnostic.severity)
        .reduce((worst, next) => (next < worst ? next : worst));
      return { kind: 'rule', id, severity, findings: findings.sort(comparePlaces) };
    })
    .sort((a, b) => a.severity - b.severity || (a.id < b.id ? -1 : 1));
}

function comparePlaces(a: Finding, b: Finding): number {
  const left = a.uri.toString();
  const right = b.uri.toString();
  return left < right ? -1 : left > right ? 1 : a.diagnostic.range.start.compareTo(b.diagnostic.range.start);
}

function codeOf({ code }: Diagnostic): string {
  return String(typeof code === 'object' ? code.value : (code ?? 'other'));
}

function ruleItem(group: RuleGroup): TreeItem {
  const item = new TreeItem(group.id, TreeItemCollapsibleState.Collapsed);
  const [icon, color] = severityIcons[group.severity];
  item.id = group.id;
  item.description = String(group.findings.length);
  item.iconPath = new ThemeIcon(icon, new ThemeColor(color));
  item.contextValue = 'rule';
  return item;
}

function findingItem({ uri, diagnostic }: Finding): TreeItem {
  const item = new TreeItem(placeOf(uri, diagnostic), TreeItemCollapsibleState.None);
  item.description = diagnostic.message;
  item.tooltip = new MarkdownString(plainMarkdown(diagnostic.message), true);
  item.contextValue = 'finding';
  item.command = {
    title: 'Open',
    command: 'vscode.open',
    arguments: [uri, { selection: diagnostic.range, preserveFocus: true }],
  };
  return item;
}

function placeOf(uri: Uri, diagnostic: Diagnostic): string {
  return `${workspace.asRelativePath(uri)}:${diagnostic.range.start.line + 1}`;
}

function viewRow(group: RuleGroup): ViewRow {
  const [icon] = severityIcons[group.severity];
  const children = group.findings.map(({ uri, diagnostic }): ViewRow => {
    const { message } = diagnostic;
    const label = placeOf(uri, diagnostic);
    return {
      label,
      description: message,
      icon: undefined,
      tooltip: plainMarkdown(message),
      context: 'finding',
      children: [],
    };
  });
  return {
    label: group.id,
    description: String(children.length),
    icon,
    tooltip: '',
    context: 'rule',
    children,
  };
}
