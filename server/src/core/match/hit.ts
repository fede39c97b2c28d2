import type { Bindings } from './bindings.ts';

/** One place where a formula holds. UTF-16 offsets. */
export interface Hit {
  readonly start: number;
  readonly end: number;
  readonly bindings: Bindings | undefined;
  /** The range only narrows what it is joined with (`pattern-inside` as an alternative). */
  readonly isOuter?: true;
}
