import type { Problem } from '../core/base/problem.ts';
import { withMoreRules, type RuleFile } from '../core/rules/loadRules.ts';
import type { RuleSet } from '../core/rules/ruleSet.ts';
import type { ThreatLibrary } from '../core/threats/library.ts';
import { initParser, type LoadableLanguageSet } from '../core/syntax/loadLanguages.ts';
import { createWorkspace, type Workspace, type WorkspaceOptions } from '../core/workspace.ts';
import { loadBuiltInRules, loadGrammar, loadLanguageSet, loadThreatLibraries } from '../host/assets.ts';
import type { Host } from '../host/host.ts';
import type { LanguageDefinition } from '../core/syntax/language.ts';

/** The core with its data loaded: languages, built-in rules, and grammars as they are needed. */
export interface Engine {
  readonly languages: LoadableLanguageSet;
  readonly builtInRules: RuleSet;
  readonly threatLibraries: readonly ThreatLibrary[];
  /** The built-in rules and those of a project. */
  rulesWith(files: readonly RuleFile[]): RuleSet;
  createWorkspace(options: WorkspaceOptions): Workspace;
  /** Loads the grammar of a file, once. What goes wrong is told to `onProblem` of `loadEngine`. */
  prepare(language: LanguageDefinition | undefined): Promise<void>;
  /** Loads the grammars of languages by their ids, each once. */
  prepareLanguages(ids: Iterable<string>): Promise<void>;
  /** False when `prepare` would have to load something. */
  isPrepared(language: LanguageDefinition | undefined): boolean;
}

/** Parts of the engine that a test may replace. */
export interface EngineParts {
  readonly createWorkspace?: (options: WorkspaceOptions) => Workspace;
}

/** One parser runtime for a process, however many connections it serves. */
let parserRuntime: Promise<void> | undefined;

/** Reads the assets. Rejects when one is missing: then nothing can work, and the caller says so. */
export async function loadEngine(
  host: Host,
  onProblem: (problem: Problem) => void,
  parts: EngineParts = {},
): Promise<Engine> {
  const [languages, builtInRules, threatLibraries] = await Promise.all([
    loadLanguageSet(host),
    loadBuiltInRules(host),
    loadThreatLibraries(host),
  ]);
  parserRuntime ??= host.readAsset('tree-sitter.wasm').then(initParser);
  await parserRuntime;
  builtInRules.problems.forEach(onProblem);
  /** Loaded, or failed once: a broken grammar is not tried again for every file. */
  const settled = new Set<string>();
  const loading = new Map<string, Promise<void>>();

  const isSettled = (id: string): boolean =>
    languages.isLoaded(id) || settled.has(id) || languages.ofName(id) === undefined;
  const load = async (id: string): Promise<void> => {
    (await loadGrammar(host, languages, id)).forEach(onProblem);
    settled.add(id);
  };

  const prepareLanguage = async (id: string): Promise<void> => {
    const pending = loading.get(id) ?? load(id);
    loading.set(id, pending);
    await pending;
  };

  return {
    languages,
    builtInRules,
    threatLibraries,
    createWorkspace: parts.createWorkspace ?? createWorkspace,
    rulesWith: (files) => withMoreRules(builtInRules, files, languages),
    isPrepared: (language) => language === undefined || isSettled(language.id),
    prepare: async (language) => {
      if (language !== undefined && !isSettled(language.id)) await prepareLanguage(language.id);
    },
    prepareLanguages: async (ids) => {
      for (const id of ids) if (!isSettled(id)) await prepareLanguage(id);
    },
  };
}
