import { createHash } from 'node:crypto';

import type { Commit } from '../core/evidence/evidence.ts';
import type { Project } from '../host/projectLoader.ts';

/**
 * The commit that is checked out, and which inputs differ from it. The comparison is by content and made here: git's own would run
 * the filters that a repository's configuration names.
 *
 * @returns undefined outside of a repository, or where there is no git
 */
export async function commitOf({ folder, inputs }: Project): Promise<Commit | undefined> {
  const id = (await folder.git(['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']))?.trim();
  if (id === undefined || !/^[0-9a-f]{40,64}$/.test(id)) return undefined;
  const time = (await folder.git(['log', '-1', '--format=%cI', id]))?.trim();
  const prefix = (await folder.git(['rev-parse', '--show-prefix']))?.trim();
  const tree = await folder.git(['ls-tree', '-r', '-z', id]);
  const committed = blobsOf(tree ?? '');
  const changed: string[] = [];
  for (const { path } of inputs) {
    const content = await folder.read(path);
    if (!content.ok || blobId(content.bytes, id.length) !== committed.get(path)) changed.push(path);
  }
  return { id, ...(time === undefined || time === '' ? {} : { time }), folder: prefix ?? '', changed };
}

/** Blob ids by path, from the lines `<mode> blob <id>\t<path>` that end with NUL. */
function blobsOf(tree: string): ReadonlyMap<string, string> {
  const blobs = new Map<string, string>();
  for (const line of tree.split('\0')) {
    const match = /^\d+ blob ([0-9a-f]+)\t(.*)$/s.exec(line);
    if (match?.[1] !== undefined && match[2] !== undefined) blobs.set(match[2], match[1]);
  }
  return blobs;
}

/** How git names content, with the hash that the length of the repository's ids tells. */
function blobId(bytes: Uint8Array, idLength: number): string {
  return createHash(idLength > 40 ? 'sha256' : 'sha1')
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest('hex');
}
