import type { TextChange } from './base/textChange.ts';
import type { TextEdit } from './base/textEdits.ts';
import { emptyAnalysisCache, type AnalysisCache } from './facts/analyseFile.ts';
import type { ParsedFile } from './syntax/parsedFile.ts';

/** A file that an editor has open. */
export interface OpenFile {
  text: string;
  edits: TextEdit[];
  parsed: ParsedFile | undefined;
  /** The tree came out of incremental parses. */
  incremental: boolean;
  /** Key of what it knew of other files. */
  outside: string;
  /** What is known of its functions; emptied when the rules change. */
  cache: AnalysisCache;
  /** Texts that findings of other files are about, by their hashes, and what made the last text that was shared of each. */
  readonly earlier: Map<string, { readonly text: string; readonly changes: readonly TextChange[] }>;
  /** The workspace's facts or items do not reflect the text yet. */
  stale: boolean;
}

export function openedFile(text: string): OpenFile {
  return {
    text,
    edits: [],
    parsed: undefined,
    incremental: false,
    outside: '',
    cache: emptyAnalysisCache(),
    earlier: new Map(),
    stale: true,
  };
}
