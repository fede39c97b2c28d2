import type { Outcome } from '../../base/problem.ts';
import { formatYaml } from '../../base/yamlFormat.ts';
import { fieldOrder } from '../fieldOrder.ts';
import type { Item } from '../item.ts';
import { isMarkdown } from '../itemEntry.ts';
import { readItemFile } from '../itemFile.ts';
import { ITEM_LIST_NAMES } from '../itemSchema.ts';
import { readMarkdownItems } from '../markdown/readMarkdownItems.ts';
import type { SourceSettings } from '../sources.ts';
import { formatMarkdown } from './formatMarkdown.ts';

/**
 * An item file of Traceward in its one form: fields in their order, one manner of indentation, lists and headings. Comments and texts stay, and
 * the items are the same. A file that cannot be read without mistakes is left as it is, with a problem.
 */
export function formatItemFile(path: string, text: string, settings: SourceSettings): Outcome<string> {
  const read = (written: string): Outcome<readonly Item[]> =>
    isMarkdown(path) ? readMarkdownItems(path, written, settings) : readItemFile(path, written);
  const before = read(text);
  const refused = (message: string): Outcome<string> => ({
    value: text,
    problems: [{ code: 'item-format', severity: 'warning', message, path }],
  });
  if (before.problems.some(({ severity }) => severity === 'error'))
    return refused('This file is not formatted, as it has mistakes: mend them first.');
  const formatted = isMarkdown(path) ? formatMarkdown(text, settings) : formatYaml(text, orderOf);
  if (formatted === undefined || contentOf(read(formatted).value) !== contentOf(before.value))
    return refused('This file cannot be formatted without changing what it says: write it more plainly.');
  return { value: formatted, problems: [] };
}

function orderOf(path: readonly (string | number)[]): readonly string[] | undefined {
  const [name] = path;
  const list = path.length === 2 ? ITEM_LIST_NAMES.find((each) => each === name) : undefined;
  return list && fieldOrder(list);
}

/** Everything of items but their places and the order of their links, which is that of their fields. */
function contentOf(items: readonly Item[]): string {
  return JSON.stringify(
    items.map(({ links, attributes, ...item }) => [
      { ...item, location: undefined },
      Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1)),
      links.map(({ type, role, to, revision }) => JSON.stringify([type, role, to, revision])).sort(),
    ]),
  );
}
