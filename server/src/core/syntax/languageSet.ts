import type { LanguageDefinition } from './language.ts';

/** The languages known, and the grammars loaded so far. */
export interface LanguageSet {
  readonly definitions: readonly LanguageDefinition[];
  /** Language of a path by its ending. */
  ofPath(path: string): LanguageDefinition | undefined;
  /** Language of an id or alias as rules write them. */
  ofName(name: string): LanguageDefinition | undefined;
  /** True once the grammar's wasm is loaded. */
  isLoaded(id: string): boolean;
}
