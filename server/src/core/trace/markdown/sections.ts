import {
  markdownBlocks,
  type MarkdownBlock,
  type MarkdownHeading,
  type MarkdownLine,
} from '../../base/markdownBlocks.ts';
import type { ItemListName } from '../itemSchema.ts';
import { itemHeading, listByName, type ItemHeading } from './itemHeading.ts';
import { isFieldName } from './fieldText.ts';

/** A heading that begins with an id, and what belongs to it: all up to the next heading of its level or above, without items below it. */
export interface Section {
  readonly heading: MarkdownHeading;
  readonly item: ItemHeading;
  /** The list that a heading above names. */
  readonly under: ItemListName | undefined;
  readonly blocks: readonly MarkdownBlock[];
}

interface OpenHeading {
  readonly depth: number;
  /** Undefined for a heading that begins no item. */
  readonly blocks: MarkdownBlock[] | undefined;
  readonly under: ItemListName | undefined;
}

export interface Sections {
  readonly items: readonly Section[];
  /** What stands before the first heading that begins an item, with the headings there. */
  readonly head: readonly MarkdownBlock[];
  /** Headings that begin no item. */
  readonly others: readonly OtherHeading[];
}

export interface OtherHeading {
  readonly heading: MarkdownHeading;
  /** The block behind it. */
  readonly next: MarkdownBlock | undefined;
}

/** @param isItem whether such a heading begins an item */
export function sectionsOf(
  lines: readonly MarkdownLine[],
  isItem: (
    heading: ItemHeading,
    under: ItemListName | undefined,
    blocks: readonly MarkdownBlock[],
  ) => boolean,
): Sections {
  const items: Section[] = [];
  const head: MarkdownBlock[] = [];
  const others: OtherHeading[] = [];
  const open: OpenHeading[] = [];
  const all = markdownBlocks(lines);
  for (const [at, block] of all.entries()) {
    if (block.is !== 'heading') {
      const owner = open.findLast(({ blocks }) => blocks !== undefined)?.blocks;
      if (owner !== undefined) owner.push(block);
      else if (items.length === 0) head.push(block);
      continue;
    }
    while ((open.at(-1)?.depth ?? 0) >= block.depth) open.pop();
    const under = open.at(-1)?.under;
    const item = itemHeading(block.title.text);
    if (item !== undefined && isItem(item, under, all.slice(at + 1, at + 2))) {
      const blocks: MarkdownBlock[] = [];
      items.push({ heading: block, item, under, blocks });
      open.push({ depth: block.depth, blocks, under: undefined });
      continue;
    }
    others.push({ heading: block, next: all[at + 1] });
    const owner = open.findLast(({ blocks }) => blocks !== undefined)?.blocks;
    if (owner !== undefined) owner.push(block);
    else if (items.length === 0) head.push(block);
    open.push({ depth: block.depth, blocks: undefined, under: listByName(block.title.text) ?? under });
  }
  return { items, head, others };
}

/** Parts of an item: its own blocks, and those below each heading that names a field. */
export interface Parts {
  readonly own: readonly MarkdownBlock[];
  readonly named: readonly { readonly heading: MarkdownHeading; readonly blocks: readonly MarkdownBlock[] }[];
}

const NAMED_PARTS: readonly string[] = ['text', 'procedure', 'justification'];

/** `### Procedure` below an item gives this field; what stands below any other heading is text. */
export function partsOf(blocks: readonly MarkdownBlock[]): Parts {
  const own: MarkdownBlock[] = [];
  const named: { heading: MarkdownHeading; blocks: MarkdownBlock[] }[] = [];
  let part: { heading: MarkdownHeading; blocks: MarkdownBlock[] } | undefined;
  for (const block of blocks) {
    if (block.is === 'heading' && (part === undefined || block.depth <= part.heading.depth)) {
      const name = block.title.text.toLowerCase().replace(/:$/, '');
      part = isFieldName(name) && NAMED_PARTS.includes(name) ? { heading: block, blocks: [] } : undefined;
      if (part !== undefined) {
        named.push(part);
        continue;
      }
    }
    (part?.blocks ?? own).push(block);
  }
  return { own, named };
}
