/**
 * What the engine knows of a programming language: data only, read from `grammars/<id>/language.json`. Adding a language adds a
 * folder there and no code here.
 */
export interface LanguageDefinition {
  /** Identifier used in rules and results: `c`, `cpp`. */
  readonly id: string;
  readonly name: string;
  /** Other spellings accepted in a rule's `languages`. */
  readonly aliases: readonly string[];
  /** File name endings with their dot, lower case. */
  readonly extensions: readonly string[];
  /** Identifiers that editors use for the language (VS Code's `languageId`). */
  readonly editorIds: readonly string[];
  /** Files of another language's ending that are this one when their text matches: C++ headers named `.h`. */
  readonly claims?: { readonly extensions: readonly string[]; readonly pattern: string };
  readonly grammar: GrammarSource;
  readonly profile: LanguageProfile;
}

/** Where a grammar's wasm comes from; checked at build time. */
export interface GrammarSource {
  readonly package: string;
  readonly version: string;
  readonly licence: string;
  /** Path of the wasm inside the package. */
  readonly file: string;
  /** SHA-256 of the wasm, lower-case hex. */
  readonly sha256: string;
}

/** Node kinds and fields of a grammar by the role they play. Kinds that a grammar lacks are an error at load time. */
export interface LanguageProfile {
  /** Text put before a metavariable's name to make an identifier of the language. */
  readonly metavariablePrefix: string;
  readonly comments: readonly string[];
  /** How a line comment starts, for text that the product writes. */
  readonly lineComment: string;
  /** Kinds of code that can carry a tag, with the word shown to users. */
  readonly units: Readonly<Record<string, UnitKindName>>;
  /** Fields followed from a unit down to the leaf that names it, in order of preference. */
  readonly nameFields: readonly string[];
  readonly call: { readonly kind: string; readonly callee: string; readonly arguments: string };
  /** Kinds whose children are a list of statements. */
  readonly blocks: readonly string[];
  /** The block kind written with braces, whose statement list must agree exactly in a pattern. */
  readonly bracedBlocks: readonly string[];
  readonly statements: readonly string[];
  /** Statements may stand outside of functions. */
  readonly topLevelStatements: boolean;
  readonly expressionStatement: string;
  /** Statements into whose expression an expression-statement pattern looks. */
  readonly deepStatements: readonly string[];
  readonly strings: readonly string[];
  readonly numbers: readonly string[];
  /** Kinds of identifiers, of types and fields too: a metavariable in code is parsed as one of these. */
  readonly identifiers: readonly string[];
  /** Kinds around a single expression that mean nothing of their own. */
  readonly parentheses: readonly string[];
  readonly assignment: {
    readonly kind: string;
    readonly operator: string;
    readonly left: string;
    readonly right: string;
  };
  /** A declaration with initialiser, which an assignment pattern also matches. */
  readonly initialiser: {
    readonly declaration: string;
    readonly kind: string;
    readonly left: string;
    readonly right: string;
    readonly wrappers: readonly string[];
  };
  /** Kinds that a pattern may leave out and write in any order (storage classes, qualifiers, attributes). */
  readonly modifiers: readonly string[];
  /** Fields that a pattern may leave out, by kind. */
  readonly optionalFields: Readonly<Record<string, readonly string[]>>;
  /** Binary operators that match in any order. */
  readonly commutativeOperators: readonly string[];
  readonly binary: {
    readonly kind: string;
    readonly left: string;
    readonly right: string;
    readonly operator: string;
  };
  /** Declarations that give a name a type: the typed metavariable `(T $X)` looks these up. */
  readonly typedDeclarations: readonly {
    readonly kind: string;
    readonly type: string;
    readonly declarator: string;
  }[];
  /** How a piece of code is made a whole file, tried in order until one parses without error. */
  readonly patternContexts: readonly PatternContext[];
}

export type UnitKindName = 'function' | 'type' | 'declaration';

/** A frame around pattern text; `role` tells which nodes the pattern may match. */
export interface PatternContext {
  readonly role: 'expression' | 'statements' | 'declarations' | 'type' | 'member' | 'parameter';
  readonly before: string;
  readonly after: string;
}
