import type { Grammar } from '../syntax/grammar.ts';
import type { PatternContext } from '../syntax/language.ts';
import { freeTree, parseText, type SyntaxTree } from '../syntax/syntaxTree.ts';
import { descendants, type Node } from './node.ts';
import { readAst } from './readAst.ts';
import { hasError } from './reparse.ts';

/** Longer texts are not read. */
const MAX_LENGTH = 2000;

interface Read {
  /** Where the leaf stood: an edit elsewhere moves it. */
  readonly start: number;
  readonly index: number;
  readonly nodes: readonly Node[];
}

const read = new WeakMap<Node, Read>();

/**
 * What a leaf reads as whose text is code that the grammar leaves unread (the value of a `#define`): an expression or statements, at their
 * places in the file; nothing where it is neither. To the names of the file they stand where the leaf does.
 */
export function codeOfUnread(grammar: Grammar, leaf: Node): readonly Node[] {
  const known = read.get(leaf);
  if (known?.start === leaf.start && known.index === leaf.index) return known.nodes;
  const nodes = leaf.text.length > MAX_LENGTH ? [] : nodesOf(grammar, leaf);
  read.set(leaf, { start: leaf.start, index: leaf.index, nodes });
  return nodes;
}

/**
 * Parses a piece of code as it is or, where that is no file of the language, as an expression or statements in a frame. The tree is the
 * caller's to free.
 *
 * @returns the tree, and where in its text the piece begins
 */
export function parsePiece(
  grammar: Grammar,
  piece: string,
): { readonly syntax: SyntaxTree; readonly from: number } {
  const plain = parseText(grammar, piece);
  if (plain.tree === undefined || !hasError(grammar, plain.table, 0)) return { syntax: plain, from: 0 };
  for (const { before, after } of framesFor(grammar, piece)) {
    const syntax = parseText(grammar, `${before}${piece}\n${after}`);
    if (hasError(grammar, syntax.table, 0)) {
      freeTree(syntax);
      continue;
    }
    freeTree(plain);
    return { syntax, from: before.length };
  }
  return { syntax: plain, from: 0 };
}

/** Frames in which a piece of code may be an expression or statements. */
function framesFor(grammar: Grammar, piece: string): readonly PatternContext[] {
  return grammar.definition.profile.patternContexts.filter(
    ({ role, when }) =>
      (role === 'expression' || role === 'statements') &&
      (when === undefined || new RegExp(when).test(piece)),
  );
}

function nodesOf(grammar: Grammar, leaf: Node): readonly Node[] {
  const text = `${leaf.text}\n`;
  for (const context of framesFor(grammar, leaf.text)) {
    const nodes = readIn(grammar, context, text);
    if (nodes.length === 0 || (context.role === 'expression' && nodes.length > 1)) continue;
    for (const root of nodes) {
      for (const node of descendants(root)) {
        node.standFor(leaf, leaf.start - context.before.length);
      }
      root.parent = leaf.parent;
    }
    return nodes;
  }
  return [];
}

function readIn(grammar: Grammar, { before, after }: PatternContext, text: string): readonly Node[] {
  const whole = before + text + after;
  const syntax = parseText(grammar, whole);
  const { table } = syntax;
  freeTree(syntax);
  if (hasError(grammar, table, 0)) return [];
  const start = before.length;
  // A statement may end with the semicolon that the frame adds.
  return outermostWithin(readAst(grammar, table, whole).nodes, start, start + text.length, whole.length - 1);
}

/** Nodes that begin in the text from `start` to `textEnd`, end at `end` at the latest, and lie in no other such node. */
export function outermostWithin(
  nodes: readonly Node[],
  start: number,
  textEnd: number,
  end: number,
): readonly Node[] {
  const roots: Node[] = [];
  for (let index = 1; index < nodes.length; index++) {
    const node = nodes[index];
    if (!node || node.start < start || node.start >= textEnd) continue;
    if (node.end > end || node.end === node.start) continue;
    roots.push(node);
    index = node.last;
  }
  return roots;
}
