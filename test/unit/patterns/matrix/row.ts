/** One thing that the rule language says, in the notation of `dialects.ts`. */
export interface Row {
  readonly says: string;
  /** Keys of a rule; patterns are written in the notation. `INT` stands for the name of the type of integers. */
  readonly rule: Readonly<Record<string, unknown>>;
  /** Lines that end with `// !` are found, and no others; or «» stand around what is found, to the letter. */
  readonly code: string;
  /** Code after all fixes. */
  readonly fixed?: string;
  /** Languages that cannot say it, and why. */
  readonly without?: Readonly<Record<string, string>>;
}

/** Several conditions that all hold. */
export const patterns = (...entries: readonly unknown[]): Record<string, unknown> => ({ patterns: entries });
