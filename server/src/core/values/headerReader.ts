import { readAst, type Ast } from '../ast/readAst.ts';
import type { Outside } from '../headers/outside.ts';
import { freeFile, NO_PREPROCESSING, parseFile } from '../syntax/parsedFile.ts';

/** Declarations of headers that one file has read; further names are unknown. */
const MAX_READ = 2_000;

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
  return (name) => {
    if (asked.has(name)) return;
    asked.add(name);
    const text = outside.declaring(name);
    if (text === undefined || read.has(text) || read.size >= MAX_READ) return;
    read.add(text);
    const file = parseFile(grammar, text, { ...NO_PREPROCESSING, outside });
    try {
      if (file.main.tree?.rootNode.hasError === false)
        take(readAst(grammar, file.main.table, file.main.text));
    } finally {
      freeFile(file);
    }
  };
}
