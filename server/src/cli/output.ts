import { mkdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

import writeFileAtomic from 'write-file-atomic';

import { errorCode } from '../host/systemError.ts';
import { UsageError, type CliIo } from './io.ts';

/**
 * Writes a result to the standard output, or to a file that is either complete or untouched.
 *
 * @throws UsageError for a file that cannot be written
 */
export async function writeResult(text: string, file: string | undefined, io: CliIo): Promise<void> {
  if (file === undefined) await io.out.write(text);
  else await writeWhole(resolve(io.cwd, file), text, file);
}

/** Writes the files of a bundle into a folder, which is made when it is missing. */
export async function writeFiles(
  files: readonly { readonly path: string; readonly text: string }[],
  folder: string,
  io: CliIo,
): Promise<void> {
  const full = resolve(io.cwd, folder);
  try {
    await mkdir(full, { recursive: true });
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    throw new UsageError(`The folder ${folder} cannot be made (${errorCode(error) ?? ''}).`);
  }
  for (const { path, text } of files) await writeWhole(join(full, path), text, join(folder, path));
}

async function writeWhole(full: string, text: string, written: string): Promise<void> {
  try {
    if (await isFolder(full)) throw new UsageError(`${written} is a folder: name a file.`);
    await mkdir(dirname(full), { recursive: true });
    await writeFileAtomic(full, text, 'utf8');
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    throw new UsageError(`${written} cannot be written (${code}).`);
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}
