import { descendants, type Node } from '../ast/node.ts';
import { nodesOfKind } from '../ast/nodesOfKind.ts';
import type { Ast } from '../ast/readAst.ts';
import { known } from './constraints.ts';
import { sizeOf, type CType, type Struct } from './ctypes.ts';
import type { FactEvent } from './events.ts';
import { numberOf } from './linear.ts';
import type { Place } from './places.ts';
import type { Models } from './readModels.ts';
import { reportAt, type Frame, type FunctionCode, type Unit } from './run.ts';
import type { Cell, State, Target } from './state.ts';
import type { ObjectInfo } from './world.ts';

/** A member of a union that is taken for a pointer, where a number was written last, or for a number where a pointer was. */
export function checkUnionMember(frame: Frame, state: State, target: Target, type: CType, node: Node): void {
  const { world } = frame.run;
  const at = known(world, state, target.offset);
  const cell = at === undefined ? undefined : state.object(target.object)?.cells.get(at);
  if (cell === undefined) return;
  const isNumberFollowed =
    type.is === 'pointer' &&
    isUsed(node) &&
    cell.limits !== undefined &&
    cell.value.is === 'int' &&
    numberOf(cell.value.of) !== 0;
  // An address is looked at as a number of its size without a sign.
  const isPointerCounted =
    type.is === 'int' &&
    (type.signed || type.size < 8) &&
    type.size > 1 &&
    cell.value.is === 'pointer' &&
    !isLookedAt(node);
  if (!isNumberFollowed && !isPointerCounted) return;
  reportAt(
    frame,
    state,
    node,
    'type-confusion',
    world.info(target.object)?.many === true ? 'possible' : 'proved',
    isNumberFollowed
      ? 'a number was written to this union, and is taken for a pointer'
      : 'a pointer was written to this union, and is taken for a number',
    [],
    { object: target.object },
  );
}

/** What is done with the bits of an address: `ref.number & 1`, `ref.number != 0`. */
function isLookedAt(node: Node): boolean {
  let whole = node;
  while (whole.parent?.kind === 'cast') whole = whole.parent;
  const { parent, role } = whole;
  if (role === 'condition') return true;
  const operator = parent?.kind === 'binary' || parent?.kind === 'unary' ? parent.part('operator')?.text : '';
  return LOOKS.has(operator ?? '');
}

const LOOKS: ReadonlySet<string> = new Set(['&', '|', '^', '~', '%', '>>', '==', '!=', '!', '&&', '||']);

function isUsed(node: Node): boolean {
  const { parent } = node;
  return parent?.kind === 'unary'
    ? parent.part('operator')?.text === '*'
    : USES.has(parent?.kind ?? '') && parent?.part('indices') !== node;
}

/** Around a pointer: what follows it. */
const USES: ReadonlySet<string> = new Set(['index', 'member', 'call']);

/**
 * A member of a structure is read where a variable of another structure lies, which has nothing like it there, and what lies there was written as that
 * one's. What was written as the member is what it is: lists of free blocks and storage for any of several structures live so.
 */
export function checkStructure(
  frame: Frame,
  state: State,
  { pointer, type, direct, shared }: Place,
  node: Node,
): void {
  if (direct || shared || pointer.is !== 'pointer' || type.is !== 'struct' || type.union || type.name === '')
    return;
  const [target, second] = pointer.targets;
  if (target === undefined || second !== undefined || numberOf(target.offset) !== 0 || !isRead(node)) return;
  const info = frame.run.world.info(target.object);
  if (info === undefined || info.many || info.kind === 'given' || info.kind === 'unknown') return;
  const actual = info.kind === 'heap' ? madeAs(frame.unit, info) : info.type;
  if (actual?.is !== 'struct' || actual.name === '' || actual.name === type.name) return;
  const field = type.fields.get(node.part('name')?.text ?? '');
  if (field?.offset === undefined || isLike(actual, field.offset, field.type)) return;
  const cell = state.object(target.object)?.cells.get(field.offset);
  if (cell === undefined || !isOther(cell, actual, type, field.offset, field.type)) return;
  reportAt(
    frame,
    state,
    node,
    'type-confusion',
    'proved',
    `${info.name === '' ? 'this' : `\`${info.name}\``} is a \`${actual.name}\`, and is taken for a \`${type.name}\``,
    info.node === undefined ? [] : [{ node: info.node, message: 'declared here' }],
    { object: target.object },
  );
}

/** What an expression leads to is looked at: nothing is written there, and not only its address taken. */
function isRead({ parent, role }: Node): boolean {
  if (parent?.kind === 'assign') return role !== 'target' || (parent.part('operator')?.text ?? '=') !== '=';
  return parent?.kind !== 'unary' || parent.part('operator')?.text !== '&';
}

/** What lies at an offset was written as a member of the structure that is there, and is no value of what is read. */
function isOther(cell: Cell, actual: Struct, type: Struct, offset: number, wanted: CType): boolean {
  const written = scalarAt(actual, offset);
  if (written === undefined || cell.size !== sizeOf(written)) return false;
  if ((written.is === 'int') !== (cell.limits !== undefined)) return false;
  const isPointer = cell.value.is === 'pointer';
  if (wanted.is === 'pointer') {
    const isNull = cell.value.is === 'int' && numberOf(cell.value.of) === 0;
    // An address may be kept as a number.
    const isAddress = written.is === 'int' && !written.signed && written.size === 8;
    return !isPointer && !isNull && !isAddress;
  }
  // The bytes of anything may be looked at.
  if ((wanted.is !== 'int' && wanted.is !== 'float') || sizeOf(wanted) === 1) return false;
  if (isPointer) return written.is === 'pointer' && !(wanted.is === 'int' && wanted.size === 8);
  // Numbers are looked at in parts and put together, but not where both structures are of one family, which begins with what tells them apart.
  const [first] = type.fields.values();
  return offset > 0 && first?.offset === 0 && isLike(actual, 0, first.type);
}

/** The number or pointer that begins at an offset within a type. */
function scalarAt(at: CType, offset: number): CType | undefined {
  if (at.is === 'struct') {
    if (at.union) return undefined;
    const [field, second] = fieldsAround(at, offset);
    return field === undefined || second !== undefined
      ? undefined
      : scalarAt(field.type, offset - field.from);
  }
  if (at.is === 'array') {
    const size = sizeOf(at.of);
    return size === undefined || size === 0 ? undefined : scalarAt(at.of, offset % size);
  }
  return offset === 0 && ['int', 'float', 'pointer'].includes(at.is) ? at : undefined;
}

/** The structure that a block was made as: `struct s *p = malloc(sizeof *p)`. */
function madeAs(unit: Unit, { node, size }: ObjectInfo): Struct | undefined {
  let made = node;
  while (made?.parent?.kind === 'cast') made = made.parent;
  const around = made?.parent;
  if (around?.kind !== 'variable' && around?.kind !== 'assign') return undefined;
  const target = around.part('target');
  const declaration = around.kind === 'variable' ? around : target && unit.declarationOf(target)?.node;
  const type = declaration === undefined ? undefined : unit.types.ofDeclaration(declaration);
  const to = type?.is === 'pointer' ? type.to : undefined;
  return to?.is === 'struct' && size !== undefined && numberOf(size) === to.size ? to : undefined;
}

/** A number or a pointer is read where a smaller variable lies, or a pointer where a text does. */
export function checkScalar(frame: Frame, state: State, target: Target, type: CType, node: Node): void {
  const info = frame.run.world.info(target.object);
  if (info?.type === undefined || (info.kind !== 'local' && info.kind !== 'static')) return;
  if (type.is !== 'int' && type.is !== 'float' && type.is !== 'pointer') return;
  const [actual, size] = [sizeOf(info.type), sizeOf(type)];
  if (actual === undefined || size === undefined || numberOf(target.offset) !== 0) return;
  const isSmaller = ['int', 'float', 'pointer'].includes(info.type.is) && actual < size;
  const isText =
    type.is === 'pointer' &&
    info.type.is === 'array' &&
    sizeOf(info.type.of) === 1 &&
    state.object(target.object)?.string?.at === 0;
  if (!isSmaller && !isText) return;
  reportAt(
    frame,
    state,
    node,
    'type-confusion',
    'proved',
    isText
      ? `\`${info.name}\` holds a text, and is taken for a pointer`
      : `\`${info.name}\` has ${String(actual)} bytes, and is taken for something of ${String(size)}`,
    info.node === undefined ? [] : [{ node: info.node, message: 'declared here' }],
    { object: target.object },
  );
}

/** A thread is given another structure than the one that its function takes it for. */
export function threadArguments(ast: Ast, unit: Unit, starts: Models['startsThreads']): FactEvent[] {
  const found: FactEvent[] = [];
  for (const call of nodesOfKind(ast, 'call')) {
    const position = starts.get(call.part('callee')?.text ?? '');
    if (position === undefined) continue;
    const [run, given] = call.parts('arguments').slice(position, position + 2);
    const code = run === undefined ? undefined : unit.functionNamed(nameIn(run));
    const actual = given === undefined ? undefined : pointedAt(unit, given);
    const taken = code === undefined ? undefined : takenFor(unit, code);
    if (actual === undefined || taken === undefined || actual.name === taken.name) continue;
    const odd = [...taken.fields.values()].some(
      ({ offset, type }) => offset !== undefined && !isLike(actual, offset, type),
    );
    if (!odd || given === undefined) continue;
    found.push({
      kind: 'type-confusion',
      certainty: 'proved',
      node: given,
      detail: `it is a \`${actual.name}\`, and the thread takes it for a \`${taken.name}\``,
      related:
        code === undefined ? [] : [{ node: code.node, message: 'the function of the thread begins here' }],
    });
  }
  return found;
}

function nameIn(node: Node): string {
  return (node.kind === 'unary' ? node.part('operand') : node)?.text ?? '';
}

/** The structure that `&variable` leads to, or a pointer to what a function has made; any other pointer may lead into another structure. */
function pointedAt(unit: Unit, node: Node): Struct | undefined {
  const isAddress = node.kind === 'unary' && node.part('operator')?.text === '&';
  const name = isAddress ? node.part('operand') : node;
  const declaration = name?.kind === 'identifier' ? unit.declarationOf(name)?.node : undefined;
  const type = declaration === undefined ? undefined : unit.types.ofDeclaration(declaration);
  const isMade = declaration?.part('value')?.kind === 'call';
  const to = isAddress ? type : type?.is === 'pointer' && isMade ? type.to : undefined;
  return to?.is === 'struct' && !to.union && to.name !== '' ? to : undefined;
}

/** The structure as which a function uses the only thing that it is given, where that is one, and nothing else is asked of it before. */
function takenFor(unit: Unit, { body, parameters }: FunctionCode): Struct | undefined {
  const [parameter, second] = parameters;
  if (parameter === undefined || second !== undefined) return undefined;
  let found: Struct | undefined;
  for (const from of descendants(body)) {
    if (from.kind !== 'identifier' || from.text !== parameter.name || from.role === 'name') continue;
    const cast = from.parent?.kind === 'cast' ? from.parent : undefined;
    const around = (cast ?? from).parent;
    const type =
      around?.kind === 'variable'
        ? unit.types.ofDeclaration(around)
        : cast === undefined
          ? undefined
          : unit.types.read(cast.part('type'));
    if (type?.is !== 'pointer' || type.to.is !== 'struct' || type.to.union || type.to.name === '')
      return undefined;
    if (found !== undefined && found.name !== type.to.name) return undefined;
    found = type.to;
  }
  return found;
}

/** Something at an offset within a type reads like another type; true where that is not known. */
function isLike(at: CType, offset: number, wanted: CType): boolean {
  if (at.is === 'unknown' || wanted.is === 'unknown') return true;
  if (at.is === 'struct') {
    if (at.size === undefined) return true;
    if (offset >= at.size) return false;
    if (at.union || (offset === 0 && wanted.is === 'struct' && wanted.name === at.name)) return true;
    return fieldsAround(at, offset).some(({ from, type }) => isLike(type, offset - from, wanted));
  }
  if (at.is === 'array') {
    const size = sizeOf(at.of);
    return size === undefined || size === 0 || isLike(at.of, offset % size, wanted);
  }
  if (wanted.is === 'array') return isLike(at, offset, wanted.of);
  if (wanted.is === 'struct') {
    const [first] = wanted.fields.values();
    return first === undefined || wanted.union || isLike(at, offset, first.type);
  }
  return offset === 0 && at.is === wanted.is && sizeOf(at) === sizeOf(wanted);
}

function fieldsAround(
  { fields }: Struct,
  offset: number,
): readonly { readonly from: number; readonly type: CType }[] {
  const found: { from: number; type: CType }[] = [];
  for (const { offset: from, type } of fields.values()) {
    const size = sizeOf(type);
    // What is behind a field of unknown size is not known.
    if (from === undefined || size === undefined) found.push({ from: offset, type: { is: 'unknown' } });
    else if (from <= offset && offset < from + size) found.push({ from, type });
  }
  return found;
}
