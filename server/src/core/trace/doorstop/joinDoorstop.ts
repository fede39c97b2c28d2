import type { Outcome, Problem, ProblemSeverity } from '../../base/problem.ts';
import type { Location } from '../../base/range.ts';
import type { SourceFacts, SourcePart } from '../formats.ts';
import type { Attributes, AttributeValue, DeclaredLink, Item, ItemKind, Need } from '../item.ts';
import type { SourceSettings } from '../sources.ts';
import { fingerprint } from './fingerprint.ts';
import { ACCEPTED, baseName, DOCUMENT_FILE } from './readDoorstop.ts';
import { readUid, uidKey } from './uid.ts';

interface DoorstopDocument {
  readonly prefix: string;
  readonly parent: string;
  /** Extension of its items. */
  readonly extension: string;
  /** Names of attributes that fingerprints cover, sorted. */
  readonly reviewed: readonly string[];
}

interface Member {
  readonly item: Item;
  readonly extra: Attributes;
  readonly document: DoorstopDocument | undefined;
}

/** Prefixes of documents that hold tests, where the settings do not say what they hold. */
const TEST_PREFIX = /(?:^|[-_.])(?:TST|TC|TESTS?)$/i;

/** Makes the items of all documents: which document an item belongs to, its fingerprints, and what it lacks. */
export function joinDoorstop(parts: readonly SourcePart[], { kinds }: SourceSettings): Outcome<SourceFacts> {
  const problems: Problem[] = [];
  const report = (severity: ProblemSeverity, message: string, { path, range }: Location): void => {
    problems.push({ code: 'doorstop-item', severity, message, path, range });
  };
  const documents = documentsOf(parts);
  const members = membersOf(parts, documents);
  const byUid = new Map(members.map((member) => [uidKey(member.item.id), member]));
  const linked = new Set(
    members
      .filter(({ extra }) => extra['active'] === true)
      .flatMap(({ item }) => item.links.map(({ to }) => uidKey(to))),
  );
  const children = childPrefixes(documents.values());
  const fromChildren = linkedFromChildren(members, byUid);

  const items = members.flatMap((member): Item[] => {
    const { item, extra, document } = member;
    const key = uidKey(item.id);
    const active = extra['active'] === true;
    // Headings and inactive items are no requirements; one that something leads to is kept as the end of that link.
    if ((!active || extra['heading'] === true) && !linked.has(key)) return [];
    if (active) {
      for (const [severity, message, location] of issuesOf(member, byUid))
        report(severity, message, location);
    }
    const prefix = document?.prefix ?? '';
    const kind = kinds[prefix] ?? (TEST_PREFIX.test(prefix) ? 'test' : 'requirement');
    return [
      {
        ...item,
        kind,
        approval: active ? 'approved' : 'rejected',
        needs: active ? needsOf(member, children, fromChildren.has(key)) : [],
        links: item.links.map((link) => ({
          ...link,
          type: linkType(kind),
          to: byUid.get(uidKey(link.to))?.item.id ?? link.to,
        })),
        origin: { ...item.origin, ...(prefix !== '' && { type: prefix }) },
        stamps: stampsOf(member),
      },
    ];
  });
  return { value: { items }, problems };
}

function linkType(kind: ItemKind): DeclaredLink['type'] {
  if (kind === 'test') return 'verifies';
  return kind === 'control' ? 'mitigates' : 'derives';
}

function documentsOf(parts: readonly SourcePart[]): ReadonlyMap<string, DoorstopDocument> {
  return new Map(
    parts.flatMap(({ path, facts }) => {
      const settings = recordOf(facts.extra?.['document']);
      if (baseName(path) !== DOCUMENT_FILE || settings === undefined) return [];
      const document: DoorstopDocument = {
        prefix: textOf(settings['prefix']),
        parent: textOf(settings['parent']),
        extension: settings['format'] === 'markdown' ? '.md' : '.yml',
        reviewed: [...new Set(isList(settings['reviewed']) ? settings['reviewed'].map(textOf) : [])].sort(),
      };
      return [[folderOf(path), document] as const];
    }),
  );
}

/** Items with the document of their folder or the nearest one above; files of another form than the document's are none of it. */
function membersOf(
  parts: readonly SourcePart[],
  documents: ReadonlyMap<string, DoorstopDocument>,
): readonly Member[] {
  return parts.flatMap(({ path, facts: { items, extra = {} } }) =>
    items.flatMap((item): Member[] => {
      let folder = folderOf(path);
      while (folder !== '' && !documents.has(folder)) folder = folderOf(folder);
      const document = documents.get(folder);
      if (document === undefined) return [{ item, extra, document }];
      const named = readUid(item.id)?.number === -1;
      const foreign = named && readUid(item.id)?.prefix.toLowerCase() !== document.prefix.toLowerCase();
      return path.endsWith(document.extension) && !foreign ? [{ item, extra, document }] : [];
    }),
  );
}

/** Prefixes of the documents below each prefix. */
function childPrefixes(documents: Iterable<DoorstopDocument>): ReadonlyMap<string, readonly string[]> {
  const children = new Map<string, string[]>();
  for (const { prefix, parent } of documents) {
    if (parent === '') continue;
    const known = children.get(parent);
    if (known === undefined) children.set(parent, [prefix]);
    else known.push(prefix);
  }
  return children;
}

/** Keys of the items that an active item of a document below leads to. */
function linkedFromChildren(
  members: readonly Member[],
  byUid: ReadonlyMap<string, Member>,
): ReadonlySet<string> {
  return new Set(
    members.flatMap(({ item, extra, document }) => {
      if (extra['active'] !== true) return [];
      return item.links
        .map(({ to }) => uidKey(to))
        .filter((key) => byUid.get(key)?.document?.prefix === document?.parent);
    }),
  );
}

/** "No links to parent document" and "no links from child document", as something that it asks for and does not have. */
function needsOf(
  { item, extra, document }: Member,
  children: ReadonlyMap<string, readonly string[]>,
  fromChild: boolean,
): readonly Need[] {
  if (document === undefined || extra['normative'] !== true) return [];
  const below = children.get(document.prefix) ?? [];
  return [
    ...(document.parent !== '' && extra['derived'] !== true && item.links.length === 0
      ? [{ anyOf: [document.parent], direction: 'up' as const }]
      : []),
    ...(below.length > 0 && !fromChild ? [{ anyOf: below }] : []),
  ];
}

function issuesOf(
  { item, extra, document }: Member,
  byUid: ReadonlyMap<string, Member>,
): readonly [ProblemSeverity, string, Location][] {
  const issues: [ProblemSeverity, string, Location][] = [];
  if (document === undefined) {
    issues.push([
      'warning',
      `\`${item.id}\` belongs to no document: name its \`${DOCUMENT_FILE}\` in the files of this source.`,
      item.location,
    ]);
  } else if (readUid(item.id)?.prefix.toLowerCase() !== document.prefix.toLowerCase()) {
    issues.push([
      'information',
      `The prefix of \`${item.id}\` differs from that of its document (\`${document.prefix}\`).`,
      item.location,
    ]);
  }
  if (extra['normative'] !== true && item.links.length > 0) {
    issues.push(['warning', `\`${item.id}\` is not normative, but has links.`, item.location]);
  }
  for (const { to, location } of item.links) {
    const uid = readUid(to);
    if (uid === undefined) {
      issues.push(['error', `\`${to.slice(0, 100)}\` cannot be an id of Doorstop.`, location]);
      continue;
    }
    if (
      document !== undefined &&
      document.parent !== '' &&
      uid.prefix.toLowerCase() !== document.parent.toLowerCase()
    ) {
      issues.push([
        'information',
        `The parent of this document is \`${document.parent}\`, but this leads to \`${to}\`.`,
        location,
      ]);
    }
    const target = byUid.get(uidKey(to));
    if (target === undefined) continue;
    if (target.extra['active'] !== true)
      issues.push(['information', `\`${target.item.id}\` is inactive.`, location]);
    if (target.extra['normative'] !== true)
      issues.push(['warning', `\`${target.item.id}\` is not normative.`, location]);
  }
  return issues;
}

function stampsOf({ item, extra, document }: Member): NonNullable<Item['stamps']> {
  const hashed = recordOf(extra['hashed']) ?? {};
  const parts = {
    uid: item.id,
    text: textOf(extra['text']),
    ref: textOf(extra['ref']),
    references: textOf(extra['references']),
    parents: item.links.map(({ to }) => to),
    reviewed: (document?.reviewed ?? []).map((name) => textOf(hashed[name])),
  };
  const review = fingerprint(parts, true);
  const reviewed = textOf(extra['reviewed']);
  return {
    link: fingerprint(parts, false),
    review,
    ...(reviewed !== '' && { reviewed: reviewed === ACCEPTED ? review : reviewed }),
  };
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function textOf(value: AttributeValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

function isList(value: AttributeValue | undefined): value is readonly AttributeValue[] {
  return Array.isArray(value);
}

function recordOf(value: AttributeValue | undefined): Attributes | undefined {
  return typeof value === 'object' && value !== null && !isList(value) ? value : undefined;
}
