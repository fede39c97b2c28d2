import { groupsIn, type Choice, type Outcome } from './chooseArms.ts';
import { CLOSE_BRACE, OPEN_BRACE, SEMICOLON, type CodeTokens } from './codeTokens.ts';
import type { Group } from './conditionals.ts';
import type { MacroTable } from './macros.ts';
import type { Tokens } from './tokens.ts';
import type { Views } from './view.ts';

/**
 * Where a view can be begun anew: offsets behind the `}` of functions at file scope, in order. What stands before one and what stands behind it
 * are read each for itself, but for directives.
 */
export type Stops = readonly number[];

/** What the views of a text are made anew from after an edit. */
export interface Viewed extends Views {
  readonly text: string;
  /** Places that are stops in all views. */
  readonly stops: Stops;
  /** In the order in which they begin. */
  readonly conditionals: readonly KnownConditional[];
  /** Each function is read for itself: see `Finished`. */
  readonly isSettled: boolean;
  /** What the text itself defines. */
  readonly own: MacroTable;
}

/** A `#if` with what became of it. */
export interface KnownConditional {
  /** Offsets of its lines. The last one is that of its `#endif`; infinite where it has none. */
  readonly lines: readonly number[];
  /** In each view; undefined where it stands in an arm that is hidden. */
  readonly outcomes: readonly (Outcome | undefined)[];
}

export function knownConditionals(
  { directives }: Tokens,
  groups: readonly Group[],
  choices: readonly Choice[],
): readonly KnownConditional[] {
  return groupsIn(groups).map((group) => ({
    lines: [...group.arms.map((arm) => arm.directive), group.end].map(
      (index) => directives[index]?.start ?? Infinity,
    ),
    outcomes: choices.map(({ outcomes }) => outcomes.get(group)),
  }));
}

export function inBoth(one: Stops, other: Stops): Stops {
  const there = new Set(other);
  return one.filter((each) => there.has(each));
}

/**
 * Offsets of stops.
 *
 * @param closing tokens that close a function at file scope
 */
export function stopsAt(code: CodeTokens, closing: readonly number[]): Stops {
  const stops: number[] = [];
  let furthest = -1;
  let next = 0;
  for (const brace of closing) {
    for (; next < brace; next++) {
      // A bracket of another kind around it is looked at as a whole.
      const partner = code.partner[next] ?? -1;
      if (partner > furthest && !code.is(next, OPEN_BRACE)) furthest = partner;
    }
    const isPlain = code.is(brace - 1, SEMICOLON) || code.is(brace - 1, CLOSE_BRACE);
    if (isPlain && furthest < brace && (code.partner[brace] ?? -1) >= 0) stops.push(code.end[brace] ?? 0);
  }
  return stops;
}
