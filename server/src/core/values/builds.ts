import type { Node } from '../ast/node.ts';
import type { Frame } from './run.ts';

/**
 * Between its declaration and a use something is written to a variable in an arm of `#if`: in a view without that arm it seems that nothing is, but which
 * builds there are, the code does not say.
 */
export function isSetInSomeBuild({ unit }: Frame, declaration: Node | undefined, use: Node): boolean {
  const name = declaration?.part('target')?.text;
  if (declaration === undefined || name === undefined) return false;
  const text = unit.ast.text.slice(declaration.end, use.start);
  if (!text.includes('#')) return false;
  const writes = new RegExp(
    `\\b${name.replaceAll('$', '\\$')}\\s*=(?!=)|&\\s*${name.replaceAll('$', '\\$')}\\b`,
  );
  let depth = 0;
  for (const line of text.split('\n')) {
    const directive = /^[ \t]*#[ \t]*(if|endif)/.exec(line)?.[1];
    if (directive === 'if') depth++;
    else if (directive === 'endif') depth = Math.max(0, depth - 1);
    else if (depth > 0 && writes.test(line)) return true;
  }
  return false;
}
