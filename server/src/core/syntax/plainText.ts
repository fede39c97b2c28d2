import { LineIndex } from '../base/lineIndex.ts';
import { NOTHING_OUTSIDE } from '../headers/outside.ts';
import { NO_MACROS } from '../preprocess/macros.ts';
import type { Grammar } from './grammar.ts';
import { allocateTable } from './syntaxTable.ts';
import type { SyntaxTree } from './syntaxTree.ts';

/** Identifier, in results, of files that no grammar reads: rules for any text look at them. */
export const PLAIN_TEXT = 'text';

const FILE_KIND = 0;
const ERROR_KIND = 1;

/** The grammar of files without one: all of a file is a single node. There is no parser behind it, and nothing to free. */
export function plainTextGrammar(): Grammar {
  return {
    definition: {
      id: PLAIN_TEXT,
      name: 'Text',
      aliases: [],
      extensions: [],
      editorIds: [],
      grammar: { package: '', version: '', licence: '', file: '', sha256: '' },
      profile: {
        metavariablePrefix: '',
        comments: [],
        lineComment: '',
        units: {},
        nameFields: [],
        nodes: { file: { is: 'file', parts: [] } },
        ellipsisForms: [],
        patternContexts: [],
        scope: 'block',
      },
    },
    runtime: undefined,
    kindOfSymbol: () => ERROR_KIND,
    kind: (name) => (name === 'file' ? FILE_KIND : -1),
    kindName: (kind) => (kind === FILE_KIND ? 'file' : 'ERROR'),
    kindsNamed: (name) => (name === 'file' ? [FILE_KIND] : []),
    isNamed: () => true,
    field: () => -1,
    fieldName: () => '',
    errorKind: ERROR_KIND,
    shared: NO_MACROS,
    liveTrees: 0,
    roles: {
      comments: new Set(),
      identifiers: new Set(),
      modifiers: new Set(),
      units: new Map(),
      madeUp: new Set(),
      valueTokens: new Set(),
    },
  };
}

/** Reads a text as the one node that {@link plainTextGrammar} knows. */
export function readPlainText(grammar: Grammar, text: string): SyntaxTree {
  const table = allocateTable(1);
  table.kind[0] = FILE_KIND;
  table.end[0] = text.length;
  table.parent[0] = -1;
  table.next[0] = 1;
  return {
    grammar,
    text,
    parsed: text,
    outside: NOTHING_OUTSIDE,
    lines: new LineIndex(text),
    table,
    tree: undefined,
  };
}
