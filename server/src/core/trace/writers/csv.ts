import { csvOf } from '../../base/csvText.ts';
import { compareText } from '../../base/order.ts';
import type { Outcome } from '../../base/problem.ts';
import { LINK_TYPES, type Item, type LinkType } from '../item.ts';
import { OWN_FIELDS, ownFieldsOf } from '../ownFields.ts';
import { COLUMNS, plainName } from '../table/readTable.ts';
import { attributeText, losses } from './losses.ts';

const WRITTEN: readonly string[] = ['id', 'kind', 'title', 'text', 'status', ...OWN_FIELDS, ...LINK_TYPES];

/** Columns that the reader takes for links of any type; none of them is written. */
const taken: ReadonlySet<string> = new Set([...WRITTEN.map(plainName), 'links', ...(COLUMNS.links ?? [])]);

/**
 * Items as a table, one a row, with a column for each field, type of link and attribute. Cells that a spreadsheet would take for a formula have
 * an apostrophe before them, which the reader takes away again.
 */
export function writeItemsCsv(items: readonly Item[]): Outcome<string> {
  const lost = losses();
  const free = (name: string) => !taken.has(plainName(name)) && name.trim() === name;
  const attributes = [...new Set(items.flatMap((item) => Object.keys(item.attributes)))]
    .filter(free)
    .sort(compareText);
  const rows = items.map((item) => {
    for (const name of Object.keys(item.attributes).filter((each) => !free(each)))
      lost.add(item, `the attribute \`${name}\` has the name of another column and is not written.`);
    for (const { to } of item.links.filter((link) => /[\s,;]/.test(link.to)))
      lost.add(item, `the link to \`${to}\` is not written: blanks, commas and semicolons separate ids.`);
    for (const tag of item.tags.filter((each) => each.includes(',')))
      lost.add(item, `the tag \`${tag}\` is read as several: commas separate tags.`);
    const fields = ownFieldsOf(item);
    return [
      item.id,
      item.origin.type ?? item.kind,
      item.title,
      item.text ?? '',
      item.origin.status ?? item.approval,
      ...OWN_FIELDS.map((name) => {
        const value = fields[name];
        return Array.isArray(value) ? value.join(', ') : value === undefined ? '' : attributeText(value);
      }),
      ...LINK_TYPES.map((type) => linksText(item, type)),
      ...attributes.map((name) => {
        const value = Object.hasOwn(item.attributes, name) ? item.attributes[name] : undefined;
        return value === undefined ? '' : attributeText(value);
      }),
    ];
  });
  return { value: csvOf([[...WRITTEN, ...attributes], ...rows]), problems: lost.problems };
}

/** `SR-1 SR-2@3`; of a link that only relates with what it is: `zone=Z-1`. */
function linksText({ links }: Item, type: LinkType): string {
  return links
    .filter((link) => link.type === type && !/[\s,;]/.test(link.to))
    .map(({ to, role, revision }) => {
      const what = type === 'relates' && role !== undefined ? `${role}=` : '';
      return `${what}${to}${revision === undefined ? '' : `@${revision}`}`;
    })
    .join(' ');
}
