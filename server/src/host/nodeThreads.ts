import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

import type { Threads } from './host.ts';

/** What a thread is started with. */
export interface NodeThreadData {
  /** Folder of the files that ship with Traceward. */
  readonly assets: string;
  readonly data: unknown;
}

/** Threads that run the bundle beside the assets; none where it is missing. */
export function nodeThreads(assets: string): Threads | undefined {
  const script = join(assets, '..', 'server', 'thread.cjs');
  if (!existsSync(script)) return undefined;
  return {
    cores: availableParallelism(),
    start: (data, events) => {
      const workerData: NodeThreadData = { assets, data };
      // No arguments of this process: a loader of its sources would only slow the bundle down.
      const worker = new Worker(script, { workerData, execArgv: [] });
      let failure: string | undefined;
      let isStopped = false;
      worker.on('message', events.onMessage);
      worker.on('error', (error: unknown) => {
        failure = error instanceof Error ? error.message : String(error);
      });
      // What the thread has sent arrives before it.
      worker.on('exit', (code) => {
        events.onEnd(isStopped ? undefined : (failure ?? (code === 0 ? undefined : `exit code ${code}`)));
      });
      return {
        stop: () => {
          isStopped = true;
          void worker.terminate();
        },
      };
    },
  };
}
