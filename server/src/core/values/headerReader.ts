import { readAst, type Ast } from '../ast/readAst.ts';
import type { Outside } from '../headers/outside.ts';
import type { Grammar } from '../syntax/grammar.ts';
import { freeFile, NO_PREPROCESSING, parseFile } from '../syntax/parsedFile.ts';

/** Declarations of headers that one file has read; further names are unknown. */
const MAX_READ = 2_000;
/** Declarations that are kept: the files of a project include the same headers. */
const MAX_KEPT = 2_000;

/** By the text and by how its words read; undefined for what does not parse. */
const kept = new WeakMap<Grammar, Map<string, Ast | undefined>>();

/**
 * Reads the declarations of headers, each once, when a name of theirs is asked for.
 *
 * @param take is given each declaration as a tree of its own
 */
export function headerReader(
  { grammar }: Ast,
  outside: Outside,
  take: (ast: Ast) => void,
): (name: string) => void {
  const asked = new Set<string>();
  const read = new Set<string>();
  const trees = kept.get(grammar) ?? new Map<string, Ast | undefined>();
  kept.set(grammar, trees);
  return (name) => {
    if (asked.has(name)) return;
    asked.add(name);
    const text = outside.declaring(name);
    if (text === undefined || read.has(text) || read.size >= MAX_READ) return;
    read.add(text);
    const key = `${text}\u0000${shapesIn(text, outside)}`;
    if (!trees.has(key)) {
      if (trees.size >= MAX_KEPT) trees.clear();
      trees.set(key, treeOf(grammar, text, outside));
    }
    const tree = trees.get(key);
    if (tree !== undefined) take(tree);
  };
}

function treeOf(grammar: Grammar, text: string, outside: Outside): Ast | undefined {
  const file = parseFile(grammar, text, { ...NO_PREPROCESSING, outside });
  try {
    return file.main.tree?.rootNode.hasError === false
      ? readAst(grammar, file.main.table, file.main.text)
      : undefined;
  } finally {
    freeFile(file);
  }
}

/** How macros among the words of a declaration read: all that its tree rests on beside its text. */
function shapesIn(text: string, { macros }: Outside): string {
  let shapes = '';
  for (const word of new Set(text.match(/[A-Za-z_$][\w$]*/g))) {
    const [plain, asCall] = [macros.shapeOf(word), macros.shapeOf(`${word}()`)];
    if (plain !== undefined || asCall !== undefined) shapes += `${word} ${plain ?? ''} ${asCall ?? ''} `;
  }
  return shapes;
}
