/**
 * A pattern compiled for one grammar: a tree with holes. Kinds and fields are the grammar's numbers. Comments, layout,
 * punctuation and parentheses are gone.
 */
export type PatternNode =
  /** `$X`, `$_` (no name), `(T $X)`: any one node. */
  | { readonly type: 'any'; readonly name: string | undefined; readonly declared?: TypePattern }
  /** `...` and `$...X`: zero or more list members. */
  | { readonly type: 'ellipsis'; readonly name: string | undefined }
  /** `<... P ...>`: P at any depth. */
  | { readonly type: 'deep'; readonly inner: PatternNode }
  | { readonly type: 'leaf'; readonly kind: number; readonly text: string; readonly class: LeafClass }
  /** `"..."` (no test) or `"=~/re/"`. */
  | { readonly type: 'string'; readonly matches: ((content: string) => boolean) | undefined }
  | TreePattern;

export type LeafClass = 'identifier' | 'number' | 'string' | 'other';

export interface TreePattern {
  readonly type: 'tree';
  readonly kind: number;
  readonly children: readonly PatternChild[];
  /** Qualifiers, storage classes, attributes: each must be there, in any order. */
  readonly modifiers: readonly PatternNode[];
  /** Fields written in the pattern, to know what it leaves out. */
  readonly fields: ReadonlySet<number>;
}

export interface PatternChild {
  readonly field: number;
  readonly node: PatternNode;
  /**
   * Of a declarator: `loose` when the declared type is a hole (or there is none), which then stands for the `*` and `[]` around
   * the name too; `exact` when the type is written out, so that `int $X` is no `int *p`.
   */
  readonly declarator: 'loose' | 'exact' | undefined;
}

/** Type of `(T $X)`: its words and `*`, `[]`; of the qualifiers only `const` counts, when it is written. `$T` is any type. */
export interface TypePattern {
  readonly isConst: boolean;
  readonly hole: string | undefined;
  readonly words: readonly string[];
  /** `*`, `&` and `[]` after the words, in order. */
  readonly suffix: string;
}

/** What a whole pattern text means. */
export interface Pattern {
  /** One node, or a run of statements. */
  readonly shape:
    | { readonly is: 'node'; readonly node: PatternNode }
    | { readonly is: 'statements'; readonly sequence: readonly PatternNode[] };
  /** Identifiers that any code it matches must contain: a file without one of them is not searched. */
  readonly words: readonly string[];
}
