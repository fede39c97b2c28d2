import { globTest, type PathTest } from '../core/base/glob.ts';
import type { Problem } from '../core/base/problem.ts';
import { DEFAULT_CONFIG, type ProjectConfig } from '../core/config/projectConfig.ts';
import type { Snapshot } from '../core/facts/snapshot.ts';
import type { RuleFile } from '../core/rules/loadRules.ts';
import type { TraceGraph } from '../core/trace/traceGraph.ts';
import type { Change, Workspace } from '../core/workspace.ts';
import type { FolderHost } from '../host/host.ts';
import type { ServerState } from '../protocol/messages.ts';
import type { Engine } from './engine.ts';
import type { ErrorLog } from './safely.ts';
import { loosePath, pathBelow, uriBelow } from './uris.ts';

/** How far the scan of a folder has come. */
export interface ScanState {
  readonly state: ServerState;
  readonly filesDone: number;
  readonly filesTotal: number;
  /** The last scan was cancelled. */
  readonly incomplete: boolean;
}

/** What a project says about itself in its configuration file. */
export interface Project {
  readonly config: ProjectConfig;
  readonly ruleFiles: readonly RuleFile[];
  /** Of the configuration file and of rule files that cannot be read. */
  readonly problems: readonly Problem[];
}

/** A workspace folder with its state of the core, or the place of files outside every folder (then `files` is undefined). */
export interface Folder {
  /** As the client writes it; empty for files outside every folder. */
  readonly uri: string;
  readonly name: string;
  readonly files: FolderHost | undefined;
  readonly workspace: Workspace;
  scan: ScanState;
  /** While the item files are read for the first time: until then, every tag seems to lead nowhere. */
  itemsRead: Promise<unknown> | undefined;
  /** Path of a URI in this folder, relative to it. */
  pathOf(uri: string): string | undefined;
  uriOf(path: string): string;
  project(): Project;
  /** Puts a project's configuration and rules in force; when they differ from before, closed files have to be read again. */
  configure(project: Project): void;
  isExcluded(path: string): boolean;
  apply(change: Change): void;
  /** Problems that reading the file from disk found, such as its encoding. Dropped with the next change of the file. */
  readonly readingProblems: Map<string, readonly Problem[]>;
  /** Paths that were applied and not removed. */
  known(): ReadonlySet<string>;
  /** Files whose text has changed since the last scan began: what it found in them is out of date. */
  readonly touched: Set<string>;
  /** Files whose present version is switched off because analysing it threw; the next edit removes the name and opens it again. */
  readonly failed: Set<string>;
  /** The current state. When analysing throws, the files that changed are switched off in their present version and the rest stands. */
  snapshot(): Snapshot;
  /** The trace of the last state in which every item file was valid YAML: half a line being typed hides what follows it. */
  wholeTrace(): TraceGraph;
}

export interface FolderOptions {
  readonly uri: string;
  readonly name: string;
  readonly files: FolderHost | undefined;
  readonly engine: Engine;
  readonly log: ErrorLog;
}

export function openFolder({ uri, name, files, engine, log }: FolderOptions): Folder {
  const workspace = engine.createWorkspace({
    languages: engine.languages,
    rules: engine.builtInRules,
    config: DEFAULT_CONFIG,
    threatLibraries: engine.threatLibraries,
  });
  const known = new Set<string>();
  const failed = new Set<string>();
  const touched = new Set<string>();
  const readingProblems = new Map<string, readonly Problem[]>();
  /** Changed since the last snapshot: the suspects when the next one fails. */
  const changed = new Set<string>();
  let project: Project = { config: DEFAULT_CONFIG, ruleFiles: [], problems: [] };
  let isExcluded: PathTest = () => false;
  let last: Snapshot | undefined;
  let whole: TraceGraph | undefined;
  let stale = true;

  const applyQuietly = (change: Change): void => {
    try {
      workspace.applyChange(change);
    } catch (error) {
      log.report('recording a change', error);
    }
  };
  const apply = (change: Change): void => {
    stale = true;
    const path = pathOfChange(change);
    if (path !== undefined) {
      changed.add(path);
      if (change.kind !== 'facts' && change.kind !== 'skip') touched.add(path);
      readingProblems.delete(path);
      if (change.kind === 'open' || change.kind === 'file') failed.delete(path);
      if (change.kind === 'remove') known.delete(path);
      else known.add(path);
    }
    applyQuietly(change);
  };
  const takeSnapshot = (): Snapshot => {
    try {
      return workspace.snapshot();
    } catch (error) {
      log.report(`analysing ${[...changed].slice(0, 5).join(', ') || name}`, error);
    }
    for (const path of changed) {
      failed.add(path);
      applyQuietly({ kind: 'close', path });
      const detail = 'its analysis failed; the log of Traceward says why';
      applyQuietly({ kind: 'skip', file: { path, reason: 'failed', detail } });
    }
    try {
      return workspace.snapshot();
    } catch (error) {
      log.report(`analysing ${name} without the files that changed`, error);
      if (last !== undefined) return last;
      throw error;
    }
  };

  const snapshot = (): Snapshot => {
    if (!stale && last !== undefined) return last;
    last = takeSnapshot();
    stale = false;
    changed.clear();
    if (!last.problems.some(({ code }) => code.startsWith('yaml-'))) whole = last.trace;
    return last;
  };

  return {
    uri,
    name,
    files,
    workspace,
    scan: {
      state: files === undefined ? 'ready' : 'starting',
      filesDone: 0,
      filesTotal: 0,
      incomplete: false,
    },
    itemsRead: undefined,
    pathOf: (other) => (uri === '' ? loosePath(other) : pathBelow(uri, other)),
    uriOf: (path) => uriBelow(uri, path),
    project: () => project,
    configure(next) {
      const same =
        JSON.stringify([next.config, next.ruleFiles]) === JSON.stringify([project.config, project.ruleFiles]);
      project = next;
      stale = true;
      if (same) return;
      isExcluded = globTest(next.config.exclude).test;
      applyQuietly({ kind: 'config', config: next.config });
      applyQuietly({ kind: 'rules', rules: engine.rulesWith(next.ruleFiles) });
    },
    isExcluded: (path) => isExcluded(path),
    apply,
    readingProblems,
    known: () => known,
    touched,
    failed,
    snapshot,
    wholeTrace: () => {
      const { trace } = snapshot();
      return whole ?? trace;
    },
  };
}

function pathOfChange(change: Change): string | undefined {
  if (change.kind === 'facts') return change.facts.path;
  if (change.kind === 'skip') return change.file.path;
  return 'path' in change ? change.path : undefined;
}
