import type { CliIo } from './io.ts';

/** Short runs need no progress, and it would only flicker. */
const QUIET_MS = 600;

/**
 * One line on a terminal that is overwritten and, in the end, gone. Nothing where nobody watches.
 *
 * @param done what has happened to the things counted, such as `Analysed`
 */
export function showProgress(
  { err, host }: CliIo,
  done = 'Analysed',
  things = 'files',
): {
  readonly step: (count: number, total: number) => void;
  readonly end: () => Promise<void>;
} {
  if (!err.isTerminal) return { step: () => undefined, end: () => Promise.resolve() };
  const start = host.now();
  let isShown = false;
  return {
    step: (count, total) => {
      if (host.now() - start < QUIET_MS) return;
      isShown = true;
      void err.write(`\r\u001b[2K${done} ${count} of ${total} ${things}`);
    },
    end: async () => {
      if (isShown) await err.write('\r\u001b[2K');
    },
  };
}
