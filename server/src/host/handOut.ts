/**
 * Hands out the files of a job to threads, one at a time and each once, in memory that they share: whoever is free takes the next, and no
 * thread waits for another. One number says which file is next, and one a thread at which it is.
 */
export interface HandOut {
  /** The place of the next file for a thread, or undefined when all are taken. */
  take(thread: number): number | undefined;
  /** The file that a thread has taken last; undefined before its first and after its last. */
  at(thread: number): number | undefined;
  /** Nothing more is handed out. */
  close(): void;
}

export type HandOutMemory = ArrayBuffer | SharedArrayBuffer;

const NOTHING = -1;
/** Ahead of the numbers of the threads stands that of the next file. */
const NEXT = 0;

/** @param threads all that take files; memory is only shared where there are several: not every browser allows it */
export function handOutMemory(threads: number): HandOutMemory {
  const bytes = (threads + 1) * Int32Array.BYTES_PER_ELEMENT;
  const memory = threads > 1 ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
  new Int32Array(memory).fill(NOTHING, NEXT + 1);
  return memory;
}

/** @param count files of the job */
export function handOut(memory: HandOutMemory, count: number): HandOut {
  const numbers = new Int32Array(memory);
  return {
    take: (thread) => {
      const next = Atomics.load(numbers, NEXT) < count ? Atomics.add(numbers, NEXT, 1) : count;
      Atomics.store(numbers, thread + 1, next < count ? next : NOTHING);
      return next < count ? next : undefined;
    },
    at: (thread) => {
      const place = Atomics.load(numbers, thread + 1);
      return place === NOTHING ? undefined : place;
    },
    close: () => void Atomics.store(numbers, NEXT, count),
  };
}
