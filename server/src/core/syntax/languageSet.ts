import type { Grammar } from './grammar.ts';
import type { LanguageDefinition } from './language.ts';

/** The languages known, and the grammars loaded so far. */
export interface LanguageSet {
  readonly definitions: readonly LanguageDefinition[];
  /** Language of a path by its ending. */
  ofPath(path: string): LanguageDefinition | undefined;
  /** Id of the language of a path whose ending serves no other language. */
  readonly certainOf: (path: string) => string | undefined;
  /**
   * Language of a file by its ending and, where an ending serves two languages, by its text or by those of the files that include it.
   *
   * @param includers ids of these languages
   */
  ofFile(
    path: string,
    text: string,
    includers?: (path: string) => ReadonlySet<string>,
  ): LanguageDefinition | undefined;
  /** Language of an id or alias as rules write them. */
  ofName(name: string): LanguageDefinition | undefined;
  /** True once the grammar's wasm is loaded. */
  isLoaded(id: string): boolean;
  /** `PLAIN_TEXT` has one from the start. */
  grammar(id: string): Grammar | undefined;
  /** Syntax trees that are not freed yet, over all grammars. */
  liveTrees(): number;
}
