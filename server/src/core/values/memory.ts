import { addZone, isAllInput, overlaps, withCell, withRemains } from './cells.ts';
import { maximum, minimum, resolved, unseeSize } from './constraints.ts';
import { limitsOf, sizeOf, type CType } from './ctypes.ts';
import {
  addLinear,
  constantLinear,
  numberOf,
  plus,
  subtractLinear,
  symbolLinear,
  ZERO,
  type Linear,
} from './linear.ts';
import {
  intValue,
  pointerTo,
  sameValue,
  UNINITIALIZED,
  UNKNOWN_VALUE,
  type Cell,
  type Fill,
  type Memory,
  type State,
  type Target,
  type Value,
  type Zone,
  escapeValue,
  memoryWith,
} from './state.ts';
import type { World } from './world.ts';
import { cutString, stringAfter } from './writtenStrings.ts';

/** More cells of one object are not told apart. */
const MAX_CELLS = 600;

/** A value of a type of which nothing is known. A pointer leads to an object of its own. */
export function unknownOf(
  world: World,
  state: State,
  type: CType,
  kind: 'given' | 'foreign' | 'derived' | 'input',
): Value {
  switch (type.is) {
    case 'int':
      return world.anyInt(type, kind);
    case 'pointer': {
      if (type.to.is === 'function') return UNKNOWN_VALUE;
      const object = world.newObject(
        state,
        { kind: kind === 'given' ? 'given' : 'unknown', type: type.to },
        { is: 'unknown' },
      );
      return pointerTo(object, ZERO, world.symbol(0, 1, 'null', undefined, 'given'));
    }
    default:
      return UNKNOWN_VALUE;
  }
}

function limitsIn(type: CType): Cell['limits'] {
  return type.is === 'int' ? limitsOf(type) : undefined;
}

/** A variable of a type that is not known, as a whole: a number that was put there is still there. */
function isOpaque(world: World, { object, offset }: Target, type: CType): boolean {
  const info = world.info(object);
  return (
    type.is === 'unknown' && info?.kind === 'local' && info.type?.is === 'unknown' && numberOf(offset) === 0
  );
}

/** Stands for the size of such a variable. */
const OPAQUE_SIZE = 8;

/** What stands at a byte according to zones and fill. */
function fillAt(memory: Memory, at: number): Fill {
  for (let index = memory.zones.length - 1; index >= 0; index--) {
    const zone = memory.zones[index];
    if (zone && zone.from <= at && at < zone.to) return zone.fill;
  }
  return memory.fill;
}

/** The value of a scalar in an object; what is unknown gets a symbol that is kept, so that a second look finds the same. */
export function readMemory(world: World, state: State, target: Target, type: CType): Value {
  const memory = state.object(target.object);
  const size = sizeOf(type);
  if (memory !== undefined && isOpaque(world, target, type))
    return memory.cells.get(0)?.value ?? UNKNOWN_VALUE;
  if (memory === undefined || size === undefined) return UNKNOWN_VALUE;
  const at = numberOf(resolved(world, state, target.offset));
  const whole = world.info(target.object)?.size;
  // Outside of the object stands anything.
  if (at !== undefined && whole !== undefined && (at < 0 || at + size > (numberOf(whole) ?? Infinity)))
    return unknownOf(world, state, type, 'derived');
  if (at === undefined)
    return noteCharacter(
      world,
      state,
      memory,
      target,
      size,
      readSomewhere(world, state, memory, target, type, size),
    );
  const cell = memory.cells.get(at);
  if (cell?.size === size) return cell.value;
  if (overlaps(memory.cells, at, size))
    return ofBytes(memory, at, size, type) ?? unknownOf(world, state, type, 'derived');
  const fill = fillAt(memory, at);
  const last = fillAt(memory, at + size - 1);
  if (fill.is === 'uninitialized' && last.is === 'uninitialized') return UNINITIALIZED;
  if (fill.is === 'bytes' && last.is === 'bytes' && fill.value === last.value) {
    if (fill.value === 0) return intValue(ZERO);
    if (size === 1 && type.is === 'int')
      return intValue(constantLinear(type.signed && fill.value > 127 ? fill.value - 256 : fill.value));
  }
  const info = world.info(target.object);
  const isInput = fill.is === 'input' && last.is === 'input' && type.is === 'int';
  const isGiven = info?.kind === 'given' && !world.forgotten.has(target.object);
  const origin = isInput ? 'input' : isGiven ? 'given' : memory.escaped ? 'foreign' : 'derived';
  const value = unknownOf(world, state, type, origin);
  noteCharacter(world, state, memory, target, size, value);
  if (info?.many !== true) {
    const now = state.object(target.object) ?? memory;
    state.setObject(
      target.object,
      memoryWith(now, {
        cells: withCell(now.cells, at, { size, limits: limitsIn(type), value }),
      }),
    );
  }
  return value;
}

/** Remembers of a byte that it stands in a string of known length: it is 0 only at the end. */
function noteCharacter(
  world: World,
  state: State,
  { string }: Memory,
  { object, offset }: Target,
  size: number,
  value: Value,
): Value {
  const [only, second] = value.is === 'int' ? value.of.terms : [];
  // Where its end is not known any more, a text still ends behind what is tested to be no end.
  if (string === undefined && size === 1 && world.isText(object)) unseeSize(world, state, object);
  if (string === undefined || size !== 1 || only === undefined || second !== undefined) return value;
  const left = subtractLinear(plus(string.length, string.at - 1), offset);
  if (left === undefined || value.is !== 'int' || value.of.constant !== 0) return value;
  world.behind.set(only.symbol, left);
  for (const { symbol } of string.length.terms) world.lengths.add(symbol);
  return value;
}

/** An element at an unknown place: what all elements that it may be have in common. */
function readSomewhere(
  world: World,
  state: State,
  memory: Memory,
  target: Target,
  type: CType,
  size: number,
): Value {
  const lo = minimum(world, state, target.offset).value;
  const hi = maximum(world, state, target.offset).value;
  let value: Value | undefined;
  let [least, most] = [Infinity, -Infinity];
  let covered = 0;
  for (const [at, cell] of memory.cells) {
    if (at + cell.size <= lo || at >= hi + size) continue;
    covered++;
    if (cell.size !== size) return unknownOf(world, state, type, 'derived');
    value = value === undefined || sameValue(value, cell.value) ? cell.value : UNKNOWN_VALUE;
    if (cell.value.is === 'int') {
      least = Math.min(least, minimum(world, state, cell.value.of).value);
      most = Math.max(most, maximum(world, state, cell.value.of).value);
    } else least = -Infinity;
  }
  if (covered === 0 && type.is === 'int' && isAllInput(memory, lo, hi + size))
    return unknownOf(world, state, type, 'input');
  const isCovered = Number.isFinite(lo) && Number.isFinite(hi) && covered * size >= hi - lo + size;
  if (!isCovered) {
    const fills = [memory.fill, ...memory.zones.map(({ fill }) => fill)];
    if (fills.every(({ is }) => is === 'uninitialized') && covered === 0) return UNINITIALIZED;
    for (const fill of fills) {
      const zero = fill.is === 'bytes' && (fill.value === 0 || size === 1);
      if (!zero) return unknownOf(world, state, type, 'derived');
      value =
        value === undefined || (value.is === 'int' && numberOf(value.of) === fill.value)
          ? intValue(constantLinear(fill.value))
          : UNKNOWN_VALUE;
      least = Math.min(least, fill.value);
      most = Math.max(most, fill.value);
    }
  }
  if (value !== undefined && value.is !== 'unknown') return value;
  if (type.is === 'int' && Number.isFinite(least) && Number.isFinite(most))
    return intValue(symbolLinear(world.symbol(least, most, 'derived')));
  return unknownOf(world, state, type, 'derived');
}

/** A number put together of bytes that are known, the lowest first. */
function ofBytes(memory: Memory, at: number, size: number, type: CType): Value | undefined {
  if (type.is !== 'int' || size > 4) return undefined;
  let number = 0;
  for (let index = size - 1; index >= 0; index--) {
    const cell = memory.cells.get(at + index);
    const fill = fillAt(memory, at + index);
    const byte =
      cell?.size === 1 && cell.value.is === 'int'
        ? numberOf(cell.value.of)
        : cell === undefined && !overlaps(memory.cells, at + index, 1) && fill.is === 'bytes'
          ? fill.value
          : undefined;
    if (byte === undefined) return undefined;
    number = number * 256 + ((byte + 256) % 256);
  }
  const [, hi] = limitsOf(type);
  return intValue(constantLinear(number > hi ? number - 256 ** size : number));
}

/** Writes a scalar. At an unknown place, or into one of several objects, what was there before may stay. */
export function writeMemory(
  world: World,
  state: State,
  targets: readonly Target[],
  type: CType,
  value: Value,
): void {
  for (const target of targets) {
    const memory = state.object(target.object);
    if (memory === undefined) continue;
    const size = isOpaque(world, target, type) && value.is === 'int' ? OPAQUE_SIZE : sizeOf(type);
    const at = numberOf(resolved(world, state, target.offset));
    const isCertain = targets.length === 1 && world.info(target.object)?.many !== true;
    if (size === undefined || at === undefined || !isCertain || memory.cells.size >= MAX_CELLS) {
      const lo = minimum(world, state, target.offset).value;
      const hi = maximum(world, state, target.offset).value + (size ?? Infinity);
      const after = afterUncertainWrite(memory, lo, hi, value);
      const isOne = targets.length === 1 && world.info(target.object)?.many !== true && size === 1;
      const string = isOne ? cutString(world, state, memory, target.offset, value) : undefined;
      replace(
        world,
        state,
        target.object,
        memory,
        string === undefined ? after : memoryWith(after, { string }),
      );
      // What stands in a variable of a type that is not known is not lost.
      if (size === undefined) escapeValue(world, state, value);
      continue;
    }
    const zones = withRemains(memory.zones, memory.cells, at, at + size);
    state.setObject(
      target.object,
      memoryWith(memory, {
        cells: withCell(memory.cells, at, { size, limits: limitsIn(type), value }),
        zones: zones ?? [],
        fill: zones === undefined ? { is: 'unknown' } : memory.fill,
        string: stringAfter(world, state, memory, target.offset, value),
      }),
    );
  }
}

/** Pointers that stood in cells which are not known any more may still stand there. */
function replace(world: World, state: State, object: number, before: Memory, after: Memory): void {
  state.setObject(object, after);
  for (const [at, { value }] of before.cells)
    if (after.cells.get(at)?.value !== value) escapeValue(world, state, value);
}

function afterUncertainWrite(memory: Memory, lo: number, hi: number, value: Value): Memory {
  const cells = new Map(memory.cells);
  for (const [at, cell] of memory.cells)
    if (at + cell.size > lo && at < hi && !sameValue(cell.value, value)) cells.delete(at);
  const isFinite = Number.isFinite(lo) && Number.isFinite(hi);
  const left = isFinite ? withRemains(memory.zones, memory.cells, lo, hi) : undefined;
  const zones = left && addZone(left, { from: lo, to: hi, fill: { is: 'unknown' } });
  return memoryWith(memory, {
    cells,
    string: undefined,
    zones: zones ?? [],
    fill: zones === undefined ? { is: 'unknown' } : memory.fill,
  });
}

/** Fills a stretch: `memset`, `recv`, an initialiser. Without a known extent all of the object may have changed. */
export function fillMemory(
  world: World,
  state: State,
  target: Target,
  bytes: Linear,
  fill: Fill,
  upTo: boolean,
): void {
  const memory = state.object(target.object);
  if (memory === undefined) return;
  if (fill.is === 'input') world.outside.add(target.object);
  const from = numberOf(resolved(world, state, target.offset));
  const exact = numberOf(resolved(world, state, bytes));
  const most = maximum(world, state, bytes).value;
  // What is read from outside may be shorter; that it is not is a run as well.
  const isCertain =
    world.info(target.object)?.many !== true && (!upTo || fill.is === 'input') && fill.is !== 'unknown';
  if (from === undefined) {
    // Somewhere in a stretch: nothing outside of it changes.
    const lo = minimum(world, state, target.offset).value;
    const end = addLinear(target.offset, bytes);
    const hi = Math.min(
      maximum(world, state, target.offset).value + most,
      end === undefined ? Infinity : maximum(world, state, end).value,
    );
    if (Number.isFinite(lo) && Number.isFinite(hi)) {
      // More of what comes from outside, where all comes from there and nothing was looked at: as in a loop that receives the rest.
      if (
        isCertain &&
        fill.is === 'input' &&
        isAllInput(memory, lo, hi) &&
        !overlaps(memory.cells, lo, hi - lo)
      )
        return;
      replace(world, state, target.object, memory, afterUncertainWrite(memory, lo, hi, UNKNOWN_VALUE));
      return;
    }
  }
  if (from === undefined || (exact === undefined && !Number.isFinite(most))) {
    const size = world.info(target.object)?.size;
    const isWhole = from === 0 && isCertain && size !== undefined && sameBytes(size, bytes);
    replace(
      world,
      state,
      target.object,
      memory,
      memoryWith(memory, {
        cells: new Map(),
        zones: [],
        string: undefined,
        fill: isWhole ? fill : { is: 'unknown' },
      }),
    );
    return;
  }
  const to = from + (exact ?? most);
  const cells = new Map(memory.cells);
  for (const [at, cell] of memory.cells) if (at + cell.size > from && at < to) cells.delete(at);
  const zone: Zone = { from, to, fill: isCertain && exact !== undefined ? fill : { is: 'unknown' } };
  const left = withRemains(memory.zones, memory.cells, from, to);
  const zones = left && addZone(left, zone);
  replace(
    world,
    state,
    target.object,
    memory,
    memoryWith(memory, {
      cells,
      string: undefined,
      zones: zones ?? [],
      fill: zones === undefined ? { is: 'unknown' } : memory.fill,
    }),
  );
}

function sameBytes(a: Linear, b: Linear): boolean {
  return sameValue(intValue(a), intValue(b));
}

/** Copies what is known of a stretch of one object to another; bytes that are not known become unknown. */
export function copyMemory(world: World, state: State, to: Target, from: Target, bytes: Linear): void {
  const source = state.object(from.object);
  const start = numberOf(resolved(world, state, from.offset));
  const end = numberOf(resolved(world, state, bytes));
  const at = numberOf(resolved(world, state, to.offset));
  const isUninitialized =
    source?.fill.is === 'uninitialized' && source.cells.size === 0 && source.zones.length === 0;
  fillMemory(world, state, to, bytes, isUninitialized ? { is: 'uninitialized' } : { is: 'unknown' }, false);
  if (source === undefined) return;
  const memory = state.object(to.object);
  const isExact =
    start !== undefined && at !== undefined && end !== undefined && world.info(to.object)?.many !== true;
  if (memory === undefined || !isExact) {
    // What the copied pointers lead to may be found by the copy, although it is not seen there.
    for (const { value } of source.cells.values()) escapeValue(world, state, value);
    return;
  }
  const cells = new Map(memory.cells);
  let { zones } = memory;
  for (const zone of [{ from: -Infinity, to: Infinity, fill: source.fill }, ...source.zones]) {
    const [lo, hi] = [Math.max(zone.from, start), Math.min(zone.to, start + end)];
    if (lo < hi)
      zones = addZone(zones, { from: lo - start + at, to: hi - start + at, fill: zone.fill }) ?? zones;
  }
  for (const [offset, cell] of source.cells) {
    if (offset >= start && offset + cell.size <= start + end && cells.size < MAX_CELLS)
      cells.set(offset - start + at, cell);
    else if (offset < start + end && offset + cell.size > start)
      zones =
        addZone(zones, {
          from: offset - start + at,
          to: offset - start + at + cell.size,
          fill: { is: 'unknown' },
        }) ?? [];
  }
  const { string } = source;
  const moved =
    string !== undefined && string.at >= start
      ? { at: string.at - start + at, length: string.length }
      : undefined;
  const ends = moved && maximum(world, state, plus(moved.length, moved.at + 1)).value;
  state.setObject(
    to.object,
    memoryWith(memory, {
      cells,
      zones,
      string: ends !== undefined && ends <= at + end ? moved : undefined,
    }),
  );
}

/** How a string in memory ends. */
export type StringEnd =
  | { readonly is: 'known'; readonly length: Linear }
  /** No zero byte up to the end of the object, or of what was written of it; in some run, where bytes come from outside. */
  | { readonly is: 'missing'; readonly bytes: number; readonly least: number }
  /** Bytes before any zero byte that nothing was written to. */
  | { readonly is: 'uninitialized' }
  | { readonly is: 'unknown'; readonly least: number };

/** Strings are looked through up to this length. */
const MAX_SCAN = 4096;

export function stringEnd(world: World, state: State, target: Target): StringEnd {
  const memory = state.object(target.object);
  const at = numberOf(resolved(world, state, target.offset));
  if (memory === undefined || at === undefined) return { is: 'unknown', least: 0 };
  const { string } = memory;
  if (string?.at === at) return { is: 'known', length: string.length };
  const sizeOfObject = world.info(target.object)?.size;
  const whole = sizeOfObject && numberOf(resolved(world, state, sizeOfObject));
  // The string of a member must not run on into the next one.
  const part = target.part && numberOf(resolved(world, state, target.part.to));
  const size = part !== undefined && part > at ? Math.min(part, whole ?? part) : whole;
  /** Bytes in front of the first one that comes from outside. */
  let least: number | undefined;
  for (let index = at; index < at + MAX_SCAN; index++) {
    if (size !== undefined && index >= size)
      return { is: 'missing', bytes: size - at, least: least ?? size - at };
    const cell = memory.cells.get(index);
    if (cell?.size === 1) {
      if (cell.value.is === 'uninitialized') return { is: 'uninitialized' };
      if (cell.value.is !== 'int') return { is: 'unknown', least: least ?? index - at };
      const [lo, hi] = [
        minimum(world, state, cell.value.of).value,
        maximum(world, state, cell.value.of).value,
      ];
      if (lo === 0 && hi === 0)
        return least === undefined
          ? { is: 'known', length: constantLinear(index - at) }
          : { is: 'unknown', least };
      if (lo > 0 || hi < 0) continue;
      return { is: 'unknown', least: least ?? index - at };
    }
    if (overlaps(memory.cells, index, 1)) return { is: 'unknown', least: least ?? index - at };
    const fill = fillAt(memory, index);
    if (fill.is === 'uninitialized')
      return index > at
        ? { is: 'missing', bytes: index - at, least: least ?? index - at }
        : { is: 'uninitialized' };
    if (fill.is === 'unknown') return { is: 'unknown', least: least ?? index - at };
    if (fill.is === 'input') least ??= index - at;
    else if (fill.value === 0)
      return least === undefined
        ? { is: 'known', length: constantLinear(index - at) }
        : { is: 'unknown', least };
  }
  return { is: 'unknown', least: 0 };
}

/** Notes that a string of this length begins at a place: the bytes themselves are not known. */
export function noteString(world: World, state: State, target: Target, length: Linear): void {
  const memory = state.object(target.object);
  const at = numberOf(resolved(world, state, target.offset));
  if (memory === undefined || at === undefined || world.info(target.object)?.many === true) return;
  state.setObject(target.object, memoryWith(memory, { string: { at, length } }));
}
