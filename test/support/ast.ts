import { readdirSync, readFileSync } from 'node:fs';

import { parse } from 'yaml';

import { readAst, readingsOf, type Ast } from '../../server/src/core/ast/readAst.ts';
import { showAst } from '../../server/src/core/ast/showAst.ts';
import type { Grammar } from '../../server/src/core/syntax/grammar.ts';
import type { LanguageFile, PatternContext } from '../../server/src/core/syntax/language.ts';
import { initParser, languageSet } from '../../server/src/core/syntax/loadLanguages.ts';
import { freeTree, parseText } from '../../server/src/core/syntax/syntaxTree.ts';

const ROOT = new URL('../../', import.meta.url);

const loading = new Map<string, Promise<Grammar>>();

/** A language straight from `grammars/` and its package, so that no build is needed to test a profile. */
export function grammarOfFolder(id: string): Promise<Grammar> {
  let grammar = loading.get(id);
  if (grammar === undefined) {
    grammar = loadFolder(id);
    loading.set(id, grammar);
  }
  return grammar;
}

async function loadFolder(id: string): Promise<Grammar> {
  await initParser(readFileSync(new URL('node_modules/web-tree-sitter/web-tree-sitter.wasm', ROOT)));
  const languages = languageSet(readFiles(id));
  const { package: name, file } = readFile(id).grammar;
  const problems = await languages.load(id, readFileSync(new URL(`node_modules/${name}/${file}`, ROOT)));
  const grammar = languages.grammar(id);
  if (!grammar) throw new Error(problems.map(({ message }) => message).join('\n'));
  return grammar;
}

function readFile(id: string): LanguageFile {
  const file = JSON.parse(
    readFileSync(new URL(`grammars/${id}/language.json`, ROOT), 'utf8'),
  ) as LanguageFile;
  return { ...file, models: (file.modelFolders ?? []).flatMap(modelFiles) };
}

/** As the build puts them into the language. */
export function modelFiles(folder: string): readonly unknown[] {
  const at = new URL(`models/${folder}/`, ROOT);
  return readdirSync(at)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name): unknown => parse(readFileSync(new URL(name, at), 'utf8')));
}

/** A language's file with those that its profile extends. */
function readFiles(id: string): readonly LanguageFile[] {
  const file = readFile(id);
  return 'extends' in file.profile ? [file, ...readFiles(file.profile.extends)] : [file];
}

export async function astOf(language: string, code: string): Promise<Ast> {
  const grammar = await grammarOfFolder(language);
  const tree = parseText(grammar, code);
  try {
    return readAst(grammar, tree.table, code);
  } finally {
    freeTree(tree);
  }
}

/** The statements of a piece of code in the normal form, one text each. */
export async function shown(language: string, code: string): Promise<string[]> {
  const { root } = await astOf(language, code);
  return root.children.map((child) => showAst(child).replace(/^statements=/, ''));
}

/** What a profile says that its grammar or the vocabulary does not know. */
export async function unknownInProfile(language: string): Promise<readonly string[]> {
  return readingsOf(await grammarOfFolder(language)).unknown;
}

/** The first frame in which code parses without an error, as patterns are parsed; undefined for none. */
export async function frameOf(language: string, code: string): Promise<PatternContext | undefined> {
  const grammar = await grammarOfFolder(language);
  return grammar.definition.profile.patternContexts.find(({ before, after, when }) => {
    if (when !== undefined && !new RegExp(when).test(code)) return false;
    const { tree } = parseText(grammar, before + code + after);
    try {
      return tree?.rootNode.hasError === false;
    } finally {
      tree?.delete();
    }
  });
}
