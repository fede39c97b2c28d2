import { strFromU8, unzipSync } from 'fflate';

import type { Outcome, Problem } from './problem.ts';

/** Limits on what a zip may hold: a bomb is refused before it is expanded. In bytes where sizes. */
export interface ZipLimits {
  readonly maxEntries: number;
  /** Of one entry, expanded. */
  readonly maxEntryBytes: number;
  /** Of all entries that are wanted, expanded. */
  readonly maxBytes: number;
}

export const ZIP_LIMITS: ZipLimits = { maxEntries: 5_000, maxEntryBytes: 64_000_000, maxBytes: 128_000_000 };

/**
 * Expands the wanted entries of a zip in memory; nothing is written anywhere. Entries with a path that is absolute or leads out are left
 * out and named, and so are those above a limit. Never throws.
 *
 * @param wanted asked with each entry's path (with `/`)
 * @returns bytes by path, in path order
 */
export function readZip(
  path: string,
  bytes: Uint8Array,
  wanted: (entry: string) => boolean,
  limits: ZipLimits = ZIP_LIMITS,
): Outcome<ReadonlyMap<string, Uint8Array>> {
  const problems: Problem[] = [];
  const report = (message: string): void => {
    problems.push({ code: 'zip', severity: 'error', message, path });
  };
  let entries = 0;
  let total = 0;
  const take = ({
    name,
    originalSize,
    size,
  }: {
    name: string;
    originalSize: number;
    size: number;
  }): boolean => {
    if (++entries > limits.maxEntries) {
      if (entries === limits.maxEntries + 1)
        report(`This archive has more than ${limits.maxEntries} entries: the rest is not read.`);
      return false;
    }
    if (name.endsWith('/') || !wanted(name)) return false;
    const shown = name.slice(0, 100);
    if (!isInside(name)) {
      report(`The entry \`${shown}\` leads out of the archive: it is not read.`);
      return false;
    }
    // The sizes are the archive's own claim. What is expanded cannot be more: fflate fills a buffer of that size and no more.
    if (
      originalSize > limits.maxEntryBytes ||
      total + originalSize > limits.maxBytes ||
      size > bytes.length
    ) {
      report(`The entry \`${shown}\` expands to ${originalSize} bytes, which is too much: it is not read.`);
      return false;
    }
    total += originalSize;
    return true;
  };
  try {
    const found = unzipSync(bytes, { filter: take });
    const sorted = Object.entries(found).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return { value: new Map(sorted), problems };
  } catch (error) {
    // fflate throws for whatever is no zip; there is nothing else in this block.
    const detail = error instanceof Error ? error.message : String(error);
    report(`This is not a zip archive that can be read: ${detail.slice(0, 200)}.`);
    return { value: new Map(), problems };
  }
}

function isInside(name: string): boolean {
  return !/^[/\\]|^[A-Za-z]:|\0/.test(name) && !name.split(/[/\\]/).includes('..');
}

/** The text of an entry: UTF-8, or UTF-16 where a byte order mark says so. Bytes that are no text become U+FFFD. */
export function textOfBytes(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return utf16(bytes, 0);
  if (first === 0xfe && second === 0xff) return utf16(bytes, 1);
  return strFromU8(bytes).replace(/^\uFEFF/, '');
}

/** @param high 1 where the high byte comes first */
function utf16(bytes: Uint8Array, high: 0 | 1): string {
  const parts: string[] = [];
  for (let from = 2; from + 1 < bytes.length; from += UNITS_AT_ONCE * 2) {
    const units: number[] = [];
    const end = Math.min(bytes.length - 1, from + UNITS_AT_ONCE * 2);
    for (let at = from; at < end; at += 2) {
      units.push(((bytes[at + 1 - high] ?? 0) << 8) | (bytes[at + high] ?? 0));
    }
    parts.push(String.fromCharCode(...units));
  }
  return parts.join('');
}

const UNITS_AT_ONCE = 8192;
