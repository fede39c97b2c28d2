import type { Node } from '../ast/node.ts';
import type { Frame } from './run.ts';

/**
 * Between its declaration and a use something is written to a variable where `#if` has no other arm: in a view without it nothing seems to be, but whether
 * there is such a build, the code does not say. An `#else` says so.
 */
export function isSetInSomeBuild({ unit }: Frame, declaration: Node | undefined, use: Node): boolean {
  const name = declaration?.part('target')?.text;
  if (declaration === undefined || name === undefined) return false;
  const text = unit.ast.text.slice(declaration.end, use.start);
  if (!text.includes('#')) return false;
  const writes = new RegExp(
    `\\b${name.replaceAll('$', '\\$')}\\s*=(?!=)|&\\s*${name.replaceAll('$', '\\$')}\\b`,
  );
  const groups: { isWritten: boolean; hasOther: boolean }[] = [];
  for (const line of text.split('\n')) {
    const group = groups.at(-1);
    const directive = /^[ \t]*#[ \t]*(if|endif|else)/.exec(line)?.[1];
    if (directive === 'if') groups.push({ isWritten: false, hasOther: false });
    else if (group === undefined) continue;
    else if (directive === 'else') group.hasOther = true;
    else if (directive === 'endif') {
      groups.pop();
      if (group.isWritten && !group.hasOther) return true;
      const outer = groups.at(-1);
      if (outer !== undefined && group.isWritten) outer.isWritten = true;
    } else if (writes.test(line)) group.isWritten = true;
  }
  return false;
}
