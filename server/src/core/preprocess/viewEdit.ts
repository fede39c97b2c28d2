import type { TextChange } from '../base/textChange.ts';
import { partitionPoint } from '../base/partition.ts';
import { CLOSE_BRACE, CodeTokens, OPEN_BRACE, SEMICOLON } from './codeTokens.ts';
import { Edits } from './edits.ts';
import { finished } from './finished.ts';
import type { MacroTable } from './macros.ts';
import { maskCode } from './maskCode.ts';
import type { Views } from './view.ts';
import { WORDS, type Dialect } from './words.ts';

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
  /** Each function is read for itself: see `Finished`. */
  readonly isSettled: boolean;
  /** What the text itself defines. */
  readonly own: MacroTable;
}

/**
 * The views of a text that has changed in one stretch, made from those before: only the functions in which that stretch lies are read again. Undefined
 * where more than these may read otherwise: with directives, or with brackets that do not fit while directives follow.
 */
export function editedViews(
  old: Viewed,
  text: string,
  { start, oldEnd, newEnd }: TextChange,
  macros: MacroTable,
  dialect: Dialect,
): Viewed | undefined {
  const { stops } = old;
  if (!old.isSettled) return undefined;
  // The bracket that a stop stands behind must not have changed.
  const before = partitionPoint(stops.length, (index) => (stops[index] ?? 0) <= start) - 1;
  const behind = partitionPoint(stops.length, (index) => (stops[index] ?? 0) <= oldEnd);
  const from = stops[before];
  const to = stops[behind];
  if (from === undefined || to === undefined) return undefined;
  const delta = newEnd - oldEnd;
  // With the bracket before it, as some code looks at what stands before it.
  const [was, now] = [old.text.slice(from - 1, to), text.slice(from - 1, to + delta)];
  const [wasRead, nowRead] = [was, now].map((each) => readStretch(each, dialect));
  if (wasRead === undefined || nowRead === undefined) return undefined;
  const { code } = nowRead;
  const edits = new Edits(code.text);
  const found: number[] = [];
  maskCode({ code, edits, macros, dialect, plain: new Map(), asCall: new Map(), stops: found });
  const inside = stopsAt(code, found);
  // It must end where it did.
  if (inside.at(-1) !== now.length) return undefined;
  const masked = edits.apply().slice(1);
  const moved = (offset: number): number => (offset > from ? offset + delta : offset);
  const movedAll = (spans: Views['left']): Views['left'] =>
    delta === 0 ? spans : spans.map((span) => ({ start: moved(span.start), end: moved(span.end) }));
  return {
    text,
    views: old.views.map((view) => ({
      text: view.text.slice(0, from) + masked + view.text.slice(to),
      added: movedAll(view.added),
    })),
    left: movedAll(old.left),
    strays: [
      ...movedAll(old.strays.filter((each) => each.start < from || each.start >= to)),
      ...nowRead.strays.map((each) => ({ start: each.start + from - 1, end: each.end + from - 1 })),
    ].sort((a, b) => a.start - b.start),
    stops: [
      ...stops.slice(0, before + 1),
      ...inside.map((offset) => offset + from - 1),
      ...stops.slice(behind + 1).map((offset) => offset + delta),
    ],
    isSettled: true,
    own: old.own,
  };
}

interface Stretch {
  readonly code: CodeTokens;
  readonly strays: Views['strays'];
}

/**
 * A stretch between two stops, with the bracket before it; undefined where it holds directives, or brackets that code around it may look at: one that
 * it has not opened, or has left open.
 */
function readStretch(text: string, dialect: Dialect): Stretch | undefined {
  // The bracket before it closes what it does not show.
  const { text: whole, tokens, strays, isSettled } = finished(text, 1);
  if (tokens.directives.length > 0 || !isSettled) return undefined;
  const code = new CodeTokens(whole, tokens, new Uint8Array(tokens.count).fill(1), WORDS[dialect]);
  for (let at = 1; at < code.count; at++)
    if (isBracket(code.sign[at] ?? 0) && (code.partner[at] ?? -1) < 0) return undefined;
  return { code, strays };
}

/** ( ) [ ] { } */
const BRACKETS: ReadonlySet<number> = new Set([40, 41, 91, 93, OPEN_BRACE, CLOSE_BRACE]);

function isBracket(sign: number): boolean {
  return BRACKETS.has(sign);
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
