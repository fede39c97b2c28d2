/** Commands of the review mode. */
import { commands, Uri, window } from 'vscode';

import type { ReviewEntry } from '../../../server/src/protocol/review.ts';
import type { Surroundings } from './commands.ts';

/** Shows the queue, the threads beside the code, and puts the keys in force. */
export async function startReview({ reviews }: Surroundings): Promise<void> {
  await reviews.setActive(true);
  await commands.executeCommand('traceward.reviews.focus');
}

/**
 * Signs off a row of the queue, a thread with the reason written in it, or what the cursor is in. With a key, it goes on to the next one.
 *
 * @param given a row, a reply of a thread, or a reason
 */
export async function signOff({ reviews }: Surroundings, given?: unknown): Promise<void> {
  const row = entryOfRow(given);
  if (row !== undefined) {
    await reviews.signOff([row]);
    return;
  }
  const reply = replyOf(given);
  if (reply !== undefined) {
    await reviews.signOff(await reviews.at(reply.uri, reply.line), reply.text);
    return;
  }
  const entries = await reviews.atCursor();
  if (entries.length === 0) {
    void window.showInformationMessage('Traceward: there is nothing to be reviewed at the cursor.');
    return;
  }
  if (await reviews.signOff(entries, typeof given === 'string' ? given : undefined)) {
    await reviews.go(1);
  }
}

function entryOfRow(given: unknown): ReviewEntry | undefined {
  return typeof given === 'object' && given !== null && 'entry' in given
    ? (given.entry as ReviewEntry)
    : undefined;
}

/** What VS Code hands to a command of a thread: the reply, or the thread itself. */
function replyOf(
  given: unknown,
): { readonly uri: Uri; readonly line: number; readonly text: string } | undefined {
  if (typeof given !== 'object' || given === null) {
    return undefined;
  }
  const thread: unknown = 'thread' in given ? given.thread : given;
  if (typeof thread !== 'object' || thread === null || !('uri' in thread) || !('range' in thread)) {
    return undefined;
  }
  const { uri, range } = thread as {
    readonly uri: Uri;
    readonly range?: { readonly start: { readonly line: number } };
  };
  const text = 'text' in given && typeof given.text === 'string' ? given.text : '';
  return range === undefined ? undefined : { uri, line: range.start.line, text };
}
