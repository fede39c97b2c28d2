import type { WorkspaceFoldersChangeEvent } from 'vscode-languageserver';

import type { Context } from '../context.ts';
import { attach, detach } from '../documents.ts';

/** `workspace/didChangeWorkspaceFolders`. */
export async function didChangeWorkspaceFolders(
  { session, scanner, feed }: Context,
  { added, removed }: WorkspaceFoldersChangeEvent,
): Promise<void> {
  for (const { uri } of removed) {
    const folder = session.removeFolder(uri);
    if (folder !== undefined) scanner.abandon(folder);
  }
  const folders = added.map((each) => session.addFolder(each));
  moveDocuments({ session });
  // What lies in a new folder within an old one is no longer the old one's.
  const outer = session.folders.filter((each) =>
    folders.some((other) => each !== other && each.pathOf(other.uri) !== undefined),
  );
  await scanner.scan([...folders, ...outer]);
  feed.update();
}

/** Gives every open document to the folder that it lies in now. */
function moveDocuments({ session }: Pick<Context, 'session'>): void {
  for (const document of session.documents.all()) {
    session.documents.delete(document.uri);
    const place = session.placeOf(document.uri);
    session.documents.add(document);
    const before = document.place;
    if (place.folder === before.folder) continue;
    document.ready = document.ready.then(() => {
      if (session.folders.includes(before.folder) || before.folder === session.loose) {
        detach(document);
        before.folder.apply({ kind: 'remove', path: before.path });
      }
      document.attached = false;
      document.place = place;
      attach(document);
    });
  }
}
