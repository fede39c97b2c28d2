import { nodesOfKind } from '../ast/nodesOfKind.ts';
import type { Ast } from '../ast/readAst.ts';
import type { Node } from '../ast/node.ts';
import type { NameRules } from '../syntax/nameRules.ts';
import { partsOf, perFunction } from '../ast/parts.ts';
import { declaredIn, type Declarations } from './declarations.ts';
import type { Declaration } from './names.ts';

export interface Paths {
  /** All full names that an identifier or a chain of members may stand for; empty when its head is declared in the file. */
  pathsOf(expression: Node): readonly (readonly string[])[];
  /** Local names of what is imported from a path whose last part is `last`. */
  aliasesOf(last: string): readonly string[];
}

/** What imports make of the names of a file. */
export function pathsIn(ast: Ast, declarations: Declarations): Paths {
  const { implicitImports: implicit = [], names: rules = {} } = ast.grammar.definition.profile;
  const imported = new Map<Declaration, readonly string[]>();
  const aliases = new Map<string, string[]>();
  const open: (readonly string[])[] = implicit.map((each) => each.split('.'));
  const imports = [
    ...importing(declarations.outside, rules),
    ...partsOf(ast).functions.flatMap((each) => importingInside(ast, each)),
  ].sort((a, b) => a.declaration.node.index - b.declaration.node.index);
  for (const { declaration, path } of imports) {
    imported.set(declaration, path);
    const last = path.at(-1) ?? '';
    if (last !== declaration.name) aliases.set(last, [...(aliases.get(last) ?? []), declaration.name]);
  }
  for (const node of nodesOfKind(ast, 'import')) {
    const path = openedBy(node, rules);
    if (path) open.push(path);
  }
  const pathsOf = (expression: Node): readonly (readonly string[])[] => {
    if (expression.kind === 'member') {
      const name = expression.part('name');
      const object = expression.part('object');
      if (!object || name?.kind !== 'identifier') return [];
      return pathsOf(object).flatMap((path) => withoutRoot([...path, name.text], rules));
    }
    const required = requiredModule(expression);
    if (required) return [required];
    if (expression.kind !== 'identifier') return [];
    const declaration = declarations.declarationOf(expression);
    const path = declaration && imported.get(declaration);
    if (path) return withoutRoot(path, rules);
    if (declaration && declaration.kind !== 'import') return [];
    return [[expression.text], ...open.map((each) => [...each, expression.text])];
  };
  return { pathsOf, aliasesOf: (last) => aliases.get(last) ?? [] };
}

/** `crate::a::b`, `self::a::b` and `super::a::b` of Rust are also `a::b`: rules name things as their users do. */
function withoutRoot(path: readonly string[], rules: NameRules): readonly (readonly string[])[] {
  const [root, ...rest] = path;
  if (rest.length === 0 || rules.pathRoots?.includes(root ?? '') !== true) return [path];
  return [path, ...withoutRoot(rest, rules)];
}

interface Importing {
  readonly declaration: Declaration;
  readonly path: readonly string[];
}

const importingInside = perFunction((nodes, ast): readonly Importing[] => {
  const [whole] = nodes;
  return whole === undefined ? [] : importing(declaredIn(ast, whole), ast.grammar.definition.profile.names);
});

/** Those of the declarations that an import or a `require` makes. */
function importing(declarations: readonly Declaration[], rules: NameRules = {}): readonly Importing[] {
  return declarations.flatMap((declaration) => {
    const path = importedPath(declaration, rules);
    return path === undefined ? [] : [{ declaration, path }];
  });
}

/** The path that a declared name stands for, when an import or a `require` declares it. */
function importedPath({ node, identifier }: Declaration, rules: NameRules): readonly string[] | undefined {
  if (node.kind === 'importName') {
    const module = node.parent && pathOfImport(node.parent, rules);
    const name = node.part('name');
    if (!module || !name) return undefined;
    return name.text === 'default' || name.text === 'self'
      ? module
      : [...module, ...(chain(name) ?? [name.text])];
  }
  if (node.kind === 'import') {
    const module = pathOfModule(node.part('module'), rules);
    if (node.part('alias')) return module;
    return rules.importBinds === 'last' ? module : undefined;
  }
  if (node.kind !== 'variable') return undefined;
  const value = node.part('value');
  const module = value && requiredPath(value);
  if (!module) return undefined;
  if (node.part('target') === identifier) return module;
  // const { exec: run } = require('child_process')
  const key = identifier.parent?.kind === 'pair' ? identifier.parent.part('key') : undefined;
  return [...module, (key ?? identifier).text];
}

/** A name that a file gives to those that import it although another file has it. */
export interface PassedOn {
  /** `*` for all names of the other file. */
  readonly name: string;
  /** As the file itself would name it; of `*` the other file. */
  readonly path: readonly string[];
}

/** @param file path of the file */
export function passedOnIn(ast: Ast, file: string): readonly PassedOn[] {
  const { names: rules = {} } = ast.grammar.definition.profile;
  const { by, files = '' } = rules.passesOn ?? {};
  if (by === undefined || !new RegExp(files).test(file)) return [];
  return nodesOfKind(ast, by).flatMap((node) => {
    const module = pathOfImport(node, rules);
    if (module === undefined) return [];
    const names = node.parts('names');
    const last = module.at(-1);
    if (names.length === 0 && rules.importBinds === 'last' && last !== undefined)
      return [{ name: node.part('alias')?.text ?? last, path: module }];
    return names.flatMap((each) => {
      const name = each.part('name');
      if (name === undefined) return each.text === '*' ? [{ name: '*', path: module }] : [];
      const own = chain(name) ?? [name.text];
      const path = name.text === 'default' ? module : [...module, ...own];
      return [{ name: each.part('alias')?.text ?? own.at(-1) ?? '', path }];
    });
  });
}

function openedBy(node: Node, rules: NameRules): readonly string[] | undefined {
  const module = pathOfImport(node, rules);
  const alias = node.part('alias');
  // Go: `import . "a/b"`.
  if (alias?.text === '.') return module;
  if (alias || !module) return undefined;
  const isWildcard = node.parts('names').some(({ text }) => text === '*' || text === '_');
  if (rules.wildcardsHide !== true && isWildcard) return module;
  return rules.importBinds === 'all' && !node.part('names') ? module : undefined;
}

function requiredPath(value: Node): readonly string[] | undefined {
  if (value.kind !== 'member') return requiredModule(value);
  const object = value.part('object');
  const module = object && requiredPath(object);
  const name = value.part('name');
  return module && name ? [...module, name.text] : undefined;
}

/** `require('fs')` */
function requiredModule(call: Node): readonly string[] | undefined {
  if (call.kind !== 'call' || call.part('callee')?.text !== 'require') return undefined;
  const [module, second] = call.parts('arguments');
  return module?.kind === 'string' && !second ? [module.text.replace(/^node:/, '')] : undefined;
}

/** What an import's names are parts of; one in the list of another one (Rust) begins with the path of that. */
function pathOfImport(node: Node, rules: NameRules): readonly string[] | undefined {
  const module = pathOfModule(node.part('module'), rules);
  const outer = node.parent?.kind === 'importName' ? node.parent.parent : undefined;
  const path = outer && pathOfImport(outer, rules);
  return path && module ? [...path, ...module] : module;
}

function pathOfModule(module: Node | undefined, rules: NameRules): readonly string[] | undefined {
  if (module === undefined) return undefined;
  if (module.kind !== 'string') return chain(module);
  // Go names a package after the last part of its path.
  const last = module.text
    .split('/')
    .filter((part) => !/^v\d+$/.test(part))
    .at(-1);
  return rules.packagesAreFolders === true ? [last ?? module.text] : [module.text.replace(/^node:/, '')];
}

function chain(node: Node): readonly string[] | undefined {
  if (node.kind === 'identifier') return [node.text];
  if (node.kind !== 'member') return undefined;
  const object = node.part('object');
  const name = node.part('name');
  const path = object && chain(object);
  return path && name?.kind === 'identifier' ? [...path, name.text] : undefined;
}
