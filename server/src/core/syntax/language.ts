import type { DeclaratorProfile, Readings } from './readings.ts';

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
  /** A language whose rules also run on this one: `typescript` of `tsx`. */
  readonly partOf?: string;
  readonly grammar: GrammarSource;
  readonly profile: LanguageProfile;
}

/** A definition as its file has it: the profile may begin with another language's. */
export interface LanguageFile extends Omit<LanguageDefinition, 'profile'> {
  readonly profile: LanguageProfile | ExtendedProfile;
}

/** Own keys take the place of those of the profile it extends; of `nodes`, kind by kind, and `null` takes a kind away. */
export interface ExtendedProfile extends Partial<Omit<LanguageProfile, 'nodes'>> {
  /** Identifier of the language whose profile this one begins with. */
  readonly extends: string;
  readonly nodes?: Readonly<Record<string, Readings[string] | null>>;
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
  /** How node kinds read as constructs: `ast/readings.ts`. */
  readonly nodes: Readings;
  /** Only for languages whose declarators are written around the name. */
  readonly declarators?: DeclaratorProfile;
  /**
   * Texts that may stand for `...` in a pattern, `{}` being an identifier, the likeliest first: `{};` as a statement, `int {};` as a
   * member. Which one fits where is found by parsing.
   */
  readonly ellipsisForms: readonly string[];
  /** How a piece of code is made a whole file, tried in order until one parses without error. */
  readonly patternContexts: readonly PatternContext[];
  /** Where a declared name is known: in its block (C, Java, `let`), or in the whole function (Python). */
  readonly scope: 'block' | 'function';
  /** How names are declared and seen, where the language differs from the usual. */
  readonly names?: NamesProfile;
  /** False when statements stand in functions alone: functions can then be matched one at a time. */
  readonly topLevelStatements?: boolean;
  /** The last expression of a body is its result (Rust, Kotlin lambdas). */
  readonly tailReturns?: boolean;
  /** Operators that match in any order and grouping, beside `+ * & | ^`. */
  readonly commutativeOperators?: readonly string[];
}

/** What `core/resolve` must know of a language; what is left out is the usual. */
export interface NamesProfile {
  /** From where a variable is known: in its whole `block` (JavaScript), from its `declarator` on (C), or `after` its declaration (usual). */
  readonly visible?: 'block' | 'declarator' | 'after';
  /** Modifiers that make a variable known in the whole function: `var` of JavaScript. */
  readonly hoisted?: readonly string[];
  /** A second declaration of a name in a block is a new variable (Rust), not the same one. */
  readonly redeclares?: boolean;
  /** A loop over a collection declares its variable only with a modifier or a type; else it assigns (JavaScript). */
  readonly bareLoopAssigns?: boolean;
  /** Members of a class are known in it by their bare name (Java, C++), and functions, types and values have names of their own. */
  readonly bareMembers?: boolean;
  /** A name as the key of a pair is an expression (Python), not a field's name. */
  readonly keyExpressions?: boolean;
  /** What stands at the top of a file can be changed by other files unless it is constant or has one of these modifiers (C: `static`). */
  readonly fileOnly?: readonly string[];
  /** `&x` as an operator takes an address through which x may be changed (C, Go); with `&mut` alone where absent. */
  readonly addresses?: boolean;
  /** Packages whose members are known without an import: `java.lang`. */
  readonly prelude?: readonly string[];
  /** An import that names no members makes those of its module known (C#, C++ `using namespace`). */
  readonly openImports?: boolean;
  /** `import a.b.*` tells what names may come from there (Java); else it says nothing (Python). */
  readonly wildcards?: boolean;
  /** Names of the types that literals have. */
  readonly literals?: Readonly<Partial<Record<'string' | 'integer' | 'decimal' | 'boolean', string>>>;
}

export type UnitKindName = 'function' | 'type' | 'declaration';

/**
 * A frame around pattern text. With `statements` and `declarations` the pattern is a run of nodes, otherwise one node; `part` is for
 * what is only part of a construct: a `catch`, an annotation, a `case`.
 */
export interface PatternContext {
  readonly role: 'expression' | 'statements' | 'declarations' | 'type' | 'member' | 'parameter' | 'part';
  readonly before: string;
  readonly after: string;
}
