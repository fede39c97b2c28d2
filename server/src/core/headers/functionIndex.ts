import type { FunctionText } from './declarations.ts';
import type { Outside, OutsideFunction } from './outside.ts';

/** The place that a name is looked up from. */
export interface Viewpoint {
  readonly path: string;
  /** The headers that the file includes, near and far. */
  readonly headers: ReadonlySet<string>;
  /** Functions of the file itself count, too: those that only it can call first of all. */
  readonly withOwn: boolean;
}

/** What the file of a function knows. */
export interface FunctionContext {
  readonly viewpoint: Viewpoint;
  readonly outside: Outside;
  /** Changes with what the file declares outside of functions, and with all that it includes. */
  readonly key: string;
}

/** Calls of calls that another file's function may depend on. */
export const MAX_CALLS_OUTSIDE = 3;
/** Further functions are not followed for a key: then it changes with each of them. */
const MAX_REACHED = 5_000;

interface Definition {
  readonly path: string;
  readonly code: FunctionText;
}

/** Functions with bodies of the files of a workspace, by name. */
export class FunctionIndex {
  readonly #byName = new Map<string, Map<string, readonly FunctionText[]>>();
  readonly #contextOf: (path: string) => FunctionContext;
  readonly #isHeader: (path: string) => boolean;
  #made = new Map<FunctionText, OutsideFunction>();

  constructor(isHeader: (path: string) => boolean, contextOf: (path: string) => FunctionContext) {
    this.#isHeader = isHeader;
    this.#contextOf = contextOf;
  }

  set(path: string, functions: readonly FunctionText[]): void {
    for (const code of functions) {
      let known = this.#byName.get(code.name);
      if (known === undefined) this.#byName.set(code.name, (known = new Map<string, FunctionText[]>()));
      known.set(path, [...(known.get(path) ?? []), code]);
    }
  }

  delete(path: string, functions: readonly FunctionText[]): void {
    for (const { name } of functions) this.#byName.get(name)?.delete(path);
  }

  /** Something else has changed: what functions know is asked for again. */
  forget(): void {
    this.#made = new Map();
  }

  named(name: string, from: Viewpoint): OutsideFunction | undefined {
    const found = this.#find(name, from);
    if (found === undefined) return undefined;
    let made = this.#made.get(found.code);
    if (made === undefined) {
      const contextOf = this.#contextOf;
      made = {
        text: found.code.text,
        get outside() {
          return contextOf(found.path).outside;
        },
      };
      this.#made.set(found.code, made);
    }
    return made;
  }

  /** What the functions say that some names may lead to, with the functions that these may call. */
  keysOf(names: readonly string[], from: Viewpoint): readonly string[] {
    const keys = new Set<string>();
    let pending: (readonly [name: string, from: Viewpoint])[] = names.map((name) => [name, from]);
    const seen = new Set<FunctionText>();
    for (let depth = 0; depth < MAX_CALLS_OUTSIDE; depth++) {
      const next: typeof pending = [];
      for (const [name, at] of pending) {
        const found = this.#find(name, at);
        if (found === undefined || seen.has(found.code) || seen.size > MAX_REACHED) continue;
        seen.add(found.code);
        const { viewpoint, key } = this.#contextOf(found.path);
        keys.add(`${key} ${found.code.text}`);
        for (const call of found.code.calls) next.push([call, viewpoint]);
      }
      pending = next;
    }
    return [...keys].sort();
  }

  #find(name: string, { path, headers, withOwn }: Viewpoint): Definition | undefined {
    const all = this.#byName.get(name);
    if (all === undefined || all.size === 0) return undefined;
    const own = withOwn ? all.get(path) : undefined;
    if (own !== undefined) return only(own.map((code) => ({ path, code })));
    const included: Definition[] = [];
    const elsewhere: Definition[] = [];
    for (const [file, codes] of all) {
      if (file === path) continue;
      if (headers.has(file)) for (const code of codes) included.push({ path: file, code });
      else if (!this.#isHeader(file))
        for (const code of codes) if (!code.isStatic) elsewhere.push({ path: file, code });
    }
    return only(included.length > 0 ? included : elsewhere);
  }
}

/** Of several that are the same the first by its path. */
function only(all: readonly Definition[]): Definition | undefined {
  let [first] = all;
  for (const each of all) {
    if (each.code.text !== first?.code.text) return undefined;
    if (each.path < first.path) first = each;
  }
  return first;
}
