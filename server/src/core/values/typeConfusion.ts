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
import type { State, Target } from './state.ts';
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
    type.is === 'int' && (type.signed || type.size < 8) && type.size > 1 && cell.value.is === 'pointer';
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

function isUsed(node: Node): boolean {
  const { parent } = node;
  return parent?.kind === 'unary'
    ? parent.part('operator')?.text === '*'
    : USES.has(parent?.kind ?? '') && parent?.part('indices') !== node;
}

/** Around a pointer: what follows it. */
const USES: ReadonlySet<string> = new Set(['index', 'member', 'call']);

/** A member of a structure is used where a variable of another structure lies, which has nothing like it there. */
export function checkStructure(
  frame: Frame,
  state: State,
  { pointer, type, direct }: Place,
  node: Node,
): void {
  if (direct || pointer.is !== 'pointer' || type.is !== 'struct' || type.union || type.name === '') return;
  const [target, second] = pointer.targets;
  if (target === undefined || second !== undefined || numberOf(target.offset) !== 0) return;
  const info = frame.run.world.info(target.object);
  if (info === undefined || info.many || info.kind === 'given' || info.kind === 'unknown') return;
  const actual = info.kind === 'heap' ? firstUse(info, type) : info.type;
  if (actual?.is !== 'struct' || actual.name === '' || actual.name === type.name) return;
  const field = type.fields.get(node.part('name')?.text ?? '');
  if (field?.offset === undefined || isLike(actual, field.offset, field.type)) return;
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

/** What blocks were used as first, where that is as large as they are. */
const uses = new WeakMap<ObjectInfo, Struct>();

function firstUse(info: ObjectInfo, type: Struct): Struct | undefined {
  const known = uses.get(info);
  if (known !== undefined) return known;
  if (info.size !== undefined && numberOf(info.size) === type.size) uses.set(info, type);
  return undefined;
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

/** The structure that `&variable` or a pointer leads to. */
function pointedAt(unit: Unit, node: Node): Struct | undefined {
  const isAddress = node.kind === 'unary' && node.part('operator')?.text === '&';
  const name = isAddress ? node.part('operand') : node;
  const declaration = name?.kind === 'identifier' ? unit.declarationOf(name)?.node : undefined;
  const type = declaration === undefined ? undefined : unit.types.ofDeclaration(declaration);
  const to = isAddress ? type : type?.is === 'pointer' ? type.to : undefined;
  return to?.is === 'struct' && !to.union && to.name !== '' ? to : undefined;
}

/** The structure as which a function uses the only thing that it is given, where that is one. */
function takenFor(unit: Unit, { body, parameters }: FunctionCode): Struct | undefined {
  const [parameter, second] = parameters;
  if (parameter === undefined || second !== undefined) return undefined;
  const found: Struct[] = [];
  for (const node of descendants(body)) {
    const isVariable = node.kind === 'variable';
    if (!isVariable && node.kind !== 'cast') continue;
    const value = node.part('value');
    const from = isVariable && value?.kind === 'cast' ? value.part('value') : value;
    if (from?.kind !== 'identifier' || from.text !== parameter.name) continue;
    const type = isVariable ? unit.types.ofDeclaration(node) : unit.types.read(node.part('type'));
    if (type.is === 'pointer' && type.to.is === 'struct' && !type.to.union) found.push(type.to);
  }
  const [first] = found;
  return first !== undefined && first.name !== '' && found.every(({ name }) => name === first.name)
    ? first
    : undefined;
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
