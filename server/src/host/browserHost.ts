import ignore, { type Ignore } from 'ignore';

import { compareText } from '../core/base/order.ts';
import { listFiles, readAsset, readFile, type ReadFileResult } from '../protocol/messages.ts';
import type { FileContent, FolderHost, Host, ListOptions } from './host.ts';

/** What the host needs of a connection to the client. */
export interface ClientConnection {
  sendRequest<R>(method: string, params: unknown): Promise<R>;
}

const MAX_IGNORE_BYTES = 1_000_000;

/** A host without a file system of its own: the client lists and reads, on whatever file system its workspace lives. */
export function browserHost(client: ClientConnection): Host {
  return {
    async readAsset(name) {
      const result = await client.sendRequest<ReadFileResult>(readAsset.method, { name });
      if (result.ok) return bytesOf(result.base64);
      throw new Error(`The asset ${name} cannot be read: ${result.detail}`);
    },
    openFolder: (uri) => clientFolder(client, uri),
    now: () => performance.now(),
    // The client shows what the server writes to the connection; a worker has no log of its own.
    log: () => undefined,
  };
}

/** A folder on a file system that only the client can reach. */
export function clientFolder(client: ClientConnection, uri: string): FolderHost {
  const read = async (path: string): Promise<FileContent> => {
    const target = `${uri.replace(/\/$/, '')}/${path.split('/').map(encodeURIComponent).join('/')}`;
    const result = await client.sendRequest<ReadFileResult>(readFile.method, { uri: target });
    return result.ok ? { ok: true, bytes: bytesOf(result.base64) } : result;
  };
  return {
    uri,
    async list(options) {
      const all = await client.sendRequest<readonly string[]>(listFiles.method, { folder: uri });
      options.signal?.throwIfAborted();
      const isIgnored = options.noIgnore === true ? () => false : await ignoreTest(all, read, options);
      return all.filter((path) => !/(^|\/)\.git(\/|$)/.test(path) && !isIgnored(path)).sort(compareText);
    },
    async read(path, options) {
      const content = await read(path);
      if (!content.ok || options?.maxBytes === undefined || content.bytes.length <= options.maxBytes)
        return content;
      return { ok: false, reason: 'too-large', detail: 'larger than the limit', bytes: content.bytes.length };
    },
    git: () => Promise.resolve(undefined),
  };
}

/** What the `.gitignore` files among the listed ones name, each for its own folder; the innermost that has an opinion decides. */
async function ignoreTest(
  paths: readonly string[],
  read: (path: string) => Promise<FileContent>,
  { signal }: ListOptions,
): Promise<(path: string) => boolean> {
  const files: { prefix: string; rules: Ignore }[] = [];
  for (const path of paths.filter((each) => /(^|\/)\.gitignore$/.test(each))) {
    const content = await read(path);
    signal?.throwIfAborted();
    if (!content.ok || content.bytes.length > MAX_IGNORE_BYTES) continue;
    const rules = ignore({ ignorecase: false }).add(new TextDecoder().decode(content.bytes));
    files.push({ prefix: path.slice(0, -'.gitignore'.length), rules });
  }
  files.sort((a, b) => b.prefix.length - a.prefix.length);
  return (path) => {
    if (/(^|\/)node_modules\//.test(path)) return true;
    for (const { prefix, rules } of files) {
      if (!path.startsWith(prefix)) continue;
      const verdict = rules.test(path.slice(prefix.length));
      if (verdict.ignored) return true;
      if (verdict.unignored) return false;
    }
    return false;
  };
}

function bytesOf(base64: string): Uint8Array {
  const text = atob(base64);
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
}
