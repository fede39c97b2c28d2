import { descendants, type Node } from '../ast/node.ts';
import { CHAR, limitsOf, sizeOf, UNKNOWN, type CType } from './ctypes.ts';
import { isSpent } from './effort.ts';
import { constantLinear, ZERO, type Linear } from './linear.ts';
import { bytesOf } from './literals.ts';
import { fillMemory } from './memory.ts';
import { initialiseWith } from './initialise.ts';
import { placeOfObject, type Place } from './places.ts';
import { changedName } from './sharedCode.ts';
import { quietFrame, StepsSpent, type Frame, type Unit } from './run.ts';
import {
  freshMemory,
  intValue,
  pointerTo,
  type Cell,
  type Fill,
  type Memory,
  type Pointer,
  type State,
  type Value,
  memoryWith,
  targetAt,
} from './state.ts';

const CHAR_LIMITS = limitsOf(CHAR);

/** Longer literals are known by their length alone. */
const MAX_LITERAL = 2000;

/** The variable that an identifier means; undefined when the file does not declare it as one. */
export function variablePlace(frame: Frame, state: State, identifier: Node): Place | undefined {
  const { run, unit } = frame;
  if (frame.site !== undefined && unit.ast.nodes[identifier.index] !== identifier) {
    const local = frame.byName.get(identifier.text);
    if (local !== undefined) return placeOfObject(local, run.world.info(local)?.type ?? UNKNOWN);
    const global = globalNamed(frame, identifier.text);
    return global && globalPlace(frame, state, global);
  }
  const declaration = unit.declarationOf(identifier);
  if (declaration === undefined || (declaration.kind !== 'variable' && declaration.kind !== 'parameter'))
    return undefined;
  // An enumerator is a number.
  if (declaration.node.parent?.kind === 'class') return undefined;
  const local = frame.variables.get(declaration.identifier.index);
  // This path has jumped over the declaration.
  if (local !== undefined && state.object(local) === undefined)
    state.setObject(local, freshMemory({ is: 'unknown' }));
  if (local !== undefined) return placeOfObject(local, run.world.info(local)?.type ?? UNKNOWN);
  if (isGlobal(declaration.node) || hasModifier(declaration.node, 'static'))
    return globalPlace(frame, state, declaration.node);
  // Jumped over, or of a function around: nothing is known of it.
  const object = declareVariable(frame, state, declaration.node, { is: 'unknown' });
  return object === undefined ? undefined : placeOfObject(object, run.world.info(object)?.type ?? UNKNOWN);
}

function globalNamed(frame: Frame, name: string): Node | undefined {
  for (const child of frame.unit.ast.root.children) {
    if (child.kind === 'variable' && child.part('target')?.text === name) return child;
  }
  return undefined;
}

/** Inside of its block a local variable stands for another one of the same name. Asked before it is declared. */
export function isShadowing(frame: Frame, node: Node): boolean {
  const name = node.part('target')?.text ?? '';
  if (globalNamed(frame, name) !== undefined) return true;
  const outer = frame.run.world.info(frame.byName.get(name) ?? -1)?.node;
  const block = outer === node ? undefined : outer?.parent;
  return block !== undefined && block.start <= node.start && block.end >= node.end;
}

const globals = new WeakMap<Node, boolean>();

/** Declared outside of functions. */
export function isGlobal(node: Node): boolean {
  let known = globals.get(node);
  if (known === undefined) globals.set(node, (known = isOutsideOfFunctions(node)));
  return known;
}

function isOutsideOfFunctions(node: Node): boolean {
  for (let at = node.parent; at !== undefined; at = at.parent) {
    if (at.kind === 'function' || at.kind === 'lambda') return false;
  }
  return true;
}

/** The modifiers and the type with which a variable is declared, as one text. */
export function wordsOfType(declaration: Node): string {
  const { parent } = declaration;
  return [declaration, ...(parent?.kind === 'variable' ? [parent] : [])]
    .flatMap((each) => [...each.parts('modifiers'), ...each.parts('type')])
    .map(({ text }) => text)
    .join(' ');
}

export function hasModifier(node: Node, name: string): boolean {
  return node.parts('modifiers').some(({ text }) => text === name);
}

/** A local variable begins to live; the same declaration run again begins anew. */
export function declareVariable(
  frame: Frame,
  state: State,
  node: Node,
  fill: Fill,
  size?: Linear,
): number | undefined {
  const { run, unit } = frame;
  const identifier = node.part('target');
  if (identifier?.kind !== 'identifier') return undefined;
  const id = unit.declarationOf(identifier)?.identifier.index;
  const known = id === undefined ? undefined : frame.variables.get(id);
  if (known !== undefined && run.world.info(known)?.kind === 'local' && size === undefined) {
    frame.byName.set(identifier.text, known);
    state.setObject(known, freshMemory(fill));
    return known;
  }
  const type = unit.types.ofDeclaration(node);
  const bytes = sizeOf(type);
  const object = run.world.newObject(
    state,
    {
      kind: 'local',
      type,
      size: size ?? (bytes === undefined ? undefined : constantLinear(bytes)),
      name: identifier.text,
      node,
      frame: frame.id,
    },
    fill,
  );
  frame.locals.push(object);
  if (id !== undefined) frame.variables.set(id, object);
  frame.byName.set(identifier.text, object);
  return object;
}

/** A variable that lives as long as the program. Its value is known where nothing but the file can have changed it. */
export function globalPlace(frame: Frame, state: State, node: Node): Place {
  const { run, unit } = frame;
  const name = node.part('target')?.text ?? '';
  const own = isGlobal(node);
  const place = unit === run.unit ? '' : `${frame.code?.name ?? ''}:`;
  const key = own ? `g:${name}` : `s:${place}${node.index}`;
  const type = unit.types.ofDeclaration(node);
  let object = run.globals.get(key);
  if (object === undefined) {
    const bytes = isOpenAtEnd(type) && node.part('value') !== undefined ? undefined : sizeOf(type);
    object = run.world.newObject(
      state,
      { kind: 'static', type, size: bytes === undefined ? undefined : constantLinear(bytes), name, node },
      { is: 'unknown' },
    );
    run.globals.set(key, object);
    begin(frame, state, node, object, type);
  } else if (state.object(object) === undefined) begin(frame, state, node, object, type);
  return placeOfObject(object, type);
}

/** `struct { size_t count; struct line lines[]; }`: how long it is, its initialiser says. */
function isOpenAtEnd(type: CType): boolean {
  const last = type.is === 'struct' ? [...type.fields.values()].at(-1)?.type : undefined;
  return last?.is === 'array' && last.length === undefined;
}

/** The value that a variable of the program begins with, where nothing that is not seen can have changed it. */
function begin(frame: Frame, state: State, node: Node, object: number, type: CType): void {
  const isStatic = hasModifier(node, 'static');
  const memory = memoryWith(freshMemory({ is: 'unknown' }), { escaped: !isStatic });
  state.setObject(object, memory);
  // `const char *p`: what it leads to is constant, it is not.
  const isConstant = hasModifier(node, 'const') && type.is !== 'pointer' && node.part('value') !== undefined;
  const isFixed = isStatic && type.is === 'int' && !changedNames(frame).has(node.part('target')?.text ?? '');
  if (hasModifier(node, 'extern') || !(frame.run.globalsKnown || isConstant || isFixed)) return;
  state.setObject(object, memoryWith(memory, { fill: { is: 'bytes', value: 0 } }));
  const value = node.part('value');
  if (value === undefined) return;
  const { run, unit } = frame;
  const { world } = run;
  const known = writtenIn(unit).get(node);
  if (known !== undefined) {
    world.steps += known.steps;
    if (known.steps > 0 && isSpent(run)) throw new StepsSpent();
    state.setObject(object, known.memory);
    return;
  }
  const [symbols, objects, steps] = [world.symbols.length, world.objects.length, world.steps];
  // An initialiser is not a step of the function that first uses the variable.
  initialiseWith(quietFrame(frame), state, placeOfObject(object, type), value);
  const isOwn = world.symbols.length === symbols && world.objects.length === objects;
  const written = state.object(object);
  if (isOwn && written !== undefined && isLiteral(value))
    writtenIn(unit).set(node, { memory: written, steps: world.steps - steps });
}

/** What a constant of literals alone begins with, and the steps that it took. */
interface Written {
  readonly memory: Memory;
  readonly steps: number;
}

/** By unit and declaration: each function that uses a table would write all of its elements anew. */
const written = new WeakMap<Unit, Map<Node, Written>>();

function writtenIn(unit: Unit): Map<Node, Written> {
  let constants = written.get(unit);
  if (constants === undefined) written.set(unit, (constants = new Map<Node, Written>()));
  return constants;
}

/** What it stands for rests on no path. */
function isLiteral(value: Node): boolean {
  for (const { kind } of descendants(value)) if (!LITERAL.has(kind)) return false;
  return true;
}

const LITERAL: ReadonlySet<string> = new Set(['list', 'number', 'string', ':char_literal', 'unary', 'token']);

const changed = new WeakMap<object, ReadonlySet<string>>();

/** Names that the file assigns to, or whose address it takes. */
function changedNames({ unit: { ast } }: Frame): ReadonlySet<string> {
  let names = changed.get(ast);
  if (names !== undefined) return names;
  const found = new Set<string>();
  for (const node of ast.nodes) {
    const name = changedName(node);
    if (name !== undefined) found.add(name);
  }
  names = found;
  changed.set(ast, names);
  return names;
}

/** The object of a string literal. */
export function stringValue(frame: Frame, state: State, node: Node): Pointer {
  const { run } = frame;
  const key = `t:${frame.site?.index ?? 0}:${node.index}:${node.text}`;
  let object = run.globals.get(key);
  if (object === undefined) {
    if (!isOfBytes(node)) return wideString(frame, state, key, node);
    const bytes = bytesOf(node.text);
    const type: CType = { is: 'array', of: CHAR, length: bytes.length + 1 };
    object = run.world.newObject(
      state,
      { kind: 'string', type, size: constantLinear(bytes.length + 1), name: '', node },
      { is: 'unknown' },
    );
    run.world.defaults[object] = memoryWith(freshMemory({ is: 'unknown' }), literalMemory(bytes));
    state.removeObject(object);
    run.globals.set(key, object);
  }
  return pointerTo(object, ZERO);
}

/** `u"text"` and `L"text"` are no strings of bytes: what they hold, and where they end, is not followed. */
function wideString({ run }: Frame, state: State, key: string, node: Node): Pointer {
  const object = run.world.newObject(
    state,
    { kind: 'string', type: { is: 'unknown' }, size: undefined, name: '', node },
    { is: 'unknown' },
  );
  run.world.defaults[object] = freshMemory({ is: 'unknown' });
  state.removeObject(object);
  run.globals.set(key, object);
  return pointerTo(object, ZERO);
}

/** A literal without a prefix, joined of several or not. */
function isOfBytes(node: Node): boolean {
  const [first] = node.children;
  return first?.kind === 'string' ? isOfBytes(first) : node.contentStart <= node.start + 1;
}

function literalMemory(bytes: readonly number[]): {
  cells: ReadonlyMap<number, Cell>;
  string: { at: number; length: Linear } | undefined;
} {
  const zero = bytes.indexOf(0);
  const length = zero < 0 ? bytes.length : zero;
  const cells = new Map<number, Cell>();
  if (bytes.length <= MAX_LITERAL) {
    [...bytes, 0].forEach((byte, index) => {
      cells.set(index, {
        size: 1,
        limits: CHAR_LIMITS,
        value: intValue(constantLinear(byte > 127 ? byte - 256 : byte)),
      });
    });
  }
  return { cells, string: { at: 0, length: constantLinear(length) } };
}

/** Puts a string literal into an array. */
export function storeLiteral(
  frame: Frame,
  state: State,
  object: number,
  offset: number,
  text: string,
  size: number | undefined,
): void {
  const bytes = bytesOf(text);
  const whole = size ?? bytes.length + 1;
  fillMemory(
    frame.run.world,
    state,
    targetAt(object, constantLinear(offset)),
    constantLinear(whole),
    { is: 'bytes', value: 0 },
    false,
  );
  const memory = state.object(object);
  if (memory === undefined || bytes.length > MAX_LITERAL) return;
  const cells = new Map(memory.cells);
  bytes.slice(0, whole).forEach((byte, index) => {
    cells.set(offset + index, {
      size: 1,
      limits: CHAR_LIMITS,
      value: intValue(constantLinear(byte > 127 ? byte - 256 : byte)),
    });
  });
  state.setObject(object, memoryWith(memory, { cells }));
}

export function integer(value: number): Value {
  return intValue(constantLinear(value));
}
