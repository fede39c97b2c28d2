import type { Range } from '../../base/range.ts';
import { newItem, type Item } from '../item.ts';
import type { UnitRef } from '../unit.ts';
import type { CoverageTag } from './coverageTag.ts';
import { coveringLink, itemIdOf, meaningOfType } from './specificationId.ts';

/** Where a tag stands, and what it is called. */
export interface TagPlace {
  readonly path: string;
  readonly name: string;
  /** Range in the file of columns of the tag's line. */
  readonly rangeAt: (start: number, end: number) => Range;
  readonly unit?: UnitRef | undefined;
}

/** A tag that is an item: a step of its own, one with a name, or one in a document. */
export function itemOfTag(tag: CoverageTag, { path, name, rangeAt, unit }: TagPlace): Item {
  const meaning = meaningOfType(tag.type, {});
  return newItem({
    id: itemIdOf({ type: tag.type, name, revision: 0 }),
    ...meaning,
    revision: tag.revision ?? 0,
    revisioned: true,
    asks: 'needs',
    needs: tag.needs.map((word) => ({ anyOf: [word] })),
    links: tag.covers.map(({ id, start, end }) => ({
      type: coveringLink(meaning.kind),
      role: 'covers',
      to: itemIdOf(id),
      revision: id.revision,
      location: { path, range: rangeAt(start, end) },
    })),
    origin: { format: 'oft', type: tag.type },
    location: { path, range: rangeAt(tag.start, tag.end) },
    ...(unit !== undefined && { unit }),
  });
}
