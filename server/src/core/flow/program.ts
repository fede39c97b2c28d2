import type { Node } from '../ast/node.ts';
import type { Ast } from '../ast/readAst.ts';
import type { Names } from '../resolve/names.ts';

/** A function of the file with a body; number 0 is the file's own code. */
export interface Callable {
  readonly id: number;
  readonly node: Node;
  readonly body: Node;
  /** The function around it; of the file itself 0. */
  readonly parent: number;
  /** The class whose member it is, directly. */
  readonly owner: Node | undefined;
  readonly name: string;
  readonly parameters: readonly Parameter[];
  /** A function inside a function: it sees the variables around it, and is followed where it stands. */
  readonly inner: boolean;
  /** The property that it reads or writes. */
  readonly accessor: Accessor | undefined;
  /** A lambda in which `this` is the object that the called function gets: its only parameter. */
  readonly receives: boolean;
}

/** A function that runs where a property is read or written. */
export interface Accessor {
  readonly kind: 'get' | 'set';
  readonly property: string;
}

/** A name that a call gives a value to. */
export interface Parameter {
  readonly node: Node;
  readonly identifier: Node;
  /** Position among the arguments. */
  readonly position: number;
  /** Fields to go down from the argument: of parameters that are patterns. */
  readonly path: readonly string[];
  /** Takes all arguments from its position on. */
  readonly rest: boolean;
  /** An assignment to it reaches the caller: `int &x`, `ref`, `inout`. */
  readonly byReference: boolean;
}

/** The functions of a file and where they are found. */
export interface Program {
  readonly ast: Ast;
  readonly names: Names;
  readonly callables: readonly Callable[];
  /** By the index of the node. */
  readonly byNode: ReadonlyMap<number, Callable>;
  readonly byName: ReadonlyMap<string, readonly Callable[]>;
  /** Functions that compute properties, by the property's name; they are not in `byName`. */
  readonly accessors: ReadonlyMap<string, readonly Callable[]>;
  /** Innermost function around each node of the file; of a function itself the one around it. */
  readonly around: Int32Array;
  readonly classes: ReadonlyMap<string, Node>;
  /** Functions whose arguments are not evaluated. */
  readonly unevaluated: ReadonlySet<string>;
  /** The function that declares a root, by its number; filled as roots are met. Shared roots are of 0. */
  readonly owners: Map<string, number>;
}

const THIS = new Set(['self', 'this']);
const REFERENCES = new Set(['ref', 'out', 'inout', 'in out']);

export function programOf(ast: Ast, names: Names): Program {
  const callables: Callable[] = [
    {
      id: 0,
      node: ast.root,
      body: ast.root,
      parent: 0,
      owner: undefined,
      name: '',
      parameters: [],
      inner: false,
      accessor: undefined,
      receives: false,
    },
  ];
  const byNode = new Map<number, Callable>();
  const byName = new Map<string, Callable[]>();
  const accessors = new Map<string, Callable[]>();
  const { profile } = ast.grammar.definition;
  const receivers = new Set(profile.receiverFunctions ?? []);
  const classes = new Map<string, Node>();
  const around = new Int32Array(ast.nodes.length);
  const open: Callable[] = [];
  for (const node of ast.nodes) {
    let inside = open.at(-1);
    while (inside !== undefined && node.index > inside.node.last) {
      open.pop();
      inside = open.at(-1);
    }
    around[node.index] = inside?.id ?? 0;
    if (node.kind === 'class') {
      const name = node.part('name')?.text;
      if (name !== undefined && !classes.has(name)) classes.set(name, node);
    }
    const isClass = node.kind === 'class';
    if (node.kind !== 'function' && node.kind !== 'lambda' && !(isClass && node.part('parameters'))) continue;
    // What is written in the body of a class with parameters runs when an object is made.
    const body = isClass ? node : node.part('body');
    if (body === undefined) continue;
    const accessor = accessorOf(node);
    const callable: Callable = {
      id: callables.length,
      node,
      body,
      parent: inside?.id ?? 0,
      owner: isClass ? node : ownerOf(node),
      name: nameOf(node),
      parameters: parametersOf(node),
      inner: !isClass && (node.kind === 'lambda' || inside !== undefined),
      accessor,
      receives: node.kind === 'lambda' && receivers.has(calledWith(node) ?? ''),
    };
    callables.push(callable);
    byNode.set(node.index, callable);
    if (accessor !== undefined) append(accessors, accessor.property, callable);
    else if (callable.name !== '' && !isClass) append(byName, callable.name, callable);
    if (!isClass) open.push(callable);
  }
  const unevaluated = new Set(profile.unevaluated ?? []);
  const owners = new Map<string, number>();
  return { ast, names, callables, byNode, byName, accessors, around, classes, unevaluated, owners };
}

function append(map: Map<string, Callable[]>, key: string, callable: Callable): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [callable]);
  else list.push(callable);
}

/** Name of the function that a lambda is the last argument of. */
function calledWith({ role, parent }: Node): string | undefined {
  if (role !== 'arguments' || parent?.kind !== 'call') return undefined;
  const callee = parent.part('callee');
  return callee?.kind === 'member' ? callee.part('name')?.text : callee?.text;
}

/** `get` and `set` beside a property (C#, Kotlin, Swift), as modifiers of a method (JavaScript), as decorators (Python). */
function accessorOf(node: Node): Accessor | undefined {
  if (node.kind !== 'function') return undefined;
  if (node.role === 'accessors') {
    const property = node.parent?.part('target')?.text ?? '';
    const word = node.part('name')?.text;
    if (property === '' || word === undefined) return undefined;
    return { kind: word === 'get' ? 'get' : 'set', property };
  }
  const property = nameOf(node);
  if (node.role !== 'members') return undefined;
  const words = node.parts('modifiers').map(({ text }) => text);
  if (words.includes('get')) return { kind: 'get', property };
  if (words.includes('set')) return { kind: 'set', property };
  for (const each of node.parts('attributes')) {
    const name = each.part('name');
    if (name?.kind === 'identifier' && /^(?:cached_)?property$/.test(name.text))
      return { kind: 'get', property };
    if (name?.kind === 'member' && name.part('name')?.text === 'setter') return { kind: 'set', property };
  }
  return undefined;
}

/** The last part of a function's name: `Server::run` is `run`. */
function nameOf(node: Node): string {
  let name = node.part('name');
  while (name?.kind === 'member') name = name.part('name');
  return name?.text ?? '';
}

/** The class around a member, through wrappers but not through functions. */
function ownerOf(node: Node): Node | undefined {
  for (let at = node.parent; at !== undefined; at = at.parent) {
    if (at.kind === 'class' || (at.kind === 'new' && at.part('members') !== undefined)) return at;
    if (at.kind === 'function' || at.kind === 'lambda' || at.kind === 'block') return undefined;
  }
  return undefined;
}

function parametersOf(node: Node): Parameter[] {
  const found: Parameter[] = [];
  let position = 0;
  for (const parameter of node.parts('parameters')) {
    const target = parameter.kind === 'parameter' ? parameter.part('target') : parameter;
    if (target === undefined) {
      position++;
      continue;
    }
    // The receiver written first, as in Python and Rust, is given by the call's object.
    if (position === 0 && found.length === 0 && isReceiver(node, target)) continue;
    for (const { identifier, path } of boundIn(target)) {
      found.push({
        node: parameter,
        identifier,
        position,
        path,
        rest: isRest(parameter, target),
        byReference: isReference(parameter),
      });
    }
    position++;
  }
  return found;
}

/** `self` of a method. */
function isReceiver(node: Node, target: Node): boolean {
  const name = receiverName(target);
  if (name === undefined) return false;
  if (THIS.has(name)) return true;
  const owner = ownerOf(node);
  return owner !== undefined && name === 'cls';
}

function receiverName(target: Node): string | undefined {
  if (target.kind === 'identifier' || target.children.length === 0) return target.text;
  return target.children.length === 1 && target.children[0] ? receiverName(target.children[0]) : undefined;
}

function isRest(parameter: Node, target: Node): boolean {
  return (
    target.kind === 'spread' ||
    parameter.kind === 'spread' ||
    parameter.children.some(
      (child) => child.kind === 'token' && /^(\.\.\.|\*\*?|params|vararg)$/.test(child.text),
    ) ||
    /rest|splat|variadic/.test(parameter.kind + target.kind)
  );
}

function isReference(parameter: Node): boolean {
  return parameter.children.some(
    (child) =>
      child.kind.includes('reference') ||
      (child.role === 'modifiers' && REFERENCES.has(child.text.toLowerCase())),
  );
}

/** A name that a pattern declares, with the fields that lead to it. */
export interface Bound {
  readonly identifier: Node;
  readonly path: readonly string[];
}

/** The names that a target or pattern binds: `a`, `[a, b]`, `{ a, b: c }`. */
export function boundIn(target: Node): readonly Bound[] {
  const found: Bound[] = [];
  const visit = (node: Node, path: readonly string[]): void => {
    if (node.kind === 'identifier') {
      found.push({ identifier: node, path });
      return;
    }
    if (node.kind === 'pair' || node.kind === 'keyword') {
      const key = node.part(node.kind === 'pair' ? 'key' : 'name');
      const value = node.part('value');
      if (value !== undefined) visit(value, [...path, ...namesOfKey(key)]);
      return;
    }
    if (node.kind === 'assign') {
      const inner = node.part('target');
      if (inner !== undefined) visit(inner, path);
      return;
    }
    if (node.kind === 'variable' || node.kind === 'parameter') {
      const inner = node.part('target');
      if (inner !== undefined) visit(inner, path);
      return;
    }
    const fields = node.kind === 'record' || node.kind.includes('object_pattern');
    for (const child of node.children) {
      if (child.kind === 'identifier' && fields)
        found.push({ identifier: child, path: [...path, child.text] });
      else if (child.role !== 'type' && child.role !== 'callee') visit(child, path);
    }
  };
  visit(target, []);
  return found;
}

/** `a`, and `a.b` where a pattern goes down into fields. */
function namesOfKey(key: Node | undefined): readonly string[] {
  if (key?.kind === 'identifier') return [key.text];
  if (key?.kind !== 'member') return [];
  return [...namesOfKey(key.part('object')), ...namesOfKey(key.part('name'))];
}
