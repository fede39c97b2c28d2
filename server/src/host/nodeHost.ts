import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';

import type { Host } from './host.ts';
import { nodeCache } from './nodeCache.ts';
import { nodeFolder } from './nodeFolder.ts';
import { nodeThreads } from './nodeThreads.ts';

/** Folders above this file in which the assets may lie: one for a bundle in `dist/<part>/`, four for the sources. */
const MAX_LEVELS_UP = 4;

export interface NodeHostOptions {
  /** Folder of the files that ship with Traceward; found beside the bundle when absent. */
  readonly assets?: string;
  readonly log?: Host['log'];
}

/** The host of a process on a machine with a file system. */
export function nodeHost(options: NodeHostOptions = {}): Host {
  const assets = options.assets ?? findAssets(ownFolder());
  const threads = nodeThreads(assets);
  return {
    readAsset: (name) => readFile(join(assets, name)),
    openFolder: (uri) => nodeFolder(fileURLToPath(uri), threads),
    openCache: nodeCache,
    now: () => performance.now(),
    log: options.log ?? (() => undefined),
  };
}

/** `dist/<part>` in a bundle (CommonJS), this file's folder when the sources run as they are. */
function ownFolder(): string {
  return typeof __dirname === 'string' ? __dirname : dirname(fileURLToPath(import.meta.url));
}

function findAssets(start: string): string {
  let folder = start;
  for (let level = 0; level <= MAX_LEVELS_UP; level++) {
    for (const candidate of [join(folder, 'assets'), join(folder, 'dist', 'assets')]) {
      if (existsSync(join(candidate, 'languages.json'))) return candidate;
    }
    folder = dirname(folder);
  }
  return join(start, '..', 'assets');
}
