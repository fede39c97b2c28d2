import type { Grammar } from '../syntax/grammar.ts';
import type { NameRules } from '../syntax/nameRules.ts';
import type { SharedFile, SharedFunction } from './shared.ts';

/** How well a function fits a name that a file uses for it; negative when it cannot be meant. */
export type Fit = (candidate: SharedFunction & { readonly file: SharedFile }) => number;

const NO_FIT = -1;

/** A file whose calls name functions of others. */
export interface Caller {
  readonly path: string;
  readonly family: string;
  readonly names: NameRules;
}

export function callerOf(path: string, { definition }: Grammar): Caller {
  const { id, family = id, profile } = definition;
  return { path, family, names: profile.names ?? {} };
}

/**
 * Whether a function may be meant by a name as imports make it: `['helpers', 'run']`, `['./helpers', 'run']`, `['Util', 'run']`.
 *
 * @param isClass the last part of the name is that of a class
 */
export function matchesPath(from: Caller, path: readonly string[], isClass: boolean): Fit {
  const [module = ''] = path;
  if (from.names.modulesAreRelative === true) {
    const files = filesOfModule(from.path, module);
    const owner = isClass ? path.at(-1) : path.length > 2 ? path.at(-2) : undefined;
    return (candidate) =>
      files !== undefined && files(candidate.file.path) && candidate.owner === owner ? 1 : NO_FIT;
  }
  const name = path.at(-1) ?? '';
  // `from ..a.b import c` of Python.
  const before = [...module.split('.').filter((word) => word !== ''), ...path.slice(1)].slice(0, -1);
  if (before.length === 0) return (candidate) => withoutImport(from, candidate, isClass ? name : undefined);
  return (candidate) => {
    if (isClass) return candidate.owner === name ? alike(before, partsOf(candidate, from.names)) : NO_FIT;
    const last = before.at(-1);
    if (candidate.owner !== undefined)
      return candidate.owner === last ? alike(before.slice(0, -1), partsOf(candidate, from.names)) : NO_FIT;
    return partsOf(candidate, from.names).at(-1) === last || candidate.namespace === last
      ? alike(before, partsOf(candidate, from.names))
      : NO_FIT;
  };
}

function withoutImport(
  from: Caller,
  { owner, file }: SharedFunction & { readonly file: SharedFile },
  wanted: string | undefined,
): number {
  if (owner !== wanted) return NO_FIT;
  const isNear = folderOf(file.path) === folderOf(from.path);
  const { visible } = from.names;
  if (visible === 'everywhere') return isNear ? 1 : 0;
  // Classes that `using` makes known are those of any file of the namespace.
  if (visible === 'namespace') return wanted === undefined ? NO_FIT : isNear ? 1 : 0;
  return visible === 'folder' && isNear ? 1 : NO_FIT;
}

/** Of how many parts the two ends are the same. */
function alike(path: readonly string[], parts: readonly string[]): number {
  let count = 0;
  while (count < Math.min(path.length, parts.length) && path.at(-1 - count) === parts.at(-1 - count)) count++;
  return count;
}

/** Folders and name of the module that a file is. */
function partsOf({ file }: { readonly file: SharedFile }, names: NameRules): readonly string[] {
  const parts = file.path.replace(/\.[^./]*$/, '').split('/');
  const last = parts.at(-1) ?? '';
  // A package of Go is its folder; `__init__.py`, `mod.rs` and `lib.rs` are that of theirs.
  return names.packagesAreFolders === true || /^(?:__init__|mod|lib)$/.test(last)
    ? parts.slice(0, -1)
    : parts;
}

/** The files that a module of JavaScript may be; undefined for packages. */
function filesOfModule(from: string, module: string): ((path: string) => boolean) | undefined {
  if (/^[@~]\//.test(module)) {
    const ending = `/${withoutEnding(module.slice(2))}`;
    return (path) => `/${moduleOf(path)}`.endsWith(ending);
  }
  if (!/^\.\.?(?:\/|$)/.test(module)) return undefined;
  const parts = folderOf(from) === '' ? [] : folderOf(from).split('/');
  for (const part of module.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== '.' && part !== '') parts.push(part);
  }
  const wanted = withoutEnding(parts.join('/')).replace(/(?:^|\/)index$/, '');
  return (path) => moduleOf(path) === wanted;
}

function moduleOf(path: string): string {
  return withoutEnding(path).replace(/(?:^|\/)index$/, '');
}

function withoutEnding(path: string): string {
  return path.replace(/(?:\.d)?\.(?:[cm]?[jt]s|[jt]sx)$/, '');
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
