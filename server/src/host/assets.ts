import * as z from 'zod';

import { sortedEntries } from '../core/base/order.ts';
import type { Problem } from '../core/base/problem.ts';
import { readPreparedRules } from '../core/rules/preparedRules.ts';
import type { RuleSet } from '../core/rules/ruleSet.ts';
import { keepPrepared, type Prepared } from '../core/match/prepared.ts';
import type { LanguageDefinition } from '../core/syntax/language.ts';
import { initParser, languageSet, type LoadableLanguageSet } from '../core/syntax/loadLanguages.ts';
import { readLibraries, type ThreatLibrary } from '../core/threats/library.ts';
import type { Host } from './host.ts';

const filesSchema = z.array(z.object({ path: z.string(), text: z.string() }));

/** The languages that ship with Traceward, none of their grammars loaded yet. Rejects when the assets are missing. */
export async function loadLanguageSet(host: Host): Promise<LoadableLanguageSet> {
  // Written by the build from files that it has checked.
  const definitions = JSON.parse(
    await readAssetText(host, 'languages.json'),
  ) as readonly LanguageDefinition[];
  return languageSet(definitions);
}

/** The rules that ship with Traceward. Rejects when the assets are missing. */
export async function loadBuiltInRules(host: Host): Promise<RuleSet> {
  return readPreparedRules(await readAssetText(host, 'rules.json'));
}

/** The libraries of threats that ship with Traceward. Rejects when the assets are missing. */
export async function loadThreatLibraries(host: Host): Promise<readonly ThreatLibrary[]> {
  return readLibraries(filesSchema.parse(JSON.parse(await readAssetText(host, 'threats.json'))));
}

/** Loads grammars when the first file of their language is seen. */
export class GrammarLoader {
  /** By language. */
  readonly #problems = new Map<string, readonly Problem[]>();
  readonly #host: Host;
  readonly #languages: LoadableLanguageSet;
  readonly #tried = new Set<string>();

  constructor(host: Host, languages: LoadableLanguageSet) {
    this.#host = host;
    this.#languages = languages;
  }

  /** Grammars that are missing or did not load, each once, in the order of their languages. */
  get problems(): readonly Problem[] {
    return sortedEntries(this.#problems).flatMap(([, problems]) => problems);
  }

  /** Loads the grammars of languages, by their ids; those that have none are passed over. */
  async prepareLanguages(ids: Iterable<string>): Promise<void> {
    for (const id of ids) await this.prepare(this.#languages.ofName(id));
  }

  /** Loads the grammar of a language, if there is one; rejects only when the parser's own runtime is missing. */
  async prepare(language: LanguageDefinition | undefined): Promise<void> {
    if (language === undefined || this.#tried.has(language.id)) return;
    if (this.#tried.size === 0) await initParser(await this.#host.readAsset('tree-sitter.wasm'));
    this.#tried.add(language.id);
    this.#problems.set(language.id, await loadGrammar(this.#host, this.#languages, language.id));
  }
}

/**
 * Loads the grammar of a language, with the patterns of the rules that ship compiled for it. Never rejects.
 *
 * @returns what is missing or does not fit: then the language stays unloaded
 */
export async function loadGrammar(
  host: Host,
  languages: LoadableLanguageSet,
  id: string,
): Promise<readonly Problem[]> {
  try {
    const [wasm, patterns] = await Promise.all([
      host.readAsset(`${id}.wasm`),
      readAssetText(host, `${id}.prepared.json`),
    ]);
    const problems = await languages.load(id, wasm);
    const grammar = languages.grammar(id);
    // Written by the build from rules that it has compiled.
    if (grammar !== undefined) keepPrepared(grammar, JSON.parse(patterns) as Partial<Prepared>);
    return problems;
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    host.log('error', `The grammar ${id} could not be read: ${detail}`);
    const name = languages.ofName(id)?.name ?? id;
    const message = `The grammar for ${name} is missing: its files are not analysed. Reinstall Traceward.`;
    return [{ code: 'grammar-missing', severity: 'error', message }];
  }
}

async function readAssetText(host: Host, name: string): Promise<string> {
  return new TextDecoder().decode(await host.readAsset(name));
}
