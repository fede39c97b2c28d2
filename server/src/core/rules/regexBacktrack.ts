import { firstCharacters, isWithinLine, type FirstCharacters } from './regexFirst.ts';
import { loweredOnce, type RequiredTexts } from './regexLiterals.ts';
import type { Instruction, Program } from './regexProgram.ts';
import { RegexRun } from './regexRun.ts';
import type { RegexTree } from './regexTree.ts';

/** Steps that a search over a text may take: so many, and so many more for each UTF-16 code unit of the text. */
const STEPS = 1_000_000;
const STEPS_PER_UNIT = 100;

/** An expression that only a backtracking matcher can run. */
export interface Backtracker {
  readonly program: Program;
  readonly first: FirstCharacters | undefined;
  /** What to look for before anything else, where matches lie within a line. */
  readonly anchor: RequiredTexts | undefined;
  /** Every match begins with it; undefined when nothing as simple is known. */
  readonly opening: Extract<Instruction, { op: 'text' | 'assert' }> | undefined;
}

export function backtrackerOf(tree: RegexTree, program: Program, required: readonly RequiredTexts[]): Backtracker {
  const opening = program.instructions.find(({ op }) => op !== 'save');
  return {
    program,
    first: firstCharacters(tree.root),
    anchor: isWithinLine(tree.root) ? required[0] : undefined,
    opening: opening?.op === 'text' || opening?.op === 'assert' ? opening : undefined,
  };
}

/** Steps after which remembering failures pays; as many more for each UTF-16 code unit of the text. */
const REMEMBER_AFTER = 5_000;
const REMEMBER_AFTER_PER_UNIT = 1;

/** Starts a search over a text. Limits other than the usual ones are for tests. */
export function searchIn(
  { program }: Backtracker,
  text: string,
  steps = STEPS + STEPS_PER_UNIT * text.length,
  rememberAfter = REMEMBER_AFTER + REMEMBER_AFTER_PER_UNIT * text.length,
): RegexRun {
  return new RegexRun(program, text, steps, rememberAfter);
}

/**
 * Finds the first match at or after `from`.
 *
 * @param run of the same expression
 * @returns registers: start and end of the match, then of each group, -1 for none; valid until the next call
 * @throws StepsSpent
 */
export function findFrom(expression: Backtracker, run: RegexRun, from: number): Int32Array | undefined {
  const { text } = run;
  let next = anchored(expression, text, from, from);
  while (next !== undefined) {
    const found = run.matchAt(next, from);
    if (found !== undefined) return found;
    const code = text.charCodeAt(next);
    const pair = code >= 0xd800 && code < 0xdc00 && isLow(text.charCodeAt(next + 1));
    next = anchored(expression, text, next + (pair ? 2 : 1), from);
    run.spend();
  }
  return undefined;
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}

/** The next position at or after `at` where a match can begin. */
function anchored({ first, anchor, opening }: Backtracker, text: string, at: number, from: number): number | undefined {
  let next = at;
  if (anchor !== undefined) {
    const place = earliest(anchor, text, next);
    if (place < 0) return undefined;
    next = Math.max(next, place === 0 ? 0 : text.lastIndexOf('\n', place - 1) + 1);
  }
  if (opening?.op === 'text') next = text.indexOf(opening.text, next);
  else if (opening?.what === 'text-start') next = next === 0 ? 0 : -1;
  else if (opening?.what === 'search-start') next = next === from ? next : -1;
  else if (opening?.what === 'line-start' && next > 0 && text.charCodeAt(next - 1) !== 10) {
    const lineEnd = text.indexOf('\n', next);
    next = lineEnd < 0 ? -1 : lineEnd + 1;
  }
  if (next < 0 || next > text.length) return undefined;
  return first === undefined || opening?.op === 'text' ? next : beginning(first, text, next);
}

function beginning({ ascii, beyond }: FirstCharacters, text: string, at: number): number | undefined {
  for (let next = at; next < text.length; next++) {
    const code = text.charCodeAt(next);
    if (code < 128 ? ascii[code] === 1 : beyond && !(isLow(code) && isInPair(text, next))) return next;
  }
  return undefined;
}

function isInPair(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  return before >= 0xd800 && before < 0xdc00;
}

/** Where the first of the texts stands; -1 when none does. */
function earliest({ texts, ignoreCase }: RequiredTexts, text: string, from: number): number {
  const where = ignoreCase ? loweredOnce(text) : text;
  // A letter that becomes two in lower case shifts what follows.
  if (where.length !== text.length) return from;
  let best = -1;
  for (const each of texts) {
    const place = where.indexOf(each, from);
    if (place >= 0 && (best < 0 || place < best)) best = place;
  }
  return best;
}
