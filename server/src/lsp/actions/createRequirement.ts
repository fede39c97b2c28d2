import { compareText } from '../../core/base/order.ts';
import type { Category } from '../../core/trace/item.ts';
import { decodeFile } from '../../host/decode.ts';
import type { Folder } from '../folder.ts';
import type { Session } from '../session.ts';
import { textEdit } from '../toLsp.ts';
import { appendRequirement, newRequirementFile, type NewRequirement } from './requirementText.ts';
import type { FileEdit } from './workspaceEdit.ts';

const MAX_BYTES = 2_000_000;
const NEW_FILES = ['security/requirements.yaml', 'security/new-requirements.yaml'];

/** The edit that writes a new requirement beside those of its category, or into a file of its own when there is no place for it. */
export async function createRequirement(
  session: Session,
  folder: Folder,
  requirement: NewRequirement,
): Promise<FileEdit | undefined> {
  for (const { path, lastLine } of candidates(folder, requirement.category)) {
    const text = await readText(session, folder, path);
    const insertion = text === undefined ? undefined : appendRequirement(path, text, lastLine, requirement);
    if (insertion === undefined) continue;
    const { at, newText } = insertion;
    return {
      uri: session.uriOf(folder, path),
      edits: [textEdit({ range: { start: at, end: at }, newText })],
    };
  }
  for (const path of NEW_FILES) {
    if (folder.workspace.roleOf(path) !== 'items' || folder.isExcluded(path)) continue;
    if ((await readText(session, folder, path)) !== undefined) continue;
    return { uri: folder.uriOf(path), newFile: newRequirementFile(requirement) };
  }
  return undefined;
}

/** Files that hold requirements, those with most of the category first, with the line of their last one. */
function candidates(folder: Folder, category: Category): { path: string; lastLine: number }[] {
  const files = new Map<string, { lastLine: number; same: number; all: number }>();
  for (const { item } of folder.snapshot().trace.items) {
    if (item.kind !== 'requirement') continue;
    const { path, range } = item.location;
    const known = files.get(path) ?? { lastLine: 0, same: 0, all: 0 };
    files.set(path, {
      lastLine: Math.max(known.lastLine, range.start.line),
      same: known.same + (item.category === category ? 1 : 0),
      all: known.all + 1,
    });
  }
  return [...files]
    .sort(([a, x], [b, y]) => y.same - x.same || y.all - x.all || compareText(a, b))
    .map(([path, { lastLine }]) => ({ path, lastLine }));
}

async function readText(session: Session, folder: Folder, path: string): Promise<string | undefined> {
  const open = session.documents.at(folder, path);
  if (open !== undefined) return open.text.getText();
  const content = await folder.files?.read(path, { maxBytes: MAX_BYTES });
  const file = content?.ok === true ? decodeFile(path, content.bytes, MAX_BYTES) : undefined;
  return file?.kind === 'text' ? file.text : undefined;
}
