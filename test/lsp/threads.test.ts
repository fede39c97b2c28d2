import assert from 'node:assert/strict';

import type { Host, Threads } from '../../server/src/host/host.ts';
import { pretendThreads } from '../support/pretendThreads.ts';
import { closeEditors, openEditor, type EditorOptions } from './fakeEditor.ts';
import { WEAK_KEY_FILES } from './weakKey.ts';

/** Enough for a thread to pay. */
const LONG = `/* ${'long '.repeat(90_000)} */\n`;

const FILES = {
  ...WEAK_KEY_FILES,
  'b/big.c': `${LONG}void g(void) { set_key("secret 2"); }\n`,
  'c/tool.py': 'x = 1\n',
};

/** Threads that hold back what they have to say until they are released. */
function heldThreads(host: Host): { threads: Threads; release: () => void; said: () => number } {
  const held: (() => void)[] = [];
  let isHeld = true;
  const orHold = (tell: () => void): void => {
    if (isHeld) held.push(tell);
    else tell();
  };
  const { threads } = pretendThreads(host);
  return {
    said: () => held.length,
    release: () => {
      isHeld = false;
      for (const tell of held) tell();
    },
    threads: {
      ...threads,
      start: (data, events) =>
        threads.start(data, {
          onMessage: (message) => orHold(() => events.onMessage(message)),
          onEnd: (failure) => orHold(() => events.onEnd(failure)),
        }),
    },
  };
}

async function problemsOf(options: EditorOptions): Promise<readonly string[]> {
  return (await openEditor({ files: { ...FILES }, ...options })).problems();
}

describe('the threads of the server', () => {
  afterEach(closeEditors);

  it('find what the server itself finds', async () => {
    let started = (): number => 0;
    const threads = (host: Host): Threads => {
      const pretended = pretendThreads(host);
      started = pretended.started;
      return { ...pretended.threads, cores: 2 };
    };
    const together = await problemsOf({ threads });
    assert.ok(started() > 0);
    assert.equal(together.filter((line) => line.includes('weak-key')).length, 2);
    assert.deepEqual(together, await problemsOf({}));
  });

  it('leave it the files of a workspace that is small', async () => {
    let started = (): number => 0;
    await problemsOf({
      files: { ...FILES, 'b/big.c': '' },
      threads: (host) => {
        const pretended = pretendThreads(host);
        started = pretended.started;
        return pretended.threads;
      },
    });
    assert.equal(started(), 0);
  });

  it('do not undo what happened while they were at work', async () => {
    let held: ReturnType<typeof heldThreads> | undefined;
    const editor = await openEditor({
      files: { ...FILES, 'd/late.c': 'void h(void) { set_key("secret 3"); }\n' },
      threads: (host) => (held = heldThreads(host)).threads,
      doNotWait: true,
    });
    await editor.until('the threads have all to say', () => (held?.said() ?? 0) > 5);
    await editor.write('include/keys.h', '#define KEY key_of_device()\n');
    await editor.write('d/late.c', '\n\nvoid h(void) { set_key("secret 3"); }\n');
    await editor.until('what changed on disk is read', async () =>
      (await editor.problems()).some((line) => line.startsWith('d/late.c:3 ')),
    );
    const big = editor.open('b/big.c');
    await big.replace('secret 2', 'other');
    held?.release();
    await editor.ready();
    await editor.until('only what is there now is found', async () => {
      const found = (await editor.problems()).filter((line) => line.includes('weak-key'));
      return found.length === 1 && found[0]?.startsWith('d/late.c:3 ') === true;
    });
  });

  it('that do not start leave it all files, and the log says so', async () => {
    const editor = await openEditor({
      files: { ...FILES },
      threads: () => ({
        cores: 2,
        start: (_data, { onEnd }) => {
          setTimeout(() => onEnd('no memory'), 0);
          return { stop: () => undefined };
        },
      }),
    });
    assert.deepEqual(await editor.problems(), await problemsOf({}));
    assert.ok(
      editor.logged.some((line) => line.includes('no memory')),
      editor.logged.join('\n'),
    );
  });
});
