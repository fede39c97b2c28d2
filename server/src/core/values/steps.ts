import type { Node } from '../ast/node.ts';

/** `n++`, `--s->depth`, `n += 1`: what is changed, and in which direction. */
export function stepOf(node: Node): { readonly name: string; readonly isUp: boolean } | undefined {
  const operator = node.part('operator')?.text ?? '';
  const isStep =
    (node.kind === 'unary' && /\+\+|--/.test(operator)) ||
    (node.kind === 'assign' && (operator === '+=' || operator === '-='));
  const name = isStep ? nameOf(node.part(node.kind === 'unary' ? 'operand' : 'target')) : undefined;
  return name === undefined ? undefined : { name, isUp: operator.includes('+') };
}

/** Of a variable its name, of a member that of the member. */
export function nameOf(node: Node | undefined): string | undefined {
  if (node?.kind === 'identifier') return node.text;
  return node?.kind === 'member' ? node.part('name')?.text : undefined;
}
