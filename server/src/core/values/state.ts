import type { Node } from '../ast/node.ts';
import { IntMap } from './intMap.ts';
import { sameLinear, type Linear } from './linear.ts';
import type { World } from './world.ts';

/** What an expression stands for on one path. */
export type Value =
  | { readonly is: 'int'; readonly of: Linear }
  | Pointer
  /** A function of the file, or one known by its name alone. */
  | { readonly is: 'function'; readonly name: string }
  /** Memory that nothing was written to. */
  | { readonly is: 'uninitialized' }
  | { readonly is: 'unknown' };

export interface Pointer {
  readonly is: 'pointer';
  /** Objects that it may point into; all of them, so that none means an unknown one. */
  readonly targets: readonly Target[];
  /** Symbol that is 1 where the pointer is null and 0 where it is not; undefined when it is never null. */
  readonly nullness: number | undefined;
}

export interface Target {
  readonly object: number;
  /** In bytes. */
  readonly offset: Linear;
  /** The array inside of the object that the pointer was made from: `p->name`. Offsets of its start and end. */
  readonly part: { readonly from: Linear; readonly to: Linear } | undefined;
}

export const UNKNOWN_VALUE: Value = { is: 'unknown' };
export const UNINITIALIZED: Value = { is: 'uninitialized' };

export function intValue(of: Linear): Value {
  return { is: 'int', of };
}

/** Bounds of a symbol on one path. */
export interface Range {
  readonly lo: number;
  readonly hi: number;
  /** Some run has this very bound: it comes from outside unchecked, or the program itself tests for it. */
  readonly loSeen: boolean;
  readonly hiSeen: boolean;
  /** Values in between that it does not have; few. */
  readonly not: readonly number[];
}

export const NO_VALUES: readonly number[] = [];

/** `a - b <= most`. */
export interface Difference {
  readonly a: number;
  readonly b: number;
  readonly most: number;
  /** Some run has equality. */
  readonly seen: boolean;
}

/** What stands in memory where no cell says so. */
export type Fill =
  | { readonly is: 'uninitialized' }
  | { readonly is: 'unknown' }
  /** Comes from outside, unchecked: every value occurs. */
  | { readonly is: 'input' }
  /** Every byte has this value. */
  | { readonly is: 'bytes'; readonly value: number };

export interface Cell {
  readonly size: number;
  /** Limits of the type that it was written or read as, where that is an integer. */
  readonly limits: readonly [lo: number, hi: number] | undefined;
  readonly value: Value;
}

/** A stretch `[from, to)` filled in one go; later ones lie over earlier ones, cells over all. */
export interface Zone {
  readonly from: number;
  readonly to: number;
  readonly fill: Fill;
}

/** A string known to begin at `at` and to end `length` bytes behind it. */
export interface StringFact {
  readonly at: number;
  readonly length: Linear;
}

/** Memory of one object on one path. */
export interface Memory {
  readonly life: Life;
  /** Where it was freed, or where its function ended. */
  readonly ended: Node | undefined;
  /** Known to others: it may be changed or freed by what is not seen. */
  readonly escaped: boolean;
  readonly fill: Fill;
  readonly zones: readonly Zone[];
  readonly cells: ReadonlyMap<number, Cell>;
  readonly string: StringFact | undefined;
  /** Of handles and locks, by their offsets: the state that models give them, such as `locked`. */
  readonly marks: ReadonlyMap<number, string>;
}

export type Life = 'live' | 'freed' | 'maybe-freed' | 'out-of-scope';

/** A condition that a path took one side of, although it asks for what is not seen. */
interface Guess {
  readonly condition: Node;
  readonly ofNumber: boolean;
}

/** Differences between numbers that a path remembers; to forget one is safe, and each costs time wherever paths meet. */
const MAX_DIFFERENCES = 16;

const NO_SLOTS = new Map<string, Value>();

/** All that is known on one path. Copies share what neither has changed. */
export class State {
  /** Memory of objects on paths that have changed nothing of it; the same for all paths of one analysis. */
  readonly #defaults: readonly (Memory | undefined)[];
  readonly #ranges: IntMap<Range>;
  readonly #objects: IntMap<Memory>;
  /** Conditions of which the path took one side, although they ask for what is not seen; by their nodes. */
  readonly #guesses: IntMap<Guess>;
  /** Few, the oldest first; never changed, but replaced. */
  #differences: readonly Difference[];
  /** One bit for all symbols in differences that are equal modulo 32: most symbols are in none. */
  #ties = 0;
  /** Objects that others know of and of which something is known. */
  #shared: Set<number>;
  /** Another path still looks at them: copied before they are written. */
  #sharedBorrowed = true;
  /** The path took a turn that perhaps no run takes: nothing is proved on it. */
  doubtful: boolean;
  /** Values of constructs inside expressions, by their slots. */
  #slots: Map<string, Value>;
  /** As with the objects that others know of. */
  #slotsBorrowed = true;
  /** What was last read where no object can keep it; until memory changes, a second look finds the same. */
  #read: { readonly from: Pointer; readonly size: number | undefined; readonly value: Value } | undefined;

  private constructor(
    defaults: readonly (Memory | undefined)[],
    ranges: IntMap<Range>,
    objects: IntMap<Memory>,
    guesses: IntMap<Guess>,
    differences: readonly Difference[],
    shared: Set<number>,
    slots: Map<string, Value>,
    doubtful: boolean,
  ) {
    this.#defaults = defaults;
    this.#ranges = ranges;
    this.#objects = objects;
    this.#guesses = guesses;
    this.#differences = differences;
    this.#shared = shared;
    this.#slots = slots;
    this.doubtful = doubtful;
  }

  static empty(defaults: readonly (Memory | undefined)[]): State {
    return new State(
      defaults,
      IntMap.empty(),
      IntMap.empty(),
      IntMap.empty(),
      [],
      new Set(),
      NO_SLOTS,
      false,
    );
  }

  fork(): State {
    this.#sharedBorrowed = true;
    this.#slotsBorrowed = true;
    const copy = new State(
      this.#defaults,
      this.#ranges.fork(),
      this.#objects.fork(),
      this.#guesses.fork(),
      this.#differences,
      this.#shared,
      this.#slots,
      this.doubtful,
    );
    copy.#read = this.#read;
    copy.#ties = this.#ties;
    return copy;
  }

  /** The value that was read through this very pointer, when nothing was written since. */
  lastRead(from: Pointer, size: number | undefined): Value | undefined {
    const read = this.#read;
    return read !== undefined && read.size === size && sameValue(read.from, from) ? read.value : undefined;
  }

  noteRead(from: Pointer, size: number | undefined, value: Value): void {
    this.#read = { from, size, value };
  }

  range(symbol: number): Range | undefined {
    return this.#ranges.get(symbol);
  }

  setRange(symbol: number, range: Range): void {
    this.#ranges.set(symbol, range);
  }

  forgetRange(symbol: number): void {
    this.#ranges.set(symbol, undefined);
  }

  /** Visits the symbols whose ranges differ between two paths. */
  static differentRanges(
    left: State,
    right: State,
    visit: (symbol: number, left: Range | undefined, right: Range | undefined) => void,
  ): void {
    IntMap.differences(left.#ranges, right.#ranges, visit);
  }

  /** The same list as long as none is added. */
  get differences(): readonly Difference[] {
    return this.#differences;
  }

  difference(a: number, b: number): Difference | undefined {
    for (const each of this.#differences) if (each.a === a && each.b === b) return each;
    return undefined;
  }

  setDifference(difference: Difference): void {
    const all = this.#differences;
    const known = this.difference(difference.a, difference.b);
    if (known !== undefined) {
      if (known.most > difference.most)
        this.#differences = all.map((each) => (each === known ? difference : each));
      return;
    }
    this.replaceDifferences([...(all.length >= MAX_DIFFERENCES ? all.slice(1) : all), difference]);
  }

  /** Whether some difference says something of a symbol. */
  isTied(symbol: number): boolean {
    if ((this.#ties & (1 << symbol)) === 0) return false;
    for (const { a, b } of this.#differences) if (a === symbol || b === symbol) return true;
    return false;
  }

  /** That two such numbers are as far apart as they may be no longer occurs for sure. */
  unseeDifferences(are: (a: number, b: number) => boolean): void {
    const isOne = ({ a, b, seen }: Difference): boolean => seen && are(a, b);
    if (this.#differences.some(isOne))
      this.#differences = this.#differences.map((each) =>
        isOne(each) ? { a: each.a, b: each.b, most: each.most, seen: false } : each,
      );
  }

  /** @param differences of these, each pair of symbols once */
  replaceDifferences(differences: readonly Difference[]): void {
    this.#differences = differences;
    this.#ties = 0;
    for (const { a, b } of differences) this.#ties |= (1 << a) | (1 << b);
  }

  /** @param ofNumber of a number, not of whether a pointer is null */
  guess(condition: Node, ofNumber: boolean): void {
    this.#guesses.set(condition.index, { condition, ofNumber });
  }

  isGuess(condition: Node, onlyNumbers: boolean): boolean {
    const guess = this.#guesses.get(condition.index);
    return guess?.condition === condition && (guess.ofNumber || !onlyNumbers);
  }

  guessAll(other: State): void {
    IntMap.differences(this.#guesses, other.#guesses, (index, own, more) => {
      if (own === undefined && more !== undefined) this.#guesses.set(index, more);
    });
  }

  object(id: number): Memory | undefined {
    return this.#objects.get(id) ?? this.#defaults[id];
  }

  setObject(id: number, memory: Memory): void {
    this.#objects.set(id, memory);
    this.#read = undefined;
    if (!memory.escaped || this.#shared.has(id) || isForgotten(memory)) return;
    this.#ownShared();
    this.#shared.add(id);
  }

  /** The object has its default memory again, if it has one. */
  removeObject(id: number): void {
    this.#objects.set(id, undefined);
    this.#read = undefined;
  }

  /** Visits the objects whose memory differs between two paths. */
  static differentObjects(
    left: State,
    right: State,
    visit: (id: number, left: Memory | undefined, right: Memory | undefined) => void,
  ): void {
    const defaults = left.#defaults;
    IntMap.differences(left.#objects, right.#objects, (id, one, other) => {
      visit(id, one ?? defaults[id], other ?? defaults[id]);
    });
  }

  /** The objects that others know of and of which something is known; from now on nothing is. */
  takeShared(): ReadonlySet<number> {
    const taken = this.#shared;
    this.#shared = new Set();
    this.#sharedBorrowed = false;
    return taken;
  }

  /** Objects that are shared on another path are shared here, too. */
  shareAll(other: State): void {
    if (other.#shared === this.#shared) return;
    this.#ownShared();
    for (const id of other.#shared) this.#shared.add(id);
  }

  #ownShared(): void {
    if (this.#sharedBorrowed) this.#shared = new Set(this.#shared);
    this.#sharedBorrowed = false;
  }

  get slots(): ReadonlyMap<string, Value> {
    return this.#slots;
  }

  setSlot(key: string, value: Value | undefined): void {
    if (value === undefined && !this.#slots.has(key)) return;
    if (this.#slotsBorrowed) this.#slots = new Map(this.#slots);
    this.#slotsBorrowed = false;
    if (value === undefined) this.#slots.delete(key);
    else this.#slots.set(key, value);
  }
}

/** Nothing is known of what the object holds. */
export function isForgotten({ cells, zones, fill, string }: Memory): boolean {
  return cells.size === 0 && zones.length === 0 && fill.is === 'unknown' && string === undefined;
}

export const NO_MARKS: ReadonlyMap<number, string> = new Map<number, string>();
export const NO_CELLS: ReadonlyMap<number, Cell> = new Map<number, Cell>();

export function freshMemory(fill: Fill): Memory {
  return {
    life: 'live',
    ended: undefined,
    escaped: false,
    fill,
    zones: [],
    cells: NO_CELLS,
    string: undefined,
    marks: NO_MARKS,
  };
}

/**
 * The same memory with some of it changed. All memory is made by this function and `freshMemory`, with all parts in one order: of values that are made
 * in many ways the engine that runs this code makes many kinds, and slow code for them.
 */
export function memoryWith(memory: Memory, change: Partial<Memory>): Memory {
  return {
    life: change.life ?? memory.life,
    ended: 'ended' in change ? change.ended : memory.ended,
    escaped: change.escaped ?? memory.escaped,
    fill: change.fill ?? memory.fill,
    zones: change.zones ?? memory.zones,
    cells: change.cells ?? memory.cells,
    string: 'string' in change ? change.string : memory.string,
    marks: change.marks ?? memory.marks,
  };
}

export function sameValue(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a.is === 'int' && b.is === 'int') return sameLinear(a.of, b.of);
  if (a.is === 'pointer' && b.is === 'pointer') {
    return (
      a.nullness === b.nullness &&
      a.targets.length === b.targets.length &&
      a.targets.every((target, index) => {
        const other = b.targets[index];
        return target.object === other?.object && sameLinear(target.offset, other.offset);
      })
    );
  }
  if (a.is === 'function' && b.is === 'function') return a.name === b.name;
  return a.is === b.is && a.is !== 'int' && a.is !== 'pointer' && a.is !== 'function';
}

export function targetAt(object: number, offset: Linear): Target {
  return { object, offset, part: undefined };
}

export function pointerTo(object: number, offset: Linear, nullness?: number): Pointer {
  return { is: 'pointer', targets: [targetAt(object, offset)], nullness };
}

/** Objects that a value leads to: a pointer to its targets, a descriptor to what is open behind it. */
export function objectsBehind({ handles }: World, value: Value): readonly number[] {
  if (value.is === 'pointer') return value.targets.map(({ object }) => object);
  if (value.is !== 'int' || handles.size === 0) return [];
  return value.of.terms.flatMap(({ symbol }) => handles.get(symbol) ?? []);
}

/** Marks what a value leads to, and what that leads to, as known to others. */
export function escapeValue(world: World, state: State, value: Value): void {
  const pending: Value[] = [value];
  for (let each = pending.pop(); each !== undefined; each = pending.pop()) {
    for (const object of objectsBehind(world, each)) {
      const memory = state.object(object);
      if (memory === undefined || memory.escaped) continue;
      state.setObject(object, memoryWith(memory, { escaped: true }));
      for (const cell of memory.cells.values()) pending.push(cell.value);
    }
  }
}
