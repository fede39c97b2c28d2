/** Answers the server's questions about files where it has no file system of its own: in a browser and in virtual workspaces. */
import { FileSystemError, FileType, Uri, workspace, type CancellationToken } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';

import {
  listFiles,
  readAsset,
  readFile,
  type ListFilesParams,
  type ReadAssetParams,
  type ReadFileParams,
  type ReadFileResult,
} from '../../../server/src/protocol/messages.ts';

/** Folders that are read at the same time: remote file systems answer slowly, but not in any number. */
const PARALLEL_FOLDERS = 8;
/** Larger files are never source code, and would travel as one message. In bytes. */
const LARGEST_FILE = 50_000_000;

/** Registers the answers on a client that has not been started yet. */
export function answerFileRequests(client: BaseLanguageClient, extensionUri: Uri): void {
  client.onRequest(listFiles.method, (params: ListFilesParams, token: CancellationToken) =>
    list(Uri.parse(params.folder, true), token),
  );
  client.onRequest(readFile.method, (params: ReadFileParams) => read(Uri.parse(params.uri, true)));
  client.onRequest(readAsset.method, (params: ReadAssetParams): Promise<ReadFileResult> => {
    // A file name, never a path: assets lie side by side in one folder.
    if (!/^[\w-][\w.-]*$/.test(params.name)) {
      const detail = `${params.name} is not the name of an asset.`;
      return Promise.resolve({ ok: false, reason: 'missing', detail });
    }
    return read(Uri.joinPath(extensionUri, 'dist', 'assets', params.name));
  });
}

/** All files below `root` relative to it, in the order of their paths. Links to folders are not followed. */
async function list(root: Uri, token: CancellationToken): Promise<string[]> {
  const files: string[] = [];
  let level: string[] = [''];
  while (level.length > 0 && !token.isCancellationRequested) {
    const next: string[] = [];
    for (let first = 0; first < level.length; first += PARALLEL_FOLDERS) {
      const folders = level.slice(first, first + PARALLEL_FOLDERS);
      const listings = await Promise.all(folders.map((folder) => entriesOf(root, folder)));
      for (const [path, type] of listings.flat()) {
        if ((type & FileType.Directory) === 0) {
          files.push(path);
        } else if ((type & FileType.SymbolicLink) === 0 && !path.endsWith('.git')) {
          next.push(path);
        }
      }
    }
    level = next;
  }
  return files.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** A folder that cannot be read is empty: the rest of the workspace goes on. */
async function entriesOf(root: Uri, folder: string): Promise<[string, FileType][]> {
  try {
    const entries = await workspace.fs.readDirectory(folder === '' ? root : Uri.joinPath(root, folder));
    return entries.map(([name, type]) => [folder === '' ? name : `${folder}/${name}`, type]);
  } catch (error) {
    if (error instanceof FileSystemError) {
      return [];
    }
    throw error;
  }
}

async function read(uri: Uri): Promise<ReadFileResult> {
  try {
    const { size } = await workspace.fs.stat(uri);
    if (size > LARGEST_FILE) {
      return { ok: false, reason: 'unreadable', detail: `The file has ${size} bytes.` };
    }
    return { ok: true, base64: toBase64(await workspace.fs.readFile(uri)) };
  } catch (error) {
    const missing = error instanceof FileSystemError && error.code === 'FileNotFound';
    const detail = error instanceof Error ? error.message : String(error);
    return { ok: false, reason: missing ? 'missing' : 'unreadable', detail };
  }
}

/** Base64 without `Buffer`, which browsers lack. */
function toBase64(bytes: Uint8Array): string {
  const chunks: string[] = [];
  for (let start = 0; start < bytes.length; start += 0x8000) {
    chunks.push(String.fromCharCode(...bytes.subarray(start, start + 0x8000)));
  }
  return btoa(chunks.join(''));
}
