import { descendants, type Node } from '../ast/node.ts';
import { nodesOfKinds } from '../ast/nodesOfKind.ts';
import type { Ast } from '../ast/readAst.ts';
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
  const aliases = parent.role === 'type' && parent.parent ? declaredAliases(parent.parent) : [];
  return [parent.part('name'), ...aliases].flatMap((each) => each?.text ?? []);
}

function declaredAliases(typedef: Node): readonly Node[] {
  return typedef
    .parts('declarator')
    .flatMap((each) =>
      [...descendants(each)].filter(({ kind, role }) => kind === 'identifier' && role === 'declarator'),
    );
}

function typeText({ node }: Declaration): string | undefined {
  return node.part('type')?.text;
}

/** Of a type the names of others that have its fields: what a `typedef` calls by it, and what it inherits from. */
export type Related = ReadonlyMap<string, readonly string[]>;

export function relatedTypes(ast: Ast): Related {
  const related = new Map<string, string[]>();
  const add = (name: string | undefined, other: string | undefined): void => {
    if (name === undefined || other === undefined || name === other) return;
    const known = related.get(name);
    if (known === undefined) related.set(name, [other]);
    else known.push(other);
  };
  for (const node of nodesOfKinds(ast, ['class', ':type_definition'])) {
    if (node.kind === 'class') {
      for (const parent of node.parts('parents')) add(node.part('name')?.text, ownerIn(parent)?.name);
      continue;
    }
    const type = node.part('type');
    if (type !== undefined) for (const each of declaredAliases(node)) add(each.text, ownerIn(type)?.name);
  }
  return related;
}

/** The field of a type: its own, or that of a type with the same fields. */
export function fieldOfType({ byOwner }: Fields, type: string, related: Related): Declaration | undefined {
  const names = new Set([type]);
  // A set is walked with what is added on the way.
  for (const name of names) {
    const field = byOwner.get(name);
    if (field !== undefined) return field;
    for (const other of related.get(name) ?? []) names.add(other);
  }
  return undefined;
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

const THROUGH: ReadonlySet<string> = new Set(['pointerType', 'referenceType', 'arrayType', 'genericType']);
