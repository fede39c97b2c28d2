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
  const ofC = paths.filter((path) => isHeader(path) || isSource(path));
  for await (const { path, text } of readTexts(folder, ofC, maxBytes))
    yield { path, declarations: declarationsIn(text) };
}

/** Reads the texts of some paths one by one; files that cannot be read are passed over. */
export async function* readTexts(
  folder: FolderHost,
  paths: readonly string[],
  maxBytes: number,
): AsyncGenerator<{ readonly path: string; readonly text: string }> {
  for (const path of paths) {
    const file = await readText(folder, path, maxBytes);
    if (file.kind === 'text') yield { path, text: file.text };
  }
}
