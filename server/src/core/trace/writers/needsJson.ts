import type { Outcome } from '../../base/problem.ts';
import { compareText } from '../../base/order.ts';
import type { AttributeValue, DeclaredLink, Item } from '../item.ts';
import { ownFieldsOf } from '../ownFields.ts';
import { TAKEN_PREFIX } from '../sphinxNeeds/readNeeds.ts';
import { losses, oncePerId } from './losses.ts';

/** Fields that every need has; an attribute of such a name is written with a prefix. */
const CORE: ReadonlySet<string> = new Set([
  'id',
  'title',
  'content',
  'description',
  'status',
  'tags',
  'type',
  'version',
  'docname',
  'lineno',
]);

/**
 * Items as the `needs.json` of Sphinx-Needs, with a schema that says which fields are links. A link field is named by its type, and one that
 * only relates by `relates_` and its role.
 */
export function writeNeedsJson(items: readonly Item[]): Outcome<string> {
  const lost = losses();
  const linkFields = new Set<string>();
  const extraFields = new Set<string>();
  const needs = oncePerId(items, lost).map((item): [string, Record<string, AttributeValue>] => {
    const links = new Map<string, string[]>();
    for (const link of item.links) {
      const field = fieldOf(link);
      linkFields.add(field);
      const named = links.get(field) ?? [];
      links.set(field, named);
      named.push(link.revision === undefined ? link.to : `${link.to}[version==${link.revision}]`);
      if (/[\s[\]]/.test(link.to))
        lost.add(item, `the link to \`${link.to}\` is not one that Sphinx-Needs can read.`);
    }
    const extra = Object.entries({ ...item.attributes, ...ownFieldsOf(item, ['revision', 'tags']) }).flatMap(
      ([name, value]): [string, AttributeValue][] => {
        if (!name.endsWith('_back'))
          return [[CORE.has(name) || links.has(name) ? `${TAKEN_PREFIX}${name}` : name, value]];
        lost.add(
          item,
          `the attribute \`${name}\` is not written: names that end so are of links the other way.`,
        );
        return [];
      },
    );
    for (const [name] of extra) extraFields.add(name);
    return [
      item.id,
      {
        id: item.id,
        type: item.origin.type ?? item.kind,
        title: item.title,
        content: item.text ?? '',
        status: item.origin.status ?? item.approval,
        tags: item.tags,
        ...(item.revision !== 1 && { version: String(item.revision) }),
        ...Object.fromEntries(extra),
        ...Object.fromEntries(links),
      },
    ];
  });
  const field = (name: string, type: 'core' | 'links' | 'extra', value: object, fallback: AttributeValue) =>
    [name, { ...value, field_type: type, default: fallback }] as const;
  const text = { type: 'string' };
  const list = { type: 'array', items: text };
  const properties = [
    ...['id', 'type', 'title', 'content', 'status'].map((name) => field(name, 'core', text, '')),
    field('tags', 'core', list, []),
    field('version', 'extra', text, ''),
    ...[...linkFields].sort(compareText).map((name) => field(name, 'links', list, [])),
    ...[...extraFields]
      .filter((name) => !linkFields.has(name))
      .sort(compareText)
      .map((name) => field(name, 'extra', {}, '')),
  ];
  const version = {
    needs_amount: needs.length,
    needs_schema: {
      $schema: 'http://json-schema.org/draft-07/schema#',
      type: 'object',
      properties: Object.fromEntries(properties),
    },
    needs: Object.fromEntries(needs),
  };
  const whole = { current_version: '1', project: '', versions: { 1: version } };
  return { value: `${JSON.stringify(whole, null, 2)}\n`, problems: lost.problems };
}

function fieldOf({ type, role }: DeclaredLink): string {
  return type === 'relates' && role !== undefined ? `relates_${role}` : type;
}
