import type { Outcome } from '../../base/problem.ts';
import { capitalised, type Item } from '../item.ts';
import { fieldOrder } from '../fieldOrder.ts';
import { ITEM_LIST_NAMES } from '../itemSchema.ts';
import { attributeKey, attributeValue, escapedLines, fieldLabel } from '../markdown/writing.ts';
import { entriesOf, type WrittenEntry } from './tracewardYaml.ts';

/** Fields of several lines that have a heading of their own. */
const PARTS: readonly string[] = ['procedure', 'justification'];

/** Items as Markdown of Traceward: a heading a list, below it a heading an item. */
export function writeMarkdown(items: readonly Item[]): Outcome<string> {
  const { value, problems } = entriesOf(items);
  const lists = ITEM_LIST_NAMES.flatMap((list) => {
    const own = value.filter((each) => each.list === list);
    return own.length === 0 ? [] : [`# ${capitalised(list)}\n\n${own.map(sectionOf).join('\n')}`];
  });
  return { value: lists.join('\n'), problems };
}

function sectionOf({ list, id, entry }: WrittenEntry): string {
  const { title, text, ...fields } = entry;
  const names = fieldOrder(list).filter((name) => name !== 'id' && fields[name] !== undefined);
  const isPart = (name: string) => PARTS.includes(name) && String(fields[name]).includes('\n');
  const written = typeof title === 'string' ? title.replace(/[\\#]/g, '\\$&') : '';
  const listed = names.filter((name) => !isPart(name)).map((name) => fieldLines(name, fields[name], ''));
  const parts = [
    `## ${id}${written === '' ? '' : `: ${written}`}`,
    listed.join('\n'),
    typeof text === 'string' ? escapedLines(text) : '',
    ...names
      .filter(isPart)
      .flatMap((name) => [`### ${fieldLabel(name)}`, escapedLines(String(fields[name]))]),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** A word or some that mean the same within a list on one line. */
const PLAIN = /^[\w@.-]+(?: [\w@.-]+)*$/;

function fieldLines(name: string, value: unknown, indent: string): string {
  const label = `${indent}- ${fieldLabel(name)}:`;
  if (Array.isArray(value)) {
    const entries = value.map((each: unknown) => (Array.isArray(each) ? each.join(' or ') : String(each)));
    if (entries.length === 0) return `${label} none`;
    const isPlain = entries.every((each) => PLAIN.test(each)) && entries.join() !== 'none';
    return isPlain
      ? `${label} ${entries.join(', ')}`
      : [label, ...entries.map((each) => `${indent}  - ${escapedLines(each)}`)].join('\n');
  }
  if (typeof value === 'object' && value !== null) {
    const inner = Object.entries(value).map(([key, each]: [string, unknown]) =>
      name === 'attributes'
        ? `${indent}  - ${attributeKey(key)}: ${attributeValue(each)}`
        : fieldLines(key, each, `${indent}  `),
    );
    return [label, ...inner].join('\n');
  }
  if (typeof value === 'boolean') return `${label} ${value ? 'yes' : 'no'}`;
  const [first = '', ...more] = String(value).split(/\r?\n/);
  const below = more.length === 0 ? '' : escapedLines(more.join('\n'));
  return [
    `${label} ${first}`,
    ...(below === '' ? [] : below.split('\n').map((line) => (line === '' ? '' : `${indent}  ${line}`))),
  ].join('\n');
}
