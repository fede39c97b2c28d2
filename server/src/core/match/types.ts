import type { Node } from '../ast/node.ts';
import type { Bindings } from './bindings.ts';
import { matchNode, type Found, type MatchContext } from './matchNode.ts';
import { partsOf, type PatternNode, type TypePattern } from './pattern.ts';

/** `(T $X)`: calls `found` when the file declares the expression with the type. */
export function declaredTypeMatches(
  context: MatchContext,
  wanted: TypePattern,
  node: Node,
  bindings: Bindings | undefined,
  found: Found,
): void {
  const declared = context.code.names.typeOf(node);
  if (declared === undefined) return;
  const isLiteral = declared.type === undefined;
  if (!isLiteral && !wanted.modifiers.every((modifier) => declared.modifiers.includes(modifier))) return;
  if (declared.type) {
    matchNode(context, wanted.type, declared.type, bindings, found);
    return;
  }
  if (textOf(wanted.type) === declared.text) found(bindings);
}

function textOf(pattern: PatternNode): string | undefined {
  if (pattern.type === 'leaf') return pattern.text;
  if (pattern.type !== 'tree') return undefined;
  // A literal of C has no type that is written anywhere.
  const [base] = pattern.kind === 'pointerType' ? partsOf(pattern, 'base') : [];
  return base?.type === 'leaf' ? `${base.text}*` : pattern.path?.join('.');
}
