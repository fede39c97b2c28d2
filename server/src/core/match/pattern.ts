import type { Demand } from '../ast/kinds.ts';

/**
 * A pattern compiled for one grammar: a tree with holes, in the vocabulary of `ast/kinds.ts`. Comments, layout, punctuation and
 * parentheses are gone. Plain data.
 */
export type PatternNode =
  /** `$X`, `$_` (no name), `(T $X)`: any one node. */
  | {
      readonly type: 'any';
      readonly role: string;
      readonly name: string | undefined;
      readonly declared: TypePattern | undefined;
      /** `{ $X }` in JavaScript: a field whose name and value are the same. */
      readonly isShorthand?: true;
      /** `#$X` in JavaScript: a name that begins so, all of it. */
      readonly sigil?: string;
    }
  /** `...` and `$...X`: zero or more list members. */
  | { readonly type: 'ellipsis'; readonly role: string; readonly name: string | undefined }
  /** `<... P ...>`: P at any depth. */
  | { readonly type: 'deep'; readonly role: string; readonly inner: PatternNode }
  /** `"..."` (no expression), `"=~/re/"`, `"$X"` (a name that is bound to the content). */
  | {
      readonly type: 'string';
      readonly role: string;
      readonly kind: 'string' | 'regex';
      /** Regular expression that holds somewhere in the content. */
      readonly regex: string | undefined;
      readonly name: string | undefined;
      /** `f"..."`: a string written as a template, whatever is in it. */
      readonly isTemplate: boolean;
      /** `b"..."`: bytes only. */
      readonly isBytes?: true;
    }
  /** A name, literal or token; of strings `text` is the content. */
  | {
      readonly type: 'leaf';
      readonly role: string;
      readonly kind: string;
      readonly text: string;
      /** `b"x"`, which is another value than `"x"`. */
      readonly isBytes?: true;
    }
  /** Code in a leaf that the grammar leaves unread, the value of a `#define`: an expression, or statements. */
  | { readonly type: 'unread'; readonly role: string; readonly patterns: readonly PatternNode[] }
  | TreePattern;

/** How literals begin that are templates even when they have nothing to fill in: `f"`, `` ` ``, `$@"`. */
export const TEMPLATE_QUOTE = /^(?:[A-Za-z]?[fF][A-Za-z]?["']|\$|@\$|`)/;

/** How literals of bytes begin: `b"`, `rb'`. */
export const BYTES_QUOTE = /^[rR]?[bB][rR]?#{0,8}["']/;

export interface TreePattern {
  readonly type: 'tree';
  readonly role: string;
  readonly kind: string;
  /** Of a construct, what is asked of each role that the pattern cares about; of a grammar's own kind all children as one. */
  readonly parts: readonly PatternPart[];
  /** Of a chain of names such as `os.path.join`: its parts. */
  readonly path: readonly string[] | undefined;
  /** `String $P` without a `;`: a variable that is given no value, or a parameter. */
  readonly orParameter?: true;
}

export interface PatternPart {
  /** Undefined: all children, whatever their role. */
  readonly role: string | undefined;
  readonly demand: Demand;
  readonly patterns: readonly PatternNode[];
}

/** Declared type of `(T $X)`: a pattern for the type, and modifiers that the declaration must carry. */
export interface TypePattern {
  readonly type: PatternNode;
  readonly modifiers: readonly string[];
}

/** What a whole pattern text means. */
export interface Pattern {
  /** One node, or a run of statements. */
  readonly shape:
    | { readonly is: 'node'; readonly node: PatternNode }
    | { readonly is: 'statements'; readonly sequence: readonly PatternNode[] };
  /** Words that any code it matches must contain: a file without one of them is not searched. */
  readonly words: readonly string[];
}

/** The parts of a role; empty when the pattern has none. */
export function partsOf(pattern: TreePattern, role: string): readonly PatternNode[] {
  for (const part of pattern.parts) if (part.role === role) return part.patterns;
  return [];
}
