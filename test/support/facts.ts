import { readAst } from '../../server/src/core/ast/readAst.ts';
import { namesOf } from '../../server/src/core/resolve/names.ts';
import { freeTree, parseText } from '../../server/src/core/syntax/syntaxTree.ts';
import { factsOf, type ValueFacts } from '../../server/src/core/values/factsOf.ts';
import { grammarOfFolder } from './ast.ts';

/** Facts of a piece of C, with its text. */
export async function factsOfCode(code: string, language = 'c'): Promise<ValueFacts> {
  const grammar = await grammarOfFolder(language);
  const tree = parseText(grammar, code);
  try {
    const ast = readAst(grammar, tree.table, code);
    return factsOf(ast, namesOf(ast));
  } finally {
    freeTree(tree);
  }
}

/** What goes wrong in a piece of C, one line each: `12 proved out-of-bounds-write`. Lines count from 1. */
export async function eventsIn(code: string, language = 'c'): Promise<string[]> {
  const { events } = await factsOfCode(code, language);
  return events.map(
    ({ node, kind, certainty }) => `${code.slice(0, node.start).split('\n').length} ${certainty} ${kind}`,
  );
}
