import { changeBetween } from '../base/textChange.ts';
import { callsOf, includesIn, type FileUses } from './declarations.ts';

/** What a text asks other files for, with what it takes to say the same of the text after an edit. */
export interface CountedUses {
  readonly text: string;
  readonly uses: FileUses;
  /** How often each name stands in front of a parenthesis. */
  readonly calls: ReadonlyMap<string, number>;
}

/**
 * What `usesIn` says of a text.
 *
 * @param old of the text before an edit: then only what changed is read
 */
export function countedUses(text: string, old?: CountedUses): CountedUses {
  if (old === undefined) {
    const calls = counted(new Map(), text, 1);
    return { text, calls, uses: { includes: includesIn(text), calls: namesOf(calls) } };
  }
  const { start, oldEnd, newEnd } = changeBetween(old.text, text);
  // No name with its parenthesis lies on both sides of a sign.
  let from = start;
  while (from > 0 && JOINED.test(text.charAt(from - 1))) from--;
  let behind = 0;
  while (newEnd + behind < text.length && JOINED.test(text.charAt(newEnd + behind))) behind++;
  const calls = new Map(old.calls);
  counted(calls, old.text.slice(from, oldEnd + behind + 1), -1);
  counted(calls, text.slice(from, newEnd + behind + 1), 1);
  for (const [name, count] of calls) if (count === 0) calls.delete(name);
  const hasSame = calls.size === old.calls.size && [...calls.keys()].every((name) => old.calls.has(name));
  const mayInclude =
    linesAround(old.text, start, oldEnd).includes('#') || linesAround(text, start, newEnd).includes('#');
  if (hasSame && !mayInclude) return { text, calls, uses: old.uses };
  return {
    text,
    calls,
    uses: {
      includes: mayInclude ? includesIn(text) : old.uses.includes,
      calls: hasSame ? old.uses.calls : namesOf(calls),
    },
  };
}

const JOINED = /[\w\s]/;

function counted(counts: Map<string, number>, text: string, by: number): Map<string, number> {
  for (const name of callsOf(text)) counts.set(name, (counts.get(name) ?? 0) + by);
  return counts;
}

function namesOf(calls: ReadonlyMap<string, number>): readonly string[] {
  return [...calls.keys()].sort();
}

function linesAround(text: string, start: number, end: number): string {
  const last = text.indexOf('\n', end);
  return text.slice(start === 0 ? 0 : text.lastIndexOf('\n', start - 1) + 1, last < 0 ? text.length : last);
}
