import { globTest } from '../core/base/glob.ts';
import { sha256Hex } from '../core/base/hash.ts';
import { compareText } from '../core/base/order.ts';
import type { Problem } from '../core/base/problem.ts';
import { DEFAULT_CONFIG, type ProjectConfig } from '../core/config/projectConfig.ts';
import { readConfig } from '../core/config/readConfig.ts';
import type { Snapshot } from '../core/facts/snapshot.ts';
import { loadRules, type RuleFile } from '../core/rules/loadRules.ts';
import type { LoadableLanguageSet } from '../core/syntax/loadLanguages.ts';
import { createWorkspace, type Workspace } from '../core/workspace.ts';
import { loadBuiltInRules, loadGrammars, loadLanguageSet } from './assets.ts';
import { decodeFile, readText, type FileRead } from './decode.ts';
import type { FolderHost, Host } from './host.ts';
import { findProjectRules } from './projectRules.ts';

export const CONFIG_FILE = 'traceward.yaml';

/** Files read at the same time, and analysed before the event loop gets its turn again. */
const BATCH = 16;
/** Item files and configurations above this are refused; the YAML reader has a limit of its own below it. */
const MAX_YAML_BYTES = 8_000_000;

export interface ProjectOptions {
  /** URI of the workspace's root. */
  readonly folder: string;
  /** Only sources named here are analysed; item files are read all the same. Everything when absent. */
  readonly scope?: readonly ScopeEntry[];
  /** Rules that take the place of the built-in ones. */
  readonly rules?: readonly RuleFile[];
  /** Passes over `traceward.yaml`. */
  readonly noConfig?: boolean;
  /** Takes ignored, excluded and test files too. */
  readonly noIgnore?: boolean;
  /** Computes the SHA-256 of each input file. */
  readonly hashInputs?: boolean;
}

/** A file or folder relative to the root; `''` is the root itself. A file that is named counts even when it is ignored. */
export interface ScopeEntry {
  readonly path: string;
  readonly isFile: boolean;
}

/** A file that the results rest on. */
export interface ProjectInput {
  readonly path: string;
  readonly role: 'source' | 'items' | 'config';
  /** Size as stored. */
  readonly bytes: number;
  /** Of the bytes as stored; `''` unless asked for. */
  readonly sha256: string;
}

export interface Project {
  readonly folder: FolderHost;
  readonly languages: LoadableLanguageSet;
  readonly config: ProjectConfig;
  readonly workspace: Workspace;
  readonly snapshot: Snapshot;
  /** In path order. */
  readonly inputs: readonly ProjectInput[];
  /** What the outside gave cause for: encodings, folders that could not be listed, grammars, the configuration. */
  readonly problems: readonly Problem[];
}

export type LoadOutcome =
  | { readonly ok: true; readonly project: Project }
  /** The configuration is wrong, or no rule could be loaded: to go on would check something else than was asked for. */
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Told after each batch of source files. */
export type OnProgress = (done: number, total: number) => void;

/**
 * Reads a workspace through its host and analyses it, looking at `signal` every few files; rejects with its reason when it is
 * aborted, and when Traceward's own assets are missing. Everything else that can be wrong is a problem or a skipped file.
 */
export async function loadProject(
  host: Host,
  options: ProjectOptions,
  onProgress: OnProgress = () => undefined,
  signal?: AbortSignal,
): Promise<LoadOutcome> {
  const folder = host.openFolder(options.folder);
  const configFile = options.noConfig === true ? undefined : await loadConfig(folder, options);
  const configProblems = configFile?.problems ?? [];
  if (configProblems.some(isError)) return { ok: false, problems: configProblems };
  const config = configFile?.config ?? DEFAULT_CONFIG;

  const files = await chooseFiles(folder, config, options, signal);
  const languages = await loadLanguageSet(host);
  const sources = files.inScope.filter((path) => languages.ofPath(path) !== undefined);
  const projectRules = await findProjectRules(folder, config.rules, files.listed);
  const ruleFiles = [...(options.rules ?? (await loadBuiltInRules(host))), ...projectRules.files];
  const grammarProblems = await loadGrammars(host, languages, sources);
  const rules = loadRules(ruleFiles, languages);
  if (rules.rules.length === 0) {
    return { ok: false, problems: [...projectRules.problems, ...rules.problems, NO_RULES] };
  }

  const includeTests = options.noIgnore === true;
  const workspace = createWorkspace({ languages, rules, config, includeTests });
  const read = new InputReader(folder, workspace, options.hashInputs === true);
  await read.files(files.items, 'items', MAX_YAML_BYTES, signal);
  const grammarless = sources.filter((path) => !hasGrammar(languages, path));
  for (const path of grammarless) {
    const detail = `the grammar of ${languages.ofPath(path)?.name ?? 'its language'} could not be loaded`;
    workspace.applyChange({ kind: 'skip', file: { path, reason: 'no-grammar', detail } });
  }
  await read.files(
    sources.filter((path) => hasGrammar(languages, path)),
    'source',
    config.maxFileBytes,
    signal,
    (done, total) => {
      workspace.snapshot();
      onProgress(done, total);
    },
  );
  return {
    ok: true,
    project: {
      folder,
      languages,
      config,
      workspace,
      snapshot: workspace.snapshot(),
      inputs: [...(configFile?.inputs ?? []), ...read.inputs].sort((a, b) => compareText(a.path, b.path)),
      problems: [
        ...configProblems,
        ...files.problems,
        ...grammarProblems,
        ...projectRules.problems,
        ...[...read.problems].sort((a, b) => compareText(a.path ?? '', b.path ?? '')),
      ],
    },
  };
}

const NO_RULES: Problem = {
  code: 'no-rules',
  severity: 'error',
  message: 'No rule could be loaded: name a rule file, or a folder with YAML files that have `rules:`.',
};

function isError(problem: Problem): boolean {
  return problem.severity === 'error';
}

function hasGrammar(languages: LoadableLanguageSet, path: string): boolean {
  const language = languages.ofPath(path);
  return language !== undefined && languages.isLoaded(language.id);
}

interface LoadedConfig {
  readonly config: ProjectConfig;
  readonly inputs: readonly ProjectInput[];
  readonly problems: readonly Problem[];
}

async function loadConfig(folder: FolderHost, options: ProjectOptions): Promise<LoadedConfig | undefined> {
  const content = await folder.read(CONFIG_FILE, { maxBytes: MAX_YAML_BYTES });
  if (!content.ok && content.reason === 'missing') return undefined;
  const decoded = content.ok ? decodeFile(CONFIG_FILE, content.bytes, MAX_YAML_BYTES) : undefined;
  if (!content.ok || decoded?.kind !== 'text') {
    const detail = decoded?.kind === 'skipped' ? decoded.file.detail : content.ok ? '' : content.detail;
    const message = `The configuration cannot be read: ${detail}.`;
    const problem: Problem = { code: 'config-unreadable', severity: 'error', message, path: CONFIG_FILE };
    return { config: DEFAULT_CONFIG, inputs: [], problems: [problem] };
  }
  const outcome = readConfig(CONFIG_FILE, decoded.text);
  const sha256 = options.hashInputs === true ? sha256Hex(content.bytes) : '';
  return {
    config: outcome.value,
    inputs: [{ path: CONFIG_FILE, role: 'config', bytes: content.bytes.length, sha256 }],
    problems: [...decoded.problems, ...outcome.problems],
  };
}

interface ChosenFiles {
  /** Everything that is not excluded. */
  readonly listed: readonly string[];
  readonly inScope: readonly string[];
  readonly items: readonly string[];
  readonly problems: readonly Problem[];
}

async function chooseFiles(
  folder: FolderHost,
  config: ProjectConfig,
  options: ProjectOptions,
  signal: AbortSignal | undefined,
): Promise<ChosenFiles> {
  const problems: Problem[] = [];
  const found = await folder.list({
    noIgnore: options.noIgnore === true,
    ...(signal === undefined ? {} : { signal }),
    onUnreadable: (path, detail) =>
      problems.push({
        code: 'folder-unreadable',
        severity: 'warning',
        message: `Not analysed: ${detail}.`,
        path,
      }),
  });
  const named = (options.scope ?? []).filter((entry) => entry.isFile).map((entry) => entry.path);
  const all = [...new Set([...found, ...named])].sort(compareText);
  const isExcluded = options.noIgnore === true ? () => false : globTest(config.exclude).test;
  const listed = all.filter((path) => !isExcluded(path));
  const isItemFile = globTest(config.items).test;
  return {
    listed,
    inScope: listed.filter((path) => inScope(path, options.scope)),
    items: listed.filter((path) => isItemFile(path)),
    problems,
  };
}

function inScope(path: string, scope: readonly ScopeEntry[] | undefined): boolean {
  if (scope === undefined) return true;
  return scope.some(
    ({ path: at, isFile }) => path === at || (!isFile && (at === '' || path.startsWith(`${at}/`))),
  );
}

/** Reads files in batches into a workspace and keeps account of them. */
class InputReader {
  readonly inputs: ProjectInput[] = [];
  readonly problems: Problem[] = [];
  readonly #folder: FolderHost;
  readonly #workspace: Workspace;
  readonly #hash: boolean;

  constructor(folder: FolderHost, workspace: Workspace, hash: boolean) {
    this.#folder = folder;
    this.#workspace = workspace;
    this.#hash = hash;
  }

  async files(
    paths: readonly string[],
    role: ProjectInput['role'],
    maxBytes: number,
    signal: AbortSignal | undefined,
    onBatch: OnProgress = () => undefined,
  ): Promise<void> {
    for (let at = 0; at < paths.length; at += BATCH) {
      signal?.throwIfAborted();
      const batch = paths.slice(at, at + BATCH);
      const contents = await Promise.all(batch.map((path) => readText(this.#folder, path, maxBytes)));
      for (const content of contents) this.#take(content, role);
      onBatch(Math.min(at + BATCH, paths.length), paths.length);
    }
  }

  #take(content: FileRead, role: ProjectInput['role']): void {
    if (content.kind === 'skipped') {
      this.#workspace.applyChange({ kind: 'skip', file: content.file });
      return;
    }
    const sha256 = this.#hash ? sha256Hex(content.bytes) : '';
    this.inputs.push({ path: content.path, role, bytes: content.bytes.length, sha256 });
    this.problems.push(...content.problems);
    this.#workspace.applyChange({ kind: 'file', path: content.path, text: content.text });
  }
}
