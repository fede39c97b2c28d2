import { jsonData, jsonList, jsonText, readJson, type JsonNode } from '../../base/jsonDocument.ts';
import type { Outcome, Problem } from '../../base/problem.ts';
import type { SourceFacts } from '../formats.ts';
import { approvalOf, foreignWords, type ForeignWords } from '../foreignWords.ts';
import { newItem, type AttributeValue, type DeclaredLink, type Item } from '../item.ts';
import { withOwnFields } from '../ownFields.ts';
import type { SourceSettings } from '../sources.ts';

/** Which fields of a need are links, and what absent fields are. */
interface NeedsSchema {
  readonly links: readonly string[];
  readonly defaults: ReadonlyMap<string, JsonNode>;
  /** Ids of the needs. */
  readonly known: ReadonlySet<string>;
}

/** Before the name of an attribute that Traceward could not write under its own: `type` of an element. */
export const TAKEN_PREFIX = 'traceward_';

/** Fields that an item's own fields hold. */
const OWN: ReadonlySet<string> = new Set(['id', 'title', 'content', 'description', 'status', 'tags', 'type']);
const LINK = /^([^\s.[\]]+)(?:\.[^\s[\]]+)?(?:\[([^[\]]*)\])?$/;

/** Reads the needs of the current version of a `needs.json`. */
export function readNeeds(path: string, text: string, settings: SourceSettings): Outcome<SourceFacts> {
  const { value: root, problems: syntax } = readJson(path, text);
  const problems: Problem[] = [...syntax];
  if (root === undefined) return { value: { items: [] }, problems };
  const fail = (message: string, range = root.range): Outcome<SourceFacts> => ({
    value: { items: [] },
    problems: [...problems, { code: 'needs-json', severity: 'error', message, path, range }],
  });
  const versions = root.entries.get('versions');
  const current = jsonText(root, 'current_version');
  if (versions === undefined || versions.entries.size === 0)
    return fail('This file has no `versions`: it is no needs.json.');
  const version = versions.entries.get(current);
  if (version === undefined)
    return fail(
      `There is no version \`${current.slice(0, 60)}\` here, which \`current_version\` names.`,
      versions.range,
    );
  const schema = schemaOf(version);
  const words = foreignWords(path, settings);
  const items = [...(version.entries.get('needs')?.entries ?? [])].map(([key, need]) =>
    itemOf(path, key, need, schema, words),
  );
  return { value: { items }, problems: [...problems, ...words.problems] };
}

function schemaOf(version: JsonNode): NeedsSchema {
  const schema = version.entries.get('needs_schema');
  const known = new Set(version.entries.get('needs')?.entries.keys());
  if (schema === undefined) return { links: ['links'], defaults: new Map(), known };
  const properties = schema.entries.get('properties') ?? schema;
  const fields = [...properties.entries];
  const removed = version.entries.get('needs_defaults_removed')?.scalar === true;
  return {
    known,
    links: fields.flatMap(([name, field]) => (jsonText(field, 'field_type') === 'links' ? [name] : [])),
    defaults: new Map(
      removed
        ? fields.flatMap(([name, field]) => {
            const value = field.entries.get('default');
            return value === undefined ? [] : [[name, value] as const];
          })
        : [],
    ),
  };
}

function itemOf(
  path: string,
  key: string,
  need: JsonNode,
  { links, defaults, known }: NeedsSchema,
  words: ForeignWords,
): Item {
  const fields = new Map([...defaults, ...need.entries]);
  const textOf = (name: string): string => {
    const scalar = fields.get(name)?.scalar;
    return typeof scalar === 'string' ? scalar : '';
  };
  const id = textOf('id') || key;
  const type = textOf('type');
  const status = textOf('status');
  const text = textOf('content') || textOf('description');
  const range = need.entries.get('id')?.range ?? need.range;
  const kind = words.kindOf(type, range);
  const version = versionOf(fields.get('version'));
  const attributes: [string, AttributeValue][] = [...fields]
    .filter(([name]) => !OWN.has(name) && !links.includes(name) && !name.endsWith('_back'))
    .filter(([name]) => name !== 'version' || version === undefined)
    .map(([name, value]) => [
      name.startsWith(TAKEN_PREFIX) ? name.slice(TAKEN_PREFIX.length) : name,
      jsonData(value),
    ]);
  return newItem({
    id,
    kind,
    title: textOf('title'),
    ...(text !== '' && { text }),
    approval: approvalOf(status),
    tags: (fields.get('tags')?.items ?? []).flatMap(({ scalar }) =>
      typeof scalar === 'string' ? [scalar] : [],
    ),
    links: links.flatMap((name) => {
      const usual = kind === 'test' ? 'verifies' : kind === 'unit' ? 'implements' : 'derives';
      const relation = /^relates_(.+)$/.exec(name)?.[1];
      const declared = jsonList({ ...need, entries: fields }, name);
      return declared.flatMap((entry): DeclaredLink[] => {
        if (typeof entry.scalar !== 'string') return [];
        const written = entry.scalar.trim();
        const [, whole, condition] = LINK.exec(written.slice(0, 500)) ?? [];
        // `ID.part` leads to the need, unless ids themselves have dots.
        const to = known.has(written) ? written : (whole ?? written);
        const revision = /^\s*version\s*==\s*(\d{1,9})\s*$/.exec(condition ?? '')?.[1];
        return [
          {
            ...(relation === undefined
              ? { type: name === 'links' ? usual : words.linkOf(name, usual, entry.range), role: name }
              : { type: 'relates', role: relation }),
            to,
            ...(revision !== undefined && { revision: Number(revision) }),
            location: { path, range: entry.range },
          },
        ];
      });
    }),
    ...withOwnFields(Object.fromEntries(attributes)),
    ...version,
    origin: { format: 'needs', type, ...(status !== '' && { status }) },
    location: { path, range },
  });
}

function versionOf(version: JsonNode | undefined): Pick<Item, 'revision'> | undefined {
  const text = String(version?.scalar ?? '');
  return /^\d{1,9}$/.test(text) ? { revision: Number(text) } : undefined;
}
