import { CONFIG_FILE } from '../core/base/configFile.ts';
import { DEFAULT_CONFIG } from '../core/config/projectConfig.ts';
import { readConfig } from '../core/config/readConfig.ts';
import type { Problem } from '../core/base/problem.ts';
import { embeddedLanguages } from '../core/match/checkRules.ts';
import { decodeFile, inputOf, readInput, type BytesRead, type FileRead } from '../host/decode.ts';
import type { FolderHost } from '../host/host.ts';
import { findProjectRules } from '../host/projectRules.ts';
import { historyFor } from '../host/gitHistory.ts';
import { readHeaders, readTexts, type Header } from '../host/readHeaders.ts';
import type { Engine } from './engine.ts';
import type { Folder, Project } from './folder.ts';
import { nextTurn, pacer } from './safely.ts';
import { scanInThreads } from './scanInThreads.ts';

/** Files that are read ahead of the one that is analysed. */
const READ_AHEAD = 8;
/** How long a scan makes way for requests before it goes on for a slice, in milliseconds. */
const MAX_WAIT = 250;
const MAX_YAML_BYTES = 8_000_000;
const MAX_ITEM_FILE_BYTES = 64_000_000;

export interface ScanOptions {
  readonly engine: Engine;
  readonly signal: AbortSignal;
  /** Paths that an editor has open (their text is the truth) or that belong to another folder within this one. */
  readonly isElsewhere: (path: string) => boolean;
  readonly now: () => number;
  /** True while a request waits that a user sees the answer of: it goes first. */
  readonly isUrgent: () => boolean;
  /** The configuration is in force: open files may have become excluded, or be so no longer. */
  readonly onConfigured: () => void;
  /** All item files are read; the sources follow. */
  readonly onItemsRead: () => void;
  /** Called between slices. */
  readonly onProgress: () => void;
  /** A thread of the analysis has ended before its time. */
  readonly onLost: (problem: Problem) => void;
}

/**
 * Reads a folder's configuration, rules, item files and sources, and analyses them in slices that let the event loop turn.
 *
 * @returns false when it was cancelled: what was read so far stays
 */
export async function scanFolder(folder: Folder, options: ScanOptions): Promise<boolean> {
  const { files } = folder;
  if (files === undefined) return true;
  const { signal } = options;
  folder.scan = { state: 'scanning', filesDone: 0, filesTotal: 0, incomplete: false };
  try {
    const listed = await files.list({ signal });
    const project = await readProject(files, listed);
    // Before the rules are compiled: a rule whose condition reads another language needs its grammar.
    const rules = options.engine.rulesWith(project.ruleFiles);
    await options.engine.prepareLanguages(embeddedLanguages(rules.rules));
    folder.configure(project);
    options.onConfigured();
    const all = listed.filter((path) => isWanted(folder, path));
    const wanted = all.filter((path) => !options.isElsewhere(path));
    const isItems = (path: string): boolean => folder.workspace.roleOf(path) === 'items';
    forgetAllBut(folder, new Set(wanted), options.isElsewhere);
    // Items first: then the status of tags does not change while the sources come in.
    const items = wanted.filter(isItems);
    const sources = wanted.filter((path) => !isItems(path));
    folder.scan = { ...folder.scan, filesTotal: wanted.length };
    await readHead(folder);
    await readAll(folder, files, items, options);
    options.onItemsRead();
    // Before the first source: what a file means depends on what it includes.
    folder.touched.clear();
    const headers = await takeHeaders(folder, files, sources, options);
    await takeSharedCode(folder, files, sources, options);
    const open = all.filter(options.isElsewhere);
    const left = await scanInThreads(folder, { files, sources, rules, headers, open }, options);
    const isTouched = folder.touched.size > 0;
    await readAll(folder, files, left, options);
    // A header may have changed while threads worked with what it said before.
    if (isTouched) await readOutdated(folder, options.engine, pacer(options.now));
    await takeHistory(folder);
    folder.scan = { ...folder.scan, state: 'ready' };
    return true;
  } catch (error) {
    folder.scan = { ...folder.scan, state: 'ready', incomplete: true };
    if (!signal.aborted) throw error;
    return false;
  }
}

/** Reads one file that changed on disk; one that is gone or no longer of interest is removed. */
export async function readOne(folder: Folder, engine: Engine, path: string): Promise<void> {
  const { files } = folder;
  if (files === undefined) return;
  const maxBytes = maxBytesOf(folder, path);
  const content = isWanted(folder, path) ? await files.read(path, { maxBytes }) : undefined;
  if (content === undefined || (!content.ok && content.reason === 'missing')) {
    if (folder.known().has(path)) folder.apply({ kind: 'remove', path });
    return;
  }
  const file = inputOf(path, content, folder.workspace.inputOf(path), maxBytes);
  if (file.kind === 'text') await engine.prepare(folder.workspace.analyst().languageOf(path, file.text));
  takeFile(folder, path, file);
}

/** Reads files again whose headers have changed since they were analysed. */
export async function readOutdated(
  folder: Folder,
  engine: Engine,
  pause: () => Promise<unknown>,
): Promise<void> {
  for (const path of folder.workspace.outdated()) {
    await readOne(folder, engine, path);
    await pause();
  }
}

/** Tells the core which commit is checked out: results of tests of another one are stale. */
export async function readHead(folder: Folder): Promise<void> {
  const head = await folder.files?.git(['rev-parse', 'HEAD']);
  folder.apply({ kind: 'head', commit: head?.trim() });
}

/** Tells the core when files were changed and by whom, once their items are known: only some of these ask. */
export async function takeHistory(folder: Folder): Promise<void> {
  const history = folder.files && (await historyFor(folder.files, folder.snapshot().trace));
  if (history !== undefined) folder.apply({ kind: 'history', history });
}

async function readProject(files: FolderHost, listed: readonly string[]): Promise<Project> {
  const file = await files.read(CONFIG_FILE, { maxBytes: MAX_YAML_BYTES });
  const text = file.ok ? decodeFile(CONFIG_FILE, file.bytes, MAX_YAML_BYTES) : undefined;
  const read =
    text?.kind === 'text' ? readConfig(CONFIG_FILE, text.text) : { value: DEFAULT_CONFIG, problems: [] };
  const rules = await findProjectRules(files, read.value.rules, listed);
  return { config: read.value, ruleFiles: rules.files, problems: [...read.problems, ...rules.problems] };
}

async function takeHeaders(
  folder: Folder,
  files: FolderHost,
  paths: readonly string[],
  options: ScanOptions,
): Promise<readonly Header[]> {
  const headers: Header[] = [];
  const pace = pacer(options.now);
  for await (const header of readHeaders(files, paths, folder.project().config.maxFileBytes)) {
    headers.push(header);
    folder.workspace.applyChange({ kind: 'declarations', ...header });
    if (await pace()) await makeWay(options);
    options.signal.throwIfAborted();
  }
  return headers;
}

/** Before the first source, too: what calls of functions of other files bring. */
async function takeSharedCode(
  folder: Folder,
  files: FolderHost,
  paths: readonly string[],
  options: ScanOptions,
): Promise<void> {
  const pace = pacer(options.now);
  const shared = paths.filter((path) => folder.workspace.sharesCode(path));
  for await (const { path, text } of readTexts(files, shared, folder.project().config.maxFileBytes)) {
    const language = folder.workspace.analyst().languageOf(path, text);
    if (!options.engine.isPrepared(language)) await options.engine.prepare(language);
    folder.workspace.applyChange({ kind: 'code', path, text });
    if (await pace()) await makeWay(options);
    options.signal.throwIfAborted();
  }
}

async function readAll(
  folder: Folder,
  files: FolderHost,
  paths: readonly string[],
  options: ScanOptions,
): Promise<void> {
  const read = (path: string): Promise<FileRead | BytesRead> =>
    readInput(files, path, folder.workspace.inputOf(path), maxBytesOf(folder, path));
  const ahead = paths.slice(0, READ_AHEAD).map(read);
  const pace = pacer(options.now);
  for (const [index, path] of paths.entries()) {
    const next = paths[index + READ_AHEAD];
    if (next !== undefined) ahead.push(read(next));
    const file = await ahead.shift();
    options.signal.throwIfAborted();
    const language =
      file?.kind === 'text' ? folder.workspace.analyst().languageOf(path, file.text) : undefined;
    if (!options.engine.isPrepared(language)) await options.engine.prepare(language);
    // An editor may have opened the file while it was read.
    if (file !== undefined && !options.isElsewhere(path)) takeFile(folder, path, file);
    folder.scan = { ...folder.scan, filesDone: folder.scan.filesDone + 1 };
    if (await pace()) {
      options.onProgress();
      await makeWay(options);
    }
    options.signal.throwIfAborted();
  }
}

/** An answer takes several turns of the event loop: without this each of them would wait for another slice. */
async function makeWay({ isUrgent, now }: ScanOptions): Promise<void> {
  const end = now() + MAX_WAIT;
  while (isUrgent() && now() < end) await nextTurn();
}

function takeFile(folder: Folder, path: string, file: FileRead | BytesRead): void {
  if (file.kind === 'text') {
    folder.apply({ kind: 'file', path, text: file.text });
    if (file.problems.length > 0) folder.readingProblems.set(path, file.problems);
  } else if (file.kind === 'bytes') {
    folder.apply({ kind: 'bytes', path, bytes: file.bytes });
  } else {
    folder.apply({ kind: 'skip', file: file.file });
  }
}

function maxBytesOf(folder: Folder, path: string): number {
  return folder.workspace.roleOf(path) === 'items'
    ? MAX_ITEM_FILE_BYTES
    : folder.project().config.maxFileBytes;
}

function isWanted(folder: Folder, path: string): boolean {
  const role = folder.workspace.roleOf(path);
  return (role === 'source' || role === 'text' || role === 'items') && !folder.isExcluded(path);
}

function forgetAllBut(
  folder: Folder,
  wanted: ReadonlySet<string>,
  isElsewhere: (path: string) => boolean,
): void {
  for (const path of [...folder.known()]) {
    if (!wanted.has(path) && !isElsewhere(path)) folder.apply({ kind: 'remove', path });
  }
}
