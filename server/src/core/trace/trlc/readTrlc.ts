import type { Outcome, Problem } from '../../base/problem.ts';
import type { SourceFacts } from '../formats.ts';
import { approvalOf, foreignWords } from '../foreignWords.ts';
import {
  LINK_TYPES,
  newItem,
  type AttributeValue,
  type DeclaredLink,
  type Item,
  type LinkType,
} from '../item.ts';
import type { SourceSettings } from '../sources.ts';
import { parseTrlc, type Component, type Reference, type TrlcObject } from './parse.ts';

/** Names of components that projects usually have for links; `roles` names others. */
const LINKS: Readonly<Record<string, LinkType>> = {
  derived_from: 'derives',
  derives_from: 'derives',
  derives: 'derives',
  parent: 'derives',
  refines: 'derives',
  satisfies: 'derives',
  verifies: 'verifies',
  tests: 'verifies',
  mitigates: 'mitigates',
  implements: 'implements',
};
const FIELDS: Readonly<Record<'title' | 'text' | 'status' | 'revision', readonly string[]>> = {
  title: ['title', 'summary'],
  text: ['text', 'description', 'statement', 'req_text'],
  status: ['status', 'state'],
  revision: ['version', 'revision'],
};
const JUSTIFICATIONS = ['just_up', 'just_down', 'just_global'];

/** Reads the objects of a `.trlc` file; types (`.rsl`) are not needed for that. */
export function readTrlc(path: string, text: string, settings: SourceSettings): Outcome<SourceFacts> {
  if (path.endsWith('.rsl')) return { value: { items: [] }, problems: [] };
  const file = parseTrlc(text);
  const words = foreignWords(path, settings);
  const items = file.objects.map((object) => {
    const kind = words.kindOf(object.type.replace(/^.*\./, ''), object.range);
    return itemOf(path, file.package, object, kind, settings);
  });
  const problems: Problem[] =
    file.stopped === undefined ? [] : [{ code: 'trlc', severity: 'error', path, ...file.stopped }];
  return { value: { items }, problems: [...problems, ...words.problems] };
}

function itemOf(
  path: string,
  packageName: string,
  { type, name, range, components, sections }: TrlcObject,
  kind: Item['kind'],
  settings: SourceSettings,
): Item {
  const used = new Set<string>();
  const fieldOf = (field: keyof typeof FIELDS): string => {
    const told = Object.hasOwn(settings.fields, field) ? settings.fields[field] : undefined;
    const found = (told === undefined ? FIELDS[field] : [told]).find((each) => components.has(each));
    const value = found === undefined ? undefined : components.get(found)?.value;
    if (found === undefined || (typeof value !== 'string' && typeof value !== 'number')) return '';
    used.add(found);
    return String(value);
  };
  const [title, text, revision] = [fieldOf('title'), fieldOf('text'), fieldOf('revision')];
  // `Status.Valid` is a literal of an enumeration.
  const status = fieldOf('status').replace(/^.*\./, '');
  const links = [...components].flatMap(([key, component]): DeclaredLink[] => {
    const link = linkTypeOf(key, settings);
    if (link === undefined) return [];
    used.add(key);
    return component.references.map((each) => linkTo(path, packageName, key, link, each));
  });
  const reasons = JUSTIFICATIONS.flatMap((key) => {
    const component = components.get(key);
    if (component !== undefined) used.add(key);
    return component === undefined ? [] : textsOf(component);
  });
  const others = [...components]
    .filter(([key]) => !used.has(key))
    .map(([key, { value }]): [string, AttributeValue] => [key, value]);
  return newItem({
    id: `${packageName}.${name}`,
    kind,
    title: title || name,
    ...(text !== '' && { text }),
    ...(/^\d{1,9}$/.test(revision) && { revision: Number(revision) }),
    approval: approvalOf(status === '' ? undefined : status),
    ...(reasons.length > 0 && { justification: reasons.join('\n') }),
    links,
    attributes: {
      ...(sections.length > 0 && { section: sections.join(' / ') }),
      ...Object.fromEntries(others),
    },
    origin: { format: 'trlc', id: name, type, ...(status !== '' && { status }) },
    location: { path, range },
  });
}

function linkTypeOf(key: string, { roles, fields }: SourceSettings): LinkType | undefined {
  const told = Object.hasOwn(roles, key) ? roles[key] : undefined;
  const named = LINK_TYPES.find((type) => Object.hasOwn(fields, type) && fields[type] === key);
  return told ?? named ?? (Object.hasOwn(LINKS, key) ? LINKS[key] : undefined);
}

/** A name without a package is one of the same package. */
function linkTo(
  path: string,
  packageName: string,
  role: string,
  type: LinkType,
  { name, range, version }: Reference,
): DeclaredLink {
  return {
    type,
    role,
    to: name.includes('.') ? name : `${packageName}.${name}`,
    ...(version !== undefined && { revision: version }),
    location: { path, range },
  };
}

function textsOf({ value }: Component): readonly string[] {
  const values: readonly AttributeValue[] = Array.isArray(value)
    ? (value as readonly AttributeValue[])
    : [value];
  return values.flatMap((each) => (typeof each === 'string' && each !== '' ? [each] : []));
}
