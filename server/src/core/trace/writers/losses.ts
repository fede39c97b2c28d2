import type { Problem } from '../../base/problem.ts';
import type { AttributeValue, Item } from '../item.ts';

/** More are only counted. */
const MAX_LOSSES = 200;

/** Keeps account of what a format cannot hold, so that nothing is dropped silently. */
export interface Losses {
  add(item: Item, message: string): void;
  readonly problems: readonly Problem[];
}

export function losses(): Losses {
  const problems: Problem[] = [];
  let more = 0;
  return {
    add: ({ id, location: { path, range } }, message) => {
      if (problems.length < MAX_LOSSES) {
        problems.push({
          code: 'convert-loss',
          severity: 'warning',
          message: `\`${id}\`: ${message}`,
          path,
          range,
        });
      } else more++;
    },
    get problems(): readonly Problem[] {
      if (more === 0) return problems;
      const message = `${more} more things cannot be written in this format.`;
      return [...problems, { code: 'convert-loss', severity: 'warning', message }];
    },
  };
}

/** Reports every definition of an id but the first, and leaves it out. */
export function oncePerId(items: readonly Item[], lost: Losses): readonly Item[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    if (!seen.has(item.id)) {
      seen.add(item.id);
      return true;
    }
    lost.add(item, 'this id is defined more than once; only the first definition is written.');
    return false;
  });
}

/** A value of an attribute as text: a text as it is, everything else as JSON. */
export function attributeText(value: AttributeValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
