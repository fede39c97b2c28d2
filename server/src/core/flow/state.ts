import { CLEAN, join, NO_TAINTS, sameTaints, union, type Taints, type Value } from './values.ts';

/** What a root holds where nothing is known of it: shared variables have what other functions left there. */
export type Defaults = (root: string) => Value;

/** What is known at one place of a function. Changed in place; `fork` before two ways part. */
export class State {
  readonly #roots: Map<string, Value>;
  readonly #defaults: Defaults;
  /** Taints of the control flow: what happened before. */
  control: Taints;

  constructor(defaults: Defaults, roots = new Map<string, Value>(), control: Taints = NO_TAINTS) {
    this.#defaults = defaults;
    this.#roots = roots;
    this.control = control;
  }

  get(root: string): Value {
    return this.#roots.get(root) ?? this.#defaults(root);
  }

  has(root: string): boolean {
    return this.#roots.has(root);
  }

  set(root: string, value: Value): void {
    if (value === CLEAN && !this.#roots.has(root) && this.#defaults(root) === CLEAN) return;
    this.#roots.set(root, value);
  }

  fork(): State {
    return new State(this.#defaults, new Map(this.#roots), this.control);
  }

  roots(): IterableIterator<[string, Value]> {
    return this.#roots.entries();
  }

  /** Adds what another way knows; true when that was news. */
  join(other: State): boolean {
    let changed = false;
    for (const [root, value] of other.#roots) {
      const mine = this.get(root);
      const joined = join(mine, value);
      if (joined === mine && (this.#roots.has(root) || joined === CLEAN)) continue;
      if (!sameTaints(mine, joined)) changed = true;
      this.#roots.set(root, joined);
    }
    for (const [root, value] of this.#roots) {
      if (other.#roots.has(root)) continue;
      const joined = join(value, other.get(root));
      if (joined === value) continue;
      if (!sameTaints(value, joined)) changed = true;
      this.#roots.set(root, joined);
    }
    const control = union(this.control, other.control);
    if (control.size !== this.control.size) changed = true;
    this.control = control;
    return changed;
  }
}
