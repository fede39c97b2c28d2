import { isNever, isUnopened, maximum, minimum, rangeOf, resolved, unsee, unseeAll } from './constraints.ts';
import { joinDifferences, joinRanges, type Merged } from './joinNumbers.ts';
import {
  addLinear,
  isExact,
  plus,
  sameLinear,
  scaleLinear,
  subtractLinear,
  symbolLinear,
  ZERO,
  type Linear,
} from './linear.ts';
import {
  freshMemory,
  intValue,
  NO_VALUES,
  sameValue,
  State,
  UNINITIALIZED,
  UNKNOWN_VALUE,
  type Cell,
  type Fill,
  type Memory,
  type Range,
  type Target,
  type Value,
  escapeValue,
  memoryWith,
} from './state.ts';
import type { BoundOf, OneSided, World } from './world.ts';

/** How bounds that still move are treated where two paths meet. */
export interface Meeting {
  /** Bounds that a number of the first path had outgrown go to these limits, or without end. */
  readonly widen: readonly number[] | undefined;
  /** Symbols of the first path that stand for any number within their bounds, with how often they stand in it; none when undefined. */
  readonly free?: FreeSymbols | undefined;
}

export type FreeSymbols = ReadonlyMap<number, number>;

export interface Joined {
  readonly state: State;
  /** The second path brought something that the first did not have. */
  readonly changed: boolean;
  /** Symbols that were made for this path, with how often they stand in it. Only heads of loops ask. */
  readonly free: () => FreeSymbols;
}

/** Numbers that are put together: among more, it is not looked for those that belong together. */
const MAX_TIES = 16;

const NOT_ZERO: readonly number[] = [0];

/** More targets of one pointer are not followed. */
const MAX_TARGETS = 4;

/** What holds on both of two paths. */
export function joinStates(world: World, left: State, right: State, { widen, free }: Meeting): Joined {
  const joined = left.fork();
  const merged: Merged[] = [];
  let changed = false;
  /** Bounds of numbers that were put together, which some run has on one path alone. */
  const oneSided: BoundOf[] = [];
  /** Pointers that are known on one path only: what they lead to is not lost. */
  const lost: Value[] = [];

  const joinNumbers = (a: Linear, b: Linear, limits?: Cell['limits']): Linear => {
    // A number that has one value on one path is still the number that other values hang together with.
    if (sameLinear(a, b)) return a;
    // A descriptor on one path, another number or another descriptor on the other: what is open is not lost.
    if (world.handles.size > 0) lost.push(intValue(a), intValue(b));
    const x = resolved(world, left, a);
    const y = resolved(world, right, b);
    if (sameLinear(x, y)) return x;
    const step = stepOf(x, y);
    if (step !== undefined)
      for (const each of merged) {
        const affine = affineOf(each, x, step);
        if (affine === undefined) continue;
        each.uses++;
        return affine;
      }
    else if (merged.length <= MAX_TIES)
      for (const each of merged) {
        const tied = asFarAs(each, x, y);
        if (tied === undefined) continue;
        each.uses++;
        return tied;
      }
    // The bounds of a sum may lie outside of its type, although the sum does not.
    const least = limits?.[0] ?? -Infinity;
    const most = limits?.[1] ?? Infinity;
    const within = (value: number): number => Math.max(least, Math.min(most, value));
    const aLo = within(minimum(world, left, x).value);
    const aHi = within(maximum(world, left, x).value);
    const bLo = within(minimum(world, right, y).value);
    const bHi = within(maximum(world, right, y).value);
    let lo = Math.min(aLo, bLo);
    let hi = Math.max(aHi, bHi);
    if (bLo < aLo || bHi > aHi) changed = true;
    if (widen !== undefined) {
      if (bLo < aLo) lo = Math.max(least, ...widen.filter((limit) => limit <= bLo));
      if (bHi > aHi) hi = Math.min(most, ...widen.filter((limit) => limit >= bHi));
    }
    // Both are codes of errors: so is what they become.
    const isNotZero = isNever(world, left, x);
    const areNotZero = isNotZero && isNever(world, right, y);
    if (isNotZero && !areNotZero) changed = true;
    // What comes from outside on either path does so here: some run has the bound of the wider one, where none was guessed.
    const one = inputOf(world, left, x);
    const other = inputOf(world, right, y);
    const hasOwn = (bound: 'lo' | 'hi', value: number): boolean =>
      (one?.[bound] === value && one[`${bound}Seen`]) || (other?.[bound] === value && other[`${bound}Seen`]);
    // In a further round of a loop a number may come from what was read before it.
    const isDefault = (of: Linear): boolean => of.terms.length === 0 && widen === undefined;
    const isInput =
      one === undefined ? isDefault(x) && other !== undefined : other !== undefined || isDefault(y);
    const symbol = world.symbol(lo, hi, isInput ? 'input' : 'derived');
    joined.setRange(symbol, {
      lo,
      hi,
      loSeen: isInput && hasOwn('lo', lo),
      hiSeen: isInput && hasOwn('hi', hi),
      not: areNotZero && lo < 0 && hi > 0 ? NOT_ZERO : NO_VALUES,
    });
    if (isInput)
      for (const bound of ['lo', 'hi'] as const)
        if (!(one?.[bound] === other?.[bound] && one?.[`${bound}Seen`] && other?.[`${bound}Seen`]))
          oneSided.push({ symbol, isUpper: bound === 'hi' });
    merged.push({ left: x, right: y, symbol, step, uses: 1 });
    if ((step !== undefined && Math.abs(step) > 1) || isSparse(world, x)) world.sparse.add(symbol);
    return symbolLinear(symbol);
  };

  const nullnessOf = (value: Value, state: State): number | undefined | 'null' => {
    if (value.is === 'int') return 'null';
    if (value.is !== 'pointer' || value.nullness === undefined) return undefined;
    const { lo, hi } = rangeOf(world, state, value.nullness);
    return hi === 0 ? undefined : lo === 1 ? 'null' : value.nullness;
  };

  /** Where only one path has a pointer, what the other path knows of the index that it was made with has nothing to do with it. */
  const onOneSide = (target: Target, own: State, other: State): Target => {
    const { object, offset, part } = target;
    const isSame = offset.terms.every(({ symbol }) => sameRange(world, own, other, symbol));
    if (isSame) return target;
    const [least, most] = [minimum(world, own, offset), maximum(world, own, offset)];
    return { object, offset: symbolLinear(world.symbol(least.value, most.value, 'derived')), part };
  };

  const joinValues = (a: Value, b: Value, limits?: Cell['limits']): Value => {
    if (a.is === 'int' && b.is === 'int') return intValue(joinNumbers(a.of, b.of, limits));
    if (sameValue(a, b)) return a;
    const isPointer = (value: Value): boolean =>
      value.is === 'pointer' ||
      (value.is === 'int' && value.of.terms.length === 0 && value.of.constant === 0);
    if (!isPointer(a) || !isPointer(b)) {
      if (a.is !== 'unknown') changed = true;
      lost.push(a, b);
      return UNKNOWN_VALUE;
    }
    const [one, other] = [nullnessOf(a, left), nullnessOf(b, right)];
    if (one === 'null' && other === 'null') return intValue(ZERO);
    const targets: Target[] = [];
    const from = a.is === 'pointer' ? a.targets : [];
    const to = b.is === 'pointer' ? b.targets : [];
    for (const target of from) {
      const other = to.find(({ object }) => object === target.object);
      targets.push(
        other === undefined
          ? onOneSide(target, left, right)
          : {
              object: target.object,
              offset: joinNumbers(target.offset, other.offset),
              part: samePart(target, other),
            },
      );
    }
    for (const target of to) {
      if (from.some(({ object }) => object === target.object)) continue;
      changed = true;
      targets.push(onOneSide(target, right, left));
    }
    if (targets.length > Math.min(from.length, to.length))
      for (const { object } of targets) world.doubted.add(object);
    const isOpen = (a.is === 'pointer' && from.length === 0) || (b.is === 'pointer' && to.length === 0);
    if (isOpen || targets.length > MAX_TARGETS) lost.push(a, b);
    if (targets.length > MAX_TARGETS) return UNKNOWN_VALUE;
    let nullness: number | undefined;
    if (one === other && one !== 'null') nullness = one;
    else {
      const reasons = [one, other].flatMap((each) =>
        each === 'null'
          ? ['assigned' as const]
          : each === undefined
            ? []
            : [world.symbols[each]?.reason ?? 'assigned'],
      );
      nullness = world.symbol(
        0,
        1,
        'null',
        undefined,
        reasons.includes('assigned') ? 'assigned' : reasons[0],
      );
      const isKnown = [one, other].some((each) => typeof each === 'number' && world.nullOrFreed.has(each));
      if (isKnown || (a.is === 'int' && leadsToFreed(right, b)) || (b.is === 'int' && leadsToFreed(left, a)))
        world.nullOrFreed.add(nullness);
      if (one === undefined) changed = true;
    }
    return { is: 'pointer', targets: isOpen ? [] : targets, nullness };
  };

  const joinMemory = (a: Memory, b: Memory): Memory => {
    const cells = a.cells === b.cells ? a.cells : joinCells(a, b);
    const sameFill = isSameFill(a.fill, b.fill) && isSameZones(a.zones, b.zones);
    if (!sameFill && !(a.fill.is === 'unknown' && a.zones.length === 0)) changed = true;
    const string =
      a.string !== undefined && b.string?.at === a.string.at
        ? { at: a.string.at, length: joinNumbers(a.string.length, b.string.length) }
        : undefined;
    if (string === undefined && a.string !== undefined) changed = true;
    const life =
      a.life === b.life
        ? a.life
        : a.life === 'out-of-scope' || b.life === 'out-of-scope'
          ? 'live'
          : 'maybe-freed';
    if (life !== a.life || (b.escaped && !a.escaped)) changed = true;
    const isSame =
      sameFill &&
      life === a.life &&
      a.escaped === (a.escaped || b.escaped) &&
      sameMarks(a.marks, b.marks) &&
      sameCells(a.cells, cells) &&
      (string === a.string || isSameString(string, a.string));
    // The same memory as before: where the path meets others, nothing needs to be compared again.
    if (isSame) return a;
    return {
      life,
      ended: a.ended ?? b.ended,
      escaped: a.escaped || b.escaped,
      fill: sameFill ? a.fill : { is: 'unknown' },
      zones: sameFill ? a.zones : [],
      cells,
      string,
      marks: sameMarks(a.marks, b.marks) ? a.marks : commonMarks(a.marks, b.marks),
    };
  };

  const joinCells = (a: Memory, b: Memory): ReadonlyMap<number, Cell> => {
    const cells = new Map<number, Cell>();
    for (const [at, cell] of a.cells) {
      const other = b.cells.get(at);
      if (other === cell) cells.set(at, cell);
      else if (other?.size === cell.size) {
        const limits = commonLimits(cell, other);
        cells.set(at, { size: cell.size, limits, value: joinCellValues(cell.value, other.value, limits) });
      } else if (other === undefined) {
        const fill = fillValue(b, at, cell.size);
        if (fill === undefined) changed = true;
        else cells.set(at, cellOf(cell, joinCellValues(cell.value, fill, cell.limits)));
      } else changed = true;
    }
    for (const [at, cell] of b.cells) {
      if (cells.has(at)) continue;
      const fill = a.cells.has(at) ? undefined : fillValue(a, at, cell.size);
      if (fill === undefined) continue;
      cells.set(at, cellOf(cell, joinCellValues(fill, cell.value, cell.limits)));
    }
    if (cells.size < a.cells.size || cells.size < b.cells.size)
      for (const each of [a, b])
        for (const [at, { value }] of each.cells)
          if ((value.is === 'pointer' || value.is === 'int') && !cells.has(at)) lost.push(value);
    return cells;
  };

  /** A variable of the program that one path has not come across: there it has a value that is not known here. */
  const onOnePath = (id: number, memory: Memory): Memory =>
    world.info(id)?.kind === 'static'
      ? memoryWith(freshMemory({ is: 'unknown' }), { escaped: memory.escaped })
      : memory;

  /** Where one path has written and the other has not, it is not known whether something is there. */
  const joinCellValues = (a: Value, b: Value, limits: Cell['limits']): Value => {
    if (a.is === 'uninitialized' && b.is === 'uninitialized') return UNINITIALIZED;
    return joinValues(a, b, limits);
  };

  State.differentObjects(left, right, (id, memory, other) => {
    world.steps++;
    const known = memory ?? other;
    if (known === undefined) return;
    // Where opening failed nothing is open, as on the path that has not come to it.
    if ((memory === undefined || other === undefined) && isUnopened(world, memory ? left : right, id)) {
      joined.removeObject(id);
      return;
    }
    if (memory === undefined || other === undefined) world.doubted.add(id);
    joined.setObject(
      id,
      memory === undefined || other === undefined ? onOnePath(id, known) : joinMemory(memory, other),
    );
  });
  joined.shareAll(right);
  joined.guessAll(right);

  if (left.slots !== right.slots) {
    for (const key of new Set([...left.slots.keys(), ...right.slots.keys()])) {
      const [a, b] = [left.slots.get(key), right.slots.get(key)];
      joined.setSlot(key, a !== undefined && b !== undefined ? joinValues(a, b) : (a ?? b));
    }
  }
  for (const value of lost) escapeValue(world, joined, value);
  const narrowed: OneSided[] = [];
  const ranges = joinRanges(world, joined, left, right, widen !== undefined, narrowed);
  if (ranges.changed) changed = true;
  if (joinDifferences(world, joined, left, right, merged, ranges.different, widen !== undefined, narrowed))
    changed = true;
  // A number that was another's, or so much more, and is that no longer: its bounds may be as before.
  if (merged.some((each) => isBound(each, free))) changed = true;
  // `if (text) { n = atoi(text); isSet = 1; }`: what the path knows of `isSet` tells apart what comes from outside.
  const told = merged.filter((each) => isTold(world, each));
  if (told.length > 0) for (const { symbol, isUpper } of oneSided) unsee(world, joined, symbol, isUpper);
  for (const each of told) noteOneSided(world, joined, each, narrowed);
  joined.doubtful = left.doubtful || right.doubtful;
  return {
    state: joined,
    changed,
    free: () => new Map(merged.map(({ symbol, uses }) => [symbol, uses])),
  };
}

function leadsToFreed(state: State, value: Value): boolean {
  return value.is === 'pointer' && value.targets.some(({ object }) => state.object(object)?.life === 'freed');
}

/** Both paths know the same bounds of a number. */
function sameRange(world: World, one: State, other: State, symbol: number): boolean {
  const [a, b] = [rangeOf(world, one, symbol), rangeOf(world, other, symbol)];
  return a === b || (a.lo === b.lo && a.hi === b.hi);
}

/** A number that the function itself has made differs on the two paths. */
function isTold({ symbols }: World, { left, right }: Merged): boolean {
  return [left, right].every(({ terms }) => terms.every(({ symbol }) => symbols[symbol]?.kind !== 'input'));
}

/** More of them are not kept: they are not taken for seen any more. */
const MAX_ONE_SIDED = 32;

/** What was said of the numbers that became this one is said of it, too. */
function noteOneSided(
  world: World,
  joined: State,
  { left, right, symbol }: Merged,
  own: readonly OneSided[],
): void {
  const all = new Map<string, OneSided>();
  const known = [...left.terms, ...right.terms].flatMap((term) => world.oneSided.get(term.symbol) ?? []);
  for (const each of [...own, ...known])
    if ('a' in each) all.set(`${each.a}-${each.b}`, each);
    else if (each.symbol !== symbol) all.set(`${each.symbol}${each.isUpper ? '+' : ''}`, each);
  if (all.size === 0) return;
  if (all.size > MAX_ONE_SIDED) unseeAll(world, joined, all.values());
  else world.oneSided.set(symbol, [...all.values()]);
}

/** What the first path says of a number is more than its bounds. */
function isBound({ left: { terms }, uses }: Merged, free: FreeSymbols | undefined): boolean {
  const [only, second] = terms;
  if (only === undefined) return false;
  return second !== undefined || Math.abs(only.factor) !== 1 || free?.get(only.symbol) !== uses;
}

function cellOf({ size, limits }: Cell, value: Value): Cell {
  return { size, limits, value };
}

/** Undefined where one path has a number of another type there. */
function commonLimits({ limits: a }: Cell, { limits: b }: Cell): Cell['limits'] {
  return a?.[0] === b?.[0] && a?.[1] === b?.[1] ? a : undefined;
}

function isSameString(a: Memory['string'], b: Memory['string']): boolean {
  return a !== undefined && b?.at === a.at && sameLinear(a.length, b.length);
}

function sameCells(before: Memory['cells'], after: Memory['cells']): boolean {
  if (before === after) return true;
  if (before.size !== after.size) return false;
  for (const [at, cell] of before) {
    const other = after.get(at);
    if (other !== cell && (other?.size !== cell.size || !sameValue(cell.value, other.value))) return false;
  }
  return true;
}

function isSameFill(a: Fill, b: Fill): boolean {
  return a.is === b.is && (a.is !== 'bytes' || b.is !== 'bytes' || a.value === b.value);
}

function isSameZones(a: Memory['zones'], b: Memory['zones']): boolean {
  return (
    a === b ||
    (a.length === b.length &&
      a.every(({ from, to, fill }, index) => {
        const other = b[index];
        return from === other?.from && to === other.to && isSameFill(fill, other.fill);
      }))
  );
}

function fillValue(memory: Memory, at: number, size: number): Value | undefined {
  let fill: Fill = memory.fill;
  for (const zone of memory.zones) if (zone.from <= at && at + size <= zone.to) fill = zone.fill;
  if (memory.zones.some(({ from, to }) => from < at + size && to > at && !(from <= at && at + size <= to)))
    return undefined;
  if (fill.is === 'uninitialized') return UNINITIALIZED;
  return fill.is === 'bytes' && fill.value === 0 ? intValue({ constant: 0, terms: [] }) : undefined;
}

/** The array that both were made from. */
function samePart({ part: a }: Target, { part: b }: Target): Target['part'] {
  return a !== undefined && b !== undefined && sameLinear(a.from, b.from) && sameLinear(a.to, b.to)
    ? a
    : undefined;
}

/** How much more the second number is; undefined where that is no single number. */
function stepOf(x: Linear, y: Linear): number | undefined {
  const { length } = x.terms;
  if (y.terms.length !== length) return undefined;
  for (let index = 0; index < length; index++) {
    const one = x.terms[index];
    const other = y.terms[index];
    if (one?.symbol !== other?.symbol || one?.factor !== other?.factor) return undefined;
  }
  const step = y.constant - x.constant;
  return isExact(step) ? step : undefined;
}

/** The second number in terms of the first, when on both paths it is the same multiple of it and the same number more. */
function affineOf({ left, symbol, step }: Merged, x: Linear, own: number): Linear | undefined {
  if (step === undefined) return undefined;
  const factor = own / step;
  if (!Number.isInteger(factor)) return undefined;
  const scaled = scaleLinear(left, factor);
  const rest = scaled && subtractLinear(x, scaled);
  return rest && addLinear(rest, symbolLinear(symbol), factor);
}

/** The second number as so much more than the first, when it is that on both paths: one of them may be known better on one. */
function asFarAs({ left, right, symbol }: Merged, x: Linear, y: Linear): Linear | undefined {
  const more = subtractLinear(x, left);
  const moreThere = subtractLinear(y, right);
  if (more === undefined || more.terms.length > 0) return undefined;
  const isSame = moreThere?.terms.length === 0 && moreThere.constant === more.constant;
  return isSame ? plus(symbolLinear(symbol), more.constant) : undefined;
}

function sameMarks(a: Memory['marks'], b: Memory['marks']): boolean {
  return a === b || (a.size === b.size && [...a].every(([at, mark]) => b.get(at) === mark));
}

function commonMarks(a: Memory['marks'], b: Memory['marks']): Memory['marks'] {
  return new Map([...a].filter(([at, mark]) => b.get(at) === mark));
}

/** `divisor /= 10` in a loop: what comes of a number that leaves out most values leaves them out, too. */
function isSparse({ sparse }: World, { terms: [only, second] }: Linear): boolean {
  return only !== undefined && second === undefined && sparse.has(only.symbol);
}

/** Bounds of a number from outside; undefined for any other, and on a path that perhaps no run takes. */
function inputOf(world: World, state: State, { constant, terms }: Linear): Range | undefined {
  const [only, second] = terms;
  const isInput =
    only?.factor === 1 &&
    second === undefined &&
    constant === 0 &&
    world.symbols[only.symbol]?.kind === 'input' &&
    !state.doubtful &&
    !state.isTied(only.symbol);
  return isInput ? rangeOf(world, state, only.symbol) : undefined;
}
