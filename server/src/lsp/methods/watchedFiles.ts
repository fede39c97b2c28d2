import { CONFIG_FILE } from '../../core/base/configFile.ts';
import { FileChangeType, type DidChangeWatchedFilesParams, type FileEvent } from 'vscode-languageserver';

import { isHeader, isSource } from '../../core/headers/declarations.ts';
import { isYaml } from '../../host/projectRules.ts';
import type { Context } from '../context.ts';
import type { Place } from '../documents.ts';
import type { Folder } from '../folder.ts';
import { testBeside } from '../ruleFiles.ts';
import { pacer } from '../safely.ts';
import { readHead, readOne, readOutdated, takeHistory } from '../scan.ts';

/** `workspace/didChangeWatchedFiles`. */
export function didChangeWatchedFiles(
  context: Context,
  { changes }: DidChangeWatchedFilesParams,
): Promise<void> {
  return changedOnDisk(context, [...new Set(changes.flatMap(filesOf(context)))]);
}

/** The files that an event speaks of: of a folder that goes, editors tell once, and not of what was in it. */
function filesOf({ session }: Context): (event: FileEvent) => readonly string[] {
  const below = new Map<Folder, ReadonlyMap<string, readonly string[]>>();
  return ({ uri, type }) => {
    if (type !== FileChangeType.Deleted) return [uri];
    const { folder, path } = session.placeOf(uri);
    const files = below.get(folder) ?? filesByFolder(folder);
    below.set(folder, files);
    return [uri, ...(files.get(path) ?? []).map((file) => session.uriOf(folder, file))];
  };
}

/** What was read below each folder. */
function filesByFolder(folder: Folder): ReadonlyMap<string, readonly string[]> {
  const files = new Map<string, string[]>();
  const paths = new Set([...folder.known(), ...folder.project().ruleFiles.map(({ path }) => path)]);
  for (const path of paths) {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      const parent = path.slice(0, end);
      const found = files.get(parent);
      if (found === undefined) files.set(parent, [path]);
      else found.push(path);
    }
  }
  return files;
}

/**
 * Files were made, changed or removed. Configuration, rules and ignore files change what everything else means: then the folder is scanned
 * again. Other files are read one by one, unless an editor has them open.
 */
export async function changedOnDisk(
  { session, scanner, feed }: Context,
  uris: readonly string[],
): Promise<void> {
  const pace = pacer(() => session.host.now());
  const rescan = new Set<Folder>();
  const moved = new Set<Folder>();
  const touched = new Set<Folder>();
  for (const uri of uris) {
    const place = session.placeOf(uri);
    if (place.folder.files === undefined) continue;
    if (place.path.startsWith('.git/')) {
      if (movesHead(place.path)) moved.add(place.folder);
    } else if (changesEverything(place)) rescan.add(place.folder);
    else if (session.documents.get(uri)?.attached !== true)
      await readOne(place.folder, session.engine, place.path);
    // What the functions of an open file do counts for others as it was saved.
    else if (place.folder.workspace.sharesCode(place.path))
      place.folder.apply({ kind: 'settle', path: place.path });
    if (isHeader(place.path) || isSource(place.path) || place.folder.workspace.sharesCode(place.path))
      touched.add(place.folder);
    await pace();
  }
  for (const folder of touched) {
    // An open header counts as it stands in the editor.
    folder.snapshot();
    await readOutdated(folder, session.engine, pace);
  }
  for (const folder of moved) {
    await readHead(folder);
    await takeHistory(folder);
  }
  // Before the scan: who saves a rule or its test waits for this.
  for (const uri of uris) await testBeside(session, session.placeOf(uri));
  if (rescan.size > 0) {
    feed.update();
    await scanner.scan([...rescan]);
  }
  feed.update();
}

/** A commit or a checkout writes `HEAD`, its log or a branch. */
function movesHead(path: string): boolean {
  return /^\.git\/(?:HEAD|logs\/HEAD|packed-refs|refs\/heads\/.+)$/.test(path);
}

function changesEverything({ folder, path }: Place): boolean {
  if (path === CONFIG_FILE || /(^|\/)\.gitignore$/.test(path)) return true;
  const { ruleFiles, config } = folder.project();
  if (ruleFiles.some((file) => file.path === path)) return true;
  return (
    isYaml(path) &&
    config.rules.some(
      (root) => path.startsWith(root.replace(/^\.\//, '').replace(/\/*$/, '/')) || root === '.',
    )
  );
}
