import { ITEM_KINDS, type ItemKind, type Level, type LinkType } from '../item.ts';

/** What an OpenFastTrace id is made of: `req~pin-retry-limit~2`. */
export interface SpecificationId {
  readonly type: string;
  readonly name: string;
  readonly revision: number;
}

/** Source of a regular expression for a name: parts that are joined by dots, the first of which begins with a letter. */
export const NAME_SOURCE = String.raw`\p{L}[\p{L}\p{N}_-]*(?:\.[\p{L}\p{N}_-]+)*`;
/** An id with its parts as groups: type, name, revision. Case counts. */
export const ID_SOURCE = String.raw`([A-Za-z]+)~(${NAME_SOURCE})~(\d{1,9})`;

/** @param groups type, name and revision as {@link ID_SOURCE} captures them */
export function specificationId(groups: readonly (string | undefined)[]): SpecificationId {
  const [type = '', name = '', revision = '0'] = groups;
  return { type, name, revision: Number(revision) };
}

/** The id of an item: two revisions of it are told apart by their `revision`. */
export function itemIdOf({ type, name }: SpecificationId): string {
  return `${type}~${name}`;
}

interface Meaning {
  readonly kind: ItemKind;
  readonly level?: Level;
}

/** The usual types; a project may use any word. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  feat: { kind: 'requirement', level: 'user' },
  req: { kind: 'requirement', level: 'software' },
  arch: { kind: 'design', level: 'system' },
  dsn: { kind: 'design', level: 'software' },
  impl: { kind: 'unit' },
  utest: { kind: 'test', level: 'unit' },
  itest: { kind: 'test', level: 'integration' },
  stest: { kind: 'test', level: 'system' },
};

/** What a type means here: by the settings, by OpenFastTrace's guide, or as a kind of ours (`threat`); any other is a requirement. */
export function meaningOfType(type: string, kinds: Readonly<Record<string, ItemKind>>): Meaning {
  const kind = kinds[type];
  if (kind !== undefined) return { kind };
  return (
    MEANINGS[type] ?? {
      kind: ITEM_KINDS.find((each) => each === type) ?? (type.endsWith('test') ? 'test' : 'requirement'),
    }
  );
}

/** The link that an item of a kind makes when it covers another. */
export function coveringLink(kind: ItemKind): LinkType {
  if (kind === 'test') return 'verifies';
  return kind === 'unit' ? 'implements' : 'derives';
}
