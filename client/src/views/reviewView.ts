/** The review mode: what is still to be looked at, how far one has come, and threads beside the code that show what was recorded. */
import {
  Disposable,
  EventEmitter,
  MarkdownString,
  ThemeColor,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
  window,
  workspace,
  type LogOutputChannel,
  type Memento,
  type TreeDataProvider,
  type TreeView,
} from 'vscode';

import {
  reviewQueue,
  signOff,
  type ReviewEntry,
  type ReviewQueue,
  type ReviewState,
} from '../../../server/src/protocol/review.ts';
import type { ReviewsShown, ViewRow } from '../api.ts';
import { contextKeys, setContextKey } from '../contextKeys.ts';
import type { Disposes } from '../disposes.ts';
import { editorRange, openCommand, openPlace } from '../places.ts';
import type { LanguageServer } from '../server/languageServer.ts';
import { reviewThreads } from './reviewThreads.ts';
import { plainMarkdown } from './words.ts';

export interface ReviewView extends Disposes {
  /** Threads and keys are there only while somebody reviews. */
  setActive(active: boolean): Promise<void>;
  /** Goes to the entry after the cursor, or before it; around the ends of the list. */
  go(step: 1 | -1): Promise<void>;
  /** What the sign-off at the cursor is about: all that is open in the innermost code there. */
  atCursor(): Promise<readonly ReviewEntry[]>;
  /** Entries that are open at a line of a file: those of a thread. */
  at(uri: Uri, line: number): Promise<readonly ReviewEntry[]>;
  /** Writes records; asks for a name where git has none. False when it was given up. */
  signOff(entries: readonly ReviewEntry[], reason?: string): Promise<boolean>;
  /** Writes records for keys of one folder, of code in one file. False when it was given up. */
  sign(folder: string, keys: readonly string[], uri: string, reason: string | undefined): Promise<boolean>;
  shown(): Promise<ReviewsShown>;
}

type Row =
  | { readonly kind: 'group'; readonly state: OpenState; readonly entries: readonly ReviewEntry[] }
  | { readonly kind: 'entry'; readonly entry: ReviewEntry };
type OpenState = Exclude<ReviewState, 'done'>;

const GROUPS: Readonly<Record<OpenState, { readonly title: string; readonly icon: string }>> = {
  suspect: { title: 'Suspect links', icon: 'debug-disconnect' },
  changed: { title: 'Changed since review', icon: 'history' },
  open: { title: 'Not reviewed', icon: 'circle-large-outline' },
};
const ORDER: readonly OpenState[] = ['suspect', 'changed', 'open'];
const REVIEWER_KEY = 'review.by';

export function createReviewView(
  server: LanguageServer,
  state: Memento,
  output: LogOutputChannel,
): ReviewView {
  const changed = new EventEmitter<void>();
  const threads = reviewThreads(server, output);
  let queue: Promise<ReviewQueue> | undefined;
  let isActive = false;
  setContextKey(contextKeys.reviewing, false);

  function load(): Promise<ReviewQueue> {
    queue ??= server.ask(reviewQueue, {}).catch((error: unknown) => {
      output.warn('The review queue could not be filled.', error);
      queue = undefined;
      return { entries: [], done: 0, total: 0, more: 0 };
    });
    return queue;
  }

  const provider: TreeDataProvider<Row> = {
    onDidChangeTreeData: changed.event,
    getChildren: async (row) => {
      if (row !== undefined) {
        return row.kind === 'group' ? row.entries.map((entry) => ({ kind: 'entry', entry })) : [];
      }
      const loaded = await load();
      view.description = loaded.total === 0 ? '' : `${loaded.done} of ${loaded.total} reviewed`;
      view.message = messageOf(loaded);
      return groupsOf(loaded);
    },
    getTreeItem: (row) => (row.kind === 'group' ? groupItem(row) : entryItem(row.entry)),
  };
  const view: TreeView<Row> = window.createTreeView('traceward.reviews', { treeDataProvider: provider });

  const refresh = () => {
    queue = undefined;
    changed.fire();
    threads.refresh();
  };
  const listeners = Disposable.from(changed, view, server.onDidChangeTrace(refresh));

  async function name(): Promise<string | undefined> {
    const known = state.get<string>(REVIEWER_KEY);
    const given = await window.showInputBox({
      title: 'Who reviews?',
      prompt: 'Git does not say who you are. The name stands in every record that you write.',
      value: known ?? '',
      ignoreFocusOut: true,
      validateInput: (text) => (text.trim() === '' ? 'A record needs a name.' : undefined),
    });
    if (given !== undefined) {
      await state.update(REVIEWER_KEY, given.trim());
    }
    return given?.trim();
  }

  async function signKeys(
    folder: string,
    keys: readonly string[],
    reason: string | undefined,
  ): Promise<boolean> {
    const params = { folder, keys, ...(reason !== undefined && { reason }) };
    let result = await server.ask(signOff, params);
    if (result.kind === 'who') {
      const by = await name();
      if (by === undefined) {
        return false;
      }
      result = await server.ask(signOff, { ...params, by });
    }
    if (result.kind !== 'files') {
      return false;
    }
    const uris = result.files.map((file) => ({ uri: Uri.parse(file.uri, true), text: file.text }));
    for (const { uri, text } of uris) {
      await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    }
    await server.tellChanged(result.files.map(({ uri }) => uri));
    return uris.length > 0;
  }

  return {
    async setActive(active) {
      isActive = active;
      setContextKey(contextKeys.reviewing, active);
      threads.setActive(active);
      changed.fire();
      await Promise.resolve();
    },
    async go(step) {
      const { entries } = await load();
      const next = nextEntry(entries, step);
      if (next === undefined) {
        void window.showInformationMessage('Traceward: there is nothing left to review.');
        return;
      }
      await openPlace(next.location);
      const reason = next.reason === '' ? '' : `: ${next.reason}`;
      window.setStatusBarMessage(
        `Review: ${GROUPS[openState(next)].title.toLowerCase()}, ${next.label}${reason}`,
        8000,
      );
    },
    async atCursor() {
      const editor = window.activeTextEditor;
      if (editor === undefined) {
        return [];
      }
      const { entries } = await load();
      return innermost(entries, editor.document.uri, editor.selection.active);
    },
    async at(uri, line) {
      const { entries } = await load();
      return entries.filter(
        ({ location }) => uriOf(location) === uri.toString() && location.range.start.line === line,
      );
    },
    async signOff(entries, reason) {
      if (entries.some(({ location }) => refuseUnsaved(location.uri))) {
        return false;
      }
      let done = entries.length > 0;
      for (const folder of new Set(entries.map((entry) => entry.folder))) {
        const keys = entries.filter((entry) => entry.folder === folder).map(({ key }) => key);
        done = (await signKeys(folder, keys, reason)) && done;
      }
      if (done) {
        window.setStatusBarMessage(`Signed off: ${entries.map(({ label }) => label).join(', ')}`, 5000);
      }
      return done;
    },
    sign: async (folder, keys, uri, reason) => !refuseUnsaved(uri) && signKeys(folder, keys, reason),
    async shown() {
      const loaded = await load();
      return {
        active: isActive,
        done: loaded.done,
        total: loaded.total,
        rows: groupsOf(loaded).map(viewRow),
        threads: threads.shown(),
      };
    },
    dispose() {
      threads.dispose();
      listeners.dispose();
    },
  };
}

/** As VS Code writes it. */
function uriOf({ uri }: ReviewEntry['location']): string {
  return Uri.parse(uri, true).toString();
}

/** True, and said, when a file has changes that nobody else will find in it. */
function refuseUnsaved(uri: string): boolean {
  const name = Uri.parse(uri, true).toString();
  const isDirty = workspace.textDocuments.some((each) => each.uri.toString() === name && each.isDirty);
  if (isDirty) {
    void window.showWarningMessage(
      'Traceward: save the file first. A sign-off is of what others will find in it.',
    );
  }
  return isDirty;
}

function messageOf({ total, done, more }: ReviewQueue): string {
  if (total > 0 && done === total) {
    return 'Everything is reviewed.';
  }
  return more > 0 ? `${more} more are not listed.` : '';
}

function groupsOf({ entries }: ReviewQueue): Extract<Row, { kind: 'group' }>[] {
  return ORDER.map((state) => ({
    kind: 'group' as const,
    state,
    entries: entries.filter((entry) => entry.state === state),
  })).filter((group) => group.entries.length > 0);
}

/** The queue is in the order of the files; where the cursor is in none of them, it starts at its end. */
function nextEntry(entries: readonly ReviewEntry[], step: 1 | -1): ReviewEntry | undefined {
  const editor = window.activeTextEditor;
  const uri = editor?.document.uri.toString();
  const line = editor?.selection.active.line ?? 0;
  const isBefore = ({ location }: ReviewEntry): boolean =>
    uri !== undefined &&
    (uriOf(location) < uri || (uriOf(location) === uri && location.range.start.line < line));
  const isHere = ({ location }: ReviewEntry): boolean =>
    uriOf(location) === uri && location.range.start.line === line;
  if (step === 1) {
    return entries.find((entry) => !isBefore(entry) && !isHere(entry)) ?? entries[0];
  }
  return [...entries].reverse().find(isBefore) ?? entries.at(-1);
}

/** All entries about the smallest piece of code at a place. */
function innermost(
  entries: readonly ReviewEntry[],
  uri: Uri,
  position: { readonly line: number; readonly character: number },
): readonly ReviewEntry[] {
  const here = entries
    .filter(({ location }) => uriOf(location) === uri.toString())
    .filter(({ whole, location }) =>
      [whole, location.range].some(
        ({ start, end }) => start.line <= position.line && position.line <= end.line,
      ),
    );
  const sizes = here.map(({ whole }) => whole.end.line - whole.start.line);
  const smallest = Math.min(...sizes);
  return here.filter((_, index) => sizes[index] === smallest);
}

function openState({ state }: ReviewEntry): OpenState {
  return state === 'done' ? 'open' : state;
}

function groupItem({ state, entries }: Extract<Row, { kind: 'group' }>): TreeItem {
  const item = new TreeItem(GROUPS[state].title, TreeItemCollapsibleState.Expanded);
  item.id = `group:${state}`;
  item.description = String(entries.length);
  item.contextValue = 'group';
  return item;
}

function entryItem(entry: ReviewEntry): TreeItem {
  const row = viewRow({ kind: 'entry', entry });
  const item = new TreeItem(entry.label, TreeItemCollapsibleState.None);
  item.id = `${entry.folder}:${entry.key}`;
  item.description = row.description;
  item.tooltip = new MarkdownString(row.tooltip);
  item.contextValue = row.context;
  const color = entry.state === 'open' ? undefined : new ThemeColor('problemsWarningIcon.foreground');
  item.iconPath = new ThemeIcon(GROUPS[openState(entry)].icon, color);
  item.command = openCommand(entry.location);
  return item;
}

function viewRow(row: Row): ViewRow {
  if (row.kind === 'group') {
    const children = row.entries.map((entry) => viewRow({ kind: 'entry', entry }));
    const description = String(row.entries.length);
    return {
      label: GROUPS[row.state].title,
      description,
      icon: undefined,
      tooltip: '',
      context: 'group',
      children,
    };
  }
  const { entry } = row;
  const place = `${workspace.asRelativePath(Uri.parse(entry.location.uri, true))}:${editorRange(entry.location.range).start.line + 1}`;
  const last = entry.records.at(-1);
  const recorded = last === undefined ? '' : `Last: ${last.by}, ${last.at}. ${last.reason ?? ''}`;
  return {
    label: entry.label,
    description: place,
    icon: GROUPS[openState(entry)].icon,
    tooltip: [entry.reason, recorded]
      .filter((part) => part !== '')
      .map(plainMarkdown)
      .join('\n\n'),
    context: `review.${entry.state}`,
    children: [],
  };
}
