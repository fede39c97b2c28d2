import { ALL_FORMATS, candidateFormats, formatOf } from '../core/trace/detectFormats.ts';
import { traceFormat, type TraceFormatId } from '../core/trace/formats.ts';
import { decodeFile } from '../host/decode.ts';
import type { FolderHost } from '../host/host.ts';

/** A file of items that was recognised. */
export interface FoundSource {
  readonly path: string;
  readonly format: TraceFormatId;
  /** As its format reads it. */
  readonly content: string | Uint8Array;
}

export interface FoundSources {
  readonly sources: readonly FoundSource[];
  /** All files, ignored ones left out, in path order. */
  readonly listed: readonly string[];
  /** Files that may hold items and were not looked at, because there are too many or they are too large. */
  readonly passedOver: number;
}

const MAX_CANDIDATES = 5000;
const MAX_BYTES = 64_000_000;

/** Looks through a folder for files of items in any format. A file that is named is looked at whatever it is called. */
export async function findSources(
  folder: FolderHost,
  named: readonly string[] | undefined,
  signal: AbortSignal,
): Promise<FoundSources> {
  const listed = named ?? (await folder.list({ signal }));
  const formatsFor = (path: string) => (named === undefined ? candidateFormats(path) : ALL_FORMATS);
  const candidates = listed.filter((path) => formatsFor(path).length > 0);
  const sources: FoundSource[] = [];
  let passedOver = Math.max(0, candidates.length - MAX_CANDIDATES);
  for (const path of candidates.slice(0, MAX_CANDIDATES)) {
    signal.throwIfAborted();
    const read = await folder.read(path, { maxBytes: MAX_BYTES });
    if (!read.ok) {
      passedOver++;
      continue;
    }
    const decoded = decodeFile(path, read.bytes, MAX_BYTES);
    const text = decoded.kind === 'text' ? decoded.text : undefined;
    const format = formatOf(path, read.bytes, text, formatsFor(path));
    if (format !== undefined)
      sources.push({
        path,
        format,
        content: traceFormat(format).input === 'bytes' ? read.bytes : (text ?? ''),
      });
  }
  return { sources, listed, passedOver };
}
