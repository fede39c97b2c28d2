import type { Bindings } from './bindings.ts';

/** One place where a formula holds. UTF-16 offsets. */
export interface Hit {
  readonly start: number;
  readonly end: number;
  readonly bindings: Bindings | undefined;
}
