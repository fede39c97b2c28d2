import type { Node } from '../ast/node.ts';
import { sameLinear, type Linear } from './linear.ts';

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
  readonly part?: { readonly from: Linear; readonly to: Linear };
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
  /** One value in between that it does not have. */
  readonly not?: number;
}

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
  /** Of a handle or lock: the state that models give it, such as `open`. */
  readonly mark: string | undefined;
}

export type Life = 'live' | 'freed' | 'maybe-freed' | 'out-of-scope';

/** Differences between numbers that a path remembers; to forget one is safe, and each costs time wherever paths meet. */
const MAX_DIFFERENCES = 48;

/** All that is known on one path. Copies share what neither has changed. */
export class State {
  #ranges: Map<number, Range>;
  #differences: Map<string, Difference>;
  #objects: Map<number, Memory>;
  /** Maps that another path still looks at: copied before they are written. */
  #shared = { ranges: true, differences: true, objects: true };
  /** The path took a turn that perhaps no run takes: nothing is proved on it. */
  doubtful: boolean;
  /** Values of constructs inside expressions, by their slots. */
  slots: ReadonlyMap<string, Value>;

  private constructor(
    ranges: Map<number, Range>,
    differences: Map<string, Difference>,
    objects: Map<number, Memory>,
    slots: ReadonlyMap<string, Value>,
    doubtful: boolean,
  ) {
    this.#ranges = ranges;
    this.#differences = differences;
    this.#objects = objects;
    this.slots = slots;
    this.doubtful = doubtful;
  }

  static empty(): State {
    return new State(new Map(), new Map(), new Map(), new Map(), false);
  }

  fork(): State {
    this.#shared = { ranges: true, differences: true, objects: true };
    return new State(this.#ranges, this.#differences, this.#objects, this.slots, this.doubtful);
  }

  range(symbol: number): Range | undefined {
    return this.#ranges.get(symbol);
  }

  setRange(symbol: number, range: Range): void {
    if (this.#shared.ranges) this.#ranges = new Map(this.#ranges);
    this.#shared.ranges = false;
    this.#ranges.set(symbol, range);
  }

  get ranges(): ReadonlyMap<number, Range> {
    return this.#ranges;
  }

  get differences(): ReadonlyMap<string, Difference> {
    return this.#differences;
  }

  setDifference(difference: Difference): void {
    const key = `${difference.a},${difference.b}`;
    const known = this.#differences.get(key);
    if (known !== undefined && known.most <= difference.most) return;
    if (known === undefined && this.#differences.size >= MAX_DIFFERENCES) return;
    if (this.#shared.differences) this.#differences = new Map(this.#differences);
    this.#shared.differences = false;
    this.#differences.set(key, difference);
  }

  get objects(): ReadonlyMap<number, Memory> {
    return this.#objects;
  }

  object(id: number): Memory | undefined {
    return this.#objects.get(id);
  }

  setObject(id: number, memory: Memory): void {
    this.#ownObjects();
    this.#objects.set(id, memory);
  }

  #ownObjects(): void {
    if (this.#shared.objects) this.#objects = new Map(this.#objects);
    this.#shared.objects = false;
  }

  removeObject(id: number): void {
    this.#ownObjects();
    this.#objects.delete(id);
  }

  setSlot(key: string, value: Value | undefined): void {
    const slots = new Map(this.slots);
    if (value === undefined) slots.delete(key);
    else slots.set(key, value);
    this.slots = slots;
  }
}

export function freshMemory(fill: Fill): Memory {
  return {
    life: 'live',
    ended: undefined,
    escaped: false,
    fill,
    zones: [],
    cells: new Map(),
    string: undefined,
    mark: undefined,
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

export function pointerTo(object: number, offset: Linear, nullness?: number): Pointer {
  return { is: 'pointer', targets: [{ object, offset }], nullness };
}

/** Marks what a pointer leads to, and what that leads to, as known to others. */
export function escapeValue(state: State, value: Value): void {
  const pending: Value[] = [value];
  for (let each = pending.pop(); each !== undefined; each = pending.pop()) {
    if (each.is !== 'pointer') continue;
    for (const { object } of each.targets) {
      const memory = state.object(object);
      if (memory === undefined || memory.escaped) continue;
      state.setObject(object, { ...memory, escaped: true });
      for (const cell of memory.cells.values()) pending.push(cell.value);
    }
  }
}
