import assert from 'node:assert/strict';

/** Numbers that are the same in each run. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  below(limit: number): number {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * limit);
  }

  of<Each>(all: readonly Each[]): Each {
    const each = all[this.below(all.length)];
    assert.ok(each !== undefined);
    return each;
  }
}
