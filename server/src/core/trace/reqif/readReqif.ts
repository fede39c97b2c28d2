import type { Outcome, Problem } from '../../base/problem.ts';
import type { Range } from '../../base/range.ts';
import { childNamed, childrenNamed, readXml, type XmlElement } from '../../base/xml.ts';
import type { SourceFacts, SourcePart } from '../formats.ts';
import { approvalOf, foreignWords, type ForeignWords } from '../foreignWords.ts';
import {
  LINK_TYPES,
  newItem,
  type AttributeValue,
  type DeclaredLink,
  type Item,
  type ItemKind,
  type LooseLink,
} from '../item.ts';
import { withOwnFields } from '../ownFields.ts';
import type { SourceSettings } from '../sources.ts';
import {
  attachmentsIn,
  definitionsOf,
  idOf,
  nameOf,
  referenceIn,
  valuesOf,
  type Definitions,
} from './definitions.ts';
import {
  DIALECT_NAMES,
  dialectNamed,
  RELATION_REVISION,
  RELATION_ROLE,
  REQIF_FIELDS,
  type Dialect,
} from './dialects.ts';
import { placesOf, type Place } from './hierarchy.ts';

/** Problems of one file beyond these are counted. */
const MAX_PROBLEMS = 100;

/** How a source wants its ReqIF read. */
interface Wishes {
  readonly dialect: Dialect;
  /** LONG-NAMEs of types whose objects are left out: headings. */
  readonly skip: ReadonlySet<string>;
}

/**
 * Reads a ReqIF document: every object is an item, every relation a link of its own. Ends of relations are ids where the object is in this
 * file, else identifiers, which {@link joinReqif} looks up in the other files of the source.
 */
export function readReqif(path: string, text: string, settings: SourceSettings): Outcome<SourceFacts> {
  const { value: root, problems } = readXml(path, text);
  const found: Problem[] = [...problems];
  if (root === undefined) return { value: { items: [] }, problems: found };
  const content = contentOf(root);
  const report = (message: string, range: Range, severity: Problem['severity'] = 'warning'): void => {
    if (found.length < MAX_PROBLEMS) found.push({ code: 'reqif', severity, message, path, range });
    else if (found.length === MAX_PROBLEMS)
      found.push({ code: 'reqif', severity, message: 'There are more problems in this file.', path, range });
  };
  if (content === undefined) {
    const message = `This is no ReqIF: \`${root.name.slice(0, 60)}\` holds no \`CORE-CONTENT\` with \`REQ-IF-CONTENT\`.`;
    report(message, root.range, 'error');
    return { value: { items: [] }, problems: found };
  }
  const wishes = wishesOf(settings, (message) => report(message, root.range));
  const definitions = definitionsOf(content);
  const words = foreignWords(path, settings);
  const missing = (what: string, range: Range): void =>
    report(`${what.slice(0, 120)} is not defined in this file: its identifier is shown instead.`, range);
  const objects = childNamed(content, 'SPEC-OBJECTS')?.children ?? [];
  const ids = new Map<string, string>();
  const read: { item: Item; identifier: string }[] = [];
  for (const object of objects) {
    const identifier = idOf(object);
    if (identifier === '') {
      report('This object has no IDENTIFIER: it is not read.', object.range);
      continue;
    }
    const item = itemOf(path, object, { definitions, words, wishes, settings, missing });
    if (item === undefined) continue;
    ids.set(identifier, item.id);
    read.push({ item, identifier });
  }
  const known = new Set(objects.map(idOf));
  const places = placesOf(content, (identifier, range) => {
    if (!known.has(identifier))
      report(`The outline names \`${identifier.slice(0, 100)}\`, which is not in this file.`, range);
  });
  const links = childrenNamed(content, 'SPEC-RELATIONS')
    .flatMap(({ children }) => children)
    .flatMap((relation) => {
      const link = relationOf(path, relation, definitions, words);
      if (link === undefined) report('This relation lacks one of its ends: it is not read.', relation.range);
      return link ?? [];
    })
    .map((link) => withIds(link, ids));
  const lost = new Set(
    childrenNamed(content, 'SPEC-RELATIONS')
      .flatMap(({ children }) => children)
      .flatMap((relation) => [
        ...valuesOf(relation, referenceIn(relation, 'TYPE'), definitions, () => undefined).keys(),
      ])
      .filter((name) => name !== RELATION_ROLE && name !== RELATION_REVISION),
  );
  if (lost.size > 0) {
    const names = [...lost].map((name) => `\`${name.slice(0, 60)}\``).join(', ');
    report(
      `Links have no attributes here: those of relations are left out (${names}).`,
      root.range,
      'information',
    );
  }
  const groups = childNamed(content, 'SPEC-RELATION-GROUPS');
  if (groups !== undefined && groups.children.length > 0)
    report(`Groups of relations are left out (${groups.children.length}).`, groups.range, 'information');
  return {
    value: {
      items: read.map(({ item, identifier }) => inPlace(item, places.get(identifier), ids, settings)),
      links,
      extra: { ids: Object.fromEntries(ids) },
    },
    problems: [...found, ...words.problems],
  };
}

/** Ends of relations that are in another file of the source. */
export function joinReqif(parts: readonly SourcePart[]): Outcome<SourceFacts> {
  const ids = idsOf(parts);
  return {
    value: {
      items: parts.flatMap(({ facts }) => facts.items),
      links: parts.flatMap(({ facts }) => facts.links ?? []).map((link) => withIds(link, ids)),
      extra: { ids: Object.fromEntries(ids) },
    },
    problems: [],
  };
}

/** Ids of the objects of several files by their identifiers. */
function idsOf(parts: readonly SourcePart[]): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  for (const { facts } of parts) {
    const own = facts.extra?.['ids'];
    if (typeof own !== 'object' || own === null || Array.isArray(own)) continue;
    for (const [identifier, id] of Object.entries(own)) if (typeof id === 'string') ids.set(identifier, id);
  }
  return ids;
}

function withIds(link: LooseLink, ids: ReadonlyMap<string, string>): LooseLink {
  return { ...link, from: ids.get(link.from) ?? link.from, to: ids.get(link.to) ?? link.to };
}

function contentOf(root: XmlElement): XmlElement | undefined {
  const core = root.name === 'REQ-IF' ? childNamed(root, 'CORE-CONTENT') : undefined;
  return core === undefined ? undefined : childNamed(core, 'REQ-IF-CONTENT');
}

function wishesOf({ options }: SourceSettings, report: (message: string) => void): Wishes {
  const tool = String(options['tool'] ?? 'standard');
  const dialect = dialectNamed(tool) ?? dialectNamed('standard');
  if (dialectNamed(tool) === undefined)
    report(`\`tool: ${tool.slice(0, 40)}\` is not known; there are ${DIALECT_NAMES.join(', ')}.`);
  const skip = options['skip'];
  return {
    dialect: dialect ?? { id: [], title: [], text: [], status: [], tags: [], revision: [] },
    skip: new Set(Array.isArray(skip) ? skip : typeof skip === 'string' ? [skip] : []),
  };
}

interface Reading {
  readonly definitions: Definitions;
  readonly words: ForeignWords;
  readonly wishes: Wishes;
  readonly settings: SourceSettings;
  readonly missing: (what: string, range: Range) => void;
}

function itemOf(path: string, object: XmlElement, reading: Reading): Item | undefined {
  const { definitions, words, wishes, settings, missing } = reading;
  const identifier = idOf(object);
  const typeId = referenceIn(object, 'TYPE');
  const type = definitions.types.get(typeId) ?? typeId;
  if (type !== '' && wishes.skip.has(type)) return undefined;
  const values = valuesOf(object, typeId, definitions, missing);
  const used = new Set<string>();
  const fieldOf = (field: (typeof REQIF_FIELDS)[number]): string => {
    const own = Object.hasOwn(settings.fields, field) ? settings.fields[field] : undefined;
    // The identifier itself may be asked for, where ids of the tool are not unique.
    if (field === 'id' && own === 'IDENTIFIER') return identifier;
    for (const name of own === undefined ? wishes.dialect[field] : [own]) {
      const text = textOf(values.get(name)).trim();
      if (text === '') continue;
      used.add(name);
      return text;
    }
    return '';
  };
  const id = fieldOf('id') || identifier;
  const title = fieldOf('title') || nameOf(object);
  const text = fieldOf('text');
  const status = fieldOf('status');
  const tags = fieldOf('tags');
  const revision = fieldOf('revision');
  const attachments = attachmentsIn(object);
  const location = { path, range: object.range };
  const links = LINK_TYPES.flatMap((link): DeclaredLink[] => {
    const name = Object.hasOwn(settings.fields, link) ? settings.fields[link] : undefined;
    if (name === undefined || !values.has(name)) return [];
    used.add(name);
    return idsIn(textOf(values.get(name))).map((to) => ({ type: link, role: name, to, location }));
  });
  return newItem({
    id,
    kind: kindOf(type, words, object.range),
    title: title || (text.split('\n')[0] ?? ''),
    ...(text !== '' && { text }),
    ...(/^\d{1,9}$/.test(revision) && { revision: Number(revision) }),
    approval: approvalOf(status),
    ...(tags !== '' && { tags: idsIn(tags) }),
    links,
    ...withOwnFields(
      Object.fromEntries([
        ...(attachments.length > 0 ? [['attachments', attachments] as const] : []),
        ...[...values].filter(([name]) => !used.has(name)),
      ]),
    ),
    origin: {
      format: 'reqif',
      ...(id !== identifier && { id: identifier }),
      ...(type !== '' && { type }),
      ...(status !== '' && { status }),
    },
    location,
  });
}

/** `Requirement Type` is a `Requirement`. */
function kindOf(type: string, words: ForeignWords, range: Range): ItemKind {
  const name = type.replace(/[\s_-]*type$/i, '');
  return name === '' ? 'requirement' : words.kindOf(name, range);
}

function relationOf(
  path: string,
  relation: XmlElement,
  definitions: Definitions,
  words: ForeignWords,
): LooseLink | undefined {
  const from = referenceIn(relation, 'SOURCE');
  const to = referenceIn(relation, 'TARGET');
  if (from === '' || to === '') return undefined;
  const typeId = referenceIn(relation, 'TYPE');
  const type = definitions.types.get(typeId) ?? typeId;
  const values = valuesOf(relation, typeId, definitions, () => undefined);
  const role = textOf(values.get(RELATION_ROLE)) || type;
  const revision = textOf(values.get(RELATION_REVISION));
  return {
    from,
    to,
    type: words.linkOf(type, 'derives', relation.range),
    ...(role !== '' && { role }),
    ...(/^\d{1,9}$/.test(revision) && { revision: Number(revision) }),
    location: { path, range: relation.range },
  };
}

/** An object with what the outline says of it; `options: { hierarchy: derives }` makes links of it, from each object to the one above. */
function inPlace(
  item: Item,
  place: Place | undefined,
  ids: ReadonlyMap<string, string>,
  { options }: SourceSettings,
): Item {
  if (place === undefined) return item;
  const parent = place.parent === undefined ? undefined : ids.get(place.parent);
  const outline: Record<string, AttributeValue> = {
    ...(place.specification !== '' && { specification: place.specification }),
    section: place.section,
    ...(parent !== undefined && { parent }),
  };
  const type = LINK_TYPES.find((each) => each === options['hierarchy']);
  const links: readonly DeclaredLink[] =
    type === undefined || parent === undefined
      ? item.links
      : [...item.links, { type, role: 'hierarchy', to: parent, location: item.location }];
  return { ...item, links, attributes: { ...outline, ...item.attributes } };
}

function textOf(value: AttributeValue | undefined): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map(textOf).join(', ');
  return typeof value === 'object' ? '' : String(value);
}

/** Ids or words between commas, semicolons, blanks or line breaks. */
function idsIn(text: string): readonly string[] {
  return text.split(/[\s,;]+/).filter((word) => word !== '');
}
