import type { TextEdit } from 'vscode-languageserver';

import { LineIndex } from '../core/base/lineIndex.ts';
import type { Location, Range } from '../core/base/range.ts';
import { isOwnFormat } from '../core/trace/itemEntry.ts';
import { ID_PATTERN } from '../core/trace/itemFields.ts';
import type { TracedItem, TraceGraph } from '../core/trace/traceGraph.ts';
import { readText } from './actions/createItem.ts';
import type { FileEdit } from './actions/workspaceEdit.ts';
import type { Folder } from './folder.ts';
import type { Session } from './session.ts';
import { range as toLspRange } from './toLsp.ts';

/** The edits of a rename, or one sentence that says why it cannot be done. */
export type RenameOutcome =
  | { readonly ok: true; readonly files: readonly FileEdit[] }
  | { readonly ok: false; readonly reason: string };

/** Why an item cannot get this id; undefined when it can. */
export function refusal(
  trace: TraceGraph,
  traced: TracedItem,
  newId: string,
  prefixes: readonly string[],
): string | undefined {
  const { item } = traced;
  if (newId === item.id) return `It is called ${newId} already.`;
  if (trace.byId.has(newId)) return `There is an item ${newId} already.`;
  if ((trace.byId.get(item.id) ?? []).length > 1)
    return `${item.id} is defined more than once: give one of them another id in its file first.`;
  if (isOwnFormat(item.origin.format)) {
    if (!ID_PATTERN.test(newId))
      return `${newId} is no id: write upper-case letters and digits joined by hyphens, such as SR-AUTH-003.`;
    const prefix = newId.split('-', 1)[0] ?? '';
    if (isTagged(traced) && !prefixes.includes(prefix))
      return `Code names ${item.id}, and ${prefix} is none of the prefixes of tags (${prefixes.join(', ')}): add it to \`prefixes\` in traceward.yaml first.`;
    return undefined;
  }
  return shapeOf(newId) === shapeOf(item.id)
    ? undefined
    : `${newId} is not built like ${item.id}, and its format may not read it as an id.`;
}

function isTagged({ incoming }: TracedItem): boolean {
  return incoming.some(({ from }) => typeof from !== 'string');
}

/** An id with its words left out: `req~` of OpenFastTrace stays `x~x`. */
function shapeOf(id: string): string {
  return id.replace(/[\p{L}\p{N}_.-]+/gu, 'x');
}

/**
 * Writes another id wherever the trace knows the old one to stand: where the item is declared, in tags, in links of items, in records of
 * reviews. Results of tests are left as they are: the next run writes them. Each place must hold the id as it is; otherwise nothing is done.
 */
export async function renameEdits(
  session: Session,
  folder: Folder,
  { item }: TracedItem,
  newId: string,
): Promise<RenameOutcome> {
  const { trace } = folder.snapshot();
  const places: Location[] = [item.location];
  for (const link of trace.links) {
    const source = typeof link.from === 'string' ? trace.byId.get(link.from)?.[0] : undefined;
    if (link.to === item.id && source?.item.kind !== 'result') places.push(link.location);
    if (link.from === item.id && link.location.path !== item.location.path)
      return refused(
        `${link.location.path} writes a link of ${item.id} apart from it, and cannot be changed here.`,
      );
  }
  const records = trace.reviews.records.filter(({ subject }) =>
    subject.kind === 'item'
      ? subject.id === item.id
      : subject.kind === 'link' && (subject.to === item.id || subject.from === item.id),
  );
  const byPath = new Map<string, Range[]>();
  for (const { path, range } of places) byPath.set(path, [...(byPath.get(path) ?? []), range]);
  for (const { location } of records) byPath.set(location.path, byPath.get(location.path) ?? []);
  const files: FileEdit[] = [];
  for (const [path, ranges] of byPath) {
    if (folder.workspace.inputOf(path) === 'bytes')
      return refused(
        `${path} names ${item.id} and is no text file: change the id in the tool that wrote it.`,
      );
    const text = await readText(session, folder, path);
    if (text === undefined) return refused(`${path} names ${item.id} and cannot be read.`);
    const isRecord = records.some(({ location }) => location.path === path);
    const edits = isRecord
      ? recordEdits(text, item.id, newId)
      : ranges.map((each) => idEdit(text, each, item.id, newId));
    const found = edits.filter((each) => each !== undefined);
    if (found.length < edits.length)
      return refused(
        `${path} names ${item.id} in a way that cannot be changed here, such as by the name of a file.`,
      );
    files.push({ uri: session.uriOf(folder, path), edits: unique(found) });
  }
  return { ok: true, files };
}

function refused(reason: string): RenameOutcome {
  return { ok: false, reason };
}

/** Replaces an id in the text of a range; undefined when it does not stand there. */
function idEdit(text: string, within: Range, id: string, newId: string): TextEdit | undefined {
  const found = idIn(text, within, id);
  return found === undefined ? undefined : { range: toLspRange(found), newText: newId };
}

/** Where exactly an id stands in a range that may hold quotes and a revision too. */
export function idIn(text: string, within: Range, id: string): Range | undefined {
  const lines = new LineIndex(text);
  const start = lines.offsetAt(within.start);
  const written = text.slice(start, lines.offsetAt(within.end));
  const at = written.indexOf(id);
  if (at < 0 || /[\w-]/.test(written.charAt(at + id.length)) || /[\w-]$/.test(written.slice(0, at)))
    return undefined;
  return { start: lines.positionAt(start + at), end: lines.positionAt(start + at + id.length) };
}

/** A record names ids behind `item:`, `from:` and `to:`. */
function recordEdits(text: string, id: string, newId: string): (TextEdit | undefined)[] {
  const edits = text.split('\n').flatMap((line, index): TextEdit[] => {
    const names = [...line.matchAll(/(?:^|[\s{,])(?:item|from|to):\s*["']?/g)];
    return names.flatMap((name) => {
      const start = name.index + name[0].length;
      if (!line.startsWith(id, start) || /^[\w-]/.test(line.slice(start + id.length))) return [];
      return [
        {
          range: {
            start: { line: index, character: start },
            end: { line: index, character: start + id.length },
          },
          newText: newId,
        },
      ];
    });
  });
  return edits.length === 0 ? [undefined] : edits;
}

/** Two formats may read the same place. */
function unique(edits: readonly TextEdit[]): TextEdit[] {
  return [...new Map(edits.map((each) => [JSON.stringify(each.range), each])).values()];
}
