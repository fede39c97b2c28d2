import type { AnalysisScope } from '../core/analyst.ts';
import { globTest } from '../core/base/glob.ts';
import { sha256Hex } from '../core/base/hash.ts';
import { nearestAmong } from '../core/base/nearest.ts';
import { compareText } from '../core/base/order.ts';
import type { Outcome, Problem } from '../core/base/problem.ts';
import { CONFIG_FILE } from '../core/base/configFile.ts';
import { DEFAULT_CONFIG, type ProjectConfig } from '../core/config/projectConfig.ts';
import { REVIEW_FOLDER } from '../core/trace/reviewText.ts';
import { itemSources } from '../core/config/itemSources.ts';
import { readConfig } from '../core/config/readConfig.ts';
import { forScan } from '../core/facts/analyseFile.ts';
import type { Snapshot } from '../core/facts/snapshot.ts';
import { embeddedLanguages } from '../core/match/checkRules.ts';
import { compileRule } from '../core/match/compileRule.ts';
import { loadRules, withMoreRules, type RuleFile } from '../core/rules/loadRules.ts';
import { ruleSetOf, type RuleSet } from '../core/rules/ruleSet.ts';
import type { SourceSettings } from '../core/trace/sources.ts';
import type { LoadableLanguageSet } from '../core/syntax/loadLanguages.ts';
import { createWorkspace, type Workspace } from '../core/workspace.ts';
import { analyseSources } from './analyseSources.ts';
import type { SourceJob } from './analysisThread.ts';
import { GrammarLoader, loadBuiltInRules, loadLanguageSet, loadThreatLibraries } from './assets.ts';
import { decodeFile, readInput, readText } from './decode.ts';
import { MAX_CACHE_BYTES, openFactsCache, type FactsCache } from './factsCache.ts';
import type { CacheStore, FolderHost, Host } from './host.ts';
import { findProjectRules } from './projectRules.ts';
import { historyFor } from './gitHistory.ts';
import { readHeaders, readTexts, type Header } from './readHeaders.ts';
import { sourceReader, type ProjectInput, type SourceResult } from './sourceReader.ts';

export type { ProjectInput } from './sourceReader.ts';

/** Item files that are read at the same time, and sources after which the progress is told. */
const BATCH = 16;
/** Configurations above this are refused; the YAML reader has a limit of its own below it. */
const MAX_YAML_BYTES = 8_000_000;
/** Item files above this are refused: some formats hold thousands of items in one file. */
const MAX_ITEM_FILE_BYTES = 64_000_000;

export interface ProjectOptions {
  /** URI of the workspace's root. */
  readonly folder: string;
  /** Only sources named here are analysed; item files are read all the same. Everything when absent. */
  readonly scope?: readonly ScopeEntry[];
  /** Rules that take the place of the built-in ones; `none` for a reader who asks for no findings at all. */
  readonly rules?: readonly RuleFile[] | 'none';
  /** Passes over `traceward.yaml`. */
  readonly noConfig?: boolean;
  /** Takes ignored, excluded and test files too. */
  readonly noIgnore?: boolean;
  /** Computes the SHA-256 of each input file. */
  readonly hashInputs?: boolean;
  /** What is asked of the sources at least; `all` when absent. */
  readonly asks?: AnalysisScope;
  /** Threads that analyse sources; chosen by the machine and the size of the sources when absent. */
  readonly threads?: number;
  /** Folder, named as the system does, in which facts are kept from run to run. Nothing is kept when absent. */
  readonly cache?: string;
}

/** A file or folder relative to the root; `''` is the root itself. A file that is named counts even when it is ignored. */
export interface ScopeEntry {
  readonly path: string;
  readonly isFile: boolean;
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
  const rules = await chooseRules(host, folder, config, files.listed, options.rules, languages);
  if (options.rules !== 'none' && rules.loaded.rules.length === 0) {
    return { ok: false, problems: [...rules.problems, ...rules.loaded.problems, NO_RULES] };
  }
  const inForce = rulesInForce(rules.loaded, options.rules === 'none' ? DEFAULT_CONFIG : config);

  const includeTests = options.noIgnore === true;
  const inputs = [...(configFile?.inputs ?? [])];
  const problems = [...configProblems, ...inForce.problems, ...files.problems];
  const effective = includeTests ? { ...config, exclude: [] } : config;
  const workspace = createWorkspace({
    languages,
    rules: inForce.value,
    config: effective,
    includeTests,
    threatLibraries: config.threats.libraries.length > 0 ? await loadThreatLibraries(host) : [],
  });
  const items = await readItems(
    folder,
    workspace,
    files.listed.filter((path) => workspace.roleOf(path) === 'items'),
    options,
    signal,
  );
  const sources = files.inScope.filter((path) => ['source', 'text'].includes(workspace.roleOf(path)));
  const grammars = new GrammarLoader(host, languages);
  await grammars.prepareLanguages(embeddedLanguages(inForce.value.rules));
  // All headers before the first source: what a file means depends on what it includes.
  const headers: Header[] = [];
  const candidates = files.listed.filter((path) => workspace.roleOf(path) === 'source');
  for await (const header of readHeaders(folder, candidates, config.maxFileBytes)) {
    signal?.throwIfAborted();
    headers.push(header);
    workspace.applyChange({ kind: 'declarations', ...header });
  }
  // And all functions before the first call of one, when a rule follows data there.
  const shared = candidates.filter((path) => workspace.sharesCode(path));
  for await (const { path, text } of readTexts(folder, shared, config.maxFileBytes)) {
    signal?.throwIfAborted();
    await grammars.prepare(workspace.analyst().languageOf(path, text));
    workspace.applyChange({ kind: 'code', path, text });
  }
  // Records of reviews speak of code by its fingerprint.
  const asked = files.listed.some(isReview) ? 'all' : (options.asks ?? 'all');
  const job: SourceJob = {
    folder: options.folder,
    paths: sources,
    rules: inForce.value,
    config: effective,
    includeTests,
    hashInputs: options.hashInputs === true,
    headers,
    shared: workspace.sharedFiles(),
    // What is kept serves runs that ask for more.
    scope: options.cache === undefined ? asked : 'kept',
    cache: options.cache,
  };
  const cache = await openCache(host, job, workspace);
  if (job.cache !== undefined && cache === undefined) problems.push(NO_CACHE);
  const analysed = await readSources(folder, workspace, grammars, job, {
    threads: options.threads,
    cache: cache?.facts,
    isScan: asked === 'findings',
    onProgress,
    signal,
  });
  await trimCache(host, cache?.store);
  const head = await folder.git(['rev-parse', 'HEAD']);
  workspace.applyChange({ kind: 'head', commit: head?.trim() });
  const history = await historyFor(folder, workspace.snapshot().trace);
  if (history !== undefined) workspace.applyChange({ kind: 'history', history });
  const snapshot = workspace.snapshot();
  if (
    snapshot.problems.some(({ code }) => code === 'rule-pattern') &&
    !anyRuleRuns(inForce.value, languages)
  ) {
    return { ok: false, problems: [...snapshot.problems, NO_RULES] };
  }
  return {
    ok: true,
    project: {
      folder,
      languages,
      config,
      workspace,
      snapshot,
      inputs: [...inputs, ...items.inputs, ...analysed.inputs].sort((a, b) => compareText(a.path, b.path)),
      problems: [
        ...problems,
        ...grammars.problems,
        ...rules.problems,
        ...items.problems,
        ...analysed.problems,
      ],
    },
  };
}

async function chooseRules(
  host: Host,
  folder: FolderHost,
  config: ProjectConfig,
  listed: readonly string[],
  given: ProjectOptions['rules'],
  languages: LoadableLanguageSet,
): Promise<{ readonly loaded: RuleSet; readonly problems: readonly Problem[] }> {
  if (given === 'none') return { loaded: ruleSetOf([], []), problems: [] };
  const project = await findProjectRules(folder, config.rules, listed);
  const loaded =
    given === undefined
      ? withMoreRules(await loadBuiltInRules(host), project.files, languages)
      : loadRules([...given, ...project.files], languages);
  return { loaded, problems: project.problems };
}

/** The rules that the configuration leaves switched on, with the severities that it gives them. */
function rulesInForce(loaded: RuleSet, config: ProjectConfig): Outcome<RuleSet> {
  const disabled = new Set(config.disable);
  const rules = loaded.rules
    .filter(({ id }) => !disabled.has(id))
    .map((rule) => ({ ...rule, severity: config.severity[rule.id] ?? rule.severity }));
  const unknown = [...config.disable, ...Object.keys(config.severity)].filter((id) => !loaded.byId.has(id));
  const nearest = nearestAmong(loaded.byId.keys());
  return {
    value: ruleSetOf(rules, loaded.problems),
    problems: unknown.map((id) => {
      const [near] = nearest(id, 1);
      const hint = near === undefined ? '' : ` Did you mean \`${near}\`?`;
      const message = `There is no rule \`${id}\`, so this setting has no effect.${hint}`;
      return { code: 'config-unknown-rule', severity: 'warning', message, path: CONFIG_FILE };
    }),
  };
}

/** False when no rule can be compiled for any of the grammars in use. */
function anyRuleRuns({ rules }: RuleSet, languages: LoadableLanguageSet): boolean {
  return rules.some((rule) =>
    rule.languages.some((id) => {
      const grammar = languages.grammar(id);
      return grammar === undefined || compileRule(rule, grammar).compiled !== undefined;
    }),
  );
}

const NO_RULES: Problem = {
  code: 'no-rules',
  severity: 'error',
  message: 'No rule could be loaded: name a rule file, or a folder with YAML files that have `rules:`.',
};

const NO_CACHE: Problem = {
  code: 'cache-unavailable',
  severity: 'warning',
  message:
    'No cache is used: nothing says which build of the analysis this is. Build or install Traceward anew.',
};

function isError(problem: Problem): boolean {
  return problem.severity === 'error';
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

function isReview(path: string): boolean {
  return path.startsWith(`${REVIEW_FOLDER}/`);
}

interface ChosenFiles {
  /** Everything that is not excluded. */
  readonly listed: readonly string[];
  readonly inScope: readonly string[];
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
  return {
    listed,
    inScope: listed.filter((path) => inScope(path, options.scope)),
    problems,
  };
}

function inScope(path: string, scope: readonly ScopeEntry[] | undefined): boolean {
  if (scope === undefined) return true;
  return scope.some(
    ({ path: at, isFile }) => path === at || (!isFile && (at === '' || path.startsWith(`${at}/`))),
  );
}

/** An item file in a format of Traceward's own. */
export interface OwnItemFile {
  readonly path: string;
  readonly text: string;
  readonly settings: SourceSettings;
}

/**
 * Reads the item files of a workspace in Traceward's own formats, and nothing else.
 *
 * @returns undefined as files when the configuration is wrong
 */
export async function loadOwnItems(
  host: Host,
  options: ProjectOptions,
  signal?: AbortSignal,
): Promise<{ readonly files: readonly OwnItemFile[] | undefined; readonly problems: readonly Problem[] }> {
  const folder = host.openFolder(options.folder);
  const loaded = options.noConfig === true ? undefined : await loadConfig(folder, options);
  const problems = [...(loaded?.problems ?? [])];
  if (problems.some(isError)) return { files: undefined, problems };
  const config = loaded?.config ?? DEFAULT_CONFIG;
  const chosen = await chooseFiles(folder, config, options, signal);
  problems.push(...chosen.problems);
  const sources = itemSources(config);
  const files: OwnItemFile[] = [];
  for (const path of chosen.inScope) {
    signal?.throwIfAborted();
    const settings = sources.ownSettings(path);
    const read = settings && (await readText(folder, path, MAX_ITEM_FILE_BYTES));
    if (settings !== undefined && read?.kind === 'text') files.push({ path, text: read.text, settings });
  }
  return { files, problems };
}

/** What was read, with what reading it found. */
interface Read {
  readonly inputs: readonly ProjectInput[];
  readonly problems: readonly Problem[];
}

/** Reads item files in batches into the workspace. */
async function readItems(
  folder: FolderHost,
  workspace: Workspace,
  paths: readonly string[],
  { hashInputs }: ProjectOptions,
  signal: AbortSignal | undefined,
): Promise<Read> {
  const inputs: ProjectInput[] = [];
  const problems: Problem[] = [];
  for (let at = 0; at < paths.length; at += BATCH) {
    const contents = await Promise.all(
      paths
        .slice(at, at + BATCH)
        .map((path) => readInput(folder, path, workspace.inputOf(path), MAX_ITEM_FILE_BYTES)),
    );
    for (const content of contents) {
      signal?.throwIfAborted();
      if (content.kind === 'skipped') {
        workspace.applyChange({ kind: 'skip', file: content.file });
        continue;
      }
      const { path, bytes } = content;
      const sha256 = hashInputs === true ? sha256Hex(bytes) : '';
      inputs.push({ path, role: 'items', bytes: bytes.length, sha256 });
      problems.push(...content.problems);
      workspace.applyChange(
        content.kind === 'bytes'
          ? { kind: 'bytes', path, bytes }
          : { kind: 'file', path, text: content.text },
      );
    }
  }
  return { inputs, problems };
}

/** What is wrong for all files alike is said once. */
function withoutEchoes(problems: readonly Problem[]): readonly Problem[] {
  const said = new Set<string>();
  return problems.filter(({ path, message }) => {
    if (path !== undefined) return true;
    const isNew = !said.has(message);
    said.add(message);
    return isNew;
  });
}

type OpenCache = Awaited<ReturnType<typeof openFactsCache>>;

async function openCache(host: Host, job: SourceJob, workspace: Workspace): Promise<OpenCache> {
  if (job.cache === undefined) return undefined;
  return openFactsCache(host, job.cache, (path, text) => workspace.analyst().factsKey(path, text));
}

/** A cache that cannot be tidied still serves. */
async function trimCache(host: Host, store: CacheStore | undefined): Promise<void> {
  try {
    await store?.trim(MAX_CACHE_BYTES);
  } catch (error) {
    host.log('warn', `The cache could not be trimmed: ${String(error)}`);
  }
}

interface HowToAnalyse {
  readonly threads: number | undefined;
  readonly cache: FactsCache | undefined;
  /** Nothing but findings is asked, whatever the cache holds. */
  readonly isScan: boolean;
  readonly onProgress: OnProgress;
  readonly signal: AbortSignal | undefined;
}

/** Analyses sources in one or several threads, and puts the results into the workspace in the order of the paths. */
async function readSources(
  folder: FolderHost,
  workspace: Workspace,
  grammars: GrammarLoader,
  job: SourceJob,
  { threads, cache, isScan, onProgress, signal }: HowToAnalyse,
): Promise<Read> {
  const results: (SourceResult | undefined)[] = job.paths.map(() => undefined);
  let done = 0;
  const threadProblems = await analyseSources(folder, {
    job,
    threads,
    reader: sourceReader({
      folder,
      grammars,
      languageOf: (path, text) => workspace.analyst().languageOf(path, text),
      analyse: (path, text) => workspace.analyst().analyse(path, text, job.scope),
      maxBytes: job.config.maxFileBytes,
      hashInputs: job.hashInputs,
      cache,
    }),
    onResult: (result, place) => {
      results[place] = result;
      done++;
      if (done % BATCH === 0 || done === job.paths.length) onProgress(done, job.paths.length);
    },
    signal,
  });
  const found = results.filter((result) => result !== undefined);
  // Grammars that only other threads have needed so far: what they lack is told here, and rules are compiled for them.
  await grammars.prepareLanguages(found.flatMap(({ language }) => language ?? []));
  for (const { analysis } of found) {
    workspace.applyChange(
      analysis.kind === 'facts'
        ? { kind: 'facts', facts: isScan ? forScan(analysis.facts) : analysis.facts }
        : { kind: 'skip', file: analysis.file },
    );
  }
  return {
    inputs: found.flatMap(({ input }) => input ?? []),
    problems: withoutEchoes([...threadProblems, ...found.flatMap(({ problems }) => problems)]),
  };
}
