import { sha256Hex } from '../base/hash.ts';
import type { Grammar } from '../syntax/grammar.ts';
import { at, type SyntaxTable } from '../syntax/syntaxTable.ts';

/** Hex digits of a fingerprint: 128 bits, short enough to be read and compared in a review record. */
export const FINGERPRINT_LENGTH = 32;

/** The tokens of a unit so far, and where it ends. */
interface Open {
  readonly unit: number;
  /** First node after it. */
  readonly stop: number;
  readonly parts: string[];
}

/**
 * What each unit of a file means, as a fingerprint of its tokens and of how they nest: layout and comments do not count, everything else
 * does. A unit inside another one stands there as its own fingerprint, so that all of them together take time linear in the file.
 *
 * @param nodes node of each unit, in the order of the text; the file (0) first
 * @returns fingerprints in the order of the units
 */
export function fingerprintsOf(
  grammar: Grammar,
  table: SyntaxTable,
  text: string,
  nodes: readonly number[],
): readonly string[] {
  const prints: string[] = nodes.map(() => '');
  const open: Open[] = [];
  let parts: string[] = [];
  let nextUnit = 0;
  /** Ends of the nodes that are open, to write how tokens nest. */
  const ends: { readonly stop: number; readonly parts: string[] }[] = [];
  let tokenEnd = 0;
  let tokenParent = -1;
  let token = '';
  const closeUnit = (): void => {
    const last = open.pop();
    if (last === undefined) return;
    const print = sha256Hex(last.parts.join('\n')).slice(0, FINGERPRINT_LENGTH);
    prints[last.unit] = print;
    parts = open.at(-1)?.parts ?? [];
    parts.push(print);
  };
  const close = (node: number): void => {
    for (let last = ends.at(-1); last !== undefined && last.stop <= node; last = ends.at(-1)) {
      ends.pop();
      // A node may end together with a unit that lies in it.
      while (open.length > 0 && parts !== last.parts) closeUnit();
      parts.push(')');
    }
    for (let last = open.at(-1); last !== undefined && last.stop <= node; last = open.at(-1)) closeUnit();
  };
  for (let node = 0; node < table.count;) {
    close(node);
    if (grammar.roles.comments.has(at(table.kind, node))) {
      tokenEnd = at(table.end, node);
      node = at(table.next, node);
      continue;
    }
    while (nextUnit < nodes.length && nodes[nextUnit] === node) {
      parts = [];
      open.push({ unit: nextUnit++, stop: at(table.next, node), parts });
    }
    if (at(table.next, node) > node + 1) {
      ends.push({ stop: at(table.next, node), parts });
      parts.push('(');
    } else {
      const start = at(table.start, node);
      const parent = at(table.parent, node);
      const word = text.slice(start, at(table.end, node));
      const between = start > tokenEnd ? text.slice(tokenEnd, start) : '';
      // Some grammars have no node for the content of a string: it is the text between two quotes, and its blanks count.
      if (/\S/.test(between) || (parent === tokenParent && isQuote(token) && isQuote(word)))
        parts.push(between);
      parts.push(word);
      tokenEnd = at(table.end, node);
      tokenParent = parent;
      token = word;
    }
    node++;
  }
  close(table.count);
  return prints;
}

function isQuote(token: string): boolean {
  return /^["'`]+$/.test(token);
}
