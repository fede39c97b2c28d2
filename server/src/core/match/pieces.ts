import type { Grammar } from '../syntax/grammar.ts';
import { at, type SyntaxTable } from '../syntax/syntaxTable.ts';
import type { SyntaxTree } from '../syntax/syntaxTree.ts';

/**
 * A file cut into its outermost functions and the rest. Rules that only look within a function are run on one piece at a time,
 * so that after an edit only the piece that changed is matched again.
 */
export interface Pieces {
  /** Node of each outermost function, in the order of the text. */
  readonly functions: readonly number[];
  /** Every node outside of functions, in the order of the text. */
  readonly rest: Int32Array;
  /** Changes with any code outside of functions; comments do not count. */
  readonly restKey: string;
}

export function piecesOf({ grammar, table, text }: SyntaxTree): Pieces {
  const isFunction = functionKinds(grammar);
  const functions: number[] = [];
  const rest = new Int32Array(table.count);
  let count = 0;
  const key: string[] = [];
  for (let node = 0; node < table.count;) {
    if (isFunction[at(table.kind, node)] === true) {
      functions.push(node);
      // Which function stands where counts too: it may have moved into a `#if`.
      key.push(signatureOf(text, at(table.start, node), at(table.end, node)));
      node = at(table.next, node);
      continue;
    }
    rest[count++] = node;
    const isLeaf = at(table.next, node) === node + 1;
    if (isLeaf && !grammar.roles.comments.has(at(table.kind, node))) {
      key.push(text.slice(at(table.start, node), at(table.end, node)));
    }
    node++;
  }
  return { functions, rest: rest.subarray(0, count), restKey: key.join('\u0001') };
}

/** Start of a function up to its body. */
function signatureOf(text: string, start: number, end: number): string {
  const body = text.indexOf('{', start);
  return text.slice(start, body < 0 ? end : Math.min(body, end));
}

/** Nodes of a function, in the order of the text. */
export function nodesOf(table: SyntaxTable, piece: number): Int32Array {
  const nodes = new Int32Array(at(table.next, piece) - piece);
  for (let index = 0; index < nodes.length; index++) nodes[index] = piece + index;
  return nodes;
}

const kindFlags = new WeakMap<Grammar, readonly boolean[]>();

function functionKinds(grammar: Grammar): readonly boolean[] {
  let flags = kindFlags.get(grammar);
  if (flags === undefined) {
    flags = Array.from(
      { length: grammar.errorKind + 1 },
      (_, kind) => grammar.roles.units.get(kind) === 'function',
    );
    kindFlags.set(grammar, flags);
  }
  return flags;
}
