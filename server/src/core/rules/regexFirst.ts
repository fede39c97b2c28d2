import { isMember } from './regexSet.ts';
import { someNode, type RegexNode } from './regexTree.ts';

/** Characters that a match can begin with. */
export interface FirstCharacters {
  /** By code below 128: 1 for those that can. */
  readonly ascii: Uint8Array;
  /** Some character beyond ASCII can. */
  readonly beyond: boolean;
}

interface First extends FirstCharacters {
  readonly mayBeEmpty: boolean;
}

const NOTHING: First = { ascii: new Uint8Array(128), beyond: false, mayBeEmpty: true };
const ANYTHING: First = { ascii: new Uint8Array(128).fill(1), beyond: true, mayBeEmpty: true };

/** @returns undefined when a match may be empty */
export function firstCharacters(root: RegexNode): FirstCharacters | undefined {
  const first = firstOf(root);
  return first.mayBeEmpty ? undefined : first;
}

function firstOf(node: RegexNode): First {
  switch (node.is) {
    case 'set': {
      const ascii = new Uint8Array(128);
      for (let code = 0; code < 128; code++) if (isMember(node.set, code)) ascii[code] = 1;
      const beyond = node.set.negated || node.set.properties.length > 0 || node.set.ranges.some(([, to]) => to > 127);
      return { ascii, beyond, mayBeEmpty: false };
    }
    case 'sequence': {
      let all = NOTHING;
      for (const part of node.of) {
        const first = firstOf(part);
        all = { ...union(all, first), mayBeEmpty: first.mayBeEmpty };
        if (!first.mayBeEmpty) break;
      }
      return all;
    }
    case 'choice': {
      const firsts = node.of.map(firstOf);
      return { ...firsts.reduce(union, NOTHING), mayBeEmpty: firsts.some(({ mayBeEmpty }) => mayBeEmpty) };
    }
    case 'repeat': {
      const first = firstOf(node.of);
      return node.max === 0 ? NOTHING : { ...first, mayBeEmpty: first.mayBeEmpty || node.min === 0 };
    }
    case 'group':
    case 'atomic':
      return firstOf(node.of);
    case 'back':
      return ANYTHING;
    case 'look':
    case 'assert':
    case 'keep':
      return NOTHING;
  }
}

function union(first: First, second: First): First {
  return {
    ascii: first.ascii.map((each, code) => each | (second.ascii[code] ?? 0)),
    beyond: first.beyond || second.beyond,
    mayBeEmpty: first.mayBeEmpty || second.mayBeEmpty,
  };
}

/** Whether every match lies within one line. */
export function isWithinLine(root: RegexNode): boolean {
  return !someNode(root, (node) => node.is === 'back' || (node.is === 'set' && isMember(node.set, 10)));
}
