import { LSPErrorCodes, ResponseError, type CancellationToken } from 'vscode-languageserver';

/** Where errors go. An error that repeats with every keystroke is written once. */
export interface ErrorLog {
  /** `doing` says what failed in words for the log. */
  report(doing: string, error: unknown): void;
}

const MAX_REMEMBERED = 200;

/** @param write receives each distinct error once */
export function errorLog(write: (message: string) => void): ErrorLog {
  const seen = new Set<string>();
  return {
    report: (doing, error) => {
      const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
      // The message and where it was thrown; the way there differs from one request to the next.
      const key = detail.split('\n', 2).join('\n');
      if (seen.has(key)) return;
      if (seen.size >= MAX_REMEMBERED) seen.clear();
      seen.add(key);
      write(`Error while ${doing}: ${detail}`);
    },
  };
}

/** Thrown by a handler that notices that nobody waits for its answer. */
export function cancelled(): ResponseError {
  return new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was cancelled.');
}

/** Throws `cancelled()` when the client has withdrawn its request. */
export function checkCancelled(token: CancellationToken): void {
  if (token.isCancellationRequested) throw cancelled();
}

/**
 * A request handler that never brings the server down: it answers `fallback` when `handle` throws, and an LSP error only where `handle`
 * asks for one (cancellation). Whatever came before in the event loop is let through first, so that a cancellation that is already on its
 * way is seen before any work is done.
 */
export function safely<P, R>(
  log: ErrorLog,
  doing: string,
  fallback: R,
  handle: (params: P, token: CancellationToken) => R | Promise<R>,
): (params: P, token: CancellationToken) => Promise<R> {
  return async (params, token) => {
    try {
      await nextTurn();
      checkCancelled(token);
      const result = await handle(params, token);
      checkCancelled(token);
      return result;
    } catch (error) {
      if (error instanceof ResponseError) throw error;
      log.report(doing, error);
      return fallback;
    }
  };
}

/** The same for notifications and timers, which nobody answers. */
export function quietly<A extends readonly unknown[]>(
  log: ErrorLog,
  doing: string,
  handle: (...args: A) => unknown,
): (...args: A) => void {
  return (...args) => {
    try {
      const done = handle(...args);
      if (done instanceof Promise) done.catch((error: unknown) => log.report(doing, error));
    } catch (error) {
      log.report(doing, error);
    }
  };
}

/** Lets messages and timers that wait be handled before what follows. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Work between two turns of the event loop, in milliseconds: a keystroke waits no longer than this. */
const SLICE = 12;

/**
 * For long loops: awaited in each round, it lets the event loop turn whenever a slice of time is used up.
 *
 * @param now milliseconds since an arbitrary start
 */
export function pacer(now: () => number): () => Promise<boolean> {
  let start = now();
  return async () => {
    if (now() - start < SLICE) return false;
    await nextTurn();
    start = now();
    return true;
  };
}

/** A promise that is settled from outside. */
export function deferred<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((done) => (resolve = done));
  return { promise, resolve };
}
