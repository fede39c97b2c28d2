import type { SharedFile, SharedFunction } from './shared.ts';

/** How well a function fits a name that a file uses for it; negative when it cannot be meant. */
export type Fit = (candidate: SharedFunction & { readonly file: SharedFile }) => number;

const NO_FIT = -1;

/** Languages in which files are parts of one whole: names of other files need no import. */
const ONE_WHOLE: ReadonlySet<string> = new Set(['c', 'cpp', 'swift']);
/** Languages in which the files of a folder are parts of one whole. */
const FOLDER_IS_WHOLE: ReadonlySet<string> = new Set(['go', 'java', 'kotlin']);
const SCRIPTS: ReadonlySet<string> = new Set(['javascript', 'typescript', 'tsx']);

/**
 * Whether a function may be meant by a name as imports make it: `['helpers', 'run']`, `['./helpers', 'run']`, `['Util', 'run']`.
 *
 * @param isClass the last part of the name is that of a class
 */
export function matchesPath(
  from: { readonly path: string; readonly language: string },
  path: readonly string[],
  isClass: boolean,
): Fit {
  const { language } = from;
  const [module = ''] = path;
  if (SCRIPTS.has(language)) {
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
    if (isClass) return candidate.owner === name ? alike(before, partsOf(candidate, language)) : NO_FIT;
    const last = before.at(-1);
    if (candidate.owner !== undefined)
      return candidate.owner === last ? alike(before.slice(0, -1), partsOf(candidate, language)) : NO_FIT;
    return partsOf(candidate, language).at(-1) === last || candidate.namespace === last
      ? alike(before, partsOf(candidate, language))
      : NO_FIT;
  };
}

function withoutImport(
  from: { readonly path: string; readonly language: string },
  { owner, file }: SharedFunction & { readonly file: SharedFile },
  wanted: string | undefined,
): number {
  if (owner !== wanted) return NO_FIT;
  const isNear = folderOf(file.path) === folderOf(from.path);
  if (ONE_WHOLE.has(from.language)) return isNear ? 1 : 0;
  // Classes that `using` makes known are those of any file of the namespace.
  if (from.language === 'csharp') return wanted === undefined ? NO_FIT : isNear ? 1 : 0;
  return FOLDER_IS_WHOLE.has(from.language) && isNear ? 1 : NO_FIT;
}

/** Of how many parts the two ends are the same. */
function alike(path: readonly string[], parts: readonly string[]): number {
  let count = 0;
  while (count < Math.min(path.length, parts.length) && path.at(-1 - count) === parts.at(-1 - count)) count++;
  return count;
}

/** Folders and name of the module that a file is. */
function partsOf({ file }: { readonly file: SharedFile }, language: string): readonly string[] {
  const parts = file.path.replace(/\.[^./]*$/, '').split('/');
  const last = parts.at(-1) ?? '';
  // A package of Go is its folder; `__init__.py`, `mod.rs` and `lib.rs` are that of theirs.
  return language === 'go' || /^(?:__init__|mod|lib)$/.test(last) ? parts.slice(0, -1) : parts;
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
