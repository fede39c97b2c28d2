import { declarationsIn, isHeader, isSource, type FileDeclarations } from '../core/headers/declarations.ts';
import { readText } from './decode.ts';
import type { FolderHost } from './host.ts';

/** What one file declares. */
export interface Header {
  readonly path: string;
  readonly declarations: FileDeclarations;
}

/**
 * Reads what the C and C++ files among some paths declare, one by one. They are read again when they are analysed: what is wrong with a file is
 * told then.
 *
 * @param maxBytes larger files are passed over
 */
export async function* readHeaders(
  folder: FolderHost,
  paths: readonly string[],
  maxBytes: number,
): AsyncGenerator<Header> {
  for (const path of paths) {
    if (!isHeader(path) && !isSource(path)) continue;
    const file = await readText(folder, path, maxBytes);
    if (file.kind === 'text') yield { path, declarations: declarationsIn(file.text) };
  }
}
