import type { CharSet } from './regexSet.ts';

/** A parsed regular expression. Flags are resolved: what they change is written into the nodes. */
export type RegexNode =
  | { readonly is: 'set'; readonly set: CharSet }
  | { readonly is: 'sequence'; readonly of: readonly RegexNode[] }
  | { readonly is: 'choice'; readonly of: readonly RegexNode[] }
  | RegexRepeat
  /** A capture; `index` counts from 1. */
  | { readonly is: 'group'; readonly index: number; readonly of: RegexNode }
  | { readonly is: 'atomic'; readonly of: RegexNode }
  | { readonly is: 'look'; readonly ahead: boolean; readonly negative: boolean; readonly of: RegexNode }
  | { readonly is: 'back'; readonly to: readonly number[]; readonly ignoreCase: boolean }
  | { readonly is: 'assert'; readonly what: RegexAssertion }
  /** `\K`: the match begins here. */
  | { readonly is: 'keep' };

export interface RegexRepeat {
  readonly is: 'repeat';
  readonly of: RegexNode;
  readonly min: number;
  /** May be `Infinity`. */
  readonly max: number;
  readonly mode: 'greedy' | 'lazy' | 'possessive';
}

export type RegexAssertion =
  | 'text-start'
  | 'text-end'
  /** At the end or before a line break that ends the text. */
  | 'text-end-or-break'
  /** At the start, or after a line break that does not end the text. */
  | 'line-start'
  | 'line-end'
  | 'word-edge'
  | 'no-word-edge'
  /** Where the search began. */
  | 'search-start';

export interface RegexTree {
  readonly root: RegexNode;
  /** Number of captures. */
  readonly groups: number;
  /** Group numbers by name; several where alternatives share a name. */
  readonly names: ReadonlyMap<string, readonly number[]>;
}

export const EMPTY: RegexNode = { is: 'sequence', of: [] };

/** Fewest and most code points that a node takes; the most may be `Infinity`. */
export interface Width {
  readonly min: number;
  readonly max: number;
}

export function widthOf(node: RegexNode): Width {
  switch (node.is) {
    case 'set':
      return { min: 1, max: 1 };
    case 'sequence': {
      let [min, max] = [0, 0];
      for (const each of node.of) {
        const width = widthOf(each);
        [min, max] = [min + width.min, max + width.max];
      }
      return { min, max };
    }
    case 'choice': {
      const widths = node.of.map(widthOf);
      return { min: Math.min(...widths.map(({ min }) => min)), max: Math.max(...widths.map(({ max }) => max)) };
    }
    case 'repeat': {
      const { min, max } = widthOf(node.of);
      return { min: min * node.min, max: max === 0 || node.max === 0 ? 0 : max * node.max };
    }
    case 'group':
    case 'atomic':
      return widthOf(node.of);
    case 'back':
      return { min: 0, max: Infinity };
    case 'look':
    case 'assert':
    case 'keep':
      return { min: 0, max: 0 };
  }
}

/** Parts of a node, in the order of the text. */
export function partsOf(node: RegexNode): readonly RegexNode[] {
  switch (node.is) {
    case 'sequence':
    case 'choice':
      return node.of;
    case 'repeat':
    case 'group':
    case 'atomic':
    case 'look':
      return [node.of];
    case 'set':
    case 'back':
    case 'assert':
    case 'keep':
      return [];
  }
}

/** Nodes of an expression with its counted repetitions written out. */
export function writtenSize(node: RegexNode): number {
  const parts = partsOf(node).reduce((sum, part) => sum + writtenSize(part), 1);
  return node.is === 'repeat' ? parts * Math.max(1, node.min, node.max === Infinity ? 1 : node.max) : parts;
}

/** Whether `test` holds for the node or any part of it. */
export function someNode(node: RegexNode, test: (node: RegexNode) => boolean): boolean {
  return test(node) || partsOf(node).some((part) => someNode(part, test));
}
