import type { Node } from '../ast/node.ts';
import { isSetInSomeBuild } from './builds.ts';
import { checkAccess, isGuarded, type Access } from './access.ts';
import { known } from './constraints.ts';
import { decayed, sizeOf, UNKNOWN, type CType } from './ctypes.ts';
import { addLinear, constantLinear, plus, scaleLinear, ZERO } from './linear.ts';
import { readMemory, unknownOf, writeMemory, copyMemory } from './memory.ts';
import { reportAt, type Frame, type Result } from './run.ts';
import type { World } from './world.ts';
import {
  isForgotten,
  NO_CELLS,
  pointerTo,
  UNKNOWN_VALUE,
  type Pointer,
  type State,
  type Target,
  type Value,
  escapeValue,
  memoryWith,
} from './state.ts';
import { plainText } from './plainText.ts';
import { checkScalar, checkUnionMember } from './typeConfusion.ts';

/** Where a value lives: what an expression on the left of `=` stands for. */
export interface Place {
  readonly pointer: Value;
  readonly type: CType;
  /** A variable or a part of it, reached without a pointer: there is nothing to check. */
  readonly direct: boolean;
  /** A member of a union. */
  readonly shared: boolean;
}

export const NOWHERE: Place = { pointer: UNKNOWN_VALUE, type: UNKNOWN, direct: false, shared: false };

/** The same place, of which it is known that it may be used. */
export function directly({ pointer, type, shared }: Place): Place {
  return { pointer, type, direct: true, shared };
}

/** Moves a pointer by a number of bytes. */
export function moved(
  pointer: Value,
  bytes:
    { readonly constant: number; readonly terms: Pointer['targets'][number]['offset']['terms'] } | undefined,
): Value {
  // A part of what is not there is not there either.
  if (pointer.is === 'int') return pointer;
  if (pointer.is !== 'pointer' || bytes === undefined) return UNKNOWN_VALUE;
  const targets: Target[] = [];
  for (const target of pointer.targets) {
    const sum = addLinear(target.offset, bytes);
    if (sum === undefined) return UNKNOWN_VALUE;
    targets.push({ object: target.object, offset: sum, part: target.part });
  }
  return { is: 'pointer', targets, nullness: pointer.nullness };
}

/** A pointer moved by elements. */
export function movedBy(pointer: Value, index: Value, of: CType, factor = 1): Value {
  const size = sizeOf(of);
  if (index.is !== 'int' || size === undefined) return UNKNOWN_VALUE;
  return moved(pointer, scaleLinear(index.of, size * factor));
}

/** An element: a null pointer stays one, so that its use is seen. */
export function indexed(pointer: Value, index: Value, of: CType): Value {
  return pointer.is === 'int' && index.is === 'int' ? pointer : movedBy(pointer, index, of);
}

/** Somewhere in the same objects; which must still be there. */
function opaque(pointer: Value): Value {
  return pointer.is === 'pointer' && pointer.nullness !== undefined
    ? { is: 'pointer', targets: [], nullness: pointer.nullness }
    : UNKNOWN_VALUE;
}

/** The field of what a place holds. */
export function fieldPlace({ pointer, type, direct, shared }: Place, name: string): Place {
  const field = type.is === 'struct' ? type.fields.get(name) : undefined;
  if (field?.offset === undefined)
    return {
      pointer: pointer.is === 'int' ? pointer : opaque(pointer),
      type: field?.type ?? UNKNOWN,
      direct: false,
      shared: false,
    };
  return {
    pointer: moved(pointer, constantLinear(field.offset)),
    type: field.type,
    direct,
    shared: shared || (type.is === 'struct' && type.union),
  };
}

/**
 * Reads what a place holds. Arrays stand for the pointer to their first element, structures for themselves.
 *
 * @returns undefined when no run goes on
 */
export function load(frame: Frame, state: State, place: Place, node: Node, quiet = false): Value | undefined {
  const { pointer, type } = place;
  if (type.is === 'array' || type.is === 'struct' || type.is === 'function') {
    if (type.is === 'struct' && !place.direct && !usePlace(frame, state, place, 'read', node))
      return undefined;
    return type.is === 'array' ? partOf(pointer, type) : pointer;
  }
  if (!place.direct && !usePlace(frame, state, place, 'read', node)) return undefined;
  if (type.is === 'int' && type.volatile === true) return unknownOf(frame.run.world, state, type, 'foreign');
  if (pointer.is !== 'pointer') return unknownOf(frame.run.world, state, type, 'derived');
  const [target, second] = pointer.targets;
  if (target === undefined) return unknownOf(frame.run.world, state, type, 'derived');
  if (second !== undefined) {
    const before = state.lastRead(pointer, sizeOf(type));
    if (before !== undefined) return before;
    const values = pointer.targets.map((each) => readMemory(frame.run.world, state, each, type));
    const [first] = values;
    const isSame =
      first !== undefined &&
      values.every((each) => each.is === 'int' && first.is === 'int' && each.of === first.of);
    if (isSame) return first;
    const value = unknownOf(frame.run.world, state, type, 'derived');
    // The same again in `while (p && p->next) p = p->next;`.
    state.noteRead(pointer, sizeOf(type), value);
    return value;
  }
  if (place.shared && !quiet) checkUnionMember(frame, state, target, type, node);
  if (!place.direct && !quiet) checkScalar(frame, state, target, type, node);
  const value = readMemory(frame.run.world, state, target, type);
  if (value.is !== 'uninitialized') return value;
  if (!quiet) {
    const info = frame.run.world.info(target.object);
    const name = info?.name === undefined || info.name === '' ? 'memory' : `\`${info.name}\``;
    const related =
      info?.node === undefined ? [] : [{ node: info.node, message: 'declared or allocated here' }];
    reportAt(
      frame,
      state,
      node,
      'uninitialized-read',
      info?.many !== true &&
        isWholeKnown(frame, state, target.object) &&
        !isGivenToMacro(frame, node) &&
        !isGuarded(frame, state, node) &&
        !isSetInSomeBuild(frame, info?.node, node)
        ? 'proved'
        : 'possible',
      `${name} is read and nothing was written to it`,
      related,
      { object: target.object },
    );
  }
  const some = unknownOf(frame.run.world, state, type, 'derived');
  // One report is enough.
  writeMemory(frame.run.world, state, [target], type, some);
  return some;
}

/** What a place holds, as the result of the expression that asks for it. */
export function loaded(frame: Frame, state: State, place: Place, node: Node): Result[] {
  const value = load(frame, state, place, node);
  return value === undefined ? [] : [{ state, value, type: valueType(place) }];
}

/** The pointer to the first element of an array. In a structure it must not leave the array. */
function partOf(pointer: Value, type: CType): Value {
  const size = sizeOf(type);
  // An array of one element at the end of a structure is often a longer one.
  if (pointer.is !== 'pointer' || size === undefined || (type.is === 'array' && (type.length ?? 0) < 2))
    return pointer;
  const targets = pointer.targets.map((target): Target => ({
    object: target.object,
    offset: target.offset,
    part: { from: target.offset, to: plus(target.offset, size) },
  }));
  return { is: 'pointer', targets, nullness: pointer.nullness };
}

export function usePlace(
  frame: Frame,
  state: State,
  { pointer, type }: Place,
  access: Access,
  node: Node,
): boolean {
  const size = sizeOf(type);
  return checkAccess(
    frame,
    state,
    pointer,
    size === undefined ? undefined : constantLinear(size),
    access,
    node,
  );
}

/**
 * An argument of a macro, which may write it before it is read: of what is one by its name (`FOREACH(list, each)`), or of what was read as the
 * head of a loop but has another word there (`list_for_each(each, list) {`).
 */
function isGivenToMacro({ unit }: Frame, node: Node): boolean {
  let at = node.parent;
  for (let depth = 0; at !== undefined && depth < MACRO_DEPTH; depth++, at = at.parent) {
    const name = /^([A-Za-z_]\w*)\s*\(/.exec(unit.ast.text.slice(at.start, at.start + MACRO_LENGTH))?.[1];
    if (name === undefined) continue;
    if (/^[A-Z][A-Z0-9_]*$/.test(name) || (HEADS.has(at.kind) && !KEYWORDS.has(name))) return true;
  }
  return false;
}

/** Arguments of macros are looked for among so many nodes around, behind names of at most this length. */
const MACRO_DEPTH = 5;
const MACRO_LENGTH = 60;
/** What the use of a macro may be read as, and the words that these begin with in code. */
const HEADS: ReadonlySet<string> = new Set(['if', 'while']);
const KEYWORDS: ReadonlySet<string> = new Set(['if', 'while', 'else', 'do']);

/** `LIST_FOREACH(each, list) {`, which was read as the head of a `while`: its arguments are conditions, or variables that it sets. */
export function isMacroHead({ unit }: Frame, condition: Node): boolean {
  const head = condition.parent;
  if (head === undefined || !HEADS.has(head.kind) || head.part('condition') !== condition) return false;
  // The body of a macro stands in another text.
  if (unit.ast.nodes[head.index] !== head) return false;
  let isMacro = macroHeads.get(head);
  if (isMacro === undefined) {
    const word = /^[A-Za-z_]\w*/.exec(unit.ast.text.slice(head.start, head.start + MACRO_LENGTH))?.[0];
    isMacro = word !== undefined && !KEYWORDS.has(word);
    macroHeads.set(head, isMacro);
  }
  return isMacro;
}

const macroHeads = new WeakMap<Node, boolean>();

/** False for arrays, for variables whose address somebody has, and beside assembler: whether each part was written is seldom sure. */
function isWholeKnown(frame: Frame, state: State, object: number): boolean {
  const isWhole =
    frame.run.world.info(object)?.type?.is !== 'array' && state.object(object)?.escaped !== true;
  return isWhole && !hasAssembler(frame);
}

/** Assembler, whatever its dialect, may write any variable of its function. */
function hasAssembler({ unit, code }: Frame): boolean {
  return code !== undefined && /\b_*asm_*\b/.test(plainText(unit.ast, code.node));
}

/** Writes a value, already of the place's type, to a place; false when no run goes on. */
export function store(frame: Frame, state: State, place: Place, value: Value, node: Node): boolean {
  const { world } = frame.run;
  const { pointer, type } = place;
  if (!place.direct && !usePlace(frame, state, place, 'write', node)) return false;
  escape(frame, state, pointer, value);
  if (pointer.is !== 'pointer') {
    forgetShared(frame, state);
    return true;
  }
  if (type.is === 'struct') {
    const size = type.size === undefined ? undefined : constantLinear(type.size);
    const [from] = value.is === 'pointer' ? value.targets : [];
    for (const to of pointer.targets) {
      if (size !== undefined && from !== undefined && pointer.targets.length === 1)
        copyMemory(world, state, to, from, size);
      else writeMemory(world, state, [to, to], type, UNKNOWN_VALUE);
    }
    return true;
  }
  const [target, second] = pointer.targets;
  const isFound =
    target !== undefined &&
    second === undefined &&
    sizeOf(type) !== undefined &&
    known(world, state, target.offset) !== undefined;
  // What is stored somewhere is not lost, although it is not known where it is.
  if (!isFound || world.info(target.object)?.many === true) escapeValue(world, state, value);
  writeMemory(world, state, pointer.targets, type, value);
  return true;
}

/** What is stored where others can see it is known to others. */
function escape(frame: Frame, state: State, into: Value, value: Value): void {
  if (value.is !== 'pointer' && value.is !== 'int') return;
  const isShared =
    into.is !== 'pointer' ||
    into.targets.some(({ object }) => {
      const info = frame.run.world.info(object);
      return (
        info?.kind === 'static' ||
        info?.kind === 'given' ||
        info?.kind === 'unknown' ||
        state.object(object)?.escaped === true
      );
    });
  if (isShared) escapeValue(frame.run.world, state, value);
}

/** After code that is not seen: what others know of may hold anything. Blocks that may have been freed stay as they are. */
export function forgetShared(frame: Frame, state: State): void {
  for (const id of state.takeShared())
    if (frame.run.world.info(id)?.kind !== 'string') forgetObject(frame.run.world, state, id);
}

/** The contents of an object may be anything. */
export function forgetObject(world: World, state: State, id: number): void {
  const memory = state.object(id);
  if (memory === undefined || isForgotten(memory)) return;
  world.forgotten.add(id);
  const { life, escaped, marks } = memory;
  const initial = world.defaults[id];
  if (
    initial?.life === life &&
    initial.escaped === escaped &&
    initial.marks === marks &&
    isForgotten(initial)
  ) {
    state.removeObject(id);
    return;
  }
  state.setObject(
    id,
    memoryWith(memory, {
      cells: NO_CELLS,
      zones: [],
      fill: { is: 'unknown' },
      string: undefined,
    }),
  );
}

export function placeOfObject(object: number, type: CType): Place {
  return { pointer: pointerTo(object, ZERO), type, direct: true, shared: false };
}

/** Type of the value that a place holds. */
export function valueType({ type }: Place): CType {
  return decayed(type);
}
