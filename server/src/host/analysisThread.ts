import { createAnalyst, type AnalysisScope } from '../core/analyst.ts';
import type { ProjectConfig } from '../core/config/projectConfig.ts';
import { FunctionFinder } from '../core/flow/functionFinder.ts';
import type { SharedFile } from '../core/flow/shared.ts';
import { HeaderIndex } from '../core/headers/headerIndex.ts';
import { embeddedLanguages } from '../core/match/checkRules.ts';
import type { RuleSet } from '../core/rules/ruleSet.ts';
import { GrammarLoader, loadLanguageSet } from './assets.ts';
import { openFactsCache } from './factsCache.ts';
import { handOut, type HandOutMemory } from './handOut.ts';
import type { Host } from './host.ts';
import type { Header } from './readHeaders.ts';
import { sourceReader, type SourceResult } from './sourceReader.ts';

/** Sources that are to be analysed, and with what. Plain data. */
export interface SourceJob {
  /** URI of the workspace's root. */
  readonly folder: string;
  readonly paths: readonly string[];
  readonly rules: RuleSet;
  readonly config: ProjectConfig;
  readonly includeTests: boolean;
  readonly hashInputs: boolean;
  /** What the headers of the workspace declare. */
  readonly headers: readonly Header[];
  /** What files offer to calls from others, for rules that follow data there. */
  readonly shared: readonly SharedFile[];
  readonly scope: AnalysisScope;
  /** Folder of the cache of facts. */
  readonly cache: string | undefined;
}

/** What a thread is given. */
export interface ThreadData {
  readonly job: SourceJob;
  /** Places in the job's paths, in the order in which they are handed out. */
  readonly order: readonly number[];
  readonly memory: HandOutMemory;
  /** Number of this thread. */
  readonly thread: number;
}

/** What a thread sends: what came of a file, at its place in `order`; in the end, that it is done. */
export type ThreadMessage =
  { readonly kind: 'result'; readonly at: number; readonly result: SourceResult } | { readonly kind: 'done' };

/** The whole life of a thread: takes files until none is left. */
export async function runAnalysisThread(
  host: Host,
  { job, order, memory, thread }: ThreadData,
  post: (message: ThreadMessage) => void,
): Promise<void> {
  const languages = await loadLanguageSet(host);
  const grammars = new GrammarLoader(host, languages);
  await grammars.prepareLanguages([
    ...embeddedLanguages(job.rules.rules),
    ...new Set(job.shared.map(({ language }) => language)),
  ]);
  const headers = new HeaderIndex(job.config.c, languages.certainOf);
  for (const { path, declarations } of job.headers) headers.set(path, declarations);
  const functions = new FunctionFinder();
  for (const file of job.shared) functions.set(file);
  const analyst = createAnalyst({ ...job, languages, headers, functions });
  const sources = sourceReader({
    folder: host.openFolder(job.folder),
    grammars,
    languageOf: (path, text) => analyst.languageOf(path, text),
    analyse: (path, text) => analyst.analyse(path, text, job.scope),
    maxBytes: job.config.maxFileBytes,
    hashInputs: job.hashInputs,
    cache:
      job.cache === undefined
        ? undefined
        : (await openFactsCache(host, job.cache, (path, text) => analyst.factsKey(path, text)))?.facts,
  });
  const files = handOut(memory, order.length);
  for (let at = files.take(thread); at !== undefined; at = files.take(thread)) {
    const path = job.paths[order[at] ?? -1];
    if (path === undefined) continue;
    post({ kind: 'result', at, result: await sources.analyse(path, await sources.read(path)) });
  }
  post({ kind: 'done' });
}
