import { isatty, type WriteStream } from 'node:tty';

import { nodeHost } from '../host/nodeHost.ts';
import { errorCode } from '../host/systemError.ts';
import type { CliIo, Sink } from './io.ts';

const USUAL_COLUMNS = 100;

/** The process's own streams, folder and signals. A second Ctrl+C ends the process at once. */
export function processIo(): CliIo {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => controller.abort());
  }
  return {
    host: nodeHost(),
    cwd: process.cwd(),
    out: sinkOf(process.stdout),
    err: sinkOf(process.stderr),
    signal: controller.signal,
  };
}

function sinkOf(stream: WriteStream & { readonly fd: number }): Sink {
  let isOpen = true;
  stream.on('error', (error) => {
    // Whoever reads (`| head`) has enough; that is no failure of the analysis.
    if (errorCode(error) !== 'EPIPE') throw error;
    isOpen = false;
  });
  // A pipe's `isTTY` is undefined, which a colour library takes for "find out yourself".
  const isTerminal = isatty(stream.fd);
  return {
    isTerminal,
    colour: hasColour(isTerminal),
    columns: isTerminal ? stream.columns : USUAL_COLUMNS,
    write: (text) =>
      new Promise((resolve) => {
        if (!isOpen || text === '') resolve();
        else stream.write(text, () => resolve());
      }),
  };
}

function hasColour(isTerminal: boolean): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '' && FORCE_COLOR !== '0') return true;
  return isTerminal && TERM !== 'dumb';
}
