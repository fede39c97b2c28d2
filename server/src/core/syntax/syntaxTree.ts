import { Edit, type Parser, type Tree } from 'web-tree-sitter';

import { LineIndex } from '../base/lineIndex.ts';
import type { Range } from '../base/range.ts';
import type { Grammar } from './grammar.ts';
import { readPlainText } from './plainText.ts';
import { readTable } from './readTable.ts';
import type { SyntaxTable } from './syntaxTable.ts';

/** One parsed text. Holds wasm memory until `free`. */
export interface SyntaxTree {
  readonly grammar: Grammar;
  readonly text: string;
  readonly lines: LineIndex;
  readonly table: SyntaxTable;
  /** The tree itself, for raw queries; none of plain text. */
  readonly tree: Tree | undefined;
}

export interface TextChange {
  readonly range: Range;
  readonly text: string;
}

/** Parses a text afresh. */
export function parseText(grammar: Grammar, text: string): SyntaxTree {
  if (grammar.runtime === undefined) return readPlainText(grammar, text);
  const tree = parseWith(grammar.runtime.parser, grammar, text, null);
  return { grammar, text, lines: new LineIndex(text), table: readTable(grammar, tree), tree };
}

/**
 * Applies edits and parses what they touch. The old tree is freed: it must not be used any more.
 *
 * @param changes in the order they were made, each in the text that the ones before it left
 */
export function editTree(old: SyntaxTree, changes: readonly TextChange[]): SyntaxTree {
  const { tree, grammar } = old;
  let { text, lines } = old;
  let changedStart = Number.POSITIVE_INFINITY;
  let changedEnd = 0;
  let delta = 0;
  for (const change of changes) {
    const startIndex = lines.offsetAt(change.range.start);
    const oldEndIndex = Math.max(startIndex, lines.offsetAt(change.range.end));
    const newEndIndex = startIndex + change.text.length;
    const startPosition = lines.positionAt(startIndex);
    const oldEndPosition = lines.positionAt(oldEndIndex);
    text = text.slice(0, startIndex) + change.text + text.slice(oldEndIndex);
    lines = new LineIndex(text);
    const newEndPosition = lines.positionAt(newEndIndex);
    tree?.edit(
      new Edit({
        startIndex,
        oldEndIndex,
        newEndIndex,
        startPosition: { row: startPosition.line, column: startPosition.column },
        oldEndPosition: { row: oldEndPosition.line, column: oldEndPosition.column },
        newEndPosition: { row: newEndPosition.line, column: newEndPosition.column },
      }),
    );
    const shift = newEndIndex - oldEndIndex;
    // Keep one stretch, in the coordinates of the newest text, that covers every edit so far.
    changedEnd =
      changedEnd > startIndex ? Math.max(changedEnd + shift, newEndIndex) : Math.max(changedEnd, newEndIndex);
    changedStart = Math.min(changedStart, startIndex);
    delta += shift;
  }
  if (grammar.runtime === undefined || tree === undefined) return readPlainText(grammar, text);
  const fresh = parseWith(grammar.runtime.parser, grammar, text, tree);
  for (const range of tree.getChangedRanges(fresh)) {
    changedStart = Math.min(changedStart, range.startIndex);
    changedEnd = Math.max(changedEnd, range.endIndex);
  }
  const table = readTable(grammar, fresh, {
    table: old.table,
    changedStart,
    changedEnd,
    delta,
    errorKind: grammar.errorKind,
  });
  freeTree(old);
  return { grammar, text, lines, table, tree: fresh };
}

/** Gives the wasm memory back; the table stays usable. */
export function freeTree(syntax: SyntaxTree): void {
  if (syntax.tree === undefined) return;
  syntax.tree.delete();
  syntax.grammar.liveTrees--;
}

function parseWith(parser: Parser, grammar: Grammar, text: string, old: Tree | null): Tree {
  const tree = parser.parse(text, old);
  // Without a language, a time limit or a progress callback the parser always answers.
  if (tree === null) throw new Error(`the ${grammar.definition.name} parser gave no tree`);
  grammar.liveTrees++;
  return tree;
}
