import type { Outcome } from '../../base/problem.ts';
import type { Item, Need } from '../item.ts';
import { NAME_SOURCE } from '../oft/specificationId.ts';
import { specificationLine } from '../oft/specificationLines.ts';
import { ownFieldsOf } from '../ownFields.ts';
import { attributeText, losses, type Losses } from './losses.ts';

const NAME = new RegExp(`^${NAME_SOURCE}$`, 'u');
const TYPE = /^[A-Za-z]+$/;

/** Words of our needs as OpenFastTrace's types. */
const TYPES: Readonly<Record<string, string>> = {
  code: 'impl',
  test: 'utest',
  'unit-test': 'utest',
  'integration-test': 'itest',
  'software-test': 'stest',
  'system-test': 'stest',
  'user-test': 'stest',
  requirement: 'req',
  'software-requirement': 'req',
  'system-requirement': 'req',
  design: 'dsn',
};

/** Rationale and comment have sections of their own. */
const SECTIONS = ['rationale', 'comment'] as const;

/**
 * Items as a Markdown document of OpenFastTrace. An id becomes `type~id~revision`; a link that gives coverage stands under `Covers`, any other
 * under `Depends`. What a kind of ours asks for becomes `Needs`: all types that lead to the item, and what its `needs` name.
 */
export function writeOpenFastTrace(items: readonly Item[]): Outcome<string> {
  const lost = losses();
  const ids = new Map<string, { readonly type: string; readonly name: string; readonly revision: number }>();
  const byWritten = new Map<string, string>();
  for (const item of items) {
    const id = idOf(item);
    const written = `${id.type}~${id.name}~${id.revision}`;
    const other = byWritten.get(written);
    if (other !== undefined && other !== item.id)
      lost.add(item, `it gets the same id as \`${other}\`: \`${written}\`.`);
    byWritten.set(written, item.id);
    ids.set(item.id, id);
  }
  const needs = neededTypes(items, ids, lost);
  const refer = (item: Item, to: string, revision: number | undefined): string => {
    const id = ids.get(to);
    if (id !== undefined) return `${id.type}~${id.name}~${revision ?? id.revision}`;
    const [, type, name = to] = /^([A-Za-z]+)~(.+)$/.exec(to) ?? [];
    lost.add(
      item,
      `it leads to \`${to}\`, which is not among these items: type and revision of it are guessed.`,
    );
    return `${type ?? 'req'}~${nameOf(name)}~${revision ?? 1}`;
  };
  const text = items.map((item) =>
    section(item, ids.get(item.id) ?? idOf(item), [...(needs.get(item.id) ?? [])], refer, lost),
  );
  return { value: text.join('\n'), problems: lost.problems };
}

interface WrittenId {
  readonly type: string;
  readonly name: string;
  readonly revision: number;
}

function idOf(item: Item): WrittenId {
  const { id, revision, origin } = item;
  const [, type, name] = origin.format === 'oft' ? (/^([A-Za-z]+)~(.+)$/.exec(id) ?? []) : [];
  return { type: type ?? typeOf(item), name: nameOf(name ?? id), revision };
}

function typeOf({ kind, level, origin }: Item): string {
  if (origin.format === 'oft' && origin.type !== undefined && TYPE.test(origin.type)) return origin.type;
  switch (kind) {
    case 'requirement':
      return level === 'user' ? 'feat' : 'req';
    case 'design':
      return level === 'system' ? 'arch' : 'dsn';
    case 'unit':
      return 'impl';
    case 'test':
      return level === 'integration' ? 'itest' : level === 'unit' || level === undefined ? 'utest' : 'stest';
    default:
      return kind;
  }
}

/** A name as OpenFastTrace takes it: it begins with a letter, and has letters, digits, `_`, `-` and single dots. */
function nameOf(id: string): string {
  if (NAME.test(id)) return id;
  const name = id
    .replace(/[^\p{L}\p{N}_.-]+/gu, '_')
    .replace(/\.{2,}/g, '.')
    .replace(/^\.+|\.+$/g, '');
  return NAME.test(name) ? name : `x${name.replaceAll('.', '_')}`;
}

/** Types that each item needs, by its id. */
function neededTypes(
  items: readonly Item[],
  ids: ReadonlyMap<string, WrittenId>,
  lost: Losses,
): ReadonlyMap<string, ReadonlySet<string>> {
  const needed = new Map<string, Set<string>>(
    items.map((item) => [item.id, new Set(item.needs.flatMap((need) => typeOfNeed(item, need, lost)))]),
  );
  for (const { id, links } of items) {
    const type = ids.get(id)?.type;
    if (type === undefined) continue;
    for (const link of links)
      if (link.type !== 'relates' && link.type !== 'justifies') needed.get(link.to)?.add(type);
  }
  return needed;
}

function typeOfNeed(item: Item, { anyOf, direction }: Need, lost: Losses): readonly string[] {
  const [word] = anyOf;
  const type = word === undefined ? undefined : (TYPES[word] ?? word);
  if (anyOf.length > 1)
    lost.add(
      item,
      `of the need "${anyOf.join(' or ')}" only the first is written: OpenFastTrace has no alternatives.`,
    );
  if (direction !== 'up' && type !== undefined && TYPE.test(type)) return [type];
  lost.add(item, `the need \`${anyOf.join(' or ')}\` is not written: OpenFastTrace has none like it.`);
  return [];
}

function section(
  item: Item,
  { type, name, revision }: WrittenId,
  needs: readonly string[],
  refer: (item: Item, to: string, revision: number | undefined) => string,
  lost: Losses,
): string {
  const covers = item.links.filter((link) => link.type !== 'relates' && link.type !== 'justifies');
  const depends = item.links.filter((link) => !covers.includes(link));
  const fields = ownFieldsOf(item, ['revision', 'tags', 'level']);
  for (const field of Object.keys({ ...item.attributes, ...fields }))
    if (!SECTIONS.some((each) => each === field))
      lost.add(item, `\`${field}\` is not written: OpenFastTrace has no place for it.`);
  for (const { to, type: linkType } of covers.filter((link) => link.type === 'mitigates'))
    lost.add(item, `that it ${linkType} \`${to}\` is written as coverage.`);
  const list = (head: string, entries: readonly string[]) =>
    entries.length === 0 ? [] : [`${head}:`, ...entries.map((entry) => `* ${entry}`), ''];
  const links = (each: Item['links']) => each.map((link) => refer(item, link.to, link.revision));
  const title = harmless(item.title.replace(/\s+/g, ' ').trim());
  const lines = [
    `## ${title}${title.endsWith('#') ? ' #' : ''}`,
    '',
    `\`${type}~${name}~${revision}\``,
    '',
    ...(item.approval === 'approved' ? [] : [`Status: ${item.approval}`, '']),
    ...(item.text === undefined ? [] : ['Description:', ...textLines(item, item.text, lost), '']),
    ...SECTIONS.flatMap((each) => {
      const value = Object.hasOwn(item.attributes, each) ? item.attributes[each] : undefined;
      const head = each === 'rationale' ? 'Rationale:' : 'Comment:';
      return value === undefined ? [] : [head, ...textLines(item, attributeText(value), lost), ''];
    }),
    ...list('Covers', links(covers)),
    ...list('Depends', links(depends)),
    ...(needs.length === 0 ? [] : [`Needs: ${needs.join(', ')}`, '']),
    ...list(
      'Tags',
      item.tags.map((tag) => tag.replace(/\s+/g, ' ').trim()),
    ),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** Lines that stay text: what would be read as something else is indented, or broken up where indenting does not help. */
function textLines(item: Item, text: string, lost: Losses): readonly string[] {
  return text.split(/\r?\n/).map((line) => {
    if (isText(line)) return line;
    const indented = `    ${line}`;
    if (isText(indented)) return indented;
    lost.add(
      item,
      `a line of its text would be read as an instruction and is changed: \`${line.trim().slice(0, 60)}\`.`,
    );
    return harmless(indented);
  });
}

/** Instructions that count anywhere in a line, broken up. */
function harmless(line: string): string {
  return line.replaceAll('-->', '-- >').replaceAll('<!--', '< !--').replaceAll('oft:', 'oft ');
}

function isText(line: string): boolean {
  const { is } = specificationLine(line);
  return (is === 'text' || is === 'empty' || is === 'bullet') && !line.includes('<!--');
}
