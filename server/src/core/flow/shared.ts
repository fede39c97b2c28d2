import type { PassedOn } from '../resolve/paths.ts';
import { classOf, lastName } from './places.ts';
import type { Callable, Program } from './program.ts';

/** What one file offers to calls from other files. Plain data: it goes from thread to thread. */
export interface SharedFile {
  readonly path: string;
  readonly language: string;
  /** The languages of one family call each other's functions. */
  readonly family: string;
  readonly text: string;
  readonly functions: readonly SharedFunction[];
  /** What it has of other files. */
  readonly passedOn: readonly PassedOn[];
}

/** A function that stands on its own, or in a class. */
export interface SharedFunction {
  readonly name: string;
  /** The class whose method it is. */
  readonly owner: string | undefined;
  /** The namespace or package that it is written in, its last part. */
  readonly namespace: string | undefined;
  /** No other file can call it by its name. */
  readonly isPrivate: boolean;
}

/** A function that is shared, with its code. */
export interface SharedCallable extends SharedFunction {
  readonly callable: Callable;
}

const known = new WeakMap<Program, readonly SharedCallable[]>();

/** The functions of a file that others may call by name, in the order of the text. */
export function sharedIn(program: Program): readonly SharedCallable[] {
  let shared = known.get(program);
  if (shared === undefined) {
    shared = program.callables.flatMap((callable) => sharedOf(program, callable));
    known.set(program, shared);
  }
  return shared;
}

function sharedOf(program: Program, callable: Callable): readonly SharedCallable[] {
  if (callable.id === 0 || callable.parent !== 0 || callable.accessor !== undefined) return [];
  const isClass = callable.node.kind === 'class';
  const name = isClass ? '' : callable.name || assignedName(callable);
  const owner = callable.node.kind === 'lambda' ? undefined : classOf(callable);
  if ((name === '' && !isClass) || owner?.startsWith('#') === true) return [];
  return [
    {
      // A class with parameters makes its objects itself.
      name: isClass ? (owner ?? '') : name,
      owner,
      namespace: namespaceOf(program, callable),
      isPrivate: isPrivate(program, callable),
      callable,
    },
  ];
}

/** `f` of `const f = () => ...` and of `exports.f = function () ...`. */
function assignedName({ node }: Callable): string {
  const { parent } = node;
  if (node.role !== 'value') return '';
  if (parent?.kind === 'variable' || parent?.kind === 'assign') return lastName(parent.part('target')) ?? '';
  if (parent?.kind === 'pair') return lastName(parent.part('key')) ?? '';
  return '';
}

function namespaceOf({ ast }: Program, { node }: Callable): string | undefined {
  for (let at = node.parent; at !== undefined; at = at.parent) {
    if (at.kind === 'namespace') return lastName(at.part('name'));
  }
  // `package a.b;` and `namespace A.B;` stand before what they are for.
  const before = ast.root.children.find(({ kind }) => kind === 'namespace' || kind === 'package');
  return before && lastName(before.part('name'));
}

const PRIVATE: ReadonlySet<string> = new Set(['private', 'fileprivate']);

function isPrivate({ ast }: Program, { node, owner }: Callable): boolean {
  const words = node.parts('modifiers').map(({ text }) => text);
  if (words.some((word) => PRIVATE.has(word))) return true;
  const { fileLocal = [] } = ast.grammar.definition.profile.names ?? {};
  return owner === undefined && words.some((word) => fileLocal.includes(word));
}
