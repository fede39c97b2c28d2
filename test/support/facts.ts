import { declarationsIn, usesIn } from '../../server/src/core/headers/declarations.ts';
import { HeaderIndex } from '../../server/src/core/headers/headerIndex.ts';
import { readAst } from '../../server/src/core/ast/readAst.ts';
import { namesOf } from '../../server/src/core/resolve/names.ts';
import { freeFile, NO_PREPROCESSING, parseFile } from '../../server/src/core/syntax/parsedFile.ts';
import { factsOf, type FactsOptions, type ValueFacts } from '../../server/src/core/values/factsOf.ts';
import { grammarOfFolder } from './ast.ts';

/** Facts of a piece of C, with its text. It may include the headers, by path. */
export async function factsOfCode(
  code: string,
  language = 'c',
  headers: Readonly<Record<string, string>> = {},
  options: FactsOptions = {},
): Promise<ValueFacts> {
  const index = new HeaderIndex();
  for (const [path, text] of Object.entries(headers)) index.set(path, declarationsIn(text));
  const outside = index.outsideOf('code.c', usesIn(code));
  const grammar = await grammarOfFolder(language);
  const file = parseFile(grammar, code, { ...NO_PREPROCESSING, outside });
  try {
    const ast = readAst(grammar, file.main.table, code);
    return factsOf(ast, namesOf(ast), outside, undefined, options);
  } finally {
    freeFile(file);
  }
}

/** What goes wrong in a piece of C, one line each: `12 proved out-of-bounds-write`. Lines count from 1. */
export async function eventsIn(
  code: string,
  language = 'c',
  headers: Readonly<Record<string, string>> = {},
): Promise<string[]> {
  const { events } = await factsOfCode(code, language, headers);
  return events.flatMap(({ node, kind, certainty }) =>
    kind === 'bounded-write' ? [] : [`${lineAt(code, node.start)} ${certainty} ${kind}`],
  );
}

/** Lines of the calls whose writes fit on all paths. */
export async function boundedWritesIn(code: string): Promise<number[]> {
  const { events } = await factsOfCode(code);
  return events.flatMap(({ node, kind }) => (kind === 'bounded-write' ? [lineAt(code, node.start)] : []));
}

function lineAt(code: string, offset: number): number {
  return code.slice(0, offset).split('\n').length;
}
