import type { Problem } from '../../base/problem.ts';
import type { Range } from '../../base/range.ts';
import { rangesWithin } from '../commentRanges.ts';
import type { Item } from '../item.ts';
import { coverageTags, nameOfTag, type CoverageTag } from '../oft/coverageTag.ts';
import { itemOfTag } from '../oft/itemOfTag.ts';
import { coveringLink, itemIdOf, meaningOfType } from '../oft/specificationId.ts';
import type { TagSyntax } from '../tagSyntaxes.ts';
import type { Tag } from '../unit.ts';

/** Per file: a hostile one must not fill the problem list. */
const MAX_NEAR_MISSES = 20;
/** What looks like a tag although it is none: a longer arrow, blanks within an id. */
const NEAR_MISS = /\[[ \t]*[A-Za-z]+[ \t]*-{1,3}>[ \t]*[A-Za-z]+[ \t]*~[^[\]]{1,200}\]/;

/**
 * `[impl->dsn~pin~2]`. A tag that is a step of its own (`[dsn->req~pin~1>>impl]`), or that has a name, is an item as well: others may cover
 * it. Tags in string literals do not count here, as nothing in code does; OpenFastTrace takes them.
 */
export const openFastTraceTags: TagSyntax = {
  title: 'OpenFastTrace tags',
  detect: (text) => text.split('\n').some((line) => coverageTags(line).length > 0),
  mark: () => /->/,
  read: ({ path, comments, units }) => {
    const tags: Tag[] = [];
    const items: Item[] = [];
    const problems: Problem[] = [];
    for (const comment of comments) {
      if (!comment.text.includes('->')) continue;
      const rangeOf = rangesWithin(comment);
      let offset = 0;
      for (const [number, line] of comment.text.split('\n').entries()) {
        const found = coverageTags(line);
        found.forEach((tag, index) => {
          const rangeAt = (start: number, end: number): Range => rangeOf(offset + start, offset + end);
          if (tag.needs.length === 0 && tag.name === undefined) {
            tags.push(...plainTags(tag, comment.unit, rangeAt));
            return;
          }
          const unit = units[comment.unit];
          items.push(
            itemOfTag(tag, {
              path,
              name: nameOfTag(tag, path, comment.range.start.line + number + 1, index),
              rangeAt,
              unit: unit && { path, name: unit.name, kind: unit.kind },
            }),
          );
        });
        const miss = found.length === 0 ? NEAR_MISS.exec(line) : null;
        if (miss !== null && problems.length < MAX_NEAR_MISSES) {
          problems.push({
            code: 'tag-near-miss',
            severity: 'information',
            message: `\`${miss[0]}\` is not read as a tag: write \`[impl->dsn~name~1]\`, with \`->\` and without blanks in the id.`,
            path,
            range: rangeOf(offset + miss.index, offset + miss.index + miss[0].length),
          });
        }
        offset += line.length + 1;
      }
    }
    return { tags, items, problems };
  },
};

function plainTags(tag: CoverageTag, unit: number, rangeAt: (start: number, end: number) => Range): Tag[] {
  const type = coveringLink(meaningOfType(tag.type, {}).kind) === 'verifies' ? 'verifies' : 'implements';
  return tag.covers.map(({ id, start, end }) => ({
    id: itemIdOf(id),
    type,
    revision: id.revision,
    word: tag.type,
    range: rangeAt(start, end),
    unit,
  }));
}
