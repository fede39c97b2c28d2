import type { Node } from '../ast/node.ts';
import type { Ast } from '../ast/readAst.ts';
import type { NamesProfile } from '../syntax/language.ts';
import { declare } from './declare.ts';
import { isReference } from './references.ts';
import type { Declaration, DeclarationKind } from './names.ts';

/** Names of different sorts do not hide each other in most languages: `list` and `list()`. */
type Sort = 'value' | 'function' | 'class';

/** A declaration as the resolver sees it. */
export interface Entry extends Declaration {
  kind: DeclarationKind;
  /** Where the name is known. */
  readonly scope: Scope;
  /** Offset from which it is known, in scopes where the order counts. */
  readonly from: number;
  readonly sort: Sort;
  /** All nodes that declare it: a prototype and a definition, several assignments. */
  readonly nodes: Node[];
}

/** A stretch of code with names of its own. */
export interface Scope {
  readonly kind: 'file' | 'function' | 'class' | 'block';
  readonly node: Node;
  readonly parent: Scope | undefined;
  readonly names: Map<string, Entry[]>;
  /** Names that Python's `global` and `nonlocal` send elsewhere. */
  redirects: Map<string, Scope> | undefined;
  /** Of a function defined outside of its class (C++ `int C::f()`): that class. */
  owner: Node | undefined;
}

export interface Declarations {
  readonly conduct: Conduct;
  readonly entries: readonly Entry[];
  declarationOf(identifier: Node): Entry | undefined;
  /** The scope in which a node stands. */
  scopeOf(node: Node): Scope;
  /** The scope that a node opens. */
  scopeIn(node: Node): Scope | undefined;
  /** What a name means at a place. */
  lookup(name: string, at: Node, sort?: Sort): Entry | undefined;
  /** What a name means among the members of a class. */
  member(owner: Node, name: string, sort?: Sort): Entry | undefined;
  /** The class around a node. */
  classAround(node: Node): Node | undefined;
}

export interface Conduct extends NamesProfile {
  /** An assignment declares its target in the function around it. */
  readonly assignsDeclare: boolean;
  /** Names of functions, types and values live side by side. */
  readonly sorts: boolean;
}

const FUNCTION_SCOPES = new Set(['function', 'lambda']);
const BLOCK_SCOPES = new Set([
  'block',
  'for',
  'forEach',
  'if',
  'while',
  'switch',
  'case',
  'catch',
  'try',
  'with',
]);

/** Raw kinds with a scope of their own in every language. */
const COMPREHENSION = /^:.*(comprehension|generator_expression)$/;

/** Parts of a construct that stand outside of the scope that it opens. */
const OUTSIDE: Readonly<Record<string, ReadonlySet<string>>> = {
  function: new Set(['name', 'attributes', 'modifiers']),
  lambda: new Set(['attributes', 'modifiers']),
  class: new Set(['name', 'attributes', 'modifiers', 'form']),
  new: new Set(['type', 'typeArguments', 'arguments']),
  forEach: new Set(['iterable']),
};

/** Collects what a file declares, in one walk, and resolves names to it. */
export function declarationsOf(ast: Ast): Declarations {
  return new ScopeTable(ast);
}

export class ScopeTable implements Declarations {
  readonly conduct: Conduct;
  readonly entries: Entry[] = [];
  readonly ast: Ast;
  readonly #standing: Scope[] = [];
  readonly #opened = new Map<number, Scope>();
  /** By the position of a declaring identifier. */
  readonly #declaring = new Map<number, Entry>();
  readonly #resolved = new Map<number, Entry | undefined>();
  readonly file: Scope;

  constructor(ast: Ast) {
    this.ast = ast;
    const { scope, names } = ast.grammar.definition.profile;
    const assignsDeclare = scope === 'function';
    this.conduct = { ...names, assignsDeclare, sorts: names?.bareMembers === true };
    this.file = newScope('file', ast.root, undefined);
    this.#opened.set(0, this.file);
    for (const node of ast.nodes) {
      const standing = this.#placeOf(node);
      this.#standing.push(standing);
      const kind = this.#scopeKind(node);
      if (kind && node.index > 0) this.#opened.set(node.index, newScope(kind, node, standing));
      declare(this, node);
    }
  }

  scopeOf(node: Node): Scope {
    return this.#standing[node.index] ?? this.file;
  }

  scopeIn(node: Node): Scope | undefined {
    return this.#opened.get(node.index);
  }

  declarationOf(identifier: Node): Entry | undefined {
    if (identifier.kind !== 'identifier') return undefined;
    const declared = this.#declaring.get(identifier.index);
    if (declared) return declared;
    if (this.#resolved.has(identifier.index)) return this.#resolved.get(identifier.index);
    const entry = isReference(identifier, this.conduct)
      ? this.lookup(identifier.text, identifier, sortWanted(identifier))
      : undefined;
    this.#resolved.set(identifier.index, entry);
    return entry;
  }

  lookup(name: string, at: Node, sort: Sort = 'value'): Entry | undefined {
    const { bareMembers = false } = this.conduct;
    let direct = true;
    for (let scope: Scope | undefined = this.scopeOf(at); scope; scope = scope.parent) {
      // Members are known in the class itself; in its methods only where the language lets them be bare.
      if (scope.kind !== 'class' || bareMembers || direct) {
        const found = this.#choose(scope, name, at, sort);
        if (found) return found;
      }
      if (scope.kind === 'function') {
        direct = false;
        if (scope.owner) {
          const member = this.member(scope.owner, name, sort);
          if (member) return member;
        }
      }
    }
    return undefined;
  }

  member(owner: Node, name: string, sort: Sort = 'value'): Entry | undefined {
    const entries = this.scopeIn(owner)?.names.get(name);
    return entries?.find((each) => each.sort === sort) ?? entries?.at(-1);
  }

  classAround(node: Node): Node | undefined {
    for (let scope: Scope | undefined = this.scopeOf(node); scope; scope = scope.parent) {
      if (scope.kind === 'class') return scope.node;
      if (scope.owner) return scope.owner;
    }
    return undefined;
  }

  /** The scope of the function around a scope; of a class' or file's top, that. */
  functionScope(scope: Scope): Scope {
    let each = scope;
    while (each.kind === 'block' && each.parent) each = each.parent;
    return each;
  }

  /** Adds a name. One that the scope knows already is the same declaration, unless the language lets it be declared anew. */
  add(
    scope: Scope,
    identifier: Node,
    node: Node,
    kind: DeclarationKind,
    from = 0,
    name = identifier.text,
  ): Entry {
    const entries = scope.names.get(name) ?? [];
    const sort = this.#sortOf(kind);
    const anew = this.conduct.redeclares === true && scope.kind !== 'file' && scope.kind !== 'class';
    let entry = anew ? undefined : entries.find((each) => each.sort === sort);
    if (entry === undefined) {
      entry = { name, node, identifier, id: this.entries.length, kind, scope, from, sort, nodes: [] };
      this.entries.push(entry);
      entries.push(entry);
      scope.names.set(name, entries);
    }
    entry.nodes.push(node);
    this.#declaring.set(identifier.index, entry);
    return entry;
  }

  #sortOf(kind: DeclarationKind): Sort {
    if (!this.conduct.sorts) return 'value';
    return kind === 'function' || kind === 'class' ? kind : 'value';
  }

  #choose(scope: Scope, name: string, at: Node, wanted: Sort): Entry | undefined {
    const entries = scope.names.get(name);
    if (entries === undefined) return undefined;
    const ordered = scope.kind === 'function' || scope.kind === 'block';
    const known = ordered ? entries.filter(({ from }) => from <= at.start) : entries;
    return known.findLast(({ sort }) => sort === wanted) ?? known.at(-1);
  }

  #placeOf(node: Node): Scope {
    const { parent } = node;
    if (parent === undefined) return this.file;
    const outer = this.#standing[parent.index] ?? this.file;
    const inner = this.#opened.get(parent.index);
    if (inner === undefined || OUTSIDE[parent.kind]?.has(node.role) === true) return outer;
    // A class' parents may name its type parameters, but in other languages its members would hide what they mean.
    if (parent.kind === 'class' && node.role === 'parents' && !parent.part('typeParameters')) return outer;
    return inner;
  }

  #scopeKind(node: Node): Scope['kind'] | undefined {
    const { kind, parent } = node;
    if (FUNCTION_SCOPES.has(kind)) return 'function';
    if (kind === 'class' || (kind === 'new' && node.part('members'))) return 'class';
    if (kind === 'namespace') return 'file';
    if (COMPREHENSION.test(kind)) return 'block';
    if (this.conduct.assignsDeclare || !BLOCK_SCOPES.has(kind)) return undefined;
    const isBodyOf = kind === 'block' && node.role === 'body' ? parent?.kind : undefined;
    if (isBodyOf !== undefined && (FUNCTION_SCOPES.has(isBodyOf) || BLOCK_SCOPES.has(isBodyOf) || isBodyOf === 'namespace'))
      return undefined;
    return 'block';
  }
}

function newScope(kind: Scope['kind'], node: Node, parent: Scope | undefined): Scope {
  return { kind, node, parent, names: new Map(), redirects: undefined, owner: undefined };
}

function sortWanted({ role, parent }: Node): Sort {
  if (role === 'callee') return 'function';
  if (role === 'type' || role === 'returns' || role === 'base' || role === 'parents' || role === 'throws') return 'class';
  if (parent?.kind === 'genericType' || parent?.kind === 'annotation') return 'class';
  return 'value';
}
