import type { Item, LinkType, Need } from './item.ts';

/** What an item brings to the target of one of its links: words that a `Need` may name. */
export interface Brought {
  /** The word of the item's own format, if it has one; needs written in that format are met by it alone. */
  readonly own: string | undefined;
  readonly words: readonly string[];
}

/** `requirement`, `software-requirement`, `test`, `unit-test`, `analysis`, `code`, and the foreign type. */
export function broughtByItem(item: Item, type: LinkType): Brought {
  const { kind, level, method } = item;
  const own = item.origin.type;
  return {
    own,
    words: [
      kind,
      ...(level === undefined ? [] : [`${level}-${kind}`]),
      ...(kind === 'test' && method !== undefined ? [method] : []),
      ...(own === undefined ? [] : [own]),
      ...byType(type),
    ],
  };
}

/** A tag brings `code` or `test` (and `unit-test`: a test case of another level says so in its item), and its foreign word. */
export function broughtByTag(type: 'implements' | 'verifies', word: string | undefined): Brought {
  const words = type === 'verifies' ? ['test', 'unit-test'] : ['code'];
  return { own: word, words: word === undefined ? words : [word, ...words] };
}

function byType(type: LinkType): readonly string[] {
  return type === 'implements' ? ['code'] : type === 'verifies' ? ['test'] : [];
}

/**
 * Whether what a link brings is one of the things that a need names.
 *
 * @param exact the need is written in the target's own format, where only that format's words count
 */
export function meets(brought: Brought, need: Need, exact: boolean): boolean {
  if (exact && brought.own !== undefined) return need.anyOf.includes(brought.own);
  return brought.words.some((word) => need.anyOf.includes(word));
}

/** Whether a need of an item names a word; what the configuration asks of it does not matter here. */
export function asksFor({ needs }: Item, word: string): boolean {
  return needs.some(({ anyOf }) => anyOf.includes(word));
}

const SENTENCES: Readonly<Record<string, string>> = {
  code: 'No code implements it',
  test: 'No test verifies it',
  review: 'No review of it is on record',
  'code-review': 'Not all of its code is signed off as it is now',
};

/** What is missing when a need is not met, without a full stop: `No unit test or analysis leads to it`. */
export function missingText({ anyOf, direction }: Need): string {
  const [word] = anyOf;
  const names = anyOf.map((each) => (/^[a-z]+(?:-[a-z]+)*$/.test(each) ? each.replaceAll('-', ' ') : each));
  if (direction === 'up') return `It leads to no ${names.join(' or ')}`;
  const sentence =
    anyOf.length === 1 && word !== undefined && Object.hasOwn(SENTENCES, word) ? SENTENCES[word] : undefined;
  return sentence ?? `No ${names.join(' or ')} leads to it`;
}
