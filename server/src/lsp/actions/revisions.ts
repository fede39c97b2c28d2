import type { CodeAction, TextEdit } from 'vscode-languageserver';

import { LineIndex } from '../../core/base/lineIndex.ts';
import type { TracedLink } from '../../core/trace/traceGraph.ts';
import { range } from '../toLsp.ts';
import { readText } from './createItem.ts';
import { linkAction } from './linkAction.ts';
import type { ActionTarget } from './target.ts';
import type { FileEdit } from './workspaceEdit.ts';

/** The light bulb reads closed files for "all of the workspace": above this many it is not offered. */
const MAX_FILES = 100;

/** The revision that the target has now: of this link, of all links of the file, and of all links of the workspace. */
export async function updateRevision(target: ActionTarget, link: TracedLink): Promise<CodeAction[]> {
  const { document, snapshot } = target;
  const { path } = document.place;
  const wrong = snapshot.trace.links.filter(isOutdated);
  const here = wrong.filter(({ location }) => location.path === path);
  const text = document.text.getText();
  const edit = revisionEdit(target, link, text);
  if (edit === undefined) return [];
  const file = (edits: readonly TextEdit[]): FileEdit => ({ uri: document.uri, edits });
  const inFile = here.flatMap((each) => revisionEdit(target, each, text) ?? []);
  return [
    ...linkAction(target, link, `Update to ${edit.newText}`, [file([edit])], true),
    ...(inFile.length > 1
      ? linkAction(target, link, `Update all ${inFile.length} revisions in this file`, [file(inFile)])
      : []),
    ...(wrong.length > here.length ? await inWorkspace(target, link, wrong, file(inFile)) : []),
  ];
}

async function inWorkspace(
  target: ActionTarget,
  link: TracedLink,
  wrong: readonly TracedLink[],
  own: FileEdit,
): Promise<CodeAction[]> {
  const { session, document } = target;
  const { folder, path: ownPath } = document.place;
  const paths = [...new Set(wrong.map(({ location }) => location.path))].filter((path) => path !== ownPath);
  if (paths.length > MAX_FILES) return [];
  const files = [own];
  for (const path of paths) {
    const text = await readText(session, folder, path);
    if (text === undefined) continue;
    const edits = wrong
      .filter(({ location }) => location.path === path)
      .flatMap((each) => revisionEdit(target, each, text) ?? []);
    if (edits.length > 0) files.push({ uri: session.uriOf(folder, path), edits });
  }
  const count = files.reduce((sum, file) => sum + ('edits' in file ? file.edits.length : 0), 0);
  return linkAction(target, link, `Update all ${count} revisions in the workspace`, files);
}

function isOutdated({ status }: TracedLink): boolean {
  return status === 'outdated' || status === 'predated';
}

/** The number behind `@` or `~`, in the manner in which the link is written; undefined where it is written otherwise. */
function revisionEdit({ snapshot }: ActionTarget, link: TracedLink, text: string): TextEdit | undefined {
  const revision = snapshot.trace.byId.get(link.to)?.[0]?.item.revision;
  const lines = new LineIndex(text);
  const { start, end } = link.location.range;
  const written = text.slice(lines.offsetAt(start), lines.offsetAt(end));
  const [, before, , after] = /^(.*[@~])(\d+)(["']?)$/.exec(written) ?? [];
  if (revision === undefined || before === undefined) return undefined;
  return { range: range(link.location.range), newText: `${before}${revision}${after ?? ''}` };
}
