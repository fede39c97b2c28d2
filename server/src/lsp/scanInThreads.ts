import { declarationsIn, isHeader, isSource } from '../core/headers/declarations.ts';
import type { RuleSet } from '../core/rules/ruleSet.ts';
import { analyseSources } from '../host/analyseSources.ts';
import type { FolderHost } from '../host/host.ts';
import type { Header } from '../host/readHeaders.ts';
import type { SourceResult } from '../host/sourceReader.ts';
import type { Folder } from './folder.ts';
import type { ScanOptions } from './scan.ts';

/** What other threads need to come to the same facts as this one. */
export interface ThreadedScan {
  readonly files: FolderHost;
  readonly sources: readonly string[];
  readonly rules: RuleSet;
  /** Of the sources, as they are on disk. */
  readonly headers: readonly Header[];
  /** Open in an editor: what these declare counts as it stands there. */
  readonly open: readonly string[];
}

/**
 * Has the sources of a folder analysed by other threads, where there are any and it pays: this one stays free for whoever types meanwhile.
 *
 * @returns what no thread has analysed
 */
export async function scanInThreads(
  folder: Folder,
  scan: ThreadedScan,
  { engine, signal, isElsewhere, onProgress, onLost }: ScanOptions,
): Promise<readonly string[]> {
  if (scan.files.threads === undefined) return scan.sources;
  const { config } = folder.project();
  const done = new Set<string>();
  const languages = new Set<string>();
  const take = ({ path, analysis, language, problems }: SourceResult): void => {
    done.add(path);
    folder.scan = { ...folder.scan, filesDone: folder.scan.filesDone + 1 };
    if (language !== undefined) languages.add(language);
    // It may have been opened, or have changed on disk, since the thread has read it.
    if (!isElsewhere(path) && !folder.touched.has(path)) {
      folder.apply(
        analysis.kind === 'facts'
          ? { kind: 'facts', facts: analysis.facts }
          : { kind: 'skip', file: analysis.file },
      );
      if (problems.length > 0) folder.readingProblems.set(path, problems);
    }
    onProgress();
  };
  // What keeps the rules of a language from running is told once its grammar is there.
  await engine.prepareLanguages(
    new Set(scan.sources.flatMap((path) => engine.languages.ofPath(path)?.id ?? [])),
  );
  const lost = await analyseSources(scan.files, {
    job: {
      folder: scan.files.uri,
      paths: scan.sources,
      rules: scan.rules,
      config,
      includeTests: false,
      hashInputs: false,
      headers: [...scan.headers, ...headersInEditor(folder, scan.open)],
      shared: folder.workspace.sharedFiles(),
      scope: 'all',
      cache: undefined,
    },
    threads: undefined,
    reader: undefined,
    onResult: take,
    signal,
  });
  lost.forEach(onLost);
  await engine.prepareLanguages(languages);
  for (const language of languages) folder.workspace.analyst().expect(language);
  return scan.sources.filter((path) => !done.has(path));
}

function headersInEditor({ workspace }: Folder, paths: readonly string[]): readonly Header[] {
  return paths.flatMap((path) => {
    const text = isHeader(path) || isSource(path) ? workspace.textOf(path) : undefined;
    return text === undefined ? [] : [{ path, declarations: declarationsIn(text) }];
  });
}
