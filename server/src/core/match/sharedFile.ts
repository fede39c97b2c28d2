import { readAst } from '../ast/readAst.ts';
import { programOf } from '../flow/program.ts';
import { sharedIn, type SharedFile } from '../flow/shared.ts';
import { namesOf } from '../resolve/names.ts';
import { passedOnIn } from '../resolve/paths.ts';
import { freeFile, parseFile, type Preprocessing } from '../syntax/parsedFile.ts';
import type { Grammar } from '../syntax/grammar.ts';

/** What a file offers to calls from other files, for rules that follow data into them. */
export function sharedFileOf(
  path: string,
  text: string,
  grammar: Grammar,
  preprocessing: Preprocessing,
): SharedFile {
  const parsed = parseFile(grammar, text, preprocessing);
  try {
    const ast = readAst(grammar, parsed.main.table, parsed.main.text);
    const program = programOf(ast, namesOf(ast, parsed.main.outside));
    const functions = sharedIn(program).map(({ name, owner, namespace, isPrivate }) => ({
      name,
      owner,
      namespace,
      isPrivate,
    }));
    const { id, family = id } = grammar.definition;
    return { path, language: id, family, text, functions, passedOn: passedOnIn(ast, path) };
  } finally {
    freeFile(parsed);
  }
}
