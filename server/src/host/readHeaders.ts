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

/** Texts that are read at the same time. */
const READ_AT_ONCE = 16;

/** Reads the texts of some paths, and gives them one by one in their order; files that cannot be read are passed over. */
export async function* readTexts(
  folder: FolderHost,
  paths: readonly string[],
  maxBytes: number,
): AsyncGenerator<{ readonly path: string; readonly text: string }> {
  for (let from = 0; from < paths.length; from += READ_AT_ONCE) {
    const some = paths.slice(from, from + READ_AT_ONCE);
    const files = await Promise.all(
      some.map(async (path) => ({ path, file: await readText(folder, path, maxBytes) })),
    );
    for (const { path, file } of files) if (file.kind === 'text') yield { path, text: file.text };
  }
}
