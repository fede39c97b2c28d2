/**
 * Bounds the work of one rule on one file, counted in steps and not in time, so that the same input always ends the same way.
 */
export class Budget {
  #left: number;

  constructor(steps: number) {
    this.#left = steps;
  }

  /** Steps not spent yet. */
  get left(): number {
    return this.#left;
  }

  spend(steps = 1): void {
    this.#left -= steps;
    if (this.#left < 0) throw new BudgetExceeded();
  }
}

/** Ends a rule on one file; caught where rules are run, and reported as a problem of that rule. */
export class BudgetExceeded extends Error {
  constructor() {
    super('the step limit of one rule on one file');
    this.name = 'BudgetExceeded';
  }
}
