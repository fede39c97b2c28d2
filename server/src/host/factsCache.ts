import * as z from 'zod';

import { sha256Hex } from '../core/base/hash.ts';
import type { Problem } from '../core/base/problem.ts';
import type { FileFacts } from '../core/facts/fileFacts.ts';
import { factsSchema } from './factsSchema.ts';
import type { CacheStore, Host } from './host.ts';

/** Facts that would take more than this as JSON are not kept, and an entry above it is refused unread. */
const MAX_ENTRY_BYTES = 16_000_000;
/** What all entries together may take; the oldest go first. */
export const MAX_CACHE_BYTES = 512_000_000;

/** Facts of texts that were analysed before, by all that they depend on. Trusted as far as its folder is: see SECURITY.md. */
export interface FactsCache {
  /** The facts of a text and their key; a problem beside none when there is an entry that cannot be used. */
  read(path: string, text: string): Promise<CacheReading>;
  /** Keeps facts under the key of their reading; a problem when they could not be written. */
  write(key: string, facts: FileFacts): Promise<Problem | undefined>;
}

export interface CacheReading {
  readonly key: string;
  readonly facts?: FileFacts;
  readonly problem?: Problem;
}

const entrySchema = z.strictObject({ key: z.string(), facts: factsSchema });
const engineSchema = z.strictObject({ digest: z.string() });

/**
 * Opens the cache in a folder.
 *
 * @param factsKey names what a text brings, but for the engine: see `Analyst`
 * @returns undefined where there are no caches, or the build does not say which engine it has
 */
export async function openFactsCache(
  host: Host,
  folder: string,
  factsKey: (path: string, text: string) => string,
): Promise<{ readonly facts: FactsCache; readonly store: CacheStore } | undefined> {
  const store = host.openCache?.(folder);
  if (store === undefined) return undefined;
  const engine = await engineDigest(host);
  return engine === undefined
    ? undefined
    : {
        store,
        facts: factsCache(store, (path, text) => sha256Hex(`${engine} ${factsKey(path, text)}`)),
      };
}

async function engineDigest(host: Host): Promise<string | undefined> {
  try {
    const json: unknown = JSON.parse(new TextDecoder().decode(await host.readAsset('engine.json')));
    return engineSchema.parse(json).digest;
  } catch (error) {
    host.log('warn', `No cache is used: ${String(error)}`);
    return undefined;
  }
}

function factsCache(store: CacheStore, keyOf: (path: string, text: string) => string): FactsCache {
  return {
    async read(path, text) {
      const key = keyOf(path, text);
      try {
        const bytes = await store.read(nameOf(key), MAX_ENTRY_BYTES);
        if (bytes === undefined) return { key };
        const entry = entrySchema.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
        const { facts } = entry;
        if (entry.key !== key || facts.path !== path || facts.hash !== sha256Hex(text)) {
          return { key, problem: refused(path, 'it belongs to something else') };
        }
        return { key, facts };
      } catch (error) {
        return { key, problem: refused(path, reasonOf(error)) };
      }
    },
    async write(key, facts) {
      const bytes = new TextEncoder().encode(JSON.stringify({ key, facts }));
      if (bytes.length > MAX_ENTRY_BYTES) return undefined;
      try {
        await store.write(nameOf(key), bytes);
        return undefined;
      } catch (error) {
        const message = `Nothing can be kept in the cache: ${reasonOf(error)}.`;
        return { code: 'cache-not-written', severity: 'warning', message };
      }
    },
  };
}

function nameOf(key: string): string {
  return `${key.slice(0, 2)}/${key.slice(2)}.json`;
}

function refused(path: string, reason: string): Problem {
  const message = `The cache's entry for this file was refused (${reason}); the file was analysed anew.`;
  return { code: 'cache-entry-refused', severity: 'warning', message, path };
}

function reasonOf(error: unknown): string {
  if (error instanceof z.ZodError) return 'it does not have the shape of facts';
  if (error instanceof SyntaxError || error instanceof TypeError) return 'it is not JSON';
  return error instanceof Error ? error.message : String(error);
}
