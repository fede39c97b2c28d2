/** Branching of a node is 2^BITS. */
const BITS = 4;
const WIDTH = 1 << BITS;
const MASK = WIDTH - 1;

interface Branch<Value> {
  /** The one map that may change the node in place. */
  readonly owner: object;
  /** Empty on the lowest level. */
  readonly below: (Branch<Value> | undefined)[];
  /** Empty above the lowest level. */
  readonly values: (Value | undefined)[];
}

/** A map from small whole numbers. Copies share what neither has changed, so that a copy costs nothing and a comparison only what differs. */
export class IntMap<Value extends object> {
  #root: Branch<Value>;
  /** Bits below those that choose within the root. */
  #shift: number;
  #owner: object;

  private constructor(root: Branch<Value>, shift: number, owner: object) {
    this.#root = root;
    this.#shift = shift;
    this.#owner = owner;
  }

  static empty<Value extends object>(): IntMap<Value> {
    const owner = {};
    return new IntMap<Value>({ owner, below: [], values: [] }, 0, owner);
  }

  /** A copy; each of the two may be changed without changing the other. */
  fork(): IntMap<Value> {
    this.#owner = {};
    return new IntMap(this.#root, this.#shift, {});
  }

  get(key: number): Value | undefined {
    let shift = this.#shift;
    if (key >>> shift >= WIDTH) return undefined;
    let node: Branch<Value> | undefined = this.#root;
    for (; shift > 0; shift -= BITS) {
      node = node.below[(key >>> shift) & MASK];
      if (node === undefined) return undefined;
    }
    return node.values[key & MASK];
  }

  set(key: number, value: Value | undefined): void {
    while (key >>> this.#shift >= WIDTH) {
      this.#root = { owner: this.#owner, below: [this.#root], values: [] };
      this.#shift += BITS;
    }
    this.#root = this.#owned(this.#root);
    let node = this.#root;
    for (let shift = this.#shift; shift > 0; shift -= BITS) {
      const index = (key >>> shift) & MASK;
      const next = this.#owned(node.below[index]);
      node.below[index] = next;
      node = next;
    }
    node.values[key & MASK] = value;
  }

  #owned(node: Branch<Value> | undefined): Branch<Value> {
    if (node?.owner === this.#owner) return node;
    return {
      owner: this.#owner,
      below: node === undefined ? [] : node.below.slice(),
      values: node === undefined ? [] : node.values.slice(),
    };
  }

  /** Visits the keys for which two maps hold different values, in ascending order. */
  static differences<Value extends object>(
    one: IntMap<Value>,
    other: IntMap<Value>,
    visit: (key: number, left: Value | undefined, right: Value | undefined) => void,
  ): void {
    const shift = Math.max(one.#shift, other.#shift);
    compare(raised(one.#root, one.#shift, shift), raised(other.#root, other.#shift, shift), shift, 0, visit);
  }
}

/** The same tree below further roots. */
function raised<Value>(root: Branch<Value>, from: number, to: number): Branch<Value> {
  let node = root;
  for (let shift = from; shift < to; shift += BITS) node = { owner: node.owner, below: [node], values: [] };
  return node;
}

function compare<Value>(
  one: Branch<Value> | undefined,
  other: Branch<Value> | undefined,
  shift: number,
  base: number,
  visit: (key: number, left: Value | undefined, right: Value | undefined) => void,
): void {
  if (one === other) return;
  if (shift > 0) {
    const width = Math.max(one?.below.length ?? 0, other?.below.length ?? 0);
    for (let index = 0; index < width; index++)
      compare(one?.below[index], other?.below[index], shift - BITS, base + (index << shift), visit);
    return;
  }
  const width = Math.max(one?.values.length ?? 0, other?.values.length ?? 0);
  for (let index = 0; index < width; index++) {
    const left = one?.values[index];
    const right = other?.values[index];
    if (left !== right) visit(base + index, left, right);
  }
}
