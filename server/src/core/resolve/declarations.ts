import { partitionPoint } from '../base/partition.ts';
import type { Ast } from '../ast/readAst.ts';
import { descendants, type Node } from '../ast/node.ts';
import { nodesOfKinds } from '../ast/nodesOfKind.ts';
import type { Declaration, DeclarationKind } from './names.ts';

interface Scoped extends Declaration {
  /** Node within which the name is known. */
  readonly scope: Node;
  /** Known before the place where it is declared too: functions, types, imports, members. */
  readonly hoisted: boolean;
}

export interface Declarations {
  declarationOf(identifier: Node): Declaration | undefined;
  /** Members of any class of the file with this name. */
  membersNamed(name: string): readonly Declaration[];
  readonly all: readonly Declaration[];
}

const BLOCK_SCOPES: ReadonlySet<string> = new Set(
  'file block function lambda for forEach catch class namespace comprehension with case if'.split(' '),
);
const FUNCTION_SCOPES: ReadonlySet<string> = new Set([
  'file',
  'function',
  'lambda',
  'class',
  'comprehension',
]);
/** Parts of a target that are no names of their own. */
const NO_TARGET: ReadonlySet<string> = new Set([
  'default',
  'key',
  'type',
  'value',
  'object',
  'indices',
  'operator',
  'callee',
]);

/** Kinds that declare names. */
const DECLARING: readonly string[] = [
  'variable',
  'resource',
  'comprehensionFor',
  'forEach',
  'assign',
  'parameter',
  'function',
  'class',
  'import',
  'importName',
];

/** Which declaration each name of a file means. */
export function declarationsOf(ast: Ast): Declarations {
  const byName = new Map<string, Scoped[]>();
  const all: Scoped[] = [];
  const members = new Map<string, Scoped[]>();
  const { scope: reach, names: nameRules = {} } = ast.grammar.definition.profile;
  const isFunctionScoped = reach === 'function';
  const declare = (
    identifier: Node,
    node: Node,
    kind: DeclarationKind,
    scope: Node,
    hoisted: boolean,
  ): void => {
    if (identifier.kind !== 'identifier') return;
    const name = identifier.text;
    // A parameter of a class is a field of it.
    const isMember = node.role === 'members' || (kind === 'parameter' && node.parent?.kind === 'class');
    const isOpen = node.role === 'members' && nameRules.openEnumerations === true && isEnumerator(node);
    const known = isOpen ? around(scope, BLOCK_SCOPES) : scope;
    const one: Scoped = {
      name,
      node,
      identifier,
      id: all.length,
      kind,
      scope: known,
      hoisted: hoisted || isMember,
    };
    all.push(one);
    append(isMember ? members : byName, name, one);
    if (isMember && (isOpen || nameRules.bareMembers === true)) append(byName, name, one);
  };
  const globals = globalNames(ast);
  for (const node of nodesOfKinds(ast, DECLARING)) {
    const isHoisted = isFunctionScoped || (nameRules.hoistsVar === true && isVar(node));
    const scopes = isHoisted ? FUNCTION_SCOPES : BLOCK_SCOPES;
    switch (node.kind) {
      case 'variable':
      case 'resource':
      case 'comprehensionFor':
      case 'forEach':
        for (const name of namesIn(node.part('target'))) {
          declare(
            name,
            node,
            'variable',
            node.kind === 'forEach' && !isFunctionScoped ? node : around(node, scopes),
            isFunctionScoped,
          );
        }
        break;
      case 'assign':
        if (!isFunctionScoped) break;
        for (const name of namesIn(node.part('target'))) {
          const owner = around(node, FUNCTION_SCOPES);
          declare(
            name,
            node,
            'variable',
            globals.has(`${owner.index} ${name.text}`) ? ast.root : owner,
            true,
          );
        }
        break;
      case 'parameter':
        for (const name of namesIn(node.part('target')))
          declare(name, node, 'parameter', around(node, BLOCK_SCOPES), true);
        if (isParameterProperty(node)) {
          const field = all.at(-1);
          if (field) append(members, field.name, field);
        }
        break;
      case 'function':
      case 'class': {
        const name = node.part('name');
        if (name && node.parent) declare(name, node, node.kind, scopeAt(node.parent, scopes), true);
        break;
      }
      case 'import':
      case 'importName': {
        const name = node.part('alias') ?? (node.kind === 'importName' ? namedBy(node) : boundBy(node));
        if (name) declare(name, node, 'import', around(node, scopes), true);
        break;
      }
    }
  }
  mergeRedeclared(byName, isFunctionScoped);
  const scopesOf = new Map<string, ScopesOfName>();
  const inScopes = (name: string): ScopesOfName => {
    let scopes = scopesOf.get(name);
    if (scopes === undefined) scopesOf.set(name, (scopes = byScope(byName.get(name) ?? [])));
    return scopes;
  };
  return {
    all,
    membersNamed: (name) => members.get(name) ?? [],
    declarationOf: (identifier) => {
      if (identifier.kind !== 'identifier' || isMemberName(identifier)) return undefined;
      return (
        innermost(inScopes(identifier.text), identifier) ??
        (nameRules.bareMembers === true
          ? extended(members.get(identifier.text) ?? [], identifier)
          : undefined)
      );
    },
  };
}

/** In one scope of a function-scoped language the first assignment declares and the others mean the same. */
function mergeRedeclared(byName: Map<string, Scoped[]>, isFunctionScoped: boolean): void {
  if (!isFunctionScoped) return;
  for (const [name, list] of byName) {
    const first = new Map<Node, Scoped>();
    for (const each of list) if (!first.has(each.scope)) first.set(each.scope, each);
    byName.set(name, [...first.values()]);
  }
}

/** Declarations of one name in one scope. */
interface InScope {
  /** The first of those known in all of it. */
  everywhere: Scoped | undefined;
  /** Those known from where they stand on, in their order. */
  readonly fromHere: Scoped[];
}

type ScopesOfName = ReadonlyMap<Node, InScope>;

function byScope(declarations: readonly Scoped[]): ScopesOfName {
  const scopes = new Map<Node, InScope>();
  for (const each of declarations) {
    let known = scopes.get(each.scope);
    if (known === undefined) scopes.set(each.scope, (known = { everywhere: undefined, fromHere: [] }));
    if (each.hoisted) known.everywhere ??= each;
    else known.fromHere.push(each);
  }
  for (const { fromHere } of scopes.values())
    fromHere.sort((a, b) => a.identifier.index - b.identifier.index);
  return scopes;
}

/** Looks from the inside outwards: what a look-up costs depends on how deep it stands, not on how often the name is declared. */
function innermost(scopes: ScopesOfName, use: Node): Scoped | undefined {
  if (scopes.size === 0) return undefined;
  for (let scope: Node | undefined = use; scope; scope = scope.parent) {
    const known = scopes.get(scope);
    const found = known && (lastBefore(known.fromHere, use) ?? known.everywhere);
    if (found) return found;
  }
  return undefined;
}

/** The last declaration that stands before a use, or is that name itself. */
function lastBefore(declarations: readonly Scoped[], use: Node): Scoped | undefined {
  const isBefore = (index: number): boolean => (declarations[index]?.identifier.index ?? 0) <= use.index;
  return declarations[partitionPoint(declarations.length, isBefore) - 1];
}

function isEnumerator({ parent }: Node): boolean {
  return parent?.part('form')?.text === 'enum';
}

/** In an extension of a type of this file the type's own members are written bare too. */
function extended(candidates: readonly Scoped[], use: Node): Scoped | undefined {
  let around: Node | undefined = use;
  while (around && around.kind !== 'class') around = around.parent;
  const name = around?.part('name')?.text;
  if (name === undefined || name === '') return undefined;
  return candidates.find(
    ({ node }) => node.parent?.kind === 'class' && node.parent.part('name')?.text === name,
  );
}

function isMemberName({ role, parent }: Node): boolean {
  if (role === 'label') return true;
  return role === 'name' && (parent?.kind === 'member' || parent?.kind === 'keyword');
}

/** Identifiers that a target binds: itself, or those of a pattern. */
export function namesIn(target: Node | undefined): readonly Node[] {
  if (target === undefined) return [];
  if (target.kind === 'identifier') return [target];
  if (target.kind === 'member' || target.kind === 'index') return [];
  const names: Node[] = [];
  for (const node of descendants(target)) {
    // The value of a pair is what is bound: `const { exec: run } = ...`.
    const binds = !NO_TARGET.has(node.role) || (node.role === 'value' && node.parent?.kind === 'pair');
    if (node.kind === 'identifier' && binds && !isMemberName(node)) names.push(node);
  }
  return names;
}

/** `import a.b` binds `a` (Python) or `b` (Java); which one is the language's business, and `paths.ts` knows. */
function boundBy(node: Node): Node | undefined {
  let module = node.part('module');
  if (node.part('names')) return undefined;
  while (module?.kind === 'member') module = module.part('name');
  return module;
}

/** `b` of `use a::{b, c::b}`; `self` there is the module. */
function namedBy(node: Node): Node | undefined {
  let name = node.part('name');
  while (name?.kind === 'member') name = name.part('name');
  if (name?.text !== 'self' || node.parent === undefined) return name;
  let module = node.parent.part('module');
  while (module?.kind === 'member') module = module.part('name');
  return module;
}

/** `constructor(private x: T)` of TypeScript also declares a field. */
function isParameterProperty(node: Node): boolean {
  return (
    node.parent?.part('name')?.text === 'constructor' &&
    node.parts('modifiers').some(({ text }) => PROPERTY_MODIFIERS.has(text))
  );
}

const PROPERTY_MODIFIERS: ReadonlySet<string> = new Set(['public', 'private', 'protected', 'readonly']);

function isVar(node: Node): boolean {
  return node.kind === 'variable' && node.parts('modifiers').some(({ text }) => text === 'var');
}

function around(node: Node, scopes: ReadonlySet<string>): Node {
  return node.parent ? scopeAt(node.parent, scopes) : node;
}

function scopeAt(node: Node, scopes: ReadonlySet<string>): Node {
  let scope = node;
  let below = node;
  // What an expression of a condition declares (`x is T y`, `out var y`) is known behind the `if` too.
  const isOpen = (): boolean => isGuard(scope) || (scope.kind === 'if' && below.role === 'condition');
  while (scope.parent && (!scopes.has(scope.kind) || isOpen())) {
    below = scope;
    scope = scope.parent;
  }
  return scope;
}

/** `guard let x = y else {...}`: what it declares is known after it. */
function isGuard(node: Node): boolean {
  return node.kind === 'if' && node.part('then') === undefined;
}

/** `global x` and `nonlocal x`, by the scope that they stand in. */
function globalNames(ast: Ast): ReadonlySet<string> {
  const names = new Set<string>();
  for (const node of nodesOfKinds(ast, [':global_statement', ':nonlocal_statement'])) {
    for (const child of node.children) names.add(`${around(node, FUNCTION_SCOPES).index} ${child.text}`);
  }
  return names;
}

function append<V>(map: Map<string, V[]>, key: string, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
