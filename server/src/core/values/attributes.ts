import { nodesOfKind } from '../ast/nodesOfKind.ts';
import type { Ast } from '../ast/readAst.ts';
import { NO_RETURN, WEAK } from '../headers/attributes.ts';
import type { Outside } from '../headers/outside.ts';
import { declarationAround } from '../resolve/surroundings.ts';
import { memoised } from './memoised.ts';

const COMMENTS = /\/\*[^]*?\*\/|\/\/.*/g;

/** Asks whether a function is declared as one that does not come back, in the file or in a header that it includes. */
export function declaredNoReturn(ast: Ast, outside: Outside): (name: string) => boolean {
  return declaredWith(NO_RETURN, ast, outside);
}

/** Asks whether a function may be replaced by one of another file: what its body does says nothing about what a call does. */
export function declaredWeak(ast: Ast, outside: Outside): (name: string) => boolean {
  return declaredWith(WEAK, ast, outside);
}

function declaredWith(attribute: RegExp, ast: Ast, outside: Outside): (name: string) => boolean {
  let own: ReadonlySet<string> | undefined;
  return memoised(
    (name) =>
      (own ??= namesIn(ast, attribute)).has(name) ||
      attribute.test(outside.declaring(name)?.replace(COMMENTS, ' ') ?? ''),
  );
}

function namesIn(ast: Ast, attribute: RegExp): ReadonlySet<string> {
  if (!attribute.test(ast.text)) return new Set();
  return new Set(
    nodesOfKind(ast, 'function').flatMap((node) => {
      const { start, end } = declarationAround(ast.text, node);
      const declaration = ast.text.slice(start, end).replace(COMMENTS, ' ');
      return attribute.test(declaration) ? (node.part('name')?.text ?? []) : [];
    }),
  );
}
