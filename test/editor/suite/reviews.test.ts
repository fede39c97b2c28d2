// The review mode: a queue, threads beside the code, and a sign-off that ends when the code changes.
import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';

import type { ReviewsShown, TracewardApi } from '../../../client/src/api.ts';
import {
  closeEverything,
  command,
  findRow,
  open,
  placeOf,
  readText,
  remove,
  replace,
  traceward,
  uriOf,
  waitFor,
} from '../api.ts';

describe('the review mode', () => {
  let api: TracewardApi;
  before(async () => {
    api = await traceward();
    // The example comes with records: here nobody has looked at anything yet.
    await remove('.traceward');
    await command('traceward.startReview');
  });
  after(async () => {
    await closeEverything();
    await command('traceward.endReview');
    await remove('.traceward');
  });

  const until = (what: string, holds: (shown: ReviewsShown) => boolean) =>
    waitFor(
      what,
      async () => {
        const shown = await api.reviews();
        return holds(shown) ? shown : undefined;
      },
      () => what,
    );

  it('lists what nobody has looked at, and walks through it', async () => {
    const shown = await until('the queue', ({ total, done, active }) => active && total > 5 && done === 0);
    assert.ok(findRow(shown.rows, 'pump_access_login'));
    await command('traceward.nextReview');
    const first = vscode.window.activeTextEditor;
    assert.ok(first);
    const line = first.selection.active.line;
    await command('traceward.nextReview');
    const second = vscode.window.activeTextEditor;
    assert.ok(second?.document !== first.document || second.selection.active.line > line);
    await command('traceward.previousReview');
    assert.equal(vscode.window.activeTextEditor?.selection.active.line, line);
  });

  it('signs off the code at the cursor, with a record, and takes it back when the code changes', async () => {
    const editor = await open('src/access.c');
    const at = placeOf(editor.document, 'failed_attempts = 0U;\n    current = user');
    editor.selection = new vscode.Selection(at, at);
    await command('traceward.signOff', 'The lock is as required.');
    await until('the sign-off', ({ done }) => done === 1);
    const [name] = (await vscode.workspace.fs.readDirectory(uriOf('.traceward/reviews')))[0] ?? [];
    const record = await readText(`.traceward/reviews/${name ?? ''}`);
    assert.match(
      record,
      /^unit: src\/access\.c#pump_access_login\n[^]*by: R\. Viewer\n[^]*commit: "?[0-9a-f]{40}/,
    );
    const again = await open('src/access.c');
    const reviewed = await until('the thread', ({ threads }) =>
      threads.some(({ label }) => label === 'pump_access_login: Reviewed'),
    );
    const thread = reviewed.threads.find(({ label }) => label.startsWith('pump_access_login:'));
    assert.match(thread?.comments.join() ?? '', /^R\. Viewer: The lock is as required/);
    await replace(
      again,
      'failed_attempts = 0U;\n    current = user',
      'failed_attempts = 1U;\n    current = user',
    );
    await until(
      'the change',
      ({ done, rows }) => done === 0 && findRow(rows, 'Changed since review') !== undefined,
    );
    await until('the changed thread', ({ threads }) =>
      threads.some(({ label }) => label === 'pump_access_login: Changed since it was reviewed'),
    );
  });
});
