import type { TracedItem, TraceGraph } from '../trace/traceGraph.ts';

/** What the commits that changed a file tell of it. */
export interface FileHistory {
  /** Of the latest commit, in seconds since 1970. */
  readonly changed: number;
  /** Names as the commits have them, the latest first. */
  readonly authors: readonly string[];
}

/** By path from the root of the workspace. A file that no commit was seen of is not in it. */
export type History = ReadonlyMap<string, FileHistory>;

export const NO_HISTORY: History = new Map();

/** Commits that are looked at, from the one that is checked out backwards. */
const MAX_COMMITS = 10_000;

/** The arguments with which git writes what {@link readHistory} reads. */
export const HISTORY_COMMAND: readonly string[] = [
  'log',
  `--max-count=${MAX_COMMITS}`,
  '--format=%x01%ct%x02%aN',
  '--name-only',
  '-z',
  '--relative',
  '--no-renames',
  '--no-ext-diff',
];

/** Reads the output of {@link HISTORY_COMMAND}. */
export function readHistory(log: string): History {
  const history = new Map<string, { changed: number; authors: Set<string> }>();
  let time = 0;
  let author = '';
  for (const part of log.split('\0')) {
    // The names of a commit begin on a line of their own.
    const word = part.startsWith('\n') ? part.slice(1) : part;
    // Control characters tell commits from paths.
    const end = word.startsWith('\x01') ? word.indexOf('\x02') : -1;
    const seconds = word.slice(1, Math.max(1, end));
    if (/^\d{1,15}$/.test(seconds)) {
      time = Number(seconds);
      author = word.slice(end + 1);
    } else if (word !== '') {
      const known = history.get(word);
      if (known === undefined) {
        history.set(word, { changed: time, authors: new Set([author]) });
      } else {
        known.changed = Math.max(known.changed, time);
        known.authors.add(author);
      }
    }
  }
  return new Map(
    [...history].map(([path, { changed, authors }]) => [path, { changed, authors: [...authors] }]),
  );
}

/** Whether some lint would ask a history: to write one out takes time. */
export function asksForHistory({ items }: TraceGraph): boolean {
  return items.some(
    (traced) => traced.item.kind === 'element' || traced.item.kind === 'flow' || claimsIndependence(traced),
  );
}

/** Whether an item says that who tests is not who writes the code: its attribute `independent` or `independence`. */
export function claimsIndependence({ item }: TracedItem): boolean {
  if (item.kind !== 'test' && item.kind !== 'requirement') return false;
  const written = item.attributes['independent'] ?? item.attributes['independence'];
  return written === true || (typeof written === 'string' && !/^(?:|no|none|false)$/i.test(written.trim()));
}
