import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import type { CacheStore } from './host.ts';
import { errorCode } from './systemError.ts';

/** Names of entries, and of those that were never finished. Nothing else in the folder is touched. */
const FOLDER = /^[0-9a-f]{2}$/;
const ENTRY = /^[0-9a-f]{62}\.json(\.[\w-]+\.tmp)?$/;

/** A cache in a folder of the file system, which is made when the first entry is written. */
export function nodeCache(folder: string): CacheStore {
  return {
    async read(name, maxBytes) {
      const file = join(folder, name);
      try {
        const { size } = await stat(file);
        if (size > maxBytes) throw new Error(`it has ${size} bytes`);
        return await readFile(file);
      } catch (error) {
        if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return undefined;
        throw error;
      }
    },
    async write(name, bytes) {
      const file = join(folder, name);
      const temporary = `${file}.${randomUUID()}.tmp`;
      await mkdir(dirname(file), { recursive: true });
      await writeFile(temporary, bytes, { flag: 'wx' });
      // Whoever reads meanwhile sees the old entry or the new one, never half of one; a link in its place is replaced, not followed.
      await rename(temporary, file);
    },
    trim: (maxBytes) => trim(folder, maxBytes),
  };
}

async function trim(folder: string, maxBytes: number): Promise<void> {
  const entries: { readonly file: string; readonly size: number; readonly time: number }[] = [];
  for (const part of await namesIn(folder, FOLDER)) {
    for (const name of await namesIn(join(folder, part), ENTRY)) {
      const file = join(folder, part, name);
      const { size, mtimeMs } = await stat(file);
      entries.push({ file, size, time: mtimeMs });
    }
  }
  let total = entries.reduce((sum, { size }) => sum + size, 0);
  for (const { file, size } of entries.sort((a, b) => a.time - b.time)) {
    if (total <= maxBytes) return;
    await rm(file, { force: true });
    total -= size;
  }
}

async function namesIn(folder: string, pattern: RegExp): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter((name) => pattern.test(name));
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return [];
  }
}
