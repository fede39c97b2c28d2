import { NO_MACROS, type MacroDefinition, type MacroTable } from '../preprocess/macros.ts';

/** What a C or C++ file knows of the headers that it includes, near and far, and of functions of other files. */
export interface Outside {
  readonly macros: MacroTable;
  /**
   * The one definition of a macro; none when headers differ.
   *
   * @param name with `()` behind it for a macro with parameters
   */
  macro(name: string): MacroDefinition | undefined;
  /** Names that macros of any header stand for: the only ones for which `macrosFor` may have an answer. */
  readonly aliased: ReadonlySet<string>;
  /** Macros that stand for just this name, `xfree` for `free` after `#define xfree free`, where all definitions of the macro agree. */
  macrosFor(name: string): readonly string[];
  /**
   * Source text of the one declaration of a name; none when headers differ.
   *
   * @param name a tag is `struct s`, `union u` or `enum e`
   */
  declaring(name: string): string | undefined;
  /** The one function of this name in a header that is included, else in any file; none when there are several that differ. */
  functionNamed(name: string): OutsideFunction | undefined;
  /** Models of functions that the configuration gives. */
  readonly models: unknown;
  /** Tells whether a file would be read in the same way as before. */
  readonly key: string;
}

/** A function of another file; the same object as long as nothing changes. */
export interface OutsideFunction {
  /** The definition as its file has it. */
  readonly text: string;
  /** What is known where it stands: what its file declares, and what that includes. */
  readonly outside: Outside;
}

/** Of a file that nothing else is known of. */
export const NOTHING_OUTSIDE: Outside = {
  macros: NO_MACROS,
  macro: () => undefined,
  aliased: new Set(),
  macrosFor: () => [],
  declaring: () => undefined,
  functionNamed: () => undefined,
  models: {},
  key: '',
};
