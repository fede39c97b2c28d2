import { Edit, type Parser, type Tree } from 'web-tree-sitter';

import { LineIndex } from '../base/lineIndex.ts';
import { changeBetween } from '../base/textChange.ts';
import { NOTHING_OUTSIDE, type Outside } from '../headers/outside.ts';
import { withAttributeNames } from './attributeNames.ts';
import type { Grammar } from './grammar.ts';
import { withMemberEnds } from './memberEnds.ts';
import { readPlainText } from './plainText.ts';
import { readTable } from './readTable.ts';
import type { SyntaxTable, UnchangedPart } from './syntaxTable.ts';

/** One parsed text. Holds wasm memory until `free`. */
export interface SyntaxTree {
  readonly grammar: Grammar;
  readonly text: string;
  /** What the grammar was given in the place of the text: as long. Its rows may differ; offsets are the same. */
  readonly parsed: string;
  /** What is known of the files that it includes. */
  readonly outside: Outside;
  readonly lines: LineIndex;
  readonly table: SyntaxTable;
  /** After an edit: the table before it, and what this one has taken over: its text is the same, too. */
  readonly earlier?: { readonly table: SyntaxTable; readonly unchanged: readonly UnchangedPart[] };
  /** The tree itself, for raw queries; none of plain text. */
  readonly tree: Tree | undefined;
}

/**
 * Parses a text afresh.
 *
 * @param parsed what the grammar reads instead, as long and with the same line breaks
 */
export function parseText(
  grammar: Grammar,
  text: string,
  parsed = text,
  outside = NOTHING_OUTSIDE,
): SyntaxTree {
  if (grammar.runtime === undefined) return readPlainText(grammar, text);
  const given = repaired(grammar, parsed);
  const tree = parseWith(grammar.runtime.parser, grammar, given, null);
  return {
    grammar,
    text,
    parsed: given,
    outside,
    lines: new LineIndex(text),
    table: readTable(grammar, tree),
    tree,
  };
}

/** Parses what changed between two texts. The old tree is freed: it must not be used any more. */
export function editTree(old: SyntaxTree, text: string, given = text, outside = NOTHING_OUTSIDE): SyntaxTree {
  const { tree, grammar } = old;
  const parsed = repaired(grammar, given);
  if (grammar.runtime === undefined || tree === undefined) return readPlainText(grammar, text);
  const lines = new LineIndex(text);
  const change = changeBetween(old.parsed, parsed);
  // What the grammar is not shown may have changed too: nothing that did is taken over.
  const written = changeBetween(old.text, text);
  const changedStart = Math.min(change.start, written.start);
  const changedEnd = Math.max(change.newEnd, written.newEnd);
  const pointAt = (index: LineIndex, offset: number): { row: number; column: number } => {
    const { line, column } = index.positionAt(offset);
    return { row: line, column };
  };
  tree.edit(
    new Edit({
      startIndex: change.start,
      oldEndIndex: change.oldEnd,
      newEndIndex: change.newEnd,
      // Of the file: what the grammar is given may have other rows, and nothing asks for them.
      startPosition: pointAt(lines, change.start),
      oldEndPosition: pointAt(old.lines, change.oldEnd),
      newEndPosition: pointAt(lines, change.newEnd),
    }),
  );
  const fresh = parseWith(grammar.runtime.parser, grammar, parsed, tree);
  const copied: UnchangedPart[] = [];
  const table = readTable(grammar, fresh, {
    table: old.table,
    changedStart,
    changedEnd,
    delta: change.newEnd - change.oldEnd,
    copied,
  });
  freeTree(old);
  const earlier = { table: old.table, unchanged: copied };
  return { grammar, text, parsed, outside, lines, table, earlier, tree: fresh };
}

/** Gives the wasm memory back; the table stays usable. */
export function freeTree(syntax: SyntaxTree): void {
  if (syntax.tree === undefined) return;
  syntax.tree.delete();
  syntax.grammar.liveTrees--;
}

/** What the grammar is given for a text, so that it sees what it would not. */
function repaired({ definition }: Grammar, text: string): string {
  const { memberEnds, keywordAttributes } = definition.profile;
  const ended = memberEnds === undefined ? text : withMemberEnds(text, memberEnds);
  return keywordAttributes === undefined ? ended : withAttributeNames(ended, keywordAttributes);
}

function parseWith(parser: Parser, grammar: Grammar, text: string, old: Tree | null): Tree {
  const tree = parser.parse(text, old);
  // Without a language, a time limit or a progress callback the parser always answers.
  if (tree === null) throw new Error(`the ${grammar.definition.name} parser gave no tree`);
  grammar.liveTrees++;
  return tree;
}
