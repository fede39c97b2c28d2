import ignore from 'ignore';

import { compareText } from '../core/base/order.ts';
import type { FileContent, FolderHost, Host } from './host.ts';

/** What a memory host serves. Every folder that is opened shows the same files. */
export interface MemoryFiles {
  /** Text (stored as UTF-8), bytes, or a reason why the file cannot be read. */
  readonly files: Readonly<Record<string, string | Uint8Array | { readonly unreadable: string }>>;
  readonly assets?: Readonly<Record<string, string | Uint8Array>>;
  /** Answers of git by its arguments joined with spaces. */
  readonly git?: Readonly<Record<string, string>>;
}

/** A host whose files are given: for tests, and for text that is in no file. A `.gitignore` at the root counts. */
export function memoryHost(given: MemoryFiles): Host & { readonly logged: string[] } {
  const logged: string[] = [];
  let clock = 0;
  return {
    logged,
    readAsset(name) {
      const asset = given.assets?.[name];
      return asset === undefined
        ? Promise.reject(new Error(`There is no asset ${name}.`))
        : Promise.resolve(toBytes(asset));
    },
    openFolder: (uri) => memoryFolder(uri, given),
    now: () => clock++,
    log: (level, message) => void logged.push(`${level}: ${message}`),
  };
}

function memoryFolder(uri: string, given: MemoryFiles): FolderHost {
  const content = (path: string): FileContent => {
    const file = given.files[path];
    if (file === undefined) return { ok: false, reason: 'missing', detail: 'no such file' };
    if (typeof file === 'object' && 'unreadable' in file)
      return { ok: false, reason: 'unreadable', detail: file.unreadable };
    return { ok: true, bytes: toBytes(file) };
  };
  return {
    uri,
    list({ noIgnore, signal }) {
      signal?.throwIfAborted();
      const rules = given.files['.gitignore'];
      const filter = ignore({ ignorecase: false }).add(
        typeof rules === 'string' && noIgnore !== true ? rules : '',
      );
      return Promise.resolve(
        Object.keys(given.files)
          .filter((path) => !filter.ignores(path))
          .sort(compareText),
      );
    },
    read: (path, options) => Promise.resolve(withinLimit(content(path), options?.maxBytes)),
    sizeOf: (path) => {
      const file = content(path);
      return Promise.resolve(file.ok ? file.bytes.length : 0);
    },
    git: (args) => Promise.resolve(given.git?.[args.join(' ')]),
  };
}

function withinLimit(content: FileContent, maxBytes: number | undefined): FileContent {
  if (!content.ok || maxBytes === undefined || content.bytes.length <= maxBytes) return content;
  return { ok: false, reason: 'too-large', detail: 'larger than the limit', bytes: content.bytes.length };
}

function toBytes(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : content;
}
