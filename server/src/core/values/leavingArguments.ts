import type { Node } from '../ast/node.ts';
import type { Argument, Frame } from './run.ts';

/** How a statement that a macro is given leaves the code around it, and the value that a `return` has. */
interface Leaving extends Pick<Argument, 'node' | 'frame'> {
  readonly by: string;
}

/** The view of the file leaves of `CHECK(p != NULL, return -1)` the value alone; the word stands in front of it. */
const WORD_BEFORE = /\b(return|goto|break|continue)[\s(]*$/;
const WORDS: ReadonlySet<string> = new Set(['return', 'break', 'continue']);
const MAX_WORD = 40;

/** In a macro: what a statement is that only names an argument, where that argument leaves the code around the macro. */
export function leavingArgument(frame: Frame, statement: Node): Leaving | undefined {
  if (frame.arguments.size === 0 || statement.kind !== 'expressionStatement') return undefined;
  let node = statement.part('expression');
  let where = frame;
  while (node?.kind === 'identifier' && where.site !== undefined) {
    const given = where.arguments.get(node.text);
    if (given === undefined) break;
    ({ node, frame: where } = given);
    const { text } = where.unit.ast;
    if (WORDS.has(node.text)) return { by: node.text, node, frame: where };
    const by = WORD_BEFORE.exec(text.slice(Math.max(0, node.start - MAX_WORD), node.start))?.[1];
    if (by !== undefined) return { by, node, frame: where };
  }
  return undefined;
}
