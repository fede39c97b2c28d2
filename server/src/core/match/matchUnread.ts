import { codeOfUnread } from '../ast/unread.ts';
import type { Node } from '../ast/node.ts';
import type { LanguageProfile } from '../syntax/language.ts';
import type { Bindings } from './bindings.ts';
import { matchNode, type Found, type MatchContext } from './matchNode.ts';
import { matchSequence } from './matchSequence.ts';
import type { PatternNode } from './pattern.ts';

/** Parsing the text of a leaf costs about as much as this many steps of the matcher. */
const STEPS = 20;

/** Compares what a leaf reads as, such as the value of a `#define`, with what the pattern wrote for it. */
export function matchUnread(
  context: MatchContext,
  patterns: readonly PatternNode[],
  leaf: Node,
  bindings: Bindings | undefined,
  found: Found,
): void {
  const { grammar } = context.code;
  if (!isUnreadKind(grammar.definition.profile, leaf.kind)) return;
  for (let step = 0; step < STEPS; step++) context.budget.spend();
  const nodes = codeOfUnread(grammar, leaf);
  const [node, another] = nodes;
  if (node === undefined) return;
  const [pattern, second] = patterns;
  if (pattern !== undefined && second === undefined && another === undefined) {
    matchNode(context, pattern, node, bindings, found);
    return;
  }
  const cursor = { nodes, index: 0, outer: undefined, bodyOpen: false };
  matchSequence(context, { patterns, exact: true }, 0, cursor, -1, bindings, (_end, bound) => {
    found(bound);
  });
}

/** True for a grammar's own kind whose text is code that the grammar leaves unread. */
export function isUnreadKind({ unread }: LanguageProfile, kind: string): boolean {
  return kind.startsWith(':') && unread?.includes(kind.slice(1)) === true;
}
