import type { Node } from '../ast/node.ts';
import { nodesOfKind } from '../ast/nodesOfKind.ts';
import type { Ast } from '../ast/readAst.ts';
import type { Outside } from '../headers/outside.ts';
import { memoised } from './memoised.ts';

/** `_Noreturn`, `[[noreturn]]`, `__attribute__((noreturn))`, and macros that stand for one of these: `G_GNUC_NORETURN`. */
const NO_RETURN = /no_?return|__dead2?\b/i;

const COMMENTS = /\/\*[^]*?\*\/|\/\/.*/g;

/** Asks whether a function is declared as one that does not come back, in the file or in a header that it includes. */
export function declaredNoReturn(ast: Ast, outside: Outside): (name: string) => boolean {
  let own: ReadonlySet<string> | undefined;
  return memoised(
    (name) =>
      (own ??= namesIn(ast)).has(name) ||
      NO_RETURN.test(outside.declaring(name)?.replace(COMMENTS, ' ') ?? ''),
  );
}

function namesIn(ast: Ast): ReadonlySet<string> {
  if (!NO_RETURN.test(ast.text)) return new Set();
  return new Set(
    nodesOfKind(ast, 'function').flatMap((node) =>
      NO_RETURN.test(headOf(ast, node).replace(COMMENTS, ' ')) ? (node.part('name')?.text ?? []) : [],
    ),
  );
}

/** All of a declaration but the body: an attribute may stand in front of it, or behind its parameters. */
function headOf({ text }: Ast, node: Node): string {
  const before = Math.max(text.lastIndexOf(';', node.start), text.lastIndexOf('}', node.start));
  const body = node.part('body')?.start;
  const behind = text.indexOf(';', node.end);
  return text.slice(before + 1, body ?? (behind < 0 ? node.end : behind));
}
