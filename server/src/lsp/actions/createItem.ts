import { compareText } from '../../core/base/order.ts';
import { isOwnFormat } from '../../core/trace/itemEntry.ts';
import { decodeFile } from '../../host/decode.ts';
import type { Folder } from '../folder.ts';
import type { Session } from '../session.ts';
import { textEdit } from '../toLsp.ts';
import { appendItem, NEW_KINDS, newItemFile, type NewItem } from './newItemText.ts';
import type { FileEdit } from './workspaceEdit.ts';

const MAX_BYTES = 2_000_000;

/** The edit that writes a new item beside those that are alike, or into a file of its own when there is no place for it. */
export async function createItem(
  session: Session,
  folder: Folder,
  item: NewItem,
): Promise<FileEdit | undefined> {
  for (const { path, lastLine } of candidates(folder, item)) {
    const text = await readText(session, folder, path);
    const insertion = text === undefined ? undefined : appendItem(path, text, lastLine, item);
    if (insertion === undefined) continue;
    const { at, newText } = insertion;
    return {
      uri: session.uriOf(folder, path),
      edits: [textEdit({ range: { start: at, end: at }, newText })],
    };
  }
  const list = NEW_KINDS[item.kind];
  for (const path of [`security/${list}.yaml`, `security/new-${list}.yaml`]) {
    if (folder.workspace.roleOf(path) !== 'items' || folder.isExcluded(path)) continue;
    if ((await readText(session, folder, path)) !== undefined) continue;
    return { uri: folder.uriOf(path), newFile: newItemFile(item) };
  }
  return undefined;
}

/** Files that hold items of the kind, those with most of the category first, with the line of their last one. */
function candidates(folder: Folder, { kind, fields }: NewItem): { path: string; lastLine: number }[] {
  const files = new Map<string, { lastLine: number; same: number; all: number }>();
  const category = fields.find(([name]) => name === 'category')?.[1];
  for (const { item } of folder.snapshot().trace.items) {
    if (item.kind !== kind || !isOwnFormat(item.origin.format)) continue;
    const { path, range } = item.location;
    const known = files.get(path) ?? { lastLine: 0, same: 0, all: 0 };
    const isSame = category !== undefined && 'word' in category && item.category === category.word;
    files.set(path, {
      lastLine: Math.max(known.lastLine, range.start.line),
      same: known.same + (isSame ? 1 : 0),
      all: known.all + 1,
    });
  }
  return [...files]
    .sort(([a, x], [b, y]) => y.same - x.same || y.all - x.all || compareText(a, b))
    .map(([path, { lastLine }]) => ({ path, lastLine }));
}

/** A file's text as the editor has it, else as it is on disk; undefined when there is none or it is no text. */
export async function readText(session: Session, folder: Folder, path: string): Promise<string | undefined> {
  const open = session.documents.at(folder, path);
  if (open !== undefined) return open.text.getText();
  const content = await folder.files?.read(path, { maxBytes: MAX_BYTES });
  const file = content?.ok === true ? decodeFile(path, content.bytes, MAX_BYTES) : undefined;
  return file?.kind === 'text' ? file.text : undefined;
}
