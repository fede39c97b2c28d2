/**
 * The keys of the rule language as data. The readers check mappings against these tables, and the JSON Schema that editors
 * complete from is made of them, so that the two cannot drift apart.
 */
export type KeyTable = Readonly<Record<string, Key>>;

export interface Key {
  /** Shown by editors. One or two plain sentences. */
  readonly description: string;
  readonly shape: Shape;
  readonly required?: true;
}

/** What a value may be. */
export type Shape =
  /** Text; numbers and booleans are taken as they are written in the file, and in `code` the word `null` too. */
  | { readonly is: 'text'; readonly mayBeEmpty?: true; readonly code?: true }
  | { readonly is: 'regex' }
  | { readonly is: 'boolean' }
  | { readonly is: 'integer'; readonly least: number; readonly most: number }
  | { readonly is: 'oneOf'; readonly values: readonly (string | number | boolean)[]; readonly anyCase?: true }
  /** `$X`, `$...ARGS` or `$1`. */
  | { readonly is: 'metavariable' }
  | { readonly is: 'list'; readonly of: Shape; readonly least: number; readonly most?: number }
  | { readonly is: 'oneOrMore'; readonly of: Shape }
  | { readonly is: 'mapping'; readonly keys: KeyTable }
  /** Free: nothing is asked of it here. */
  | { readonly is: 'anything'; readonly type?: 'object' }
  /** Read by a reader of its own; the name is that of a definition in the schema. */
  | { readonly is: 'definition'; readonly name: DefinitionName };

export type DefinitionName =
  | 'formula'
  | 'patternOrFormula'
  | 'negated'
  | 'anywhere'
  | 'entries'
  | 'alternatives'
  | 'newEntries'
  | 'newAlternatives'
  | 'conditions'
  | 'labels'
  | 'sources'
  | 'sinks'
  | 'sanitizers'
  | 'propagators'
  | 'newSources'
  | 'newSinks'
  | 'newSanitizers'
  | 'newPropagators';

/** A metavariable that can be asked about: `$X`, `$...ARGS`, and `$1` of a regular expression's group. */
export const METAVARIABLE = /^\$(?:(?:\.\.\.)?[A-Z_][A-Z_0-9]*|[1-9][0-9]?)$/;

export const TEXT = { is: 'text' } as const;
export const CODE = { is: 'text', code: true } as const;
export const REGEX = { is: 'regex' } as const;
export const BOOLEAN = { is: 'boolean' } as const;
export const NAME = { is: 'metavariable' } as const;

/** Shape of a value that a reader of its own reads. */
export function definition(name: DefinitionName): Shape {
  return { is: 'definition', name };
}
