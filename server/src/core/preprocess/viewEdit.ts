import type { Span } from '../base/range.ts';
import { partitionPoint } from '../base/partition.ts';
import type { TextChange } from '../base/textChange.ts';
import { sameList } from '../base/sameList.ts';
import { balanceIn, chooseAsBefore } from './chooseArms.ts';
import { CLOSE_BRACE, CodeTokens, OPEN_BRACE } from './codeTokens.ts';
import { conditionalsOf, type Conditionals } from './conditionals.ts';
import type { KnownMacros } from './conditions.ts';
import { finished } from './finished.ts';
import { tablesInOrder } from './macros.ts';
import { maskedText } from './maskView.ts';
import type { Tokens } from './tokens.ts';
import { knownIn, type ViewSettings } from './view.ts';
import { inBoth, stopsAt, type KnownConditional, type Stops, type Viewed } from './viewStops.ts';
import { WORDS } from './words.ts';

/**
 * The views of a text that has changed in one stretch, made from those before: only the functions in which that stretch lies are read again, and those
 * that conditionals join with them. Undefined where more than these may read otherwise: where a directive has changed, or where brackets or conditionals
 * do not fit.
 */
export function editedViews(
  old: Viewed,
  text: string,
  change: TextChange,
  settings: ViewSettings,
): Viewed | undefined {
  const { stops } = old;
  const around = old.isSettled ? stretchAround(old, change) : undefined;
  if (around === undefined) return undefined;
  const { before, behind, conditionals } = around;
  const [from, to] = [stops[before] ?? 0, stops[behind] ?? 0];
  const delta = change.newEnd - change.oldEnd;
  // With the bracket before it, as some code looks at what stands before it.
  const was = readStretch(old.text.slice(from - 1, to));
  const now = readStretch(text.slice(from - 1, to + delta));
  const known = knownIn(settings);
  if (was === undefined || now === undefined || !areAlike(was, now, known)) return undefined;
  const macros = tablesInOrder([settings.macros, settings.shared, old.own]);
  const views: Viewed['views'][number][] = [];
  let inside: Stops | undefined;
  for (const [index, view] of old.views.entries()) {
    const outcomes = conditionals.map((each) => each.outcomes[index]);
    const shown = chooseAsBefore(now.text, now.tokens, now.conditionals, known, outcomes);
    const wasShown = chooseAsBefore(was.text, was.tokens, was.conditionals, known, outcomes);
    if (shown === undefined || wasShown === undefined) return undefined;
    const masked = maskedText(now.text, now.tokens, shown, macros, settings);
    const wasCode = new CodeTokens(was.text, was.tokens, wasShown.shown, WORDS[settings.dialect]);
    if (!allFit(masked.code) || !allFit(wasCode)) return undefined;
    const inView = stopsAt(masked.code, masked.closing);
    // It must end where it did.
    if (inView.at(-1) !== now.text.length) return undefined;
    inside = inside === undefined ? inView : inBoth(inside, inView);
    views.push({
      text: view.text.slice(0, from) + masked.text.slice(1) + view.text.slice(to),
      added: view.added.map((span) => moved(span, change)),
    });
  }
  return {
    text,
    views,
    left: old.left.map((span) => moved(span, change)),
    strays: [
      ...old.strays
        .filter((each) => each.start < from || each.start >= to)
        .map((span) => moved(span, change)),
      ...now.strays.map((each) => ({ start: each.start + from - 1, end: each.end + from - 1 })),
    ].sort((a, b) => a.start - b.start),
    stops: [
      ...stops.slice(0, before + 1),
      ...(inside ?? []).map((offset) => offset + from - 1),
      ...stops.slice(behind + 1).map((offset) => offset + delta),
    ],
    conditionals:
      delta === 0
        ? old.conditionals
        : old.conditionals.map(({ lines, outcomes }) => ({
            lines: lines.map((line) => movedEnd(line, change)),
            outcomes,
          })),
    isSettled: true,
    own: old.own,
  };
}

/** A stretch that begins and ends with directives keeps them: it grows and shrinks between them. */
function moved({ start, end }: Span, change: TextChange): Span {
  return {
    start: start <= change.start ? start : start + change.newEnd - change.oldEnd,
    end: movedEnd(end, change),
  };
}

function movedEnd(offset: number, { start, oldEnd, newEnd }: TextChange): number {
  return offset < start ? offset : offset + newEnd - oldEnd;
}

interface StretchAround {
  /** Positions of the stops before and behind it. */
  readonly before: number;
  readonly behind: number;
  /** Those in it. */
  readonly conditionals: readonly KnownConditional[];
}

/** The least stretch between two stops that holds a change, and of each conditional all lines or none. */
function stretchAround(
  { stops, conditionals }: Viewed,
  { start, oldEnd }: TextChange,
): StretchAround | undefined {
  const lastUpTo = (offset: number): number =>
    partitionPoint(stops.length, (index) => (stops[index] ?? 0) <= offset) - 1;
  // The bracket that a stop stands behind must not have changed.
  let before = lastUpTo(start);
  let behind = lastUpTo(oldEnd) + 1;
  for (;;) {
    const from = stops[before];
    const to = stops[behind];
    if (from === undefined || to === undefined) return undefined;
    const isInside = (line: number): boolean => from <= line && line < to;
    const inside = conditionals.filter(({ lines }) => lines.some(isInside));
    const beyond = inside.flatMap(({ lines }) => (lines.every(isInside) ? [] : lines));
    if (beyond.length === 0) return { before, behind, conditionals: inside };
    before = Math.min(before, lastUpTo(Math.min(...beyond)));
    behind = Math.max(behind, lastUpTo(Math.max(...beyond)) + 1);
  }
}

interface Stretch {
  readonly text: string;
  readonly tokens: Tokens;
  readonly conditionals: Conditionals;
  readonly strays: Viewed['strays'];
}

/** A stretch between two stops, with the bracket before it; undefined where it is not finished. */
function readStretch(written: string): Stretch | undefined {
  // The bracket before it closes what it does not show.
  const { text, tokens, strays, isSettled } = finished(written, 1);
  if (!isSettled) return undefined;
  const conditionals = conditionalsOf(text, tokens);
  return conditionals.strays.length === 0 ? { text, tokens, conditionals, strays } : undefined;
}

/** Code around two stretches that looks at their directives, or counts brackets across them, finds no difference. */
function areAlike(one: Stretch, other: Stretch, known: KnownMacros): boolean {
  const directivesOf = ({ text, tokens }: Stretch): readonly string[] =>
    tokens.directives.map(({ start, end }) => text.slice(start, end));
  const balanceOf = ({ text, tokens, conditionals: { groups } }: Stretch): ReturnType<typeof balanceIn> =>
    balanceIn(text, tokens, { from: 1, to: tokens.count, groups }, known);
  const [was, now] = [balanceOf(one), balanceOf(other)];
  return sameList(directivesOf(one), directivesOf(other)) && was.net === now.net && was.least === now.least;
}

/** No bracket that code around it may look at: one that it has not opened, or has left open. */
function allFit(code: CodeTokens): boolean {
  for (let at = 1; at < code.count; at++)
    if (BRACKETS.has(code.sign[at] ?? 0) && (code.partner[at] ?? -1) < 0) return false;
  return true;
}

/** ( ) [ ] { } */
const BRACKETS: ReadonlySet<number> = new Set([40, 41, 91, 93, OPEN_BRACE, CLOSE_BRACE]);
