import { pathToFileURL } from 'node:url';

import { compareText } from '../core/base/order.ts';
import { gitBytes, runGit } from './git.ts';
import type { FileContent, FolderHost } from './host.ts';

/** Objects that one git command writes out together hold at most so many bytes. */
const BATCH_BYTES = 32 * 1024 * 1024;

interface Blob {
  readonly id: string;
  readonly bytes: number;
}

/** A file that is waited for. */
interface Wanted extends Blob {
  readonly take: (bytes: Uint8Array | undefined) => void;
}

/**
 * The files below a folder as a commit has them, read from git's store: nothing is checked out. Links and submodules are left out.
 *
 * @param root absolute path of the folder, somewhere in a repository
 * @param revision as git names it: `HEAD~1`, `v1.0`, a hash
 * @returns undefined where there is no git, no repository or no such revision
 */
export async function revisionFolder(root: string, revision: string): Promise<FolderHost | undefined> {
  // Git would take it for an option.
  if (revision.startsWith('-')) return undefined;
  const commit = (await runGit(root, ['rev-parse', '--verify', '--quiet', `${revision}^{commit}`]))?.trim();
  if (commit === undefined || !/^[0-9a-f]{40,64}$/.test(commit)) return undefined;
  const listing = await runGit(root, ['ls-tree', '-r', '-l', '-z', commit]);
  if (listing === undefined) return undefined;
  const blobs = blobsOf(listing);
  const waiting: Wanted[] = [];
  const load = (blob: Blob): Promise<Uint8Array | undefined> =>
    new Promise((resolve) => {
      waiting.push({ ...blob, take: resolve });
      // What is asked for at the same moment is read by one command.
      if (waiting.length === 1) setImmediate(() => void readBlobs(root, waiting.splice(0)));
    });
  return {
    uri: pathToFileURL(root).href,
    list: ({ signal }) => {
      signal?.throwIfAborted();
      return Promise.resolve([...blobs.keys()].sort(compareText));
    },
    read: async (path, options): Promise<FileContent> => {
      const blob = blobs.get(path);
      if (blob === undefined)
        return { ok: false, reason: 'missing', detail: 'no such file in this revision' };
      if (blob.bytes > Math.min(options?.maxBytes ?? BATCH_BYTES, BATCH_BYTES)) {
        const detail = `the file has ${blob.bytes} bytes`;
        return { ok: false, reason: 'too-large', detail, bytes: blob.bytes };
      }
      const bytes = await load(blob);
      return bytes === undefined
        ? { ok: false, reason: 'unreadable', detail: 'git could not read it' }
        : { ok: true, bytes };
    },
    git: (args) => Promise.resolve(args.join(' ') === 'rev-parse HEAD' ? commit : undefined),
  };
}

/** From the lines `<mode> blob <id> <size>\t<path>` that end with NUL; plain files alone. */
function blobsOf(listing: string): ReadonlyMap<string, Blob> {
  const blobs = new Map<string, Blob>();
  for (const line of listing.split('\0')) {
    const [, id, bytes, path] = /^100\d{3} blob ([0-9a-f]+) +(\d+)\t(.*)$/s.exec(line) ?? [];
    if (id !== undefined && path !== undefined) blobs.set(path, { id, bytes: Number(bytes) });
  }
  return blobs;
}

/** Reads objects in batches and hands each to whoever waits for it. */
async function readBlobs(root: string, wanted: readonly Wanted[]): Promise<void> {
  for (let from = 0; from < wanted.length;) {
    let to = from;
    for (let bytes = 0; to < wanted.length; to++) {
      bytes += wanted[to]?.bytes ?? 0;
      if (to > from && bytes > BATCH_BYTES) break;
    }
    const batch = wanted.slice(from, to);
    const output = await gitBytes(root, ['cat-file', '--batch'], batch.map(({ id }) => `${id}\n`).join(''));
    let at = 0;
    for (const { id, bytes, take } of batch) {
      // Each is `<id> blob <size>`, a line break, the content and a line break.
      const head = `${id} blob ${bytes}\n`;
      const start = at + head.length;
      const fits = output?.toString('latin1', at, start) === head;
      take(fits ? output.subarray(start, start + bytes) : undefined);
      at = start + bytes + 1;
    }
    from = to;
  }
}
