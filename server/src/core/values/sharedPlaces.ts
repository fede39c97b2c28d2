import type { Node } from '../ast/node.ts';
import type { CType, Struct } from './ctypes.ts';
import type { Unit } from './run.ts';
import { isGlobal } from './variables.ts';

const idOf = new WeakMap<ReadonlyMap<string, unknown>, number>();
let lastId = 0;

/**
 * What several functions mean when they write a place: a variable of the program, or a member of a type, whichever object it belongs to. Undefined for
 * what a function has for itself, and for what is not known.
 */
export function placeKey(unit: Unit, expression: Node): string | undefined {
  let at: Node | undefined = expression;
  while (at?.kind === 'unary' || at?.kind === 'cast' || at?.kind === 'index') at = innerOf(at);
  if (at?.kind === 'identifier') return isShared(unit, at) ? at.text : undefined;
  if (at?.kind !== 'member') return undefined;
  const name = at.part('name')?.text ?? '';
  const object = at.part('object');
  const type = object && structOf(unit, object);
  return type && name !== '' ? `${typeKey(type)}.${name}` : undefined;
}

/** The variable that an expression begins with. */
export function rootOf(expression: Node): Node | undefined {
  let at: Node | undefined = expression;
  while (at !== undefined && at.kind !== 'identifier')
    at = at.kind === 'member' ? at.part('object') : innerOf(at);
  return at;
}

function innerOf(node: Node): Node | undefined {
  switch (node.kind) {
    case 'unary':
      return node.part('operand');
    case 'cast':
      return node.part('value');
    case 'index':
      return node.part('object');
    default:
      return undefined;
  }
}

function isShared(unit: Unit, identifier: Node): boolean {
  const declaration = unit.declarationOf(identifier);
  return declaration?.kind === 'variable' && isGlobal(declaration.node);
}

function typeKey({ name, fields }: Struct): string {
  if (name !== '') return name.replace(/^(?:struct|union) /, '');
  let id = idOf.get(fields);
  if (id === undefined) idOf.set(fields, (id = ++lastId));
  return `#${id}`;
}

/** The type of a structure, or of what a pointer to one leads to. */
export function structOf(unit: Unit, expression: Node): Struct | undefined {
  let type = typeOf(unit, expression);
  while (type?.is === 'pointer' || type?.is === 'array') type = type.is === 'pointer' ? type.to : type.of;
  return type?.is === 'struct' ? type : undefined;
}

function typeOf(unit: Unit, expression: Node): CType | undefined {
  switch (expression.kind) {
    case 'identifier': {
      const declaration = unit.declarationOf(expression);
      return declaration?.kind === 'variable' || declaration?.kind === 'parameter'
        ? unit.types.ofDeclaration(declaration.node)
        : undefined;
    }
    case 'cast':
      return unit.types.read(expression.part('type'));
    case 'member': {
      const object = expression.part('object');
      return object && structOf(unit, object)?.fields.get(expression.part('name')?.text ?? '')?.type;
    }
    case 'unary':
    case 'index': {
      const inner = innerOf(expression);
      return inner && typeOf(unit, inner);
    }
    default:
      return undefined;
  }
}
