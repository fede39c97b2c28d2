import type { Node } from '../ast/node.ts';
import { classOfObject, fitting, type Where } from './callees.ts';
import type { CallName } from './functionFinder.ts';
import type { OutsideFiles, ForeignCallee } from './outside.ts';
import { isThis, lastName } from './places.ts';

/** The function of another file that a call runs, when its name says which one that is. */
export function calleeOutside(where: Where, outside: OutsideFiles, call: Node): ForeignCallee | undefined {
  const count = call.parts('arguments').length;
  for (const name of namesOfCall(where, call)) {
    const found = outside.find(name);
    if (found === undefined) continue;
    const callable = fitting(found.callables, count);
    return callable && { file: found.file, callable, place: call };
  }
  return undefined;
}

/** What a call names, most likely first; nothing where the file itself declares it. */
export function namesOfCall(where: Where, call: Node): readonly CallName[] {
  const isNew = call.kind === 'new';
  const callee = call.part(isNew ? 'type' : 'callee');
  const { names, ast } = where.run.program;
  const { names: rules, types } = ast.grammar.definition.profile;
  if (callee === undefined) return [];
  const name = lastName(callee);
  if (name === undefined) return [];
  const head = headOf(callee);
  const declared = head && names.declarationOf(head);
  const isKnown = declared !== undefined || rules?.needImport !== true;
  const paths = isKnown
    ? names.pathsOf(typeName(callee)).map((path) => withName(path, name, declared !== undefined))
    : [];
  const made: CallName = { name: paths[0]?.at(-1) ?? name, paths, owners: [], isConstructor: true };
  if (isNew) return [made];
  if (callee.kind === 'identifier') {
    if (declared?.kind === 'class' || declared?.kind === 'function') return [];
    const owners = declared === undefined ? parentsAround(where) : [];
    const called: CallName = { name: made.name, paths, owners, isConstructor: false };
    return types?.madeByCall !== undefined ? [called, made] : [called];
  }
  if (callee.kind !== 'member') return [];
  const object = callee.part('object');
  if (object === undefined) return [];
  const of = classOfObject(where, object);
  const owners = isThis(where.run.program, object) ? parentsAround(where) : of === undefined ? [] : [of];
  return [{ name, paths, owners, isConstructor: false }];
}

/** `T` of `T<A>`. */
function typeName(callee: Node): Node {
  return callee.kind === 'genericType' ? (callee.part('base') ?? callee) : callee;
}

/** What a module exports by default goes by the name that it is given here. */
function withName(path: readonly string[], name: string, isImported: boolean): readonly string[] {
  return isImported && path.length === 1 && path[0] !== name ? [...path, name] : path;
}

function headOf(callee: Node): Node | undefined {
  let at: Node | undefined = callee;
  while (at !== undefined && at.kind !== 'identifier')
    at = at.kind === 'member' ? at.part('object') : at.part('base');
  return at;
}

/** The classes that the one around extends: its methods may be theirs. */
function parentsAround({ callable, run: { program } }: Where): readonly string[] {
  for (let at = callable; at.id !== 0;) {
    const parents = (at.owner?.parts('parents') ?? []).flatMap((parent) => lastName(parent) ?? []);
    if (at.owner !== undefined) return parents;
    const next = program.callables[at.parent];
    if (next === undefined) return [];
    at = next;
  }
  return [];
}
