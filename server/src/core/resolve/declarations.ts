import { partitionPoint } from '../base/partition.ts';
import type { Ast } from '../ast/readAst.ts';
import { descendants, type Node } from '../ast/node.ts';
import { functionAround, joined, partsOf, perFunction } from '../ast/parts.ts';
import type { Grammar } from '../syntax/grammar.ts';
import type { Declaration, DeclarationKind } from './names.ts';

interface Scoped extends Declaration {
  /** Node within which the name is known; undefined for all of the file. */
  readonly scope: Node | undefined;
  /** Known before the place where it is declared too: functions, types, imports, members. */
  readonly hoisted: boolean;
  /** Known as a member of a class, or by its name alone, or both. */
  readonly isMember: boolean;
  readonly isBare: boolean;
}

export interface Declarations {
  declarationOf(identifier: Node): Declaration | undefined;
  /** Members of any class of the file with this name. */
  membersNamed(name: string): readonly Declaration[];
  /** All that the file declares, in the order of the text. */
  all(): readonly Declaration[];
  /** Those that stand in no function, and those of them that are functions. */
  readonly outside: readonly Declaration[];
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

const BINDING_VALUES: ReadonlySet<string> = new Set(['pair', 'spread']);

/** What the code in a function declares. */
interface Inside {
  readonly all: readonly Scoped[];
  /** What is known in the function alone, by name. */
  readonly byName: ReadonlyMap<string, ScopesOfName>;
  /** What it declares for the file: `global x` of Python. */
  readonly ofFile: readonly Scoped[];
  readonly members: readonly Scoped[];
}

/** The function itself is declared around it. */
const inside = perFunction((nodes, { grammar }): Inside => {
  const all = declaredBy(nodes.slice(1), grammar);
  const own = new Map<string, Scoped[]>();
  for (const each of all) if (each.isBare && each.scope !== undefined) append(own, each.name, each);
  return {
    all,
    byName: new Map([...own].map(([name, list]) => [name, byScope(list)])),
    ofFile: all.filter(({ isBare, scope }) => isBare && scope === undefined),
    members: all.filter(({ isMember }) => isMember),
  };
});

/** What the code in an outermost function declares, without the function itself. */
export function declaredIn(ast: Ast, of: Node): readonly Declaration[] {
  return inside(ast, of).all;
}

/** What an outermost function does with names, by its code alone. */
export interface FunctionScopes {
  /** Names that it declares for the file: those of `global x` in Python. */
  readonly ofFile: readonly string[];
  /** True for a name that means something declared in the function. */
  readonly isLocal: (identifier: Node) => boolean;
}

export function scopesIn(ast: Ast, of: Node): FunctionScopes {
  const { byName, ofFile } = inside(ast, of);
  return {
    ofFile: ofFile.map(({ name }) => name),
    isLocal: (identifier) => {
      const scopes = byName.get(identifier.text);
      return scopes !== undefined && innermost(scopes, identifier) !== undefined;
    },
  };
}

/** Which declaration each name of a file means. */
export function declarationsOf(ast: Ast): Declarations {
  const { names: nameRules = {} } = ast.grammar.definition.profile;
  const { functions, rest } = partsOf(ast);
  const outside = declaredBy(
    joined({ functions, rest }, (each) => [each]),
    ast.grammar,
  );
  const byName = new Map<string, Scoped[]>();
  const members = new Map<string, Scoped[]>();
  const withInside = (of: keyof Pick<Inside, 'ofFile' | 'members'>): readonly Scoped[] => {
    const more = functions.flatMap((each) => inside(ast, each)[of]);
    return more.length === 0 ? outside : [...outside, ...more].sort(byIndex);
  };
  for (const each of withInside('ofFile')) if (each.isBare) append(byName, each.name, each);
  for (const each of withInside('members')) if (each.isMember) append(members, each.name, each);
  const scopesOf = new Map<string, ScopesOfName>();
  const inScopes = (name: string): ScopesOfName => {
    let scopes = scopesOf.get(name);
    if (scopes === undefined) scopesOf.set(name, (scopes = byScope(byName.get(name) ?? [], ast.root)));
    return scopes;
  };
  /** What stands in a function is known in it, so that the declarations of no other function are looked at. */
  const inFunction = (identifier: Node): Scoped | undefined => {
    const around = functionAround(identifier);
    // Code that was read for itself, a macro's body, stands in no function of the file.
    if (around === undefined || ast.nodes[around.index] !== around) return undefined;
    const scopes = inside(ast, around).byName.get(identifier.text);
    return scopes && innermost(scopes, identifier);
  };
  return {
    outside,
    all: () => [...outside, ...functions.flatMap((each) => inside(ast, each).all)].sort(byIndex),
    membersNamed: (name) => members.get(name) ?? [],
    declarationOf: (identifier) => {
      if (identifier.kind !== 'identifier' || isMemberName(identifier)) return undefined;
      return (
        inFunction(identifier) ??
        innermost(inScopes(identifier.text), identifier) ??
        (nameRules.bareMembers === true
          ? extended(members.get(identifier.text) ?? [], identifier)
          : undefined)
      );
    },
  };
}

function byIndex(a: Scoped, b: Scoped): number {
  return a.node.index - b.node.index;
}

/** What some nodes of a file declare, in preorder. */
function declaredBy(nodes: readonly Node[], grammar: Grammar): readonly Scoped[] {
  const all: Scoped[] = [];
  const { scope: reach, names: nameRules = {} } = grammar.definition.profile;
  const isFunctionScoped = reach === 'function';
  const declare = (
    identifier: Node,
    node: Node,
    kind: DeclarationKind,
    scope: Node | undefined,
    hoisted: boolean,
  ): void => {
    if (identifier.kind !== 'identifier') return;
    // A parameter of a class is a field of it, and so is one of a constructor with a modifier.
    const isParameter = kind === 'parameter';
    const isField = node.role === 'members' || (isParameter && node.parent?.kind === 'class');
    const isOpen = node.role === 'members' && nameRules.openEnumerations === true && isEnumerator(node);
    all.push({
      name: identifier.text,
      node,
      identifier,
      kind,
      scope: isOpen && scope ? around(scope, BLOCK_SCOPES) : scope,
      hoisted: hoisted || isField,
      isMember: isField || (isParameter && isParameterProperty(node)),
      isBare: !isField || isOpen || nameRules.bareMembers === true,
    });
  };
  const declaredElsewhere = namesDeclaredElsewhere(nodes);
  for (const node of nodes) {
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
          const elsewhere = declaredElsewhere.get(`${owner.index} ${name.text}`);
          // A name that is not local is declared in a function around.
          if (elsewhere === NONLOCAL) continue;
          declare(name, node, 'variable', elsewhere === GLOBAL ? undefined : owner, true);
        }
        break;
      case 'parameter':
        if (isOfType(node)) break;
        for (const name of namesIn(node.part('target')))
          declare(name, node, 'parameter', around(node, BLOCK_SCOPES), true);
        break;
      case 'function':
      case 'class': {
        const name = node.part('name');
        // `{ f() {} }` and, in Go, `func (t *T) f()` are called of an object.
        if (node.role === 'fields' || (nameRules.bareMembers !== true && node.part('receiver'))) break;
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
  return all;
}

/** Declarations of one name in one scope. */
interface InScope {
  /** The first of those known in all of it: in a function-scoped language the first assignment declares, and the others mean the same. */
  everywhere: Scoped | undefined;
  /** Those known from where they stand on, in their order. */
  readonly fromHere: Scoped[];
}

type ScopesOfName = ReadonlyMap<Node, InScope>;

/** @param file the scope of those that are known in all of it */
function byScope(declarations: readonly Scoped[], file?: Node): ScopesOfName {
  const scopes = new Map<Node, InScope>();
  for (const each of declarations) {
    const scope = each.scope ?? file;
    if (scope === undefined) continue;
    let known = scopes.get(scope);
    if (known === undefined) scopes.set(scope, (known = { everywhere: undefined, fromHere: [] }));
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

/** Kinds of types of functions, which the vocabulary does not have with their parameters. */
const FUNCTION_TYPE = ':function_type';

/** A parameter that only describes: `url` of `cb: (url: string) => void` names nothing. */
function isOfType(parameter: Node): boolean {
  for (let each = parameter.parent; each?.kind.startsWith(':') || each?.kind === 'tuple'; each = each.parent)
    if (each.kind.startsWith(FUNCTION_TYPE)) return true;
  return false;
}

function isEnumerator({ parent }: Node): boolean {
  return parent?.part('form')?.text === 'enum';
}

/** Outside of a type's body its own members are written bare too: in an extension of it, and in what C++ defines as `T::f`. */
function extended(candidates: readonly Scoped[], use: Node): Scoped | undefined {
  if (candidates.length === 0) return undefined;
  for (let around: Node | undefined = use; around; around = around.parent) {
    const name = typeNamed(around);
    if (name === undefined || name === '') continue;
    const found = candidates.find(
      ({ node }) => node.parent?.kind === 'class' && node.parent.part('name')?.text === name,
    );
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The name of the type whose members a node has in it, or belongs to by its own name. */
function typeNamed(node: Node): string | undefined {
  if (node.kind === 'class') return node.part('name')?.text;
  const name = node.kind === 'function' ? node.part('name') : undefined;
  if (name?.kind !== 'member') return undefined;
  const type = name.part('object');
  return (type?.part('name') ?? type?.part('base') ?? type)?.text;
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
    // The value of a pair is what is bound: `const { exec: run } = ...`, and what takes the rest: `const { exec, ...more } = ...`.
    const binds =
      !NO_TARGET.has(node.role) || (node.role === 'value' && BINDING_VALUES.has(node.parent?.kind ?? ''));
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

const GLOBAL = ':global_statement';
const NONLOCAL = ':nonlocal_statement';

/** Which of the two kinds of statement declares a name to be no variable of the scope that it stands in, by the scope and the name. */
function namesDeclaredElsewhere(nodes: readonly Node[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const node of nodes) {
    if (node.kind !== GLOBAL && node.kind !== NONLOCAL) continue;
    for (const child of node.children)
      names.set(`${around(node, FUNCTION_SCOPES).index} ${child.text}`, node.kind);
  }
  return names;
}

function append<V>(map: Map<string, V[]>, key: string, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
