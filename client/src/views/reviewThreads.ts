/** Threads of comments beside code that is or was to be reviewed: one record a comment. */
import {
  CommentMode,
  comments,
  CommentThreadCollapsibleState,
  CommentThreadState,
  Disposable,
  MarkdownString,
  window,
  type CommentThread,
  type LogOutputChannel,
  type TextEditor,
} from 'vscode';

import {
  reviewsIn,
  type ReviewEntry,
  type ReviewNote,
  type ReviewState,
} from '../../../server/src/protocol/review.ts';
import type { ThreadShown } from '../api.ts';
import type { Disposes } from '../disposes.ts';
import { editorRange } from '../places.ts';
import type { LanguageServer } from '../server/languageServer.ts';
import { plainMarkdown } from './words.ts';

export interface ReviewThreads extends Disposes {
  setActive(active: boolean): void;
  refresh(): void;
  shown(): readonly ThreadShown[];
}

const LABELS: Readonly<Record<ReviewState, string>> = {
  suspect: 'Suspect: an end of the link has changed',
  changed: 'Changed since it was reviewed',
  open: 'Not reviewed yet',
  done: 'Reviewed',
};

export function reviewThreads(server: LanguageServer, output: LogOutputChannel): ReviewThreads {
  const controller = comments.createCommentController('traceward.reviews', 'Traceward reviews');
  controller.options = { prompt: 'Why is it right as it is?', placeHolder: 'Reason, kept in the record' };
  const threads = new Map<string, readonly CommentThread[]>();
  let isActive = false;
  let round = 0;

  async function update(): Promise<void> {
    const mine = ++round;
    const editors = isActive ? window.visibleTextEditors : [];
    const uris = new Set(editors.map(({ document }) => document.uri.toString()));
    for (const [uri, old] of threads) {
      if (!uris.has(uri)) {
        old.forEach((thread) => thread.dispose());
        threads.delete(uri);
      }
    }
    for (const editor of editors) {
      const uri = editor.document.uri.toString();
      const entries = await server.ask(reviewsIn, { textDocument: { uri } });
      if (mine !== round) {
        return;
      }
      threads.get(uri)?.forEach((thread) => thread.dispose());
      threads.set(
        uri,
        entries.map((entry) => threadOf(editor, entry)),
      );
    }
  }

  function threadOf({ document }: TextEditor, entry: ReviewEntry): CommentThread {
    const { start } = editorRange(entry.location.range);
    const made = controller.createCommentThread(
      document.uri,
      document.lineAt(Math.min(start.line, document.lineCount - 1)).range,
      entry.records.map(commentOf),
    );
    made.label = `${entry.label}: ${LABELS[entry.state]}`;
    made.contextValue = entry.state;
    made.canReply = entry.state !== 'done';
    made.state = entry.state === 'done' ? CommentThreadState.Resolved : CommentThreadState.Unresolved;
    made.collapsibleState = CommentThreadCollapsibleState.Collapsed;
    return made;
  }

  const refresh = () => {
    update().catch((error: unknown) => output.warn('The reviews of a file could not be shown.', error));
  };
  const listeners = Disposable.from(controller, window.onDidChangeVisibleTextEditors(refresh));
  return {
    setActive(active) {
      isActive = active;
      refresh();
    },
    refresh,
    shown: () =>
      [...threads].flatMap(([uri, list]) =>
        list.map((thread) => ({
          uri,
          line: thread.range.start.line + 1,
          label: thread.label ?? '',
          comments: thread.comments.map(
            ({ author, body }) => `${author.name}: ${typeof body === 'string' ? body : body.value}`,
          ),
        })),
      ),
    dispose() {
      isActive = false;
      round++;
      for (const list of threads.values()) {
        list.forEach((thread) => thread.dispose());
      }
      listeners.dispose();
    },
  };
}

/** The text is another person's: plain, whatever stands in it. */
function commentOf({ by, at, commit, reason, fits }: ReviewNote): CommentThread['comments'][number] {
  const time = new Date(at);
  const lines = [
    plainMarkdown(reason ?? 'Signed off.'),
    plainMarkdown(`${at}${commit === undefined ? '' : `, commit ${commit.slice(0, 12)}`}`),
  ];
  return {
    body: new MarkdownString(lines.join('\n\n')),
    mode: CommentMode.Preview,
    author: { name: by },
    label: fits ? 'still fits' : 'has changed since',
    ...(Number.isNaN(time.getTime()) ? {} : { timestamp: time }),
  };
}
