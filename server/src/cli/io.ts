import type { Host } from '../host/host.ts';

/** All that a command touches of the process it runs in; tests put their own in its place. */
export interface CliIo {
  readonly host: Host;
  /** Absolute path that relative paths of the command line start from. */
  readonly cwd: string;
  readonly out: Sink;
  readonly err: Sink;
  /** Aborted when the user wants to stop. */
  readonly signal: AbortSignal;
}

/** Where text goes. */
export interface Sink {
  /** Resolves when more may be written; a reader that has gone away is not an error. */
  write(text: string): Promise<void>;
  readonly isTerminal: boolean;
  readonly colour: boolean;
  /** Width of the terminal, or a usual one. */
  readonly columns: number;
}

export const EXIT = {
  clean: 0,
  /** Findings or broken links at or above the threshold. */
  found: 1,
  /** Wrong usage or configuration. */
  wrong: 2,
  /** As shells report a process that ended by Ctrl+C. */
  cancelled: 130,
} as const;

/** Something is wrong with how the command was called; the message is for the user. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
