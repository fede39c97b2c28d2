import type { Node } from '../ast/node.ts';
import { functionAround, perFunction } from '../ast/parts.ts';
import type { Frame } from './run.ts';

/** An `#if` without another arm. */
interface Optional {
  readonly start: number;
  readonly end: number;
  /** Names that are written to in it, or whose address is taken. */
  readonly writes: ReadonlySet<string>;
}

/**
 * Between its declaration and a use something is written to a variable where `#if` has no other arm: in a view without it nothing seems to be, but whether
 * there is such a build, the code does not say. An `#else` says so.
 */
export function isSetInSomeBuild({ unit }: Frame, declaration: Node | undefined, use: Node): boolean {
  const name = declaration?.part('target')?.text;
  const around = declaration && functionAround(declaration);
  if (declaration === undefined || name === undefined || around === undefined) return false;
  const [from, to] = [declaration.end - around.start, use.start - around.start];
  return optionalsIn(unit.ast, around).some(
    ({ start, end, writes }) => start >= from && end <= to && writes.has(name),
  );
}

/** Those of a function, at their places in it. */
const optionalsIn = perFunction(([of], { text }): readonly Optional[] => {
  const optionals: Optional[] = [];
  const code = of === undefined ? '' : text.slice(of.start, of.end);
  if (!code.includes('#')) return optionals;
  const groups: { readonly start: number; readonly writes: Set<string>; hasOther: boolean }[] = [];
  let at = 0;
  for (const line of code.split('\n')) {
    const group = groups.at(-1);
    const directive = /^[ \t]*#[ \t]*(if|endif|else)/.exec(line)?.[1];
    if (directive === 'if') groups.push({ start: at, writes: new Set(), hasOther: false });
    else if (directive === 'else' && group !== undefined) group.hasOther = true;
    else if (directive === 'endif' && group !== undefined) {
      groups.pop();
      if (!group.hasOther) optionals.push({ start: group.start, end: at, writes: group.writes });
      const outer = groups.length < MAX_NESTED ? groups.at(-1) : undefined;
      if (outer !== undefined) for (const name of group.writes) outer.writes.add(name);
    } else if (group !== undefined)
      for (const [, assigned, given] of line.matchAll(WRITES)) group.writes.add(assigned ?? given ?? '');
    at += line.length + 1;
  }
  return optionals;
});

const WRITES = /(?<![\w$])([\w$]+)\s*=(?!=)|&\s*([\w$]+)/g;
/** Of groups nested deeper, those around them do not know. */
const MAX_NESTED = 20;
