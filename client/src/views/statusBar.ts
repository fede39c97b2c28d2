/** The status bar item: what was found, whether a scan runs, and an alarm when the server is gone. */
import { Disposable, MarkdownString, StatusBarAlignment, ThemeColor, window } from 'vscode';

import type { FolderSummary, Summary } from '../../../server/src/protocol/messages.ts';
import type { ServerLife, StatusText } from '../api.ts';
import { contextKeys, setContextKey } from '../contextKeys.ts';
import type { Disposes } from '../disposes.ts';
import type { LanguageServer } from '../server/languageServer.ts';
import { plainMarkdown, plural } from './words.ts';

export interface StatusBar extends Disposes {
  shown(): StatusText;
}

export function createStatusBar(server: LanguageServer): StatusBar {
  const item = window.createStatusBarItem('traceward.status', StatusBarAlignment.Left, 40);
  item.name = 'Traceward';
  item.command = 'traceward.showMenu';
  let shown = statusText(server.life, server.summary);

  const update = () => {
    shown = statusText(server.life, server.summary);
    item.text = shown.text;
    item.tooltip = new MarkdownString(shown.tooltip, true);
    item.accessibilityInformation = { label: `Traceward: ${spokenText(shown.text)}`, role: 'button' };
    item.backgroundColor = shown.alarming ? new ThemeColor('statusBarItem.errorBackground') : undefined;
    setContextKey(contextKeys.server, server.life);
  };
  update();
  item.show();
  const listeners = Disposable.from(item, server.onDidChangeLife(update), server.onDidChangeSummary(update));
  return {
    shown: () => shown,
    dispose() {
      listeners.dispose();
    },
  };
}

/** What the item says in a state of the server. */
export function statusText(life: ServerLife, summary: Summary | undefined): StatusText {
  switch (life) {
    case 'starting':
      return calm('$(loading~spin) Traceward', 'Traceward is starting.');
    case 'restarting':
      return alarm(
        '$(sync~spin) Traceward restarts',
        'The language server stopped unexpectedly and is started again.',
      );
    case 'failed':
      return alarm(
        '$(error) Traceward stopped',
        'The language server stopped and stays off. Click to restart it or to see its output.',
      );
    case 'stopped':
      return calm('$(circle-slash) Traceward', 'The language server is stopped.');
    case 'running':
      return summary === undefined
        ? calm('$(loading~spin) Traceward', 'Traceward is starting.')
        : summaryText(summary);
  }
}

function summaryText(summary: Summary): StatusText {
  const tooltip = summary.folders
    .map((folder) => folderText(folder, summary.folders.length > 1))
    .join('\n\n');
  switch (summary.state) {
    case 'starting':
      return calm('$(loading~spin) Traceward', 'Rules and grammars are loaded.');
    case 'off':
      return calm('$(circle-slash) Traceward', 'Traceward is switched off in the settings.');
    case 'scanning': {
      const done = sum(summary, (folder) => folder.filesDone);
      const total = sum(summary, (folder) => folder.filesTotal);
      return calm(
        total === 0 ? '$(sync~spin) Scanning' : `$(sync~spin) Scanning ${done} of ${plural(total, 'file')}`,
        tooltip,
      );
    }
    case 'ready':
      return calm(`$(shield) ${countsText(summary)}`, tooltip);
  }
}

/** `3 errors, 5 warnings · 2 gaps`. */
function countsText(summary: Summary): string {
  const errors = sum(summary, (folder) => folder.errors);
  const warnings = sum(summary, (folder) => folder.warnings);
  const gaps = sum(summary, (folder) => folder.gaps + folder.brokenLinks);
  const findings = [
    ...(errors > 0 ? [plural(errors, 'error')] : []),
    ...(warnings > 0 ? [plural(warnings, 'warning')] : []),
  ];
  const parts = [
    ...(findings.length > 0 ? [findings.join(', ')] : []),
    ...(gaps > 0 ? [plural(gaps, 'gap')] : []),
  ];
  if (parts.length > 0) {
    return parts.join(' · ');
  }
  return summary.folders.length === 0 ? 'Traceward' : 'No findings';
}

function folderText(folder: FolderSummary, named: boolean): string {
  const lines = [
    ...(named ? [`**${plainMarkdown(folder.name)}**`] : []),
    `$(search) ${plural(folder.filesDone, 'file')} analysed${folder.skipped > 0 ? `, ${folder.skipped} skipped` : ''}${
      folder.incomplete ? ' (the last scan was cancelled)' : ''
    }`,
    `$(bug) ${plural(folder.errors, 'error')}, ${plural(folder.warnings, 'warning')}, ${plural(folder.infos, 'note')}`,
    `$(references) ${plural(folder.gaps, 'gap')} in the trace, ${plural(folder.brokenLinks, 'broken link')}`,
  ];
  return lines.join('  \n');
}

function calm(text: string, tooltip: string): StatusText {
  return { text, tooltip, alarming: false };
}

function alarm(text: string, tooltip: string): StatusText {
  return { text, tooltip, alarming: true };
}

function sum(summary: Summary, count: (folder: FolderSummary) => number): number {
  return summary.folders.reduce((total, folder) => total + count(folder), 0);
}

/** Without the names of icons, which a screen reader would spell. */
function spokenText(text: string): string {
  return text.replace(/\$\([^)]*\)\s*/g, '');
}
