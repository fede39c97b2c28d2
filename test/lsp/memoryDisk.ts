import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Host } from '../../server/src/host/host.ts';
import { memoryHost } from '../../server/src/host/memoryHost.ts';
import { builtInRules } from '../support/builtIn.ts';

/** Files of each folder by path, by URI of the folder. Tests change it as users change their disk. */
export type Disk = Record<string, Record<string, string | Uint8Array>>;

export interface DiskOptions {
  /** The built-in rules: those of a test, or `shipped`. */
  readonly rules: string;
  /** Slows down reading of files, to have something to cancel. In milliseconds. */
  readonly readDelay?: number | undefined;
  /** Answers of git by its arguments joined with spaces; tests change it. */
  readonly git?: Readonly<Record<string, string>> | undefined;
}

/** In the place of rules: those that ship. */
export const SHIPPED_RULES = 'shipped';

const assetCache = new Map<string, Uint8Array>();

function asset(name: string): Uint8Array {
  const known = assetCache.get(name) ?? readFileSync(new URL(`../../dist/assets/${name}`, import.meta.url));
  assetCache.set(name, known);
  return known;
}

/** A host on files in memory, with the real grammars. */
export function diskHost(disk: Disk, options: DiskOptions, logged: string[]): Host {
  const rules = builtInRules('builtin/test.yaml', options.rules === SHIPPED_RULES ? '' : options.rules);
  return {
    ...memoryHost({ files: {} }),
    readAsset: (name) =>
      Promise.resolve(
        name === 'rules.json' && options.rules !== SHIPPED_RULES
          ? new TextEncoder().encode(rules)
          : asset(name),
      ),
    now: () => performance.now(),
    log: (level, message) => void logged.push(`${level}: ${message}`),
    openFolder(uri) {
      const folder = memoryHost({ files: disk[uri] ?? {}, git: options.git ?? {} }).openFolder(uri);
      return {
        ...folder,
        read: async (path, readOptions) => {
          if (options.readDelay !== undefined) await sleep(options.readDelay);
          return folder.read(path, readOptions);
        },
      };
    },
  };
}

export function inFolder(disk: Disk, uri: string): { folder: string; inner: string } {
  const folder = Object.keys(disk)
    .filter((each) => uri.startsWith(`${each}/`))
    .sort((a, b) => b.length - a.length)[0];
  return folder === undefined
    ? { folder: '', inner: uri }
    : { folder, inner: decodeURIComponent(uri.slice(folder.length + 1)) };
}

export function inDisk(disk: Disk, uri: string): boolean {
  const { folder, inner } = inFolder(disk, uri);
  return disk[folder]?.[inner] !== undefined;
}

export function readDisk(disk: Disk, uri: string): string {
  const { folder, inner } = inFolder(disk, uri);
  const content = disk[folder]?.[inner];
  if (typeof content !== 'string') throw new Error(`${uri} is not a text on disk.`);
  return content;
}
