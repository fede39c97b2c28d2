import { sha256Hex } from '../base/hash.ts';
import type { Grammar } from '../syntax/grammar.ts';
import { at, earlierNode, type SyntaxTable, type UnchangedPart } from '../syntax/syntaxTable.ts';

/** Hex digits of a fingerprint: 128 bits, short enough to be read and compared in a review record. */
export const FINGERPRINT_LENGTH = 32;

/** Fingerprints of an earlier text of the same file. */
export interface EarlierPrints {
  readonly table: SyntaxTable;
  /** By node of the unit; without those that depend on what stands before them. */
  readonly byNode: ReadonlyMap<number, string>;
}

/** Of units that stand as they stood in an earlier text. */
export interface KnownPrints extends EarlierPrints {
  readonly unchanged: readonly UnchangedPart[];
}

/** The tokens of a unit so far, and where it ends. */
interface Open {
  readonly unit: number;
  /** First node after it. */
  readonly stop: number;
  readonly parts: string[];
  /** Nothing but layout and comments stands between it and the token before it. */
  readonly standsAlone: boolean;
}

/**
 * What each unit of a file means, as a fingerprint of its tokens and of how they nest: layout and comments do not count, everything else
 * does. A unit inside another one stands there as its own fingerprint, so that all of them together take time linear in the file.
 *
 * @param nodes node of each unit, in the order of the text; the file (0) first
 * @param known to look only at units that changed
 * @returns fingerprints in the order of the units, and what to know of them after an edit
 */
export function fingerprintsOf(
  grammar: Grammar,
  table: SyntaxTable,
  text: string,
  nodes: readonly number[],
  known?: KnownPrints,
): { readonly prints: readonly string[]; readonly later: EarlierPrints } {
  const byNode = new Map<number, string>();
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
    if (last.standsAlone) byNode.set(nodes[last.unit] ?? 0, print);
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
  /** Takes over a unit with all units in it. */
  const takeOver = (node: number): boolean => {
    const stop = at(table.next, node);
    const taken: string[] = [];
    for (let unit = nextUnit; (nodes[unit] ?? stop) < stop; unit++) {
      const print = known?.byNode.get(earlierNode(known.unchanged, nodes[unit] ?? 0));
      if (print === undefined) return false;
      taken.push(print);
    }
    const [own] = taken;
    if (own === undefined) return false;
    for (const print of taken) {
      byNode.set(nodes[nextUnit] ?? 0, print);
      prints[nextUnit++] = print;
    }
    parts.push(own);
    tokenEnd = at(table.end, stop - 1);
    tokenParent = -1;
    return true;
  };
  for (let node = 0; node < table.count;) {
    close(node);
    const isUnit = nodes[nextUnit] === node;
    const standsAlone = isUnit && !/\S/.test(text.slice(tokenEnd, at(table.start, node)));
    if (known !== undefined && standsAlone && takeOver(node)) {
      node = at(table.next, node);
      continue;
    }
    if (grammar.roles.comments.has(at(table.kind, node))) {
      tokenEnd = at(table.end, node);
      node = at(table.next, node);
      continue;
    }
    while (nextUnit < nodes.length && nodes[nextUnit] === node) {
      parts = [];
      open.push({ unit: nextUnit++, stop: at(table.next, node), parts, standsAlone });
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
  return { prints, later: { table, byNode } };
}

function isQuote(token: string): boolean {
  return /^["'`]+$/.test(token);
}
