import type { Node } from '../ast/node.ts';

/** A name in parentheses in front of a sign. */
export interface CastLike {
  readonly type: Node;
  readonly operator: string;
  readonly value: Node;
}

const SIGNS: ReadonlySet<string> = new Set(['-', '+', '&']);

/** `(error_t)-5` and `(LPTSTR)&text` read like an operation on two variables: they are casts where the name is that of a type. */
export function castLike(node: Node): CastLike | undefined {
  const operator = node.part('operator')?.text ?? '';
  const [type, value] = [node.part('left'), node.part('right')];
  // The parenthesis before the name belongs to the operation; `(LIMIT) - 1` subtracts.
  const isLike =
    node.kind === 'binary' &&
    type?.kind === 'identifier' &&
    SIGNS.has(operator) &&
    type.start > node.start &&
    (operator === '&' || !/^[A-Z][A-Z0-9_]*$/.test(type.text));
  return isLike && value !== undefined ? { type, operator, value } : undefined;
}

/** What `(size_t)(end - start)` casts: it reads like a call. */
export function castValue(node: Node): Node | undefined {
  const callee = node.part('callee');
  const [only, second] = node.parts('arguments');
  const isLike = callee?.kind === 'identifier' && callee.start > node.start && second === undefined;
  return isLike ? only : undefined;
}
