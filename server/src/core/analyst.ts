import { CONFIG_FILE } from './base/configFile.ts';
import type { ProjectConfig } from './config/projectConfig.ts';
import type { PathTest } from './base/glob.ts';
import { globTest } from './base/glob.ts';
import { sha256Hex } from './base/hash.ts';
import { sortedEntries } from './base/order.ts';
import type { Problem } from './base/problem.ts';
import {
  analyseFile,
  factsWithoutParse,
  mayBeTagged,
  mayTell,
  type AnalysisSettings,
} from './facts/analyseFile.ts';
import type { FileFacts, SkippedFile } from './facts/fileFacts.ts';
import { usesIn, type FileUses } from './headers/declarations.ts';
import type { FunctionFinder } from './flow/functionFinder.ts';
import type { SharedFile } from './flow/shared.ts';
import type { HeaderIndex } from './headers/headerIndex.ts';
import { looksAt } from './match/compileRule.ts';
import { OtherFiles } from './match/otherFiles.ts';
import { sharedFileOf } from './match/sharedFile.ts';
import { indexRules, type RuleIndex } from './match/ruleIndex.ts';
import { compileSafely } from './match/runOnText.ts';
import { conditionMacros, tableOfShapes } from './preprocess/macros.ts';
import type { RuleSet } from './rules/ruleSet.ts';
import type { Grammar } from './syntax/grammar.ts';
import type { LanguageDefinition } from './syntax/language.ts';
import type { LanguageSet } from './syntax/languageSet.ts';
import {
  freeFile,
  NO_PREPROCESSING,
  parseFile,
  parseOutline,
  type Preprocessing,
} from './syntax/parsedFile.ts';
import { PLAIN_TEXT } from './syntax/plainText.ts';
import { readModels } from './values/readModels.ts';

/** What a file is analysed with. */
export interface AnalystOptions {
  readonly languages: LanguageSet;
  readonly rules: RuleSet;
  readonly config: ProjectConfig;
  /** Report findings in test code too. */
  readonly includeTests: boolean;
  /** What C and C++ files include and call; may change between two files. */
  readonly headers: HeaderIndex;
  /** Functions that files call in each other, for rules that follow data there; may change between two files. */
  readonly functions: FunctionFinder;
}

/** What came of a file. Plain data: it goes from thread to thread and onto a disk as it is. */
export type Analysis =
  | { readonly kind: 'facts'; readonly facts: FileFacts }
  | { readonly kind: 'skipped'; readonly file: SkippedFile };

/**
 * What is asked of a file. `findings`: findings and tags, but nothing that only a comparison with another time needs: no fingerprints,
 * nothing to tell when what it includes has changed; a file in which no rule can find anything is not parsed. `trace`: only tags and what carries them.
 * `kept`: all, and whether a scan would parse the file, so that a scan can be served from it.
 */
export type AnalysisScope = 'all' | 'kept' | 'findings' | 'trace';

/**
 * Analyses files one by one with one set of rules and one configuration. It keeps compiled rules and nothing of a file, so that any
 * number of analysts in any number of threads come to the same facts.
 */
export interface Analyst {
  /** Analyses a text. Never throws: one bad file never takes the rest down, it is named as not analysed. */
  analyse(path: string, text: string, scope?: AnalysisScope): Analysis;
  /**
   * What is known of a file of this language before it is parsed.
   *
   * @param uses what it asks other files for, when that is known already
   */
  preprocessingFor(path: string, text: string, grammar: Grammar, uses?: FileUses): Preprocessing;
  /** The language of a file, by its ending, its text, and by what includes it. */
  languageOf(path: string, text: string): LanguageDefinition | undefined;
  /** The grammar of a file, when it is loaded. */
  grammarOf(path: string, text: string): Grammar | undefined;
  /** For files whose trees are kept. */
  settingsFor(path: string, grammar: Grammar, withHash: boolean): AnalysisSettings;
  /** A file of this language was analysed elsewhere: its rules count as used, so that `problems` says what keeps them from running. */
  expect(language: string): void;
  /**
   * Names the facts that a text has: a hash of all that they depend on but the engine. Rules, languages and what matters of the configuration,
   * path and text, and what is known of the headers that it includes.
   */
  factsKey(path: string, text: string): string;
  /** Whether rules follow data into functions of a file like this one. */
  sharesCode(path: string): boolean;
  /** What a file offers to calls from other files; undefined when no rule asks for it, or it cannot be read. */
  sharedFile(path: string, text: string): SharedFile | undefined;
  /** What keeps rules from running in the languages seen so far. */
  problems(): readonly Problem[];
}

export function createAnalyst(options: AnalystOptions): Analyst {
  const { languages, rules, config, includeTests, headers, functions } = options;
  const isTest: PathTest = globTest(config.tests).test;
  const disabled = new Set(config.disable);
  const macros = tableOfShapes(config.c.macros);
  const known = conditionMacros(config.c.defines, config.c.undefines);
  const modelProblems = problemsOfModels(config, languages);
  /** By language, indexed when its first file is seen. */
  const indexes = new Map<string, RuleIndex>();
  let settingsKey: string | undefined;
  /** Languages of rules that follow data into other files. */
  const followed = new Set(
    rules.rules
      .filter((rule) => rule.formula.op === 'taint' && rule.options.interfile && !disabled.has(rule.id))
      .flatMap((rule) => rule.languages),
  );

  const rulesFor = (grammar: Grammar): RuleIndex => {
    const { id } = grammar.definition;
    let index = indexes.get(id);
    if (index === undefined) {
      const ofLanguage = rules.rules.filter((rule) => looksAt(rule, id) && !disabled.has(rule.id));
      index = indexRules(ofLanguage, grammar, (rule) => compileSafely(rule, grammar, languages));
      indexes.set(id, index);
    }
    return index;
  };
  const languageOf = (path: string, text: string): LanguageDefinition | undefined =>
    languages.ofFile(path, text, (header) => headers.includersOf(header));
  const grammarOf = (path: string, text: string): Grammar | undefined =>
    languages.grammar(languageOf(path, text)?.id ?? PLAIN_TEXT);
  const settingsFor = (path: string, grammar: Grammar, withHash: boolean): AnalysisSettings => ({
    rules: rulesFor(grammar),
    severityOf: ({ rule }) => config.severity[rule.id] ?? rule.severity,
    prefixes: config.prefixes,
    tags: config.trace.tags,
    withHash,
    comparable: true,
    tagsOnly: !includeTests && isTest(path),
    otherFiles: followed.has(grammar.definition.id) ? otherFiles : undefined,
  });

  const preprocessingFor = (
    path: string,
    text: string,
    { definition }: Grammar,
    counted?: FileUses,
  ): Preprocessing => {
    if (definition.dialect === undefined) return NO_PREPROCESSING;
    const uses = counted ?? usesIn(text);
    return { macros, known, uses, outside: headers.outsideOf(path, uses) };
  };

  const otherFiles = new OtherFiles({
    finder: functions,
    grammarOf: (language) => languages.grammar(language),
    rulesFor,
    parse: ({ path, text }, grammar) => parseFile(grammar, text, preprocessingFor(path, text, grammar)),
  });
  const sharesCode = (path: string): boolean => {
    const { id } = languageOf(path, '') ?? {};
    return id !== undefined && followed.has(id) && (includeTests || !isTest(path));
  };

  return {
    preprocessingFor,
    sharesCode,
    sharedFile(path, text) {
      const grammar = sharesCode(path) ? grammarOf(path, text) : undefined;
      if (grammar === undefined) return undefined;
      try {
        return sharedFileOf(path, text, grammar, preprocessingFor(path, text, grammar));
      } catch {
        // What keeps a file from being read is told when it is analysed.
        return undefined;
      }
    },
    languageOf,
    grammarOf,
    settingsFor,
    analyse(path, text, scope = 'all') {
      const grammar = grammarOf(path, text);
      if (grammar === undefined) return withoutGrammar(path, languageOf(path, text));
      return attempt(path, () => {
        const settings = settingsFor(path, grammar, scope !== 'trace');
        if (scope === 'trace' && !mayBeTagged(text, settings))
          return factsWithoutParse(path, grammar, text, settings);
        const preprocessing = preprocessingFor(path, text, grammar);
        const isIdle =
          (scope === 'findings' || scope === 'kept') && !mayTell(path, text, settings, preprocessing);
        if (isIdle && scope === 'findings') return factsWithoutParse(path, grammar, text, settings);
        const parse = scope === 'trace' ? parseOutline : parseFile;
        const parsed = parse(grammar, text, preprocessing);
        try {
          const facts = analyseFile(path, parsed, {
            ...settings,
            comparable: scope === 'all' || scope === 'kept',
          });
          return isIdle ? { ...facts, idle: true } : facts;
        } finally {
          freeFile(parsed);
        }
      });
    },
    expect: (language) => {
      const grammar = languages.grammar(language);
      if (grammar !== undefined) rulesFor(grammar);
    },
    factsKey: (path, text) => {
      settingsKey ??= keyOfSettings(options);
      const { dialect, id } = languageOf(path, text) ?? {};
      const outside = dialect === undefined ? '' : headers.outsideOf(path, usesIn(text)).key;
      const called = id !== undefined && followed.has(id) ? functions.keyOfAll() : '';
      return sha256Hex(JSON.stringify([settingsKey, path, sha256Hex(text), outside, called]));
    },
    problems: () => [...modelProblems, ...sortedEntries(indexes).flatMap(([, index]) => index.problems())],
  };
}

function keyOfSettings({ languages, rules, config, includeTests }: AnalystOptions): string {
  const { severity, disable, prefixes, trace, tests, c } = config;
  const settings = { severity, disable, prefixes, tags: trace.tags, tests, c, includeTests };
  return sha256Hex(JSON.stringify([rules.fingerprint, settings, languages.definitions]));
}

/** What is wrong with the models of functions that the configuration gives. */
function problemsOfModels({ c }: ProjectConfig, { definitions }: LanguageSet): readonly Problem[] {
  const shipped = definitions.find(({ dialect }) => dialect !== undefined)?.models ?? [];
  return readModels([...shipped, c.models]).mistakes.map((mistake) => ({
    code: 'config-model',
    severity: 'warning',
    message: `${mistake} This model is not used.`,
    path: CONFIG_FILE,
  }));
}

/** Whatever is thrown while a file is analysed is told of this file. */
export function attempt(path: string, analyse: () => FileFacts): Analysis {
  try {
    return { kind: 'facts', facts: analyse() };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { kind: 'skipped', file: { path, reason: 'failed', detail: `internal error: ${detail}` } };
  }
}

export function withoutGrammar(path: string, language: LanguageDefinition | undefined): Analysis {
  const name = language?.name ?? 'this language';
  return {
    kind: 'skipped',
    file: { path, reason: 'no-grammar', detail: `the ${name} grammar is not loaded` },
  };
}
