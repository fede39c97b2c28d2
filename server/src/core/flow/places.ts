import type { Node } from '../ast/node.ts';
import type { Declaration } from '../resolve/names.ts';
import type { Callable, Program } from './program.ts';
import { MAX_DEPTH } from './values.ts';

/** Where data lives: a variable, or a field below it. */
export interface Place {
  readonly root: string;
  readonly path: readonly string[];
  /** Some element of it, or a field too deep to be told apart: a new value does not replace the old one. */
  readonly partly: boolean;
  /** What a variable points to, or a part of it, and not the variable itself. */
  readonly inside: boolean;
}

const THIS = new Set(['this', 'self', 'cls', '@']);
const POINTERS = new Set(['*', '&', '&mut', '&&', '!!', 'post!!', 'post!', '!', '&raw', 'ref', 'out', 'in']);

/** Root of the object whose methods these are, by the name of its class. */
export function rootOfClass(name: string): string {
  return `t:${name}`;
}

/** Name of the class that a function is a method of; undefined for a function on its own. */
export function classOf({ node, owner }: Callable): string | undefined {
  if (owner !== undefined) return classNameOf(owner);
  const name = node.part('name');
  if (name?.kind === 'member') return lastName(name.part('object'));
  const receiver = node.part('receiver');
  return receiver === undefined ? undefined : lastName(typeIn(receiver));
}

export function classNameOf(node: Node): string {
  return lastName(node.part('name')) ?? `#${node.index}`;
}

function typeIn(node: Node): Node | undefined {
  if (node.kind === 'parameter') return node.part('type');
  for (const child of node.children) {
    const found = typeIn(child);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Last identifier of a name or type: `*pkg.Server` is `Server`, `List<T>` is `List`. */
export function lastName(node: Node | undefined): string | undefined {
  if (node === undefined) return undefined;
  switch (node.kind) {
    case 'identifier':
      return node.text;
    case 'member':
      return lastName(node.part('name'));
    case 'genericType':
    case 'pointerType':
    case 'referenceType':
    case 'arrayType':
      return lastName(node.part('base'));
    default:
      return node.children.length === 1 ? lastName(node.children[0]) : undefined;
  }
}

/** Root of `this` inside a function. */
export function thisRoot(program: Program, callable: Callable): string | undefined {
  let at = callable;
  while (at.id !== 0) {
    const [receiver] = at.receives ? at.parameters : [];
    if (receiver !== undefined) return rootOf(program, receiver.identifier, at)?.root;
    const name = classOf(at);
    if (name !== undefined) return rootOfClass(name);
    // A function of its own has its own `this`; a lambda has that of the function around it.
    if (at.node.kind === 'function' && at.parent === 0) return undefined;
    const parent = program.callables[at.parent];
    if (parent === undefined) return undefined;
    at = parent;
  }
  return undefined;
}

/** True for `this`, and for what a method calls its object. */
export function isThis(program: Program, node: Node): boolean {
  if (node.kind !== 'identifier' && node.children.length > 0) return false;
  const declaration = THIS.has(node.text) ? program.names.declarationOf(node) : undefined;
  if (THIS.has(node.text)) return declaration === undefined || declaration.kind === 'parameter';
  return false;
}

/** The place of an identifier; undefined when it names a function, a class or an import. */
export function rootOf(program: Program, node: Node, around: Callable): Place | undefined {
  if (isThis(program, node)) {
    const root = thisRoot(program, around);
    if (root !== undefined) return { root, path: [], partly: false, inside: false };
  }
  const declaration = program.names.declarationOf(node);
  const backed = declaration === undefined && node.text === 'field' ? around.accessor?.property : undefined;
  if (backed !== undefined)
    return { root: rootOfClass(classOf(around) ?? ''), path: [backed], partly: false, inside: true };
  if (declaration === undefined) return { root: `n:${node.text}`, path: [], partly: false, inside: false };
  if (declaration.kind === 'function' || declaration.kind === 'class') return undefined;
  const owner = fieldOwner(declaration);
  if (owner !== undefined) {
    return { root: rootOfClass(classNameOf(owner)), path: [declaration.name], partly: false, inside: true };
  }
  const receiver = receiverClass(declaration);
  if (receiver !== undefined) return { root: rootOfClass(receiver), path: [], partly: false, inside: false };
  const root = `v${declaration.identifier.index}`;
  if (!program.owners.has(root)) program.owners.set(root, program.around[declaration.identifier.index] ?? 0);
  return { root, path: [], partly: false, inside: false };
}

/** The class whose field a declaration is. */
function fieldOwner({ node }: Declaration): Node | undefined {
  if (node.kind === 'parameter' && node.parent?.kind === 'class') return node.parent;
  if (node.kind !== 'variable' && node.kind !== 'assign') return undefined;
  for (let at: Node | undefined = node; at !== undefined; at = at.parent) {
    if (at.role === 'members')
      return at.parent?.kind === 'class' || at.parent?.kind === 'new' ? at.parent : undefined;
    if (at.kind === 'block' || at.kind === 'function' || at.kind === 'lambda') return undefined;
  }
  return undefined;
}

/** Class of a receiver written before the name, as in Go. */
function receiverClass({ node, kind }: Declaration): string | undefined {
  if (kind !== 'parameter') return undefined;
  for (let at: Node | undefined = node; at !== undefined && at.kind !== 'function'; at = at.parent) {
    if (at.role === 'receiver') return lastName(typeIn(at));
  }
  return undefined;
}

/** The place that an expression denotes; undefined when it is no place: a call, a literal. */
export function placeOf(program: Program, node: Node, around: Callable): Place | undefined {
  switch (node.kind) {
    case 'identifier':
      return rootOf(program, node, around);
    case 'member': {
      const object = node.part('object');
      const name = node.part('name');
      if (object === undefined || name === undefined) return undefined;
      const base = placeOf(program, object, around) ?? staticPlace(program, object);
      return base === undefined ? undefined : below(base, name.text);
    }
    case 'index': {
      const object = node.part('object');
      const base = object && placeOf(program, object, around);
      return base === undefined ? undefined : { ...base, partly: true, inside: true };
    }
    case 'unary': {
      const operand = node.part('operand');
      const operator = node.part('operator')?.text ?? '';
      if (operand === undefined || !POINTERS.has(operator)) return undefined;
      if (operator === '!' || operator === '&&') return undefined;
      const base = placeOf(program, operand, around);
      return base === undefined ? undefined : { ...base, inside: base.inside || operator === '*' };
    }
    case 'cast':
    case 'spread':
    case 'keyword': {
      const value = node.part('value');
      return value && placeOf(program, value, around);
    }
    // `out var x` as an argument.
    case 'variable': {
      if (node.role === 'members') return undefined;
      const target = node.part('target');
      return target && placeOf(program, target, around);
    }
    default: {
      if (!node.kind.startsWith(':')) return undefined;
      if (isThis(program, node)) return rootOf(program, node, around);
      const [only, second] = node.children.filter(({ kind }) => kind !== 'token');
      return only === undefined || second !== undefined ? undefined : placeOf(program, only, around);
    }
  }
}

/** `Config.path`: a field of the class itself. */
function staticPlace(program: Program, object: Node): Place | undefined {
  if (object.kind !== 'identifier') return undefined;
  const declaration = program.names.declarationOf(object);
  if (declaration?.kind !== 'class') return undefined;
  return { root: rootOfClass(declaration.name), path: [], partly: false, inside: false };
}

function below(base: Place, name: string): Place {
  if (base.partly || base.path.length >= MAX_DEPTH) return { ...base, partly: true, inside: true };
  return { root: base.root, path: [...base.path, name], partly: false, inside: true };
}
