import type { Outcome, Problem } from '../../base/problem.ts';
import type { Location } from '../../base/range.ts';
import type { SourceFacts, SourcePart } from '../formats.ts';
import { approvalOf, foreignWords, type ForeignWords } from '../foreignWords.ts';
import {
  newItem,
  type AttributeValue,
  type DeclaredLink,
  type Item,
  type ItemKind,
  type LooseLink,
} from '../item.ts';
import type { SourceSettings } from '../sources.ts';
import { strictDocNodes, type StrictDocNode, type StrictDocRelation } from './nodes.ts';

/** Nodes that structure a document and ask for nothing. */
const STRUCTURE: ReadonlySet<string> = new Set(['DOCUMENT', 'DOCUMENT_FROM_FILE', 'SECTION', 'TEXT']);

/** Reads the nodes of a StrictDoc document that have a UID. Sections and texts are no items. */
export function readStrictDoc(path: string, text: string, settings: SourceSettings): Outcome<SourceFacts> {
  const { nodes, problems: syntax } = strictDocNodes(path, text);
  const words = foreignWords(path, settings);
  const problems: Problem[] = [...syntax];
  const items: Item[] = [];
  const links: LooseLink[] = [];
  for (const node of nodes) {
    if (STRUCTURE.has(node.tag)) continue;
    const fields = fieldsOf(node);
    const uid = fields.get(settings.fields['id'] ?? 'UID')?.[0] ?? fields.get('MID')?.[0];
    if (uid === undefined || uid.value === '') {
      problems.push({
        code: 'strictdoc-no-uid',
        severity: 'information',
        message: `This \`${node.tag}\` has no UID: nothing can lead to it. Give it one.`,
        path,
        range: node.range,
      });
      continue;
    }
    const kind = words.kindOf(node.tag, node.range);
    const item = itemOf(node, uid.value, kind, { path, range: uid.range }, settings);
    const own: DeclaredLink[] = [];
    for (const relation of node.relations) {
      const read = relationOf(relation, item, words);
      if (read === undefined) {
        const message =
          'This relation is not understood: it needs a `TYPE` (Parent, Child, File) and a `VALUE` or `PATH`.';
        problems.push({
          code: 'strictdoc-syntax',
          severity: 'warning',
          message,
          path,
          range: relation.range,
        });
      } else if (read.is === 'parent') own.push(read.link);
      else if (read.is === 'child') links.push(read.link);
      else items.push(read.item);
    }
    items.push({ ...item, links: own });
  }
  return { value: { items, links }, problems: [...problems, ...words.problems] };
}

/** Files that several nodes name become one unit of code each. */
export function joinStrictDoc(parts: readonly SourcePart[]): Outcome<SourceFacts> {
  const units = new Map<string, Item>();
  const items: Item[] = [];
  for (const item of parts.flatMap(({ facts }) => facts.items)) {
    if (item.unit === undefined) {
      items.push(item);
      continue;
    }
    const known = units.get(item.id);
    units.set(item.id, known === undefined ? item : { ...known, links: [...known.links, ...item.links] });
  }
  return {
    value: { items: [...items, ...units.values()], links: parts.flatMap(({ facts }) => facts.links ?? []) },
    problems: [],
  };
}

type Fields = ReadonlyMap<string, readonly StrictDocNode['fields'][number][]>;

function fieldsOf({ fields }: StrictDocNode): Fields {
  const byName = new Map<string, StrictDocNode['fields'][number][]>();
  for (const field of fields) {
    const same = byName.get(field.name);
    if (same === undefined) byName.set(field.name, [field]);
    else same.push(field);
  }
  return byName;
}

function itemOf(
  node: StrictDocNode,
  id: string,
  kind: ItemKind,
  location: Location,
  { fields: named }: SourceSettings,
): Item {
  const fields = fieldsOf(node);
  const names = {
    id: named['id'] ?? 'UID',
    title: named['title'] ?? 'TITLE',
    text: named['text'] ?? 'STATEMENT',
    status: named['status'] ?? 'STATUS',
    tags: named['tags'] ?? 'TAGS',
  };
  const valueOf = (name: string): string | undefined => fields.get(name)?.[0]?.value;
  const text = valueOf(names.text);
  const status = valueOf(names.status);
  const title = valueOf(names.title);
  const own = new Set(Object.values(names));
  const attributes = Object.fromEntries(
    [...fields]
      .filter(([name]) => !own.has(name))
      .map(([name, values]): [string, AttributeValue] => [
        name,
        values.length === 1 ? (values[0]?.value ?? '') : values.map(({ value }) => value),
      ]),
  );
  return newItem({
    id,
    kind,
    ...(title !== undefined && { title }),
    ...(text !== undefined && { text }),
    approval: approvalOf(status),
    tags: (valueOf(names.tags) ?? '').split(',').flatMap((tag) => (tag.trim() === '' ? [] : [tag.trim()])),
    attributes,
    origin: { format: 'strictdoc', type: node.tag, ...(status !== undefined && { status }) },
    location,
  });
}

type ReadRelation =
  | { readonly is: 'parent'; readonly link: DeclaredLink }
  | { readonly is: 'child'; readonly link: LooseLink }
  | { readonly is: 'file'; readonly item: Item };

function relationOf(
  { entries, range }: StrictDocRelation,
  { id, kind, location: { path } }: Item,
  words: ForeignWords,
): ReadRelation | undefined {
  const role = entries.get('ROLE')?.value;
  const target = entries.get('PATH') ?? entries.get('VALUE');
  if (target === undefined || target.value === '') return undefined;
  const location = { path, range: target.range };
  const usual = kind === 'test' ? 'verifies' : 'derives';
  const named = role === undefined ? {} : { role };
  switch (entries.get('TYPE')?.value) {
    case 'Parent':
      return {
        is: 'parent',
        link: { type: words.linkOf(role, usual, range), ...named, to: target.value, location },
      };
    case 'Child':
      return {
        is: 'child',
        link: { type: words.linkOf(role, 'derives', range), ...named, from: target.value, to: id, location },
      };
    case 'File': {
      const type = words.linkOf(role, 'implements', range);
      const part = entries.get('FUNCTION')?.value ?? entries.get('CLASS')?.value;
      const name = part ?? target.value;
      const unitKind = part === undefined ? 'file' : entries.has('FUNCTION') ? 'function' : 'type';
      return {
        is: 'file',
        item: newItem({
          id: part === undefined ? target.value : `${target.value}#${part}`,
          kind: 'unit',
          links: [{ type, ...named, to: id, location }],
          attributes: Object.fromEntries([...entries].map(([key, { value }]) => [key, value])),
          origin: { format: 'strictdoc', type: 'File' },
          location,
          unit: { path: target.value, name, kind: unitKind },
        }),
      };
    }
    default:
      return undefined;
  }
}
