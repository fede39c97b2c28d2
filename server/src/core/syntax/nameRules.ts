/** How names of a language find what they stand for. All that is left out is false, or is done by no language in this way. */
export interface NameRules {
  /** What `import a.b` makes known, unless it says more: `b` (Java), or all that is in `a.b` (`using` of C#); `a` when absent. */
  readonly importBinds?: 'last' | 'all';
  /** What `*` of an import brings may hide anything: names are not looked for in it (Python). */
  readonly wildcardsHide?: boolean;
  /** First words of a path that stand for a place in the program: things are also known without them (`crate` of Rust). */
  readonly pathRoots?: readonly string[];
  /** A package is a folder, and goes by the last part of its path (Go). */
  readonly packagesAreFolders?: boolean;
  /** A module is a file, named by the way from the file that imports it (JavaScript). */
  readonly modulesAreRelative?: boolean;
  /** What a file has of other files and gives to those that import it: constructs, and of which files (a regex of their paths). */
  readonly passesOn?: { readonly by: 'import' | 'export'; readonly files?: string };
  /** A name that is neither declared nor imported is none of another file (Python). */
  readonly needImport?: boolean;
  /** Whose functions are known without an import: of all files, of those of the same folder, or classes of an opened namespace. */
  readonly visible?: 'everywhere' | 'folder' | 'namespace';
  /** Modifiers that keep a function to its file, outside of classes: `static` of C. */
  readonly fileLocal?: readonly string[];
  /** A member of the class around is written without `this`. */
  readonly bareMembers?: boolean;
  /** The names of an enumeration are known around it (C). */
  readonly openEnumerations?: boolean;
  /** `var x` in a block is known in the whole function (JavaScript). */
  readonly hoistsVar?: boolean;
}

/** What expressions tell of their types. */
export interface TypeRules {
  /** The type of a text; `string` when absent. */
  readonly text?: string;
  /** `new T` gives a pointer (C++). */
  readonly newIsPointer?: boolean;
  /** An object is made by a call of its class, as of a function; with `capital` of any name that begins with a capital letter. */
  readonly madeByCall?: 'class' | 'capital';
  /** Functions that are given a type and make a value of it, or a pointer to one: `make` and `new` of Go. */
  readonly makers?: Readonly<Record<string, 'value' | 'pointer'>>;
  /** Regex of types that are called like functions and that no file declares: `string(x)` of Go. */
  readonly converters?: string;
  /** Regex of functions of a type that by custom make one of it: `String::from(x)` of Rust. */
  readonly makerMethods?: string;
}
