import type { Node } from '../ast/node.ts';
import type { Bindings } from './bindings.ts';
import { matchNode, type Found, type MatchContext } from './matchNode.ts';
import { bindRun } from './matchParts.ts';
import type { PatternNode } from './pattern.ts';

/** A place in a template: before one of its parts, or within the text of one. */
interface Cursor {
  readonly index: number;
  readonly offset: number;
}

/**
 * The parts of a template. Text of the pattern is the text of the code, what is filled in matches what is filled in, and `...` is any text with
 * anything filled in: `SELECT ... FROM ${$X}...`.
 */
export function matchTemplate(
  context: MatchContext,
  patterns: readonly PatternNode[],
  parts: readonly Node[],
  bindings: Bindings | undefined,
  found: Found,
): void {
  matchFrom(context, patterns, 0, parts, { index: 0, offset: 0 }, bindings, found);
}

function matchFrom(
  context: MatchContext,
  patterns: readonly PatternNode[],
  patternAt: number,
  parts: readonly Node[],
  at: Cursor,
  bindings: Bindings | undefined,
  found: Found,
): void {
  context.budget.spend();
  const pattern = patterns[patternAt];
  if (pattern === undefined) {
    if (at.index === parts.length) found(bindings);
    return;
  }
  if (pattern.type !== 'ellipsis') {
    matchOne(context, pattern, parts, at, bindings, (next, bound) => {
      matchFrom(context, patterns, patternAt + 1, parts, next, bound, found);
    });
    return;
  }
  if (pattern.name !== undefined) {
    // What is bound is parts, and no half of one.
    for (let end = at.index; at.offset === 0 && end <= parts.length; end++) {
      const bound = bindRun(context, pattern.name, parts, at.index, end, bindings);
      if (bound !== false)
        matchFrom(context, patterns, patternAt + 1, parts, { index: end, offset: 0 }, bound, found);
    }
    return;
  }
  const next = patterns[patternAt + 1];
  if (next === undefined) {
    found(bindings);
    return;
  }
  for (const from of placesOf(next, parts, at)) {
    matchFrom(context, patterns, patternAt + 1, parts, from, bindings, found);
  }
}

/** Places from `at` on where a pattern may begin. */
function* placesOf(pattern: PatternNode, parts: readonly Node[], at: Cursor): Generator<Cursor> {
  for (let index = at.index; index < parts.length; index++) {
    const part = parts[index];
    const from = index === at.index ? at.offset : 0;
    if (part?.kind !== 'string' || !isText(pattern)) {
      if (from === 0) yield { index, offset: 0 };
      continue;
    }
    for (
      let offset = part.text.indexOf(pattern.text, from);
      offset >= 0;
      offset = part.text.indexOf(pattern.text, offset + 1)
    )
      yield { index, offset };
  }
}

/** @param found receives the place behind what was matched */
function matchOne(
  context: MatchContext,
  pattern: PatternNode,
  parts: readonly Node[],
  { index, offset }: Cursor,
  bindings: Bindings | undefined,
  found: (next: Cursor, bindings: Bindings | undefined) => void,
): void {
  const part = parts[index];
  if (part === undefined) return;
  if (part.kind === 'string' && isText(pattern)) {
    if (!part.text.startsWith(pattern.text, offset)) return;
    const end = offset + pattern.text.length;
    found(end === part.text.length ? { index: index + 1, offset: 0 } : { index, offset: end }, bindings);
  } else if (offset === 0) {
    matchNode(context, pattern, part, bindings, (bound) => {
      found({ index: index + 1, offset: 0 }, bound);
    });
  }
}

function isText(pattern: PatternNode): pattern is Extract<PatternNode, { type: 'leaf' }> {
  return pattern.type === 'leaf' && pattern.kind === 'string';
}
