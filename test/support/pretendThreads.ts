import { runAnalysisThread, type ThreadData } from '../../server/src/host/analysisThread.ts';
import type { Host, Threads } from '../../server/src/host/host.ts';

/** Threads that run in this one; what goes to them and comes from them is copied as it would be. */
export function pretendThreads(host: Host): {
  readonly threads: Threads;
  readonly started: () => number;
  readonly stopped: () => number;
} {
  let started = 0;
  let stopped = 0;
  const threads: Threads = {
    cores: 4,
    start: (data, { onMessage, onEnd }) => {
      started++;
      let isStopped = false;
      void runAnalysisThread(host, structuredClone(data) as ThreadData, (message) => {
        if (!isStopped) onMessage(structuredClone(message));
      }).then(
        () => onEnd(undefined),
        (error: unknown) => onEnd(error instanceof Error ? error.message : String(error)),
      );
      return {
        stop: () => {
          isStopped = true;
          stopped++;
        },
      };
    },
  };
  return { threads, started: () => started, stopped: () => stopped };
}

export function withThreads(host: Host, threads: Threads): Host {
  return { ...host, openFolder: (uri) => ({ ...host.openFolder(uri), threads }) };
}
