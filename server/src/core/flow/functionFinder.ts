import { sha256Hex } from '../base/hash.ts';
import { compareText } from '../base/order.ts';
import type { Problem } from '../base/problem.ts';
import { matchesPath, type Caller } from './moduleNames.ts';
import type { SharedFile, SharedFunction } from './shared.ts';

/** The function that a call names, as far as the calling file tells. */
export interface CallName {
  /** Name of the function; of a constructor that of the class. */
  readonly name: string;
  /** Names that lead to it, as imports make them: `['helpers', 'run']`. Empty when only the class is known. */
  readonly paths: readonly (readonly string[])[];
  /** Classes whose method it may be, the nearest first. */
  readonly owners: readonly string[];
  readonly isConstructor: boolean;
}

/** Where the functions that a call may mean stand: all of them in one class, or outside of classes, of one file. */
export interface FoundFunctions {
  readonly file: SharedFile;
  readonly name: string;
  readonly owner: string | undefined;
}

/** What one file has of another one is looked for in so many of them. */
const MAX_PASSED_ON = 4;
/** Files with more characters together are not looked into: taint ends at their calls. */
export const MAX_SHARED_TEXT = 64_000_000;

const CONSTRUCTORS: ReadonlySet<string> = new Set(['constructor', '__init__', 'init', 'new']);

/** The functions of the files of a workspace, by name, for rules that follow data from file to file. */
export class FunctionFinder {
  readonly #files = new Map<string, SharedFile>();
  readonly #byName = new Map<string, Map<string, readonly SharedFunction[]>>();
  /** Files that have names of others, by these names. */
  readonly #passedOn = new Map<string, Map<string, readonly string[]>>();
  readonly #hashes = new Map<string, string>();
  readonly #leftOut = new Set<string>();
  #size = 0;
  #version = 0;
  #all: { readonly version: number; readonly key: string } | undefined;

  /** Changes with every change of a file. */
  get version(): number {
    return this.#version;
  }

  /** Whether the file was given. */
  has(path: string): boolean {
    return this.#files.has(path) || this.#leftOut.has(path);
  }

  /** In the order of their paths. */
  files(): readonly SharedFile[] {
    return [...this.#files.values()].sort((a, b) => compareText(a.path, b.path));
  }

  /** That there was no room for some files. */
  problems(): readonly Problem[] {
    const count = this.#leftOut.size;
    if (count === 0) return [];
    const message = `Rules with \`interfile\` do not follow data into functions of ${count} files: all files together have more than ${MAX_SHARED_TEXT} characters.`;
    return [{ code: 'interfile-too-much', severity: 'warning', message }];
  }

  /** Takes a file, or its new text. False when nothing changed, or when there is too much of it. */
  set(file: SharedFile): boolean {
    const before = this.#files.get(file.path);
    if (before?.text === file.text && before.language === file.language) return false;
    this.delete(file.path);
    if (this.#size + file.text.length > MAX_SHARED_TEXT) {
      this.#leftOut.add(file.path);
      return before !== undefined;
    }
    this.#size += file.text.length;
    this.#version++;
    this.#files.set(file.path, file);
    for (const each of file.functions) {
      for (const name of namesOf(each)) {
        let known = this.#byName.get(name);
        if (known === undefined) this.#byName.set(name, (known = new Map<string, SharedFunction[]>()));
        known.set(file.path, [...(known.get(file.path) ?? []), each]);
      }
    }
    for (const { name, path } of file.passedOn) {
      let known = this.#passedOn.get(name);
      if (known === undefined) this.#passedOn.set(name, (known = new Map<string, readonly string[]>()));
      known.set(file.path, path);
    }
    return true;
  }

  delete(path: string): boolean {
    this.#leftOut.delete(path);
    const file = this.#files.get(path);
    if (file === undefined) return false;
    this.#size -= file.text.length;
    this.#version++;
    this.#files.delete(path);
    this.#hashes.delete(path);
    for (const each of file.functions) for (const name of namesOf(each)) this.#byName.get(name)?.delete(path);
    for (const { name } of file.passedOn) this.#passedOn.get(name)?.delete(path);
    return true;
  }

  /**
   * The functions that a call of a file runs; undefined unless there is just one place for them.
   *
   * @param asked receives the names that were looked for
   */
  find(from: Caller, call: CallName, asked: Set<string>): FoundFunctions | undefined {
    return this.#find(from, call, asked, MAX_PASSED_ON);
  }

  #find(from: Caller, call: CallName, asked: Set<string>, left: number): FoundFunctions | undefined {
    asked.add(call.name);
    const own = this.#findOwn(from, call);
    if (own !== undefined || left === 0) return own;
    for (const path of call.paths) {
      const passed = this.#passedOnTo(from, path, call);
      const next = passed && {
        ...call,
        name: passed.path.at(-1) ?? call.name,
        paths: [passed.path],
        owners: [],
      };
      const found = next && this.#find({ ...from, path: passed.file.path }, next, asked, left - 1);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Of the files that a name may lead to, the only one that has it of another file; and as what that file names it. */
  #passedOnTo(
    from: Caller,
    path: readonly string[],
    { name, isConstructor: isClass }: CallName,
  ): { readonly file: SharedFile; readonly path: readonly string[] } | undefined {
    const fits = matchesPath(from, path, isClass);
    const all = [
      ...(this.#passedOn.get(name) ?? []),
      ...[...(this.#passedOn.get('*') ?? [])].map(([at, of]) => [at, [...of, name]] as const),
    ].flatMap(([at, of]) => {
      const file = this.#files.get(at);
      if (file === undefined || at === from.path || file.family !== from.family) return [];
      const candidate = {
        file,
        name,
        owner: isClass ? name : undefined,
        namespace: undefined,
        isPrivate: false,
      };
      return [{ file, path: of, score: fits(candidate) }];
    });
    const best = Math.max(...all.map(({ score }) => score));
    const [first, ...others] = all.filter(({ score }) => score === best);
    return best < 0 || others.some(({ file }) => file !== first?.file) ? undefined : first;
  }

  #findOwn(from: Caller, call: CallName): FoundFunctions | undefined {
    const all = [...(this.#byName.get(call.name) ?? [])].flatMap(([path, functions]) => {
      const file = this.#files.get(path);
      if (file === undefined || path === from.path || file.family !== from.family) return [];
      return functions
        .filter((each) => !each.isPrivate && isConstructor(each, call.name) === call.isConstructor)
        .map((each) => ({ file, ...each }));
    });
    if (all.length === 0) return undefined;
    for (const owner of call.owners) {
      const found = onlyPlace(all.filter((each) => each.owner === owner));
      if (found !== undefined) return found;
    }
    for (const path of call.paths) {
      const fits = matchesPath(from, path, call.isConstructor);
      const scores = all.map((each) => ({ each, score: fits(each) }));
      const best = Math.max(...scores.map(({ score }) => score));
      if (best < 0) continue;
      const found = onlyPlace(scores.filter(({ score }) => score === best).map(({ each }) => each));
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Changes when other functions may be meant by some names, or when these do something else. */
  keyOf(names: readonly string[]): string {
    if (names.length === 0) return '';
    const lines = names.map((name) => {
      const having = [this.#byName.get(name), this.#passedOn.get(name), this.#passedOn.get('*')];
      const files = [...new Set(having.flatMap((each) => [...(each?.keys() ?? [])]))].sort(compareText);
      return `${name} ${files.map((path) => `${path} ${this.hashOf(path)}`).join(' ')}`;
    });
    return sha256Hex(lines.join('\n'));
  }

  /** Changes with any file. */
  keyOfAll(): string {
    if (this.#all?.version !== this.#version) {
      const lines = this.files().map(({ path }) => `${path} ${this.hashOf(path)}`);
      this.#all = { version: this.#version, key: sha256Hex(lines.join('\n')) };
    }
    return this.#all.key;
  }

  textOf(path: string): string | undefined {
    return this.#files.get(path)?.text;
  }

  /** SHA-256 of a file's text. */
  hashOf(path: string): string {
    let hash = this.#hashes.get(path);
    if (hash === undefined) {
      hash = sha256Hex(this.#files.get(path)?.text ?? '');
      this.#hashes.set(path, hash);
    }
    return hash;
  }
}

/** A constructor is called by the name of its class. */
function namesOf({ name, owner }: SharedFunction): readonly string[] {
  return owner !== undefined && CONSTRUCTORS.has(name) ? [name, owner] : [name];
}

function isConstructor({ name, owner }: SharedFunction, called: string): boolean {
  return owner === called && (name === called || CONSTRUCTORS.has(name));
}

function onlyPlace(
  all: readonly (SharedFunction & { readonly file: SharedFile })[],
): FoundFunctions | undefined {
  const [first] = all;
  if (first === undefined) return undefined;
  if (all.some(({ file, owner }) => file !== first.file || owner !== first.owner)) return undefined;
  return { file: first.file, name: first.name, owner: first.owner };
}
