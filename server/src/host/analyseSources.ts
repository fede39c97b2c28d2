import { compareText } from '../core/base/order.ts';
import type { Problem } from '../core/base/problem.ts';
import type { SourceJob, ThreadData, ThreadMessage } from './analysisThread.ts';
import { handOut, handOutMemory, type HandOut } from './handOut.ts';
import type { FolderHost, Thread, Threads } from './host.ts';
import type { SourceReader, SourceResult } from './sourceReader.ts';

/** More threads than this are not started unless they are asked for: each holds the parser and the compiled rules. */
export const MAX_THREADS = 8;
/** A thread of its own for fewer bytes of source costs more than it saves: it has to start and to compile the rules. */
const MIN_BYTES_PER_THREAD = 400_000;
/** Files that are read at the same time where one thread does it all; with several, none is to be kept from the others. */
const READ_AT_ONCE = 16;
/** Files whose sizes are asked for at the same time. */
const SIZES_AT_ONCE = 64;

export interface SourceRun {
  readonly job: SourceJob;
  /** Threads, the own one included; chosen by the size of the sources when undefined. */
  readonly threads: number | undefined;
  /** For the files that this thread takes; undefined for one that has something else to do, such as to answer an editor. */
  readonly reader: SourceReader | undefined;
  /**
   * Called once for each path of the job, in no order; `place` is the place in the job's paths. Without a reader not for those that no
   * other thread has analysed.
   */
  readonly onResult: (result: SourceResult, place: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Analyses the sources of a job, in this thread and in as many others as there are to be. A thread that dies takes down the file that it
 * was at and no other: that file is not tried again, as it may do the same to this thread.
 *
 * @returns problems with threads, in path order
 */
export async function analyseSources(folder: FolderHost, run: SourceRun): Promise<readonly Problem[]> {
  const { job, signal } = run;
  signal?.throwIfAborted();
  const { order, threads } = await plan(folder, run);
  const memory = handOutMemory(threads);
  const files = handOut(memory, order.length);
  const isDone = new Uint8Array(order.length);
  const deliver = (at: number, result: SourceResult): void => {
    const place = order[at];
    if (place === undefined || isDone[at] === 1) return;
    isDone[at] = 1;
    run.onResult(result, place);
  };
  const analyse = async (reader: SourceReader, places: readonly number[]): Promise<void> => {
    const some = places.map((at) => ({ at, path: job.paths[order[at] ?? -1] ?? '' }));
    const contents = await Promise.all(some.map(({ path }) => reader.read(path)));
    for (const [index, { at, path }] of some.entries()) {
      const content = contents[index];
      if (content !== undefined) deliver(at, await reader.analyse(path, content));
      signal?.throwIfAborted();
    }
  };
  const problems: Problem[] = [];
  const lose = (thread: number, failure: string): void => {
    const at = files.at(thread);
    const path = at === undefined || isDone[at] === 1 ? undefined : job.paths[order[at] ?? -1];
    problems.push(lossOf(path, failure));
    if (at !== undefined && path !== undefined) deliver(at, lostResult(path, failure));
  };

  const running = startThreads(folder.threads, threads - 1, { job, order, memory }, deliver, lose);
  const stop = (): void => {
    files.close();
    running.forEach((thread) => thread.stop());
  };
  signal?.addEventListener('abort', stop);
  try {
    const { reader } = run;
    if (reader !== undefined)
      await takeAll(files, threads === 1 ? READ_AT_ONCE : 1, (places) => analyse(reader, places));
    await Promise.all(running.map(({ ended }) => ended));
    signal?.throwIfAborted();
    // Taken by a thread that ended before it could say so.
    if (reader !== undefined)
      await analyse(
        reader,
        [...order.keys()].filter((at) => isDone[at] === 0),
      );
  } finally {
    signal?.removeEventListener('abort', stop);
    stop();
  }
  return problems.sort((a, b) => compareText(a.path ?? '', b.path ?? ''));
}

const OWN_THREAD = 0;

/** Takes files until none is left, as many at a time as are read at the same time. */
async function takeAll(
  files: HandOut,
  atOnce: number,
  analyse: (places: readonly number[]) => Promise<void>,
): Promise<void> {
  const takeSome = (): readonly number[] =>
    Array.from({ length: atOnce }, () => files.take(OWN_THREAD)).filter((at) => at !== undefined);
  for (let some = takeSome(); some.length > 0; some = takeSome()) await analyse(some);
}

interface RunningThread extends Thread {
  readonly ended: Promise<void>;
}

function startThreads(
  threads: Threads | undefined,
  count: number,
  data: Omit<ThreadData, 'thread'>,
  onResult: (at: number, result: SourceResult) => void,
  onFailure: (thread: number, failure: string) => void,
): readonly RunningThread[] {
  if (threads === undefined) return [];
  return Array.from({ length: count }, (_, index) => {
    const number = OWN_THREAD + 1 + index;
    let end = (): void => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    const thread = threads.start({ ...data, thread: number } satisfies ThreadData, {
      onMessage: (message) => {
        // Sent by `analysisThread.ts` of the same build.
        const sent = message as ThreadMessage;
        if (sent.kind === 'done') end();
        else onResult(sent.at, sent.result);
      },
      onEnd: (failure) => {
        if (failure !== undefined) onFailure(number, failure);
        end();
      },
    });
    return { ended, stop: () => thread.stop() };
  });
}

interface Plan {
  /** Places of files in the order in which they are handed out. */
  readonly order: readonly number[];
  readonly threads: number;
}

/** Large files first: one that comes last would keep a thread busy while the others have nothing left to do. */
async function plan(
  folder: FolderHost,
  { job: { paths }, threads: wanted, reader, signal }: SourceRun,
): Promise<Plan> {
  const { threads } = folder;
  const places = [...paths.keys()];
  if (threads === undefined || wanted === 1) return { order: places, threads: 1 };
  const sizes = await sizesOf(folder, paths, signal);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const cores = reader === undefined ? Math.max(2, threads.cores) : threads.cores;
  const useful = Math.min(cores, MAX_THREADS, 1 + Math.floor(total / MIN_BYTES_PER_THREAD));
  const count = Math.max(1, Math.min(wanted ?? useful, paths.length));
  if (count === 1) return { order: places, threads: 1 };
  return { order: places.sort((a, b) => (sizes[b] ?? 0) - (sizes[a] ?? 0) || a - b), threads: count };
}

async function sizesOf(
  folder: FolderHost,
  paths: readonly string[],
  signal: AbortSignal | undefined,
): Promise<readonly number[]> {
  const sizes: number[] = [];
  for (let from = 0; from < paths.length; from += SIZES_AT_ONCE) {
    signal?.throwIfAborted();
    const some = paths.slice(from, from + SIZES_AT_ONCE);
    sizes.push(...(await Promise.all(some.map(async (path) => (await folder.sizeOf?.(path)) ?? 0))));
  }
  return sizes;
}

function lossOf(path: string | undefined, failure: string): Problem {
  const code = 'thread-ended';
  if (path === undefined) {
    const message = `A thread of the analysis ended (${failure}); the other threads took over its files.`;
    return { code, severity: 'information', message };
  }
  const message = `The thread that analysed this file ended (${failure}): the file was not analysed.`;
  return { code, severity: 'warning', message, path };
}

function lostResult(path: string, failure: string): SourceResult {
  const detail = `the thread that analysed it ended: ${failure}`;
  return {
    path,
    analysis: { kind: 'skipped', file: { path, reason: 'failed', detail } },
    language: undefined,
    input: undefined,
    problems: [],
  };
}
