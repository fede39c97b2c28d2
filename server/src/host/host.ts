/**
 * The one interface to the outside world. The core never sees it; the language server and the command line get a form of it:
 * `nodeHost`, `browserHost` (files through the client) or, in tests, `memoryHost`.
 */
export interface Host {
  /** Bytes of a file that ships with Traceward: `languages.json`, `rules.json`, `c.wasm`. Rejects when it is missing. */
  readAsset(name: string): Promise<Uint8Array>;
  /** Access to one workspace folder, named by its URI. */
  openFolder(uri: string): FolderHost;
  /** Milliseconds since an arbitrary start, for pacing and budgets; never for results. */
  now(): number;
  log(level: 'error' | 'warn' | 'info' | 'debug', message: string): void;
  /** Opens a folder, named as the system does, for data that can be made anew; absent where nothing can be kept. */
  openCache?(folder: string): CacheStore;
}

/** Named bytes. Every method rejects with a reason when the store cannot be used. */
export interface CacheStore {
  /** Undefined when there is no such entry; rejects when it is larger than `maxBytes`. */
  read(name: string, maxBytes: number): Promise<Uint8Array | undefined>;
  /** Writes an entry whole or not at all. */
  write(name: string, bytes: Uint8Array): Promise<void>;
  /** Removes the oldest entries until the others take at most `maxBytes`. */
  trim(maxBytes: number): Promise<void>;
}

/** Starts threads that run `analysisThread.ts`. */
export interface Threads {
  /** Threads that the machine can run at the same time, the own one included. */
  readonly cores: number;
  /** @param data plain data and shared memory */
  start(data: unknown, events: ThreadEvents): Thread;
}

export interface ThreadEvents {
  readonly onMessage: (message: unknown) => void;
  /** Called once, after the last message. `failure` is undefined when the thread came to its end or was stopped. */
  readonly onEnd: (failure: string | undefined) => void;
}

export interface Thread {
  /** Ends the thread where it is. */
  stop(): void;
}

/** Files below one folder. Paths are relative to it, with `/`. */
export interface FolderHost {
  readonly uri: string;
  /**
   * All files in path order. Leaves out `.git`, and what `.gitignore` files name (and `node_modules`) unless `noIgnore`; never
   * follows links out of the folder.
   */
  list(options: ListOptions): Promise<readonly string[]>;
  /** Bytes of a file; one that is larger than `maxBytes` is not read. */
  read(path: string, options?: ReadOptions): Promise<FileContent>;
  /** Size of a file as stored, 0 for one that cannot be read. Absent where to ask would cost as much as to read. */
  sizeOf?(path: string): Promise<number>;
  /** Threads beside the own one that can open this folder by its URI; absent where there are none. */
  readonly threads?: Threads;
  /** Output of a git command, or undefined where there is no git or no repository. Only `git` itself is ever started. */
  git(args: readonly string[]): Promise<string | undefined>;
}

export interface ListOptions {
  readonly noIgnore?: boolean;
  readonly signal?: AbortSignal;
  /** Told of each folder whose files could not be listed (path relative to the root, and why), so that nothing is left out silently. */
  readonly onUnreadable?: (path: string, detail: string) => void;
}

export interface ReadOptions {
  readonly maxBytes?: number;
}

export type FileContent =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly reason: 'missing' | 'unreadable'; readonly detail: string }
  | { readonly ok: false; readonly reason: 'too-large'; readonly detail: string; readonly bytes: number };
