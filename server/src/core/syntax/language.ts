import type { MacroShape } from '../preprocess/macros.ts';
import type { Dialect } from '../preprocess/words.ts';
import type { NameRules, TypeRules } from './nameRules.ts';
import type { DeclaratorProfile, Readings, Source } from './readings.ts';

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
  /** Files of another language's ending that are this one when their text matches, or when only files of this one include them: C++ headers named `.h`. */
  readonly claims?: { readonly extensions: readonly string[]; readonly pattern: string };
  /** A language whose rules also run on this one: `typescript` of `tsx`. */
  readonly partOf?: string;
  /**
   * The language that adds to this one: `typescript` of `javascript`, `cpp` of `c`; `tsx` (elements) and `typescript` (`<T>x`) have something that the other
   * has not. Of a rule for both, a pattern that is no code of this one, as it has types or `std::`, matches nothing here. `signs`: a regular expression for
   * what only that one has; what is no code and has none of them is a mistake.
   */
  readonly extendedBy?: { readonly language: string; readonly signs: string };
  /** A language with which this one shares its functions, by its id: `java` of `kotlin`. */
  readonly family?: string;
  readonly grammar: GrammarSource;
  /** The language has the preprocessor of C: its grammar is given a view of the text instead of the text. */
  readonly dialect?: Dialect;
  /** How macros of well-known platforms read, by name, with `()` behind those with parameters. */
  readonly macros?: Readonly<Record<string, MacroShape>>;
  readonly profile: LanguageProfile;
  /** Folders of `models/` that say what library functions of the language do. */
  readonly modelFolders?: readonly string[];
  /** The files of those folders, parsed: put here by the build, read by `values/readModels.ts`. */
  readonly models?: readonly unknown[];
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
  /** SHA-256 of the wasm as the package has it, lower-case hex. */
  readonly sha256: string;
  /** Mistakes of the wasm that are put right when it is loaded; the file itself stays as it was published. */
  readonly repairs?: readonly Repair[];
}

/** Bytes of a wasm that are replaced by others, as many; lower-case hex. */
export interface Repair {
  readonly offset: number;
  /** What stands there. */
  readonly bytes: string;
  readonly replacement: string;
  readonly reason: string;
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
  /** Fields, or kinds of children (`:kind`), followed from a unit down to the leaf that names it, in order of preference. */
  readonly nameFields: readonly string[];
  /** How node kinds read as constructs: `ast/readings.ts`. */
  readonly nodes: Readings;
  /** Only for languages whose declarators are written around the name. */
  readonly declarators?: DeclaratorProfile;
  /** An annotation beside a statement, before it, is that statement's (Rust). Beside a member it always is. */
  readonly attributesBeside?: boolean;
  /**
   * How code reads that the grammar leaves as tokens (arguments of a macro), tried in order until one parses without an error: the reading
   * `parsed` puts what stands between the node's brackets into such a frame.
   */
  readonly tokenFrames?: readonly TokenFrame[];
  /** Kinds of leaves whose text is code that the grammar leaves unread: the value of a `#define`. It is read where a pattern asks for it. */
  readonly unread?: readonly string[];
  /**
   * Texts that may stand for `...` in a pattern, `{}` being an identifier, the likeliest first: `{};` as a statement, `int {};` as a
   * member. Which one fits where is found by parsing.
   */
  readonly ellipsisForms: readonly string[];
  /** What is tried first for `...` behind the text of a regex, in which no hole counts: constructor parameters of Kotlin are no other parameters. */
  readonly ellipsisBehind?: readonly EllipsisBehind[];
  /** How a piece of code is made a whole file, tried in order until one parses without error. */
  readonly patternContexts: readonly PatternContext[];
  /** Kinds that the grammar puts where nothing is written, and asks for: they are no error of a pattern (`@A()` of Swift). */
  readonly madeUp?: readonly string[];
  /** Tokens that stand where a value does, and count as the grammar's named nodes do among their siblings (`this` of C#). */
  readonly valueTokens?: readonly string[];
  /** What a pattern may not have, as code reads without it: a regex in which `^` begins a line, and the reason for people. */
  readonly notInPatterns?: { readonly text: string; readonly reason: string };
  /** Where a declared name is known: in its block (C, Java, `let`), or in the whole function (Python). */
  readonly scope: 'block' | 'function';
  readonly names?: NameRules;
  readonly types?: TypeRules;
  /** A function is an object with one method, whatever its name: `f.apply(x)` of Java. */
  readonly functionsAreObjects?: boolean;
  /** `T x(...);` declares a function or a variable (C++). */
  readonly constructedDeclarations?: boolean;
  /** Regex of functions after which nothing runs, as they are called: `os.Exit`. */
  readonly endsProgram?: string;
  /** Several values side by side are a list and no value of their own (Go). */
  readonly tuplesAreLists?: boolean;
  /** The fields of a new object are written as assignments (C#). */
  readonly initialisersAssign?: boolean;
  /** False when statements stand in functions alone: functions can then be matched one at a time. */
  readonly topLevelStatements?: boolean;
  /** The last expression of a body is its result (Rust, Kotlin lambdas). */
  readonly tailReturns?: boolean;
  /**
   * What a function returns without a word, for patterns of a `return`: the last expression of its body (`last`), or the one that is all of its
   * body where a result is declared (`only`).
   */
  readonly implicitReturn?: 'last' | 'only';
  /** Functions that make what they work on the `this` of the function they get: `apply` of Kotlin. */
  readonly receiverFunctions?: readonly string[];
  /** What is written as a call and evaluates nothing: `nameof` of C#. */
  readonly unevaluated?: readonly string[];
  /** The word for a type that is not written: a pattern that writes it asks for none (`var` of Java and C#). */
  readonly impliedType?: string;
  /** Words that are no names, although the grammar takes them for some: a pattern is not read so. */
  readonly reservedWords?: readonly string[];
  /** A member of a class may have any word for its name (JavaScript). */
  readonly wordsNameMembers?: boolean;
  /** The key of a record is the same with and without quotes (JavaScript). */
  readonly quotedKeys?: boolean;
  /** An entry of a list may say which one it is, `{.a = 1}` of C: a list with such entries is a record. */
  readonly designatedEntries?: boolean;
  /** A `case` runs on into the next one unless it leaves (C, JavaScript). */
  readonly caseFalls?: boolean;
  /** Types whose last member the grammar does not see to end before the brace in its line: see `memberEnds.ts`. */
  readonly memberEnds?: MemberEnds;
  /** Keywords that may name an attribute of JSX, where the grammar does not take them for names: see `attributeNames.ts`. */
  readonly keywordAttributes?: readonly string[];
  /** Sign before a name that stands for its value inside of a string, where the grammar leaves it text: Kotlin's `$`. */
  readonly interpolatedNames?: string;
  /** Macros in whose text `{name}` stands for the value of the name: `format` of Rust. */
  readonly formatMacros?: readonly string[];
  /** What every file sees without an import: `java.lang`. */
  readonly implicitImports?: readonly string[];
  /** The name of an annotation's argument that is written without one; the grammar takes no other argument beside it (Java). */
  readonly loneArgument?: string;
  /**
   * Only where the grammar groups operators otherwise than the language (`!f(x)` as `(!f)(x)`): binary operators, those that bind tightest first.
   * What stands behind an expression and prefix operators bind tighter than all of them.
   */
  readonly operatorOrder?: readonly (readonly string[])[];
  /** Operators that match in any order and grouping, beside `+ * & | ^`. */
  readonly commutativeOperators?: readonly string[];
}

export type UnitKindName = 'function' | 'type' | 'declaration';

/** A text of `ellipsisForms` and the regex of the text behind which it is the likeliest. */
export interface EllipsisBehind {
  readonly text: string;
  readonly form: string;
}

/** A frame that makes one item of a file from tokens; `read` selects what they mean, seen from that item. */
export interface TokenFrame {
  readonly before: string;
  readonly after: string;
  readonly read: Source;
}

/**
 * A frame around pattern text. With `statements` and `declarations` the pattern is a run of nodes, otherwise one node; `part` is for
 * what is only part of a construct: a `catch`, an annotation, a `case`.
 */
export interface PatternContext {
  readonly role: 'expression' | 'statements' | 'declarations' | 'type' | 'member' | 'parameter' | 'part';
  readonly before: string;
  readonly after: string;
  /** Regular expression: the frame is only for pattern texts that it matches, before their holes are filled. */
  readonly when?: string;
}

/** What the braces of a type stand behind. */
export interface MemberEnds {
  /** Words that begin a type. */
  readonly words: readonly string[];
  /** A regular expression for the head of an entry of an enumeration. Elsewhere it is a block, whose last statement may end with a `;` as well. */
  readonly entry: string;
}
