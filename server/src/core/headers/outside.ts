import { NO_MACROS, type MacroDefinition, type MacroTable } from '../preprocess/macros.ts';

/** What a C or C++ file knows of the headers that it includes, near and far. */
export interface Outside {
  readonly macros: MacroTable;
  /**
   * The one definition of a macro; none when headers differ.
   *
   * @param name with `()` behind it for a macro with parameters
   */
  macro(name: string): MacroDefinition | undefined;
  /**
   * Source text of the one declaration of a name; none when headers differ.
   *
   * @param name a tag is `struct s`, `union u` or `enum e`
   */
  declaring(name: string): string | undefined;
  /** Models of functions that the configuration gives. */
  readonly models: unknown;
  /** Tells whether a file would be read in the same way as before. */
  readonly key: string;
}

/** Of a file that nothing else is known of. */
export const NOTHING_OUTSIDE: Outside = {
  macros: NO_MACROS,
  macro: () => undefined,
  declaring: () => undefined,
  models: {},
  key: '',
};
