import { sha256Hex } from '../core/base/hash.ts';
import type { Problem } from '../core/base/problem.ts';
import type { Analysis } from '../core/analyst.ts';
import type { GrammarLoader } from './assets.ts';
import { readText, type FileRead } from './decode.ts';
import type { FactsCache } from './factsCache.ts';
import type { FolderHost } from './host.ts';
import type { LanguageDefinition } from '../core/syntax/language.ts';

/** A file that the results rest on. */
export interface ProjectInput {
  readonly path: string;
  readonly role: 'source' | 'items' | 'config';
  /** Size as stored. */
  readonly bytes: number;
  /** Of the bytes as stored; `''` unless asked for. */
  readonly sha256: string;
}

/** All that comes of one source. Plain data. */
export interface SourceResult {
  readonly path: string;
  readonly analysis: Analysis;
  /** Id of its language, whether its grammar could be loaded or not; undefined for a file that has none or was not read. */
  readonly language: string | undefined;
  /** Undefined for a file that was not read. */
  readonly input: ProjectInput | undefined;
  /** Of reading the file, such as its encoding. */
  readonly problems: readonly Problem[];
}

export interface SourceReaderOptions {
  readonly folder: FolderHost;
  readonly grammars: GrammarLoader;
  readonly languageOf: (path: string, text: string) => LanguageDefinition | undefined;
  /** Of an analyst or a workspace. */
  readonly analyse: (path: string, text: string) => Analysis;
  /** Larger files are skipped. */
  readonly maxBytes: number;
  /** Computes the SHA-256 of each file. */
  readonly hashInputs: boolean;
  readonly cache: FactsCache | undefined;
}

/** An analysis with the language of the text, and what was wrong with the cache. */
type Analysed = Pick<SourceResult, 'analysis' | 'language' | 'problems'>;

/** Reads and analyses sources; the same serves every thread. */
export interface SourceReader {
  read(path: string): Promise<FileRead>;
  /** Rejects only when the parser's runtime is missing. */
  analyse(path: string, file: FileRead): Promise<SourceResult>;
}

export function sourceReader(options: SourceReaderOptions): SourceReader {
  const { folder, grammars, maxBytes, hashInputs, cache } = options;
  const analyse = async (path: string, text: string): Promise<Analysed> => {
    const kept = await cache?.read(path, text);
    if (kept?.facts !== undefined) {
      return { analysis: { kind: 'facts', facts: kept.facts }, language: kept.facts.language, problems: [] };
    }
    const language = options.languageOf(path, text);
    await grammars.prepare(language);
    const analysis = options.analyse(path, text);
    const written =
      analysis.kind === 'facts' && kept !== undefined
        ? await cache?.write(kept.key, analysis.facts)
        : undefined;
    return {
      analysis,
      language: language?.id,
      problems: [kept?.problem, written].filter((problem) => problem !== undefined),
    };
  };
  return {
    read: (path) => readText(folder, path, maxBytes),
    async analyse(path, file) {
      if (file.kind === 'skipped') {
        const analysis: Analysis = { kind: 'skipped', file: file.file };
        return { path, analysis, language: undefined, input: undefined, problems: [] };
      }
      const sha256 = hashInputs ? sha256Hex(file.bytes) : '';
      const { analysis, language, problems } = await analyse(path, file.text);
      return {
        path,
        analysis,
        language,
        input: { path, role: 'source', bytes: file.bytes.length, sha256 },
        problems: [...file.problems, ...problems],
      };
    },
  };
}
