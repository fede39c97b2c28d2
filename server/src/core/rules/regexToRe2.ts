import { onlyCharacter, onlyLetter, type CharSet } from './regexSet.ts';
import { partsOf, someNode, widthOf, type RegexAssertion, type RegexNode, type RegexTree } from './regexTree.ts';

/** Repetitions beyond this are refused by RE2. */
const MAX_COUNT = 1000;

/**
 * Writes an expression for RE2, so that it means there what it means here: without flags, names and shorthands, all of which
 * differ a little between the two.
 *
 * @returns undefined when RE2 cannot run it, or would give another answer
 */
export function toRe2({ root, groups }: RegexTree): string | undefined {
  // Alternatives may share the numbers of their groups; RE2 would count on.
  if (countGroups(root) !== groups) return undefined;
  if (someNode(root, isBeyond) || !linesStartWithText(root, false)) return undefined;
  return written(root);
}

function countGroups(node: RegexNode): number {
  return partsOf(node).reduce((sum, part) => sum + countGroups(part), node.is === 'group' ? 1 : 0);
}

function isBeyond(node: RegexNode): boolean {
  switch (node.is) {
    case 'look':
    case 'back':
    case 'atomic':
    case 'keep':
      return true;
    case 'assert':
      return node.what === 'text-end-or-break' || node.what === 'search-start';
    case 'repeat':
      // Where a round of a loop may be empty, the two end the loop at different places.
      return (
        node.mode === 'possessive' ||
        node.min > MAX_COUNT ||
        (node.max > MAX_COUNT && node.max !== Infinity) ||
        (node.max > 1 && widthOf(node.of).min === 0)
      );
    case 'set':
    case 'sequence':
    case 'choice':
    case 'group':
      return false;
  }
}

/**
 * A `^` does not match behind the last line break of a text; to RE2 it does. There is no difference as long as some text
 * must follow.
 *
 * @param textFollows whether what comes after the node takes at least one character
 */
function linesStartWithText(node: RegexNode, textFollows: boolean): boolean {
  switch (node.is) {
    case 'assert':
      return node.what !== 'line-start' || textFollows;
    case 'sequence': {
      let follows = textFollows;
      for (const part of node.of.toReversed()) {
        if (!linesStartWithText(part, follows)) return false;
        follows ||= widthOf(part).min > 0;
      }
      return true;
    }
    case 'choice':
      return node.of.every((each) => linesStartWithText(each, textFollows));
    case 'repeat':
    case 'group':
    case 'atomic':
    case 'look':
      return linesStartWithText(node.of, textFollows);
    case 'set':
    case 'back':
    case 'keep':
      return true;
  }
}

function written(node: RegexNode): string | undefined {
  switch (node.is) {
    case 'set':
      return writtenSet(node.set);
    case 'sequence': {
      const parts = node.of.map((part) => (part.is === 'choice' ? inGroup(written(part)) : written(part)));
      return parts.includes(undefined) ? undefined : parts.join('');
    }
    case 'choice': {
      const parts = node.of.map(written);
      return parts.includes(undefined) ? undefined : parts.join('|');
    }
    case 'group': {
      const of = written(node.of);
      return of === undefined ? undefined : `(${of})`;
    }
    case 'repeat': {
      const of = inGroup(written(node.of));
      return of === undefined ? undefined : of + quantifier(node.min, node.max) + (node.mode === 'lazy' ? '?' : '');
    }
    case 'assert':
      return ASSERTIONS[node.what];
    case 'look':
    case 'back':
    case 'atomic':
    case 'keep':
      return undefined;
  }
}

const ASSERTIONS: Readonly<Partial<Record<RegexAssertion, string>>> = {
  'text-start': '\\A',
  'text-end': '\\z',
  'line-start': '(?m:^)',
  'line-end': '(?m:$)',
  'word-edge': '\\b',
  'no-word-edge': '\\B',
};

function inGroup(source: string | undefined): string | undefined {
  return source === undefined ? undefined : `(?:${source})`;
}

function quantifier(min: number, max: number): string {
  if (max === Infinity) return min === 0 ? '*' : min === 1 ? '+' : `{${min},}`;
  if (min === 0 && max === 1) return '?';
  return min === max ? `{${min}}` : `{${min},${max}}`;
}

function writtenSet(set: CharSet): string {
  const character = onlyCharacter(set);
  if (character !== undefined) return code(character);
  const letter = onlyLetter(set);
  if (letter !== undefined) return `(?i:${code(letter)})`;
  if (set.ranges.length === 0 && set.properties.length === 0) return set.negated ? '(?s:.)' : '[^\\x{0}-\\x{10FFFF}]';
  const ranges = set.ranges.map(([from, to]) => (from === to ? code(from) : `${code(from)}-${code(to)}`));
  const properties = set.properties.map(({ name, negated }) => `\\${negated ? 'P' : 'p'}{${name}}`);
  return `[${set.negated ? '^' : ''}${ranges.join('')}${properties.join('')}]`;
}

function code(character: number): string {
  const text = String.fromCodePoint(character);
  return /^[A-Za-z0-9_]$/.test(text) ? text : `\\x{${character.toString(16)}}`;
}
