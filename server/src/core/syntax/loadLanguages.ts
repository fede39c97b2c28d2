import { Language } from 'web-tree-sitter';

import type { Problem } from '../base/problem.ts';
import { grammarOf, type Grammar } from './grammar.ts';
import type { LanguageDefinition, LanguageFile } from './language.ts';
import type { LanguageSet } from './languageSet.ts';
import { PLAIN_TEXT, plainTextGrammar } from './plainText.ts';
import { repaired } from './repairs.ts';
import { wholeDefinitions } from './wholeDefinitions.ts';

export { initParser } from './treeWalk.ts';

/** A language set whose grammars can be loaded; the shells load one when a file of the language is first seen. */
export interface LoadableLanguageSet extends LanguageSet {
  /** Loads a grammar's wasm. A wasm that does not fit is a problem, and the language stays unloaded. */
  load(id: string, wasm: Uint8Array): Promise<readonly Problem[]>;
}

export function languageSet(files: readonly LanguageFile[]): LoadableLanguageSet {
  const definitions = wholeDefinitions(files);
  const byName = new Map<string, LanguageDefinition>();
  const byEnding = new Map<string, LanguageDefinition>();
  for (const definition of definitions) {
    for (const name of [definition.id, ...definition.aliases]) byName.set(name, definition);
    for (const ending of definition.extensions) byEnding.set(ending, definition);
  }
  const claims = definitions.flatMap((definition) =>
    definition.claims
      ? [
          {
            definition,
            extensions: definition.claims.extensions,
            pattern: new RegExp(definition.claims.pattern, 'm'),
          },
        ]
      : [],
  );
  const ofPath = (path: string): LanguageDefinition | undefined => {
    const ending = endingOf(path);
    return byEnding.get(ending) ?? byEnding.get(ending.toLowerCase());
  };
  const grammars = new Map<string, Grammar>([[PLAIN_TEXT, plainTextGrammar()]]);
  return {
    definitions,
    ofName: (name) => byName.get(name.toLowerCase()),
    ofPath,
    certainOf: (path) => {
      const ending = endingOf(path);
      return claims.some(({ extensions }) => extensions.includes(ending)) ? undefined : ofPath(path)?.id;
    },
    ofFile: (path, text, includers) => {
      const ending = endingOf(path);
      const claim = claims.find(
        ({ definition, extensions, pattern }) =>
          extensions.includes(ending) && (pattern.test(text) || isOnly(definition.id, includers?.(path))),
      );
      return claim?.definition ?? ofPath(path);
    },
    isLoaded: (id) => grammars.has(id),
    grammar: (id) => grammars.get(id),
    liveTrees: () => [...grammars.values()].reduce((sum, grammar) => sum + grammar.liveTrees, 0),
    load: async (id, wasm) => {
      const definition = byName.get(id);
      if (definition === undefined || grammars.has(id)) return [];
      try {
        const { grammar, unknown } = grammarOf(
          definition,
          await Language.load(repaired(wasm, definition.grammar.repairs ?? [])),
        );
        if (unknown.length > 0) {
          return [
            grammarProblem(definition, `its profile names kinds it does not have: ${unknown.join(', ')}`),
          ];
        }
        grammars.set(id, grammar);
        return [];
      } catch (error) {
        return [grammarProblem(definition, error instanceof Error ? error.message : String(error))];
      }
    },
  };
}

function endingOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return dot < 0 ? '' : name.slice(dot);
}

function grammarProblem(definition: LanguageDefinition, detail: string): Problem {
  return {
    code: 'grammar-not-loaded',
    severity: 'error',
    message: `The ${definition.name} grammar cannot be used (${detail}): ${definition.name} files are not analysed. Reinstall Traceward.`,
  };
}

function isOnly(id: string, ids: ReadonlySet<string> | undefined): boolean {
  return ids?.size === 1 && ids.has(id);
}
