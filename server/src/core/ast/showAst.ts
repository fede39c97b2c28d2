import type { Node } from './node.ts';

/**
 * A tree on one line, for tests and `rules explain`: `(call callee=f arguments="a" arguments=1)`. Leaves show their text, strings in
 * quotes; kinds that are not obvious from the text (`:this`) stand before it.
 */
export function showAst(node: Node): string {
  const role = node.role === '' || node.parent === undefined ? '' : `${node.role}=`;
  if (node.children.length === 0) return role + showLeaf(node);
  return `${role}(${node.kind} ${node.children.map(showAst).join(' ')})`;
}

function showLeaf({ kind, text }: Node): string {
  if (kind === 'identifier' || kind === 'number' || kind === 'token') return text;
  if (kind === 'string') return JSON.stringify(text);
  if (kind === 'regex') return `/${text}/`;
  return text === '' ? `(${kind})` : `(${kind} ${text})`;
}
