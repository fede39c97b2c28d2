import { movedRange } from './base/movedRange.ts';
import type { Range } from './base/range.ts';
import { changeBetween } from './base/textChange.ts';
import type { FileFacts } from './facts/fileFacts.ts';
import type { FunctionFinder } from './flow/functionFinder.ts';
import type { Elsewhere } from './match/finding.ts';
import type { OpenFile } from './workspaceFile.ts';

/**
 * Tells where places that findings of other files are about stand in the texts as they are now; undefined for code that has changed.
 *
 * @param open the files that an editor has, by path
 * @param functions with the texts that findings come from
 */
export function rangesNow(
  open: ReadonlyMap<string, OpenFile>,
  functions: FunctionFinder,
): (place: Elsewhere) => Range | undefined {
  return (place) => rangeNow(place, open.get(place.path), functions);
}

function rangeNow(
  { path, range, hash }: Elsewhere,
  open: OpenFile | undefined,
  functions: FunctionFinder,
): Range | undefined {
  const shared = functions.textOf(path);
  const isShared = shared !== undefined && functions.hashOf(path) === hash;
  if (open === undefined) return isShared ? range : undefined;
  const known = isShared ? { text: shared, changes: [] } : open.earlier.get(hash);
  if (known === undefined) return undefined;
  const last = changeBetween(shared ?? known.text, open.text);
  return movedRange(range, known.text, [...known.changes, last], open.text);
}

/**
 * Before the text of an open file that others see becomes another one: findings of files that are not open speak of the old one until
 * these files are analysed again.
 */
export function keepText(
  open: OpenFile | undefined,
  path: string,
  next: string,
  functions: FunctionFinder,
  all: Iterable<FileFacts>,
): void {
  const text = functions.textOf(path);
  if (open === undefined || text === undefined || text === next) return;
  const change = changeBetween(text, next);
  for (const [hash, known] of open.earlier)
    open.earlier.set(hash, { ...known, changes: [...known.changes, change] });
  const hash = functions.hashOf(path);
  for (const { findings } of all) {
    if (!findings.some(({ elsewhere }) => elsewhere?.hash === hash)) continue;
    open.earlier.set(hash, { text, changes: [change] });
    return;
  }
}
