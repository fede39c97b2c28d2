import type { Node } from './node.ts';

/** Cases run on into the next one where any of them has to say `break`. */
export function fallsThrough(cases: readonly Node[]): boolean {
  return cases.some((each) => (each.part('body')?.parts('statements') ?? []).some(isBreak));
}

function isBreak(node: Node): boolean {
  if (node.kind === 'break') return node.part('label') === undefined;
  return node.kind === 'block' && node.children.some((child) => child.kind === 'break');
}
