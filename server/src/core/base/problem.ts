import type { Range } from './range.ts';

export const PROBLEM_SEVERITIES = ['error', 'warning', 'information'] as const;
export type ProblemSeverity = (typeof PROBLEM_SEVERITIES)[number];

/**
 * Something wrong with what a user wrote (a rule, an item file, a source file, the configuration). Core functions
 * return problems beside a usable value; they never throw for them.
 */
export interface Problem {
  /** Stable kebab-case name of the kind of problem, e.g. `yaml-syntax`. */
  readonly code: string;
  readonly severity: ProblemSeverity;
  /** One plain sentence: what is wrong, and what to do about it. */
  readonly message: string;
  /** File relative to the workspace root with `/`, or the path of a rule file as the user named it. */
  readonly path?: string;
  readonly range?: Range;
}

/** What a core function that reads user input returns: as much value as could be had, and what was wrong. */
export interface Outcome<T> {
  readonly value: T;
  readonly problems: readonly Problem[];
}
