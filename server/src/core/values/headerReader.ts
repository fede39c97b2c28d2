import { readAst, type Ast } from '../ast/readAst.ts';
import type { Outside } from '../headers/outside.ts';
import type { Grammar } from '../syntax/grammar.ts';
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
    const ast = readDeclaration(grammar, outside, text);
    if (ast !== undefined) take(ast);
  };
}

/** What was read of headers: all functions of another file ask for the same. */
const known = new WeakMap<Outside, Map<string, Ast | undefined>>();

/** Undefined when it cannot be read without errors by itself. */
function readDeclaration(grammar: Grammar, outside: Outside, text: string): Ast | undefined {
  let all = known.get(outside);
  if (all === undefined) known.set(outside, (all = new Map<string, Ast | undefined>()));
  const key = `${grammar.definition.id} ${text}`;
  if (all.has(key)) return all.get(key);
  const file = parseFile(grammar, text, { ...NO_PREPROCESSING, outside });
  try {
    const isWhole = file.main.tree?.rootNode.hasError === false;
    const ast = isWhole ? readAst(grammar, file.main.table, file.main.text) : undefined;
    all.set(key, ast);
    return ast;
  } finally {
    freeFile(file);
  }
}
