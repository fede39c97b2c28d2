import { open, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

import { runGit } from './git.ts';
import type { FileContent, FolderHost, Threads } from './host.ts';
import { listFiles } from './listFiles.ts';
import { errorCode } from './systemError.ts';

/** Files larger than this are never read whole, whatever the caller allows. */
const READ_CEILING_BYTES = 256 * 1024 * 1024;

/** Access to a folder of the file system, which never reads outside of it. `root` is an absolute path. */
export function nodeFolder(root: string, threads?: Threads): FolderHost {
  return {
    ...(threads === undefined ? {} : { threads }),
    uri: pathToFileURL(root).href,
    list: (options) => listFiles(root, options),
    read: (path, options) => readInside(root, path, options?.maxBytes ?? READ_CEILING_BYTES),
    sizeOf: (path) => sizeInside(root, path),
    git: (args) => runGit(root, args),
  };
}

async function sizeInside(root: string, path: string): Promise<number> {
  try {
    return (await stat(join(root, path))).size;
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return 0;
  }
}

async function readInside(root: string, path: string, maxBytes: number): Promise<FileContent> {
  const full = join(root, path);
  if (leaves(root, full)) return unreadable('the path leads out of the folder');
  try {
    if (leaves(await realpath(root), await realpath(full))) {
      return unreadable('the link leads out of the folder');
    }
    // Asked before opening: to open a pipe would wait for its writer.
    const facts = await stat(full);
    if (!facts.isFile())
      return unreadable(`not a file but a ${facts.isDirectory() ? 'folder' : 'device, pipe or socket'}`);
    if (facts.size > Math.min(maxBytes, READ_CEILING_BYTES)) {
      return {
        ok: false,
        reason: 'too-large',
        detail: `the file has ${facts.size} bytes`,
        bytes: facts.size,
      };
    }
    const file = await open(full, 'r');
    try {
      return { ok: true, bytes: await file.readFile() };
    } finally {
      await file.close();
    }
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    return code === 'ENOENT'
      ? { ok: false, reason: 'missing', detail: 'no such file, or a link to nothing' }
      : unreadable(DETAILS[code] ?? code);
  }
}

const DETAILS: Readonly<Record<string, string>> = {
  EACCES: 'no permission to read it',
  EPERM: 'no permission to read it',
  ELOOP: 'a link that leads back to itself',
  ENOTDIR: 'a part of the path is not a folder',
  ENAMETOOLONG: 'the path is too long',
  EIO: 'the disk could not be read',
};

function unreadable(detail: string): FileContent {
  return { ok: false, reason: 'unreadable', detail };
}

/** True when `path` is neither `root` nor in it. Both absolute. */
function leaves(root: string, path: string): boolean {
  const way = relative(root, path);
  return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way);
}
