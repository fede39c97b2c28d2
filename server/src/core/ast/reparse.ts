import { freeTree, parseText } from '../syntax/syntaxTree.ts';
import type { Grammar } from '../syntax/grammar.ts';
import { at, childrenOf, type SyntaxTable } from '../syntax/syntaxTable.ts';
import type { CompiledFrame } from './compileReadings.ts';
import { OWN_PLACE, type TablePlace } from './tableView.ts';

/** What a reader reads of a table. */
export interface Part {
  /** The node of the table below which everything lies. */
  readonly root: number;
  readonly place: TablePlace;
  /** How often the code was parsed again already. */
  readonly reparses: number;
}

export const WHOLE: Part = { root: 0, place: OWN_PLACE, reparses: 0 };

/** Code that the grammar left as tokens, parsed again. */
export interface Reparsed {
  readonly table: SyntaxTable;
  /** The text that the table belongs to. */
  readonly text: string;
  readonly frame: CompiledFrame;
  /** The frame's item in the table. */
  readonly item: number;
  /** What to add to an offset of the table for the offset in the file. */
  readonly shift: number;
}

/** A stretch of a text, with the node that it was read from. Offsets are those of the text. */
export interface Tokens {
  readonly node: number;
  readonly start: number;
  readonly end: number;
}

/**
 * Parses stretches of a text again, each in the first frame in which it has no error; those that have an error in all are left out. All are
 * parsed at once in the first frame, as a call of the parser costs more than a short text. Those left are parsed one by one, since an error
 * may reach into what stands beside it.
 */
export function reparse(
  grammar: Grammar,
  frames: readonly CompiledFrame[],
  text: string,
  stretches: readonly Tokens[],
): ReadonlyMap<number, Reparsed> {
  const parsed = new Map<number, Reparsed>();
  const [first] = frames;
  if (first === undefined || stretches.length === 0) return parsed;
  const left = parseTogether(grammar, first, text, stretches, parsed);
  for (const stretch of left) {
    for (const frame of frames) {
      if (frame === first && stretches.length === 1) continue;
      if (parseTogether(grammar, frame, text, [stretch], parsed).length === 0) break;
    }
  }
  return parsed;
}

/** @returns the stretches that did not parse in the frame */
function parseTogether(
  grammar: Grammar,
  frame: CompiledFrame,
  text: string,
  stretches: readonly Tokens[],
  parsed: Map<number, Reparsed>,
): readonly Tokens[] {
  let joined = '';
  const starts: number[] = [];
  for (const { start, end } of stretches) {
    starts.push(joined.length);
    joined += `${frame.before}${text.slice(start, end)}${frame.after}\n`;
  }
  const syntax = parseText(grammar, joined);
  const { table } = syntax;
  freeTree(syntax);
  const items = new Map(childrenOf(table, 0).map((item) => [at(table.start, item), item]));
  return stretches.filter((stretch, index) => {
    const start = starts[index] ?? 0;
    const end = (starts[index + 1] ?? joined.length) - 1;
    const item = items.get(start);
    if (item === undefined || at(table.end, item) !== end || hasError(grammar, table, item)) return true;
    const shift = stretch.start - start - frame.before.length;
    parsed.set(stretch.node, { table, text: joined, frame, item, shift });
    return false;
  });
}

/** True when something at a node or below it did not parse. */
export function hasError(grammar: Grammar, table: SyntaxTable, item: number): boolean {
  const end = at(table.next, item);
  for (let node = item; node < end; node++) {
    if (at(table.kind, node) === grammar.errorKind || table.missing[node] === 1) return true;
  }
  return false;
}

/**
 * The outermost nodes below `root` that are tokens to parse, without their brackets.
 *
 * @param text the text that the table belongs to
 */
export function tokensBelow(
  table: SyntaxTable,
  root: number,
  text: string,
  areTokens: (node: number) => boolean,
): readonly Tokens[] {
  const tokens: Tokens[] = [];
  const stop = at(table.next, root);
  for (let node = root; node < stop;) {
    if (!areTokens(node)) {
      node++;
      continue;
    }
    const start = at(table.start, node) + 1;
    const end = at(table.end, node) - 1;
    // While somebody types, the closing one may not be there yet.
    if (start < end && /[)\]}]/.test(text[end] ?? '')) tokens.push({ node, start, end });
    node = at(table.next, node);
  }
  return tokens;
}
