import type { Run } from './run.ts';

/** How closely code is followed. */
export interface Effort {
  /** Paths kept apart at one place, and at the head of a loop. */
  readonly paths: number;
  readonly heads: number;
  /** Ways out of a function that are kept apart for its caller. */
  readonly results: number;
  /** Calls in calls that are followed, into functions of at most so many nodes. */
  readonly depth: number;
  readonly nodes: number;
  /** Times that one function is followed into; in a whole program there is no such limit. */
  readonly entries: number;
  /** Times that a loop is run path by path while it is open whether it ends, and while it is known to go on. */
  readonly openRounds: number;
  readonly rounds: number;
}

/** The more of its share of steps a function has spent, the less closely its rest is followed: it always comes to an end. */
const EFFORTS: readonly (readonly [spent: number, effort: Effort])[] = [
  [
    1,
    { paths: 20, heads: 6, results: 6, depth: 8, nodes: Infinity, entries: 12, openRounds: 3, rounds: 300 },
  ],
  [1.25, { paths: 6, heads: 3, results: 3, depth: 3, nodes: 300, entries: 4, openRounds: 2, rounds: 20 }],
  [1.5, { paths: 3, heads: 2, results: 2, depth: 2, nodes: 80, entries: 2, openRounds: 1, rounds: 4 }],
];
const LEAST: Effort = {
  paths: 1,
  heads: 1,
  results: 1,
  depth: 0,
  nodes: 0,
  entries: 0,
  openRounds: 0,
  rounds: 0,
};

/** With steps without end: paths that become one may say of each other what no run does. */
const MOST: Effort = {
  paths: 300,
  heads: 100,
  results: 100,
  depth: 8,
  nodes: Infinity,
  entries: Infinity,
  openRounds: 3,
  rounds: 300,
};

/** Shares after which a function is given up. */
const MAX_SHARES = 12;

export function effortOf({ world, share }: Run): Effort {
  if (share === Infinity) return MOST;
  const spent = world.steps / share;
  for (const [until, effort] of EFFORTS) if (spent < until) return effort;
  return LEAST;
}

/** True once so many steps were taken that the function is given up. */
export function isSpent({ world, share }: Run): boolean {
  return world.steps > share * MAX_SHARES;
}
