import { sha256Hex } from '../base/hash.ts';
import {
  bareName,
  macroTable,
  NO_MACROS,
  tablesInOrder,
  targetOf,
  type MacroDefinition,
  type MacroTable,
} from '../preprocess/macros.ts';
import {
  declarationsIn,
  isSource,
  type FileDeclarations,
  type FileUses,
  type Include,
} from './declarations.ts';
import { languagesOfIncluders } from './includers.ts';
import { FunctionIndex, type FunctionContext, type Viewpoint } from './functionIndex.ts';
import type { Outside } from './outside.ts';

/** Includes of includes are followed to this many files. */
const MAX_FILES = 5_000;

/** Headers of compilers and systems: a file of the project that has the name of one is not meant by `<...>`. */
const SYSTEM_HEADERS: ReadonlySet<string> = new Set(
  (
    'assert complex ctype errno fenv float inttypes iso646 limits locale math setjmp signal stdalign stdarg stdatomic stdbool stddef ' +
    'stdint stdio stdlib stdnoreturn string tgmath threads time uchar wchar wctype unistd fcntl pthread dirent netdb poll'
  )
    .split(' ')
    .map((name) => `${name}.h`),
);

/** What the C and C++ files of a workspace declare, which of them include which, and what their functions say. */
export class HeaderIndex {
  readonly #files = new Map<string, FileDeclarations>();
  /** Of the files that are not included: only their functions count for others. */
  readonly #sources = new Map<string, FileDeclarations>();
  /** Paths by the last part of their name. */
  readonly #byName = new Map<string, Set<string>>();
  /** Texts of declarations by name and by the file that has them. */
  readonly #snippets = new Map<string, Map<string, string>>();
  readonly #macros = new Map<string, Map<string, MacroDefinition[]>>();
  /** Of the files asked for since the last change. */
  #seen = new Map<string, { readonly uses: string; readonly outside: Outside }>();
  #contexts = new Map<string, FunctionContext>();
  readonly #functions = new FunctionIndex(
    (path) => this.#files.has(path),
    (path) => this.#contextOf(path),
  );
  #hashes = new Map<string, string>();
  /** Of macros that change how files are parsed; of the present state. */
  /** Hash of all of them, as each file's key has them; empty when there are none. */
  #shapes: readonly string[] | undefined;
  #everywhere: MacroTable = this.#allMacros();
  /** Macros by the name that they stand for; of the present state. */
  #aliases: ReadonlyMap<string, ReadonlySet<string>> | undefined;
  #aliased: ReadonlySet<string> | undefined;

  /** Languages of the files that include a file, by its path; of the present state. */
  #includers: ReadonlyMap<string, ReadonlySet<string>> | undefined;

  readonly #models: unknown;
  readonly #languageOf: (path: string) => string | undefined;

  /**
   * @param build what the configuration says: macros that the build defines, as `NAME` or `NAME=value`, and models of functions
   * @param languageOf the language of a path, where its ending says it for sure
   */
  constructor(
    { defines = [], models = {} }: { readonly defines?: readonly string[]; readonly models?: unknown } = {},
    languageOf: (path: string) => string | undefined = () => undefined,
  ) {
    this.#models = models;
    this.#languageOf = languageOf;
    const lines = defines.map((each) => {
      const [, name = '', value = '1'] = /^([^=]*)(?:=(.*))?$/.exec(each) ?? [];
      return `#define ${name} ${value}`;
    });
    if (lines.length > 0) this.set(BUILD, declarationsIn(lines.join('\n')));
  }

  /** Takes a file, or its new text. False when it declares what it declared before. */
  set(path: string, declarations: FileDeclarations): boolean {
    const before = this.#files.get(path) ?? this.#sources.get(path);
    if (before === undefined) this.#add(path, declarations);
    else {
      if (JSON.stringify(before) === JSON.stringify(declarations)) return false;
      const includers = sameIncludes(before, declarations) ? this.#includers : undefined;
      this.delete(path);
      this.#add(path, declarations);
      this.#includers = includers;
    }
    return true;
  }

  #add(path: string, declarations: FileDeclarations): void {
    this.#includers = undefined;
    this.#functions.set(path, declarations.functions);
    if (isSource(path)) {
      this.#sources.set(path, declarations);
      this.#forgetSeen();
      return;
    }
    this.#files.set(path, declarations);
    setOf(this.#byName, baseName(path)).add(path);
    for (const { names, text } of declarations.snippets) {
      for (const name of names) {
        const known = mapOf(this.#snippets, name);
        const other = known.get(path);
        // Declared twice and differently, in arms of conditionals: it is not known which one counts.
        known.set(path, other === undefined || other === text ? text : AMBIGUOUS);
      }
    }
    for (const macro of declarations.macros) {
      const known = mapOf(this.#macros, macro.name);
      known.set(path, [...(known.get(path) ?? []), macro]);
    }
    this.#forgetDerived();
  }

  delete(path: string): boolean {
    this.#includers = undefined;
    const source = this.#sources.get(path);
    if (source !== undefined) {
      this.#sources.delete(path);
      this.#functions.delete(path, source.functions);
      this.#forgetSeen();
      return true;
    }
    const declarations = this.#files.get(path);
    if (declarations === undefined) return false;
    this.#functions.delete(path, declarations.functions);
    this.#files.delete(path);
    this.#byName.get(baseName(path))?.delete(path);
    for (const { names } of declarations.snippets)
      for (const name of names) this.#snippets.get(name)?.delete(path);
    for (const { name } of declarations.macros) this.#macros.get(name)?.delete(path);
    this.#forgetDerived();
    return true;
  }

  /** What a file knows of others, by what it includes and calls. */
  outsideOf(path: string, uses: FileUses): Outside {
    const written = JSON.stringify(uses);
    const seen = this.#seen.get(path);
    if (seen?.uses === written) return seen.outside;
    const files = this.#reach(path, uses.includes);
    const viewpoint: Viewpoint = { path, headers: files, withOwn: false };
    const outside = this.#read(viewpoint, () => {
      const known = [
        ...this.#keysOf(files),
        ...this.#functions.keysOf(uses.calls, viewpoint),
        ...(this.#languageOf(path) === undefined ? [...this.includersOf(path)].sort() : []),
      ];
      return known.length === 0 ? '' : sha256Hex(known.join('\n'));
    });
    this.#seen.set(path, { uses: written, outside });
    return outside;
  }

  /** The languages of the files that include a file, near and far, where their endings say it for sure. */
  includersOf(path: string): ReadonlySet<string> {
    this.#includers ??= languagesOfIncluders(
      new Map(
        [...this.#files, ...this.#sources].map(([from, { includes }]) => [
          from,
          includes.flatMap((include) => this.#resolve(from, include)),
        ]),
      ),
      this.#languageOf,
    );
    return this.#includers.get(path) ?? NO_LANGUAGES;
  }

  /** What a function of a file knows: what the file declares itself, and what it includes. */
  #contextOf(path: string): FunctionContext {
    const known = this.#contexts.get(path);
    if (known !== undefined) return known;
    const own = this.#files.get(path) ?? this.#sources.get(path);
    const headers = new Set([
      ...this.#reach(path, own?.includes ?? []),
      ...(this.#files.has(path) ? [path] : []),
    ]);
    const viewpoint: Viewpoint = { path, headers, withOwn: true };
    const source = this.#sources.get(path);
    const keyOf = (): string => {
      const { macros, snippets } = source ?? { macros: [], snippets: [] };
      return sha256Hex(JSON.stringify([macros, snippets, ...this.#keysOf(headers)]));
    };
    let key: string | undefined;
    const outside = this.#read(viewpoint, keyOf);
    const context: FunctionContext = {
      viewpoint,
      outside: source === undefined ? outside : withOwn(source, outside),
      get key() {
        return (key ??= keyOf());
      },
    };
    this.#contexts.set(path, context);
    return context;
  }

  #read(viewpoint: Viewpoint, keyOf: () => string): Outside {
    const { headers: files } = viewpoint;
    const macros = this.#macroTable(files);
    let key: string | undefined;
    return {
      models: this.#models,
      macros,
      macro: (name) => only(this.#definitions(name, files), sameDefinition),
      aliased: (this.#aliased ??= new Set(this.#allAliases().keys())),
      macrosFor: (name) =>
        [...(this.#allAliases().get(name) ?? [])].filter((macro) => this.#standsFor(macro, name, files)),
      declaring: (name) => {
        const texts = [...(this.#snippets.get(name) ?? [])].flatMap(([file, text]) =>
          files.has(file) ? [text] : [],
        );
        const text = only(texts, (each) => each);
        return text === AMBIGUOUS ? undefined : text;
      },
      functionNamed: (name) => this.#functions.named(name, viewpoint),
      get key() {
        return (key ??= keyOf());
      },
    };
  }

  /** All files that a file includes, near and far, without itself. */
  #reach(path: string, includes: readonly Include[]): ReadonlySet<string> {
    const reached = new Set<string>(this.#files.has(BUILD) ? [BUILD] : []);
    const pending: { readonly from: string; readonly includes: readonly Include[] }[] = [
      { from: path, includes },
    ];
    for (let next = pending.pop(); next !== undefined && reached.size < MAX_FILES; next = pending.pop()) {
      for (const include of next.includes) {
        for (const file of this.#resolve(next.from, include)) {
          if (file === path || reached.has(file)) continue;
          reached.add(file);
          pending.push({ from: file, includes: this.#files.get(file)?.includes ?? [] });
        }
      }
    }
    return reached;
  }

  /** The files that an include may mean: the one beside the file, else those of that name that are nearest to it. */
  #resolve(from: string, { name, isSystem }: Include): readonly string[] {
    if (isSystem && SYSTEM_HEADERS.has(name)) return [];
    const beside = joined(folderOf(from), name);
    if (!isSystem && beside !== undefined && this.#files.has(beside)) return [beside];
    const ending = `/${joined('', name.replace(/^(?:\.\.?\/)+/, '')) ?? name}`;
    let nearest: string[] = [];
    let most = -1;
    for (const path of this.#byName.get(baseName(name)) ?? []) {
      if (!`/${path}`.endsWith(ending)) continue;
      const shared = sharedFolders(from, path);
      if (shared > most) [nearest, most] = [[path], shared];
      else if (shared === most) nearest.push(path);
    }
    return nearest;
  }

  /** Macros of the included files; of a name that they do not define, how all files of the workspace define it. */
  #macroTable(files: ReadonlySet<string>): MacroTable {
    return tablesInOrder([
      tableByName((name) => this.#definitions(name, files)),
      // A header may use what a file includes before it: enough to read it, not enough to believe values.
      { shapeOf: (name) => this.#everywhere.shapeOf(name), valueOf: () => undefined },
    ]);
  }

  #allMacros(): MacroTable {
    return tableByName((name) => [...(this.#macros.get(name)?.values() ?? NO_DEFINITIONS)].flat());
  }

  #allAliases(): ReadonlyMap<string, ReadonlySet<string>> {
    if (this.#aliases === undefined) {
      const aliases = new Map<string, Set<string>>();
      for (const byFile of this.#macros.values())
        for (const macro of [...byFile.values()].flat()) {
          const target = targetOf(macro);
          if (target !== undefined) setOf(aliases, target).add(bareName(macro));
        }
      this.#aliases = aliases;
    }
    return this.#aliases;
  }

  #standsFor(macro: string, name: string, files: ReadonlySet<string>): boolean {
    const definitions = [macro, `${macro}()`].flatMap((each) => this.#definitions(each, files));
    return definitions.length > 0 && definitions.every((each) => targetOf(each) === name);
  }

  #definitions(name: string, files: ReadonlySet<string>): readonly MacroDefinition[] {
    const byFile = this.#macros.get(name);
    if (byFile === undefined) return NO_DEFINITIONS;
    return [...byFile].flatMap(([file, definitions]) => (files.has(file) ? definitions : []));
  }

  /** Empty when nothing is known. */
  #keysOf(files: ReadonlySet<string>): readonly string[] {
    this.#shapes ??= this.#readShapes();
    return [...this.#shapes, ...[...files].sort().map((file) => this.#hashOf(file))];
  }

  /** How macros of the workspace read where that changes how files are parsed. */
  #readShapes(): readonly string[] {
    const shapes = new Set<string>();
    for (const { macros } of this.#files.values())
      for (const { name, shape } of macros) if (shape !== 'plain') shapes.add(`${name} ${shape}`);
    return shapes.size === 0 ? [] : [sha256Hex([...shapes].sort().join('\n'))];
  }

  #hashOf(file: string): string {
    let hash = this.#hashes.get(file);
    if (hash === undefined) {
      hash = sha256Hex(JSON.stringify([file, this.#files.get(file)]));
      this.#hashes.set(file, hash);
    }
    return hash;
  }

  /** Functions have changed, and nothing else. */
  #forgetSeen(): void {
    this.#seen = new Map();
    this.#contexts = new Map();
    this.#functions.forget();
  }

  #forgetDerived(): void {
    this.#forgetSeen();
    this.#hashes = new Map();
    this.#shapes = undefined;
    this.#everywhere = this.#allMacros();
    this.#aliases = undefined;
    this.#aliased = undefined;
  }
}

const NO_LANGUAGES: ReadonlySet<string> = new Set();

function sameIncludes(one: FileDeclarations, other: FileDeclarations): boolean {
  return JSON.stringify(one.includes) === JSON.stringify(other.includes);
}

/** Stands for the command line of the compiler among the files. */
const BUILD = '';
/** Stands for a declaration that is not known. */
const AMBIGUOUS = '';

/** What a file knows that is included by none: its own declarations come first. */
function withOwn({ macros, snippets }: FileDeclarations, outside: Outside): Outside {
  const definitions = new Map<string, MacroDefinition[]>();
  for (const macro of macros) definitions.set(macro.name, [...(definitions.get(macro.name) ?? []), macro]);
  const texts = new Map<string, string>();
  for (const { names, text } of snippets)
    for (const name of names) {
      const other = texts.get(name);
      texts.set(name, other === undefined || other === text ? text : AMBIGUOUS);
    }
  return {
    models: outside.models,
    // Patterns look at files as they include others, not through this.
    aliased: outside.aliased,
    macrosFor: (name) => outside.macrosFor(name),
    functionNamed: (name) => outside.functionNamed(name),
    get key() {
      return outside.key;
    },
    macros: tablesInOrder([tableByName((name) => definitions.get(name) ?? NO_DEFINITIONS), outside.macros]),
    macro: (name) => {
      const own = definitions.get(name);
      return own === undefined ? outside.macro(name) : only(own, sameDefinition);
    },
    declaring: (name) => {
      const text = texts.get(name);
      return text === undefined ? outside.declaring(name) : text === AMBIGUOUS ? undefined : text;
    },
  };
}

function sameDefinition({ body, parameters }: MacroDefinition): string {
  return JSON.stringify([parameters, body]);
}

/** A table that looks a name up when it is first asked for: code asks for the same few names again and again. */
const NO_DEFINITIONS: readonly MacroDefinition[] = [];

/** Most words of a file are no macros: these cost nothing but the question. */
function tableByName(definitions: (name: string) => readonly MacroDefinition[]): MacroTable {
  const known = new Map<string, MacroTable>();
  const ofName = (name: string): MacroTable => {
    let table = known.get(name);
    if (table === undefined) {
      const found = definitions(name);
      table = found.length === 0 ? NO_MACROS : macroTable(found);
      known.set(name, table);
    }
    return table;
  };
  return { shapeOf: (name) => ofName(name).shapeOf(name), valueOf: (name) => ofName(name).valueOf(name) };
}

function only<Value>(values: readonly Value[], key: (value: Value) => string): Value | undefined {
  const [first] = values;
  return first !== undefined && values.every((each) => key(each) === key(first)) ? first : undefined;
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** A path below a folder, with `..` resolved; undefined when it leaves the workspace. */
function joined(folder: string, name: string): string | undefined {
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of name.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

function sharedFolders(a: string, b: string): number {
  const [left, right] = [a.split('/'), b.split('/')];
  let count = 0;
  while (count < Math.min(left.length, right.length) - 1 && left[count] === right[count]) count++;
  return count;
}

function mapOf<Value>(map: Map<string, Map<string, Value>>, key: string): Map<string, Value> {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = new Map<string, Value>();
  map.set(key, made);
  return made;
}

function setOf(map: Map<string, Set<string>>, key: string): Set<string> {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = new Set<string>();
  map.set(key, made);
  return made;
}
