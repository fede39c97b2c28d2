import { nodesOfKind } from '../ast/nodesOfKind.ts';
import type { Ast } from '../ast/readAst.ts';
import type { Outside } from '../headers/outside.ts';
import { declarationAround, NO_RETURN } from '../resolve/surroundings.ts';
import { memoised } from './memoised.ts';

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
    nodesOfKind(ast, 'function').flatMap((node) => {
      const { start, end } = declarationAround(ast.text, node);
      const declaration = ast.text.slice(start, end).replace(COMMENTS, ' ');
      return NO_RETURN.test(declaration) ? (node.part('name')?.text ?? []) : [];
    }),
  );
}
