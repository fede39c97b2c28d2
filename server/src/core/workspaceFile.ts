import type { TextChange } from './base/textChange.ts';
import type { TextEdit } from './base/textEdits.ts';
import { emptyAnalysisCache, forgetDoubtful, type AnalysisCache } from './facts/analyseFile.ts';
import { countedUses, type CountedUses } from './headers/countedUses.ts';
import type { FileUses } from './headers/declarations.ts';
import type { Grammar } from './syntax/grammar.ts';
import {
  editFile,
  freeFile,
  isAsFresh,
  openFile,
  type ParsedFile,
  type Preprocessing,
} from './syntax/parsedFile.ts';

/** A file that an editor has open. */
export interface OpenFile {
  text: string;
  edits: TextEdit[];
  parsed: ParsedFile | undefined;
  /** The tree came out of incremental parses. */
  incremental: boolean;
  /** It is to be as a fresh parse reads it. */
  settles: boolean;
  /** What it asks other files for. */
  uses: CountedUses | undefined;
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
    settles: false,
    uses: undefined,
    outside: '',
    cache: emptyAnalysisCache(),
    earlier: new Map(),
    stale: true,
  };
}

/** What an open file asks other files for; undefined of a language without headers. */
export function usesOf(open: OpenFile, { definition }: Grammar): FileUses | undefined {
  if (definition.dialect === undefined) return undefined;
  open.uses = countedUses(open.text, open.uses);
  return open.uses.uses;
}

/**
 * Parses an open file: what changed in it where it was parsed before. A file that settles keeps that and what is known of it where a fresh parse
 * reads the same, but for what was found in code with errors.
 */
export function parseOpen(
  open: OpenFile,
  grammar: Grammar,
  preprocessing: Preprocessing,
  isEdited: boolean,
): ParsedFile {
  const { settles, parsed: old } = open;
  open.settles = false;
  if (old?.main.grammar === grammar) {
    open.parsed = undefined;
    open.parsed = editFile(old, open.text, preprocessing);
    open.incremental = !settles && (open.incremental || isEdited);
    if (!settles) return open.parsed;
    if (isAsFresh(open.parsed, preprocessing)) {
      forgetDoubtful(open.cache);
      return open.parsed;
    }
  }
  if (open.parsed) freeFile(open.parsed);
  open.parsed = undefined;
  open.parsed = openFile(grammar, open.text, preprocessing);
  open.incremental = false;
  open.cache = emptyAnalysisCache();
  return open.parsed;
}
