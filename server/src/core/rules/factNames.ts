/** What can go wrong at a place in the code, as rules name it: `docs/facts.md` says when each is reported. */
export const FACT_EVENTS = [
  'out-of-bounds-read',
  'out-of-bounds-write',
  'bounded-write',
  'null-dereference',
  'unchecked-allocation',
  'unchecked-result',
  'use-after-free',
  'freed-memory-given',
  'use-after-close',
  'use-out-of-scope',
  'double-free',
  'invalid-free',
  'mismatched-free',
  'leak',
  'leak-at-exit',
  'resource-leak',
  'uninitialized-read',
  'unterminated-string',
  'division-by-zero',
  'signed-overflow',
  'unsigned-wrap',
  'size-overflow',
  'truncation',
  'negative-size',
  'shift-out-of-range',
  'double-lock',
  'unlock-without-lock',
  'double-close',
  'unbounded-recursion',
  'recursion-on-input',
  'endless-loop',
  'overlapping-copy',
  'large-stack-block',
  'assertion-on-input',
  'lock-order',
  'lock-kept',
  'type-confusion',
  'unsafe-in-handler',
  'shared-with-handler',
  'format-mismatch',
  'unrelated-pointers',
  'data-race',
  'unguarded-access',
  'arguments-out-of-order',
  'wrong-argument-count',
  'unreturned-value',
  'misleading-indentation',
  'unlimited-allocation',
  'pointer-from-input',
] as const;

export type FactEventName = (typeof FACT_EVENTS)[number];

/**
 * `proved`: some run that the code itself allows for does it. `possible`: it could not be excluded, or what leads to it may never
 * happen.
 */
export type Certainty = 'proved' | 'possible';

/** Questions about the value of an expression; all that are asked must have the answer on one and the same path. */
export interface FactQuestions {
  readonly certainty: Certainty;
  readonly happens: readonly FactEventName[];
  readonly null: 'always' | 'maybe' | 'never' | undefined;
  readonly memory: readonly MemoryState[];
  readonly terminated: 'always' | 'never' | undefined;
  readonly room: 'known' | undefined;
  readonly bounds: readonly BoundQuestion[];
}

export const MEMORY_STATES = ['live', 'freed', 'out-of-scope', 'stack', 'static', 'heap', 'literal'] as const;
export type MemoryState = (typeof MEMORY_STATES)[number];

export const BOUND_KEYS = [
  'may-exceed',
  'always-exceeds',
  'never-exceeds',
  'may-be-below',
  'always-below',
  'never-below',
] as const;

export interface BoundQuestion {
  readonly ask: (typeof BOUND_KEYS)[number];
  readonly than: BoundTerm;
}

/** What a number is compared with. */
export type BoundTerm =
  | { readonly is: 'number'; readonly value: number }
  /** The value of a metavariable; the bytes that a pointer leaves, or a type has; the length of a string. */
  | { readonly is: 'value' | 'sizeof' | 'strlen'; readonly metavariable: string };

/** `16`, `0x10`, `$N`, `sizeof($BUF)`, `strlen($S)`; undefined for anything else. */
export function readBoundTerm(text: string): BoundTerm | undefined {
  const trimmed = text.trim();
  if (/^-?(0x[0-9a-f]+|\d+)$/i.test(trimmed)) {
    const value = trimmed.startsWith('-') ? -Number(trimmed.slice(1)) : Number(trimmed);
    return { is: 'number', value };
  }
  const match = /^(?:(sizeof|strlen)\s*\(\s*)?(\$[A-Z_][A-Z_0-9]*)(\s*\))?$/.exec(trimmed);
  const [, call, metavariable, close] = match ?? [];
  if (metavariable === undefined || (call === undefined) !== (close === undefined)) return undefined;
  return { is: call === 'sizeof' || call === 'strlen' ? call : 'value', metavariable };
}
