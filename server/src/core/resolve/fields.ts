import { descendants, type Node } from '../ast/node.ts';
import type { Declaration } from './names.ts';

/** Fields of one name, of all types of a file. */
export interface Fields {
  /** By the names of the types that they belong to. */
  readonly byOwner: ReadonlyMap<string, Declaration>;
  /** The one that stands for all of them, when they are declared alike. */
  readonly alike: Declaration | undefined;
}

export function fieldsOf(all: readonly Declaration[]): Fields {
  const byOwner = new Map<string, Declaration>();
  for (const field of all) for (const owner of ownersOf(field)) byOwner.set(owner, field);
  const last = all.at(-1);
  const type = last && typeText(last);
  return { byOwner, alike: all.every((each) => typeText(each) === type) ? last : undefined };
}

/** `struct T { ... }`, and what a `typedef` calls it. */
function ownersOf({ node: { parent } }: Declaration): readonly string[] {
  if (parent?.kind !== 'class') return [];
  const declarators = parent.role === 'type' ? (parent.parent?.parts('declarator') ?? []) : [];
  const aliases = declarators.flatMap((each) =>
    [...descendants(each)].filter(({ kind, role }) => kind === 'identifier' && role === 'declarator'),
  );
  return [parent.part('name'), ...aliases].flatMap((each) => each?.text ?? []);
}

function typeText({ node }: Declaration): string | undefined {
  return node.part('type')?.text;
}

/** The type of which something is a value, a pointer or an array. `isTag`: written as `struct T`, which is never an alias. */
export interface Owner {
  readonly name: string;
  readonly isTag: boolean;
}

export function ownerIn(type: Node): Owner | undefined {
  let base: Node | undefined = type;
  while (base !== undefined && THROUGH.has(base.kind)) base = base.part('base');
  if (base?.kind === 'identifier') return { name: base.text, isTag: false };
  const name = base?.part('name');
  return name && { name: name.text, isTag: base?.kind !== 'member' };
}

const THROUGH: ReadonlySet<string> = new Set(['pointerType', 'arrayType', 'genericType']);
